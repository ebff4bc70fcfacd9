#include "ytdlp/secrets.h"

#include "ytdlp/source.h"

#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// Options of yt-dlp whose value nobody else should read.
constexpr std::array SecretOptions{"--password"_L1,
                                   "--twofactor"_L1,
                                   "--video-password"_L1,
                                   "--ap-password"_L1,
                                   "--client-certificate-password"_L1,
                                   "--add-headers"_L1,
                                   "--extractor-args"_L1,
                                   "--downloader-args"_L1,
                                   "--external-downloader-args"_L1};
/// Options whose value is an address that may hold a password.
constexpr std::array AddressOptions{"--proxy"_L1, "--geo-verification-proxy"_L1};
/// Shorter ones would blot out words.
constexpr qsizetype ShortestSecret = 4;
/// Values that are not secrets by their kind: cookies and queries hold languages and formats as well.
constexpr qsizetype ShortestValue = 8;
/// yt-dlp takes an option's beginning for the option, from where only one begins so.
constexpr qsizetype ShortestOption = 5;

const QString Blot = u"•••"_s;

template <std::size_t Size>
bool isOneOf(const std::array<QLatin1StringView, Size> &options, const QString &given)
{
    return given.size() >= ShortestOption && std::ranges::any_of(options, [&given](QLatin1StringView option) {
               return option.startsWith(given);
           });
}

/// The value of -p or -2 in one word with it, maybe behind short options without values; else empty.
QString valueInOneWord(const QString &argument)
{
    static const QRegularExpression form(u"^-[46FJUVceghijkqsvwx]*[p2](.+)$"_s);
    return form.match(argument).captured(1);
}

bool isShortSecretOption(const QString &argument)
{
    static const QRegularExpression form(u"^-[46FJUVceghijkqsvwx]*[p2]$"_s);
    return form.match(argument).hasMatch();
}

} // namespace

Secrets::Secrets(const FetchSettings &settings, const Source &source)
{
    const auto addAddress = [this](const QString &address) {
        const QUrl url(address);
        add(url.password(QUrl::FullyEncoded), ShortestSecret);
        add(url.password(QUrl::FullyDecoded), ShortestSecret);
        if (url.password().isEmpty())
            add(url.userName(QUrl::FullyDecoded), ShortestValue); // a token, maybe
        else                                                      // as it is sent
            add(QString::fromLatin1(
                    (url.userName(QUrl::FullyDecoded) + u':' + url.password(QUrl::FullyDecoded))
                        .toUtf8()
                        .toBase64()),
                ShortestSecret);
    };
    addAddress(settings.proxy);
    add(settings.poToken, ShortestSecret);
    add(settings.poToken.section(u'+', 1), ShortestSecret);

    const QStringList &extra = settings.extraArguments;
    for (qsizetype at = 0; at < extra.size(); ++at) {
        const QString &argument = extra[at];
        const bool hasValue = argument.startsWith("--"_L1) && argument.contains(u'=');
        const QString option = hasValue ? argument.section(u'=', 0, 0) : argument;
        const QString value = hasValue ? argument.section(u'=', 1) : extra.value(at + 1);
        if (isOneOf(SecretOptions, option) || isShortSecretOption(option)) {
            const QString header = value.section(u':', 1).trimmed(); // "Bearer TOKEN"
            for (const QString &part : {value, header, header.section(u' ', 1), value.section(u'=', 1)})
                add(part, ShortestSecret);
        } else if (isOneOf(AddressOptions, option)) {
            addAddress(value);
        }
        add(valueInOneWord(argument), ShortestSecret);
    }

    addAddress(source.addressTemplate());
    const QUrlQuery query(QUrl(source.addressTemplate()).query(QUrl::FullyEncoded));
    for (const auto &[name, value] : query.queryItems(QUrl::FullyEncoded)) {
        if (value.contains("ytid"_L1)) // the video's id is no secret
            continue;
        const QString decoded = QUrl::fromPercentEncoding(value.toUtf8());
        for (const QString &form : {value, decoded}) {
            add(form, ShortestValue);
            if (!form.isEmpty())
                add(name + u'=' + form, ShortestSecret);
        }
    }
}

void Secrets::addCookies(const QByteArray &file)
{
    constexpr qsizetype Value = 6; // the last of seven fields
    for (const QByteArray &line : file.split('\n')) {
        const QList<QByteArray> fields = line.trimmed().split('\t');
        if (fields.size() > Value)
            add(QString::fromUtf8(fields[Value]), ShortestValue);
    }
}

void Secrets::add(const QString &secret, qsizetype shortest)
{
    if (secret.size() < shortest || m_secrets.contains(secret))
        return;
    const auto place = std::ranges::find_if(
        m_secrets, [&secret](const QString &other) { return other.size() < secret.size(); });
    m_secrets.insert(place, secret);
}

QString Secrets::blotted(QString text) const
{
    for (const QString &secret : m_secrets)
        text.replace(secret, Blot);
    // Headers as yt-dlp and ffmpeg print them, and cookies as they are given to ffmpeg.
    static const QRegularExpression headers(
        u"(authorization|cookie|\\b[a-z]+(?:-[a-z]+)*-(?:token|key))(['\"]?\\s*:\\s*)[^\\r\\n'\"]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression cookies(u"([^\\s=;'\"]+=)[^;\\r\\n]+(?=; path=)"_s);
    text.replace(headers, u"\\1\\2"_s + Blot);
    text.replace(cookies, u"\\1"_s + Blot);
    return text;
}

} // namespace earmark::ytdlp
