#pragma once

#include "clips/segmentkey.h"

#include <QString>

namespace earmark::ytdlp {

/// Where the sound comes from: an address with {ytid} in it.
class Source final
{
public:
    static constexpr QLatin1StringView YouTube{"https://www.youtube.com/watch?v={ytid}"};

    explicit Source(QString addressTemplate = YouTube)
        : m_template(std::move(addressTemplate))
    {
    }
    /// Empty when the template will do, else a sentence: it must be http(s) and hold {ytid}.
    QString problem() const;
    QString address(const YtId &ytid) const;
    /// The same for a browser: where the site can, it begins at the segment's start.
    QString addressAt(const SegmentKey &segment) const;
    const QString &addressTemplate() const { return m_template; }
    /// yt-dlp's extractor for it: "Youtube" or "Generic".
    QString extractor() const;
    bool isYouTube() const;

private:
    QString m_template;
};

} // namespace earmark::ytdlp
