#include "ytdlp/source.h"

#include <QUrl>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Placeholder = "{ytid}"_L1;

/// An address like those that the template makes, for looking at its parts.
QUrl sample(QString addressTemplate)
{
    return QUrl(addressTemplate.replace(Placeholder, "aaaaaaaaaaa"_L1), QUrl::StrictMode);
}

} // namespace

QString Source::problem() const
{
    if (!m_template.contains(Placeholder))
        return u"The source address must hold {ytid}, where the video's id goes: https://host/{ytid}.m4a."_s;
    const QUrl url = sample(m_template);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
        return u"The source address must be a web address that begins with http:// or https://, not “%1”."_s
            .arg(m_template);
    return {};
}

QString Source::address(const YtId &ytid) const
{
    return QString(m_template).replace(Placeholder, ytid.toString());
}

QString Source::addressAt(const SegmentKey &segment) const
{
    const QString video = address(segment.ytid);
    return isYouTube() ? video + u"&t=%1s"_s.arg(segment.startMs / 1000) : video;
}

QString Source::extractor() const
{
    return isYouTube() ? u"Youtube"_s : u"Generic"_s;
}

bool Source::isYouTube() const
{
    const QString host = sample(m_template).host();
    for (const auto site : {"youtube.com"_L1, "youtube-nocookie.com"_L1, "youtu.be"_L1}) {
        if (host == site || (host.endsWith(site) && host.at(host.size() - site.size() - 1) == u'.'))
            return true;
    }
    return false;
}

} // namespace earmark::ytdlp
