#include "ytdlp/fetchsettings.h"

#include "base/atomicfile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// As yt-dlp's configuration files quote, which are read like a shell's.
QString quoted(QString argument)
{
    return u'\'' + argument.replace(u'\'', "'\"'\"'"_L1) + u'\'';
}

Result<void> writePrivate(const QString &path, const QByteArray &content)
{
    AtomicFile file(path, AtomicFile::Access::Private);
    return file.open().and_then([&] { return file.write(content); }).and_then([&] { return file.commit(); });
}

Result<void> copyCookies(const QString &from, const QString &copy)
{
    const QFileInfo source(from), present(copy);
    if (present.exists() && present.size() > 0 && present.lastModified() >= source.lastModified())
        return {};
    QFile original(from);
    if (!original.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound,
                       u"The cookies %1 cannot be read (%2). Check the file, or choose another."_s.arg(
                           QDir::toNativeSeparators(from), original.errorString()));
    return writePrivate(copy, original.readAll());
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
        QStringList lines;
        for (const QString &option : options)
            lines += quoted(option);
        if (const auto written = writePrivate(path, lines.join(u'\n').toUtf8() + '\n'); !written)
            return tl::unexpected(written.error());
        arguments += {u"--config-locations"_s, path};
    }
    if (!settings.cookiesFile.isEmpty()) {
        const QString copy = cookiesIn(folder);
        if (const auto copied = copyCookies(settings.cookiesFile, copy); !copied)
            return tl::unexpected(copied.error());
        arguments += {u"--cookies"_s, copy};
    }
    return arguments;
}

QString cookiesIn(const QString &folder)
{
    return folder + u"/cookies.txt"_s;
}

} // namespace earmark::ytdlp
