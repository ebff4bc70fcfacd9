#include "ytdlp/fetchsettings.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>
#include <array>
#include <functional>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// Options of yt-dlp whose value nobody else should read.
constexpr std::array SecretOptions{"-p"_L1,
                                   "--password"_L1,
                                   "-2"_L1,
                                   "--twofactor"_L1,
                                   "--video-password"_L1,
                                   "--ap-password"_L1,
                                   "--client-certificate-password"_L1,
                                   "--add-header"_L1,
                                   "--add-headers"_L1,
                                   "--extractor-args"_L1};
/// Shorter ones would blot out words.
constexpr qsizetype ShortestSecret = 4;

QString passwordOf(const QString &address)
{
    return QUrl(address).password(QUrl::FullyEncoded);
}

QStringList secretsOf(const FetchSettings &settings)
{
    QStringList secrets{passwordOf(settings.proxy), QUrl(settings.proxy).password(), settings.poToken,
                        settings.poToken.section(u'+', 1)};
    const QStringList &extra = settings.extraArguments;
    for (qsizetype at = 0; at < extra.size(); ++at) {
        const QString option = extra[at].section(u'=', 0, 0);
        const QString value = extra[at].contains(u'=') && option.startsWith("--"_L1)
                                  ? extra[at].section(u'=', 1)
                                  : extra.value(at + 1);
        if (std::ranges::find(SecretOptions, option) != SecretOptions.end())
            secrets << value << value.section(u':', 1).trimmed() << value.section(u'=', 1);
        else if (option == "--proxy"_L1)
            secrets << passwordOf(value);
    }
    secrets.removeIf([](const QString &secret) { return secret.size() < ShortestSecret; });
    std::ranges::sort(secrets, std::greater(), &QString::size); // the whole before its parts
    return secrets;
}

/// As yt-dlp's configuration files quote, which are read like a shell's.
QString quoted(QString argument)
{
    return u'\'' + argument.replace(u'\'', "'\"'\"'"_L1) + u'\'';
}

Error unwritable(const QString &path)
{
    return {ErrorCode::Unwritable,
            u"%1 cannot be written. Check who may write there, and that the disk is not full."_s.arg(
                QDir::toNativeSeparators(path))};
}

Result<void> copyCookies(const QString &from, const QString &folder)
{
    const QString copy = folder + u"/cookies.txt"_s;
    const QFileInfo source(from), present(copy);
    if (present.exists() && present.size() > 0 && present.lastModified() >= source.lastModified())
        return {};
    QFile::remove(copy);
    QFile file(copy), original(from);
    if (!original.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound,
                       u"The cookies %1 cannot be read (%2). Check the file, or choose another."_s.arg(
                           QDir::toNativeSeparators(from), original.errorString()));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(original.readAll()) != original.size() || !file.flush())
        return tl::unexpected(unwritable(copy));
    return {};
}

} // namespace

QString FetchSettings::problem() const
{
    if (!proxy.isEmpty()) {
        const QUrl url(proxy, QUrl::StrictMode);
        if (url.scheme().startsWith("socks"_L1))
            return u"ffmpeg, which fetches the sound, cannot use a SOCKS proxy: give an http:// one."_s;
        if (!url.isValid() || url.host().isEmpty() ||
            (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
            return u"The proxy must be an address such as http://host:3128."_s;
    }
    if (!cookiesFile.isEmpty() && !cookiesFromBrowser.isEmpty())
        return u"Cookies come from a file or from a browser: choose one of the two."_s;
    if (const QFileInfo file(cookiesFile); !cookiesFile.isEmpty() && (!file.isFile() || !file.isReadable()))
        return u"The cookies %1 cannot be read. Check the file, or choose another."_s.arg(
            QDir::toNativeSeparators(cookiesFile));
    QStringList all{proxy, cookiesFromBrowser, sourceAddress, format, jsRuntime, poToken};
    all += extraArguments;
    for (const QString &text : std::as_const(all)) {
        if (std::ranges::any_of(text, [](QChar c) { return c.category() == QChar::Other_Control; }))
            return u"A setting for yt-dlp holds a line break or another control character: take it out."_s;
    }
    if (!extraArguments.isEmpty() && !extraArguments.first().startsWith(u'-'))
        return u"“%1” is no option of yt-dlp: options begin with -."_s.arg(extraArguments.first());
    return {};
}

QString FetchSettings::withoutSecrets(QString text) const
{
    for (const QString &secret : secretsOf(*this))
        text.replace(secret, u"•••"_s);
    return text;
}

QStringList FetchSettings::arguments() const
{
    QStringList options;
    const auto add = [&options](QLatin1StringView option, const QString &value) {
        if (!value.isEmpty())
            options += {QString(option), value};
    };
    add("--proxy"_L1, proxy);
    add("--cookies-from-browser"_L1, cookiesFromBrowser);
    add("--source-address"_L1, sourceAddress);
    add("--js-runtimes"_L1, jsRuntime);
    if (!poToken.isEmpty())
        add("--extractor-args"_L1, u"youtube:po_token="_s + poToken);
    options += extraArguments;
    return options;
}

Result<QStringList> writeSettings(const FetchSettings &settings, const QString &folder)
{
    const QStringList options = settings.arguments();
    QStringList arguments;
    if (!options.isEmpty()) {
        const QString path = folder + u"/yt-dlp.conf"_s;
        QFile file(path);
        QStringList lines;
        for (const QString &option : options)
            lines += quoted(option);
        const QByteArray content = lines.join(u'\n').toUtf8() + '\n';
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
            !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
            file.write(content) != content.size() || !file.flush())
            return tl::unexpected(unwritable(path));
        arguments += {u"--config-locations"_s, u"../yt-dlp.conf"_s};
    }
    if (!settings.cookiesFile.isEmpty()) {
        if (const auto copied = copyCookies(settings.cookiesFile, folder); !copied)
            return tl::unexpected(copied.error());
        arguments += {u"--cookies"_s, u"../cookies.txt"_s};
    }
    return arguments;
}

} // namespace earmark::ytdlp
