#include "tools/release.h"

#include "base/enumkeywords.h"
#include "base/processoutput.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSysInfo>

namespace earmark::tools {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::array ChannelKeywords{EnumKeyword{Channel::Stable, "stable"},
                                     EnumKeyword{Channel::Nightly, "nightly"}};

constexpr ProcessBounds PythonBounds{.time = 10s, .bytes = 10'000};

/// Null when there is none.
QVersionNumber pythonHere()
{
    const QString path = QStandardPaths::findExecutable(u"python3"_s);
    if (path.isEmpty())
        return {};
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(path, {u"--version"_s}, QIODevice::ReadOnly);
    QByteArray answer;
    if (readToEnd(process, answer, PythonBounds) != ProcessEnd::Ended) {
        process.kill();
        process.waitForFinished(1000);
        return {};
    }
    // "Python 3.11.2"
    return QVersionNumber::fromString(QString::fromLatin1(answer).section(u' ', 1).trimmed());
}

} // namespace

QString keyword(Channel channel)
{
    return keywordOf(ChannelKeywords, channel);
}

std::optional<Channel> channelFromKeyword(QStringView text)
{
    return fromKeyword(ChannelKeywords, text);
}

QUrl Addresses::of(Channel channel, const QString &fileName) const
{
    QUrl address = channel == Channel::Stable ? stable : nightly;
    const QString base = address.path();
    address.setPath(base.endsWith(u'/') ? base + fileName : base + u'/' + fileName);
    return address;
}

Addresses Addresses::forDeno() const
{
    return {deno, deno, key, deno};
}

Result<QString> releaseFileFor(const QVersionNumber &python, const QString &cpu)
{
    if (python >= QVersionNumber(3, 10))
        return u"yt-dlp"_s;
    if (cpu == "x86_64"_L1)
        return u"yt-dlp_linux"_s;
    if (cpu == "arm64"_L1)
        return u"yt-dlp_linux_aarch64"_s;
    return failure(ErrorCode::NotFound,
                   u"There is no release of yt-dlp for this computer (%1) as it is: install Python 3.10 or "
                   "newer, and try again."_s.arg(cpu));
}

Result<QString> releaseFileHere()
{
    return releaseFileFor(pythonHere(), QSysInfo::currentCpuArchitecture());
}

Result<QString> denoFileFor(const QString &cpu)
{
    if (cpu == "x86_64"_L1)
        return u"deno-x86_64-unknown-linux-gnu.zip"_s;
    if (cpu == "arm64"_L1)
        return u"deno-aarch64-unknown-linux-gnu.zip"_s;
    return failure(
        ErrorCode::NotFound,
        u"There is no release of deno for this computer (%1): install node 22 or newer."_s.arg(cpu));
}

Result<QByteArray> sumOf(const QByteArray &list, const QString &fileName)
{
    static const QRegularExpression form(u"^([0-9A-Fa-f]{64}) [ *](\\S+)$"_s);
    bool isList = false;
    for (const QByteArray &line : list.split('\n')) {
        const auto entry = form.match(QString::fromUtf8(line).trimmed());
        isList |= entry.hasMatch();
        if (entry.hasMatch() && entry.captured(2) == fileName)
            return entry.captured(1).toLower().toLatin1();
    }
    return failure(ErrorCode::BadInput,
                   isList ? u"The release's list of checksums does not name %1."_s.arg(fileName)
                          : u"It is no list of checksums."_s);
}

} // namespace earmark::tools
