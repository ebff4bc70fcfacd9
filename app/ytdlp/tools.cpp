#include "ytdlp/tools.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QVersionNumber>

#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

constexpr int AnswerLimitMs = 10'000;

const QString &remedyFor(const QString &name)
{
    static const QString ytdlp = u"On Debian 12 install it from bookworm-backports (sudo apt install -t "
                                 u"bookworm-backports yt-dlp), elsewhere "
                                 "from github.com/yt-dlp/yt-dlp, or tell Earmark where it is."_s;
    static const QString ffmpeg =
        u"Install it (on Debian: sudo apt install ffmpeg), or tell Earmark where it is."_s;
    return name == "yt-dlp"_L1 ? ytdlp : ffmpeg;
}

/// What the program prints, or nothing and why.
std::pair<QString, QString> answerOf(const QString &path, const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(path, arguments, QIODevice::ReadOnly);
    const bool ended = process.waitForFinished(AnswerLimitMs);
    if (!ended && process.error() == QProcess::FailedToStart)
        return {{}, u"does not start (%1)"_s.arg(process.errorString())};
    if (!ended) {
        process.kill();
        process.waitForFinished(1000);
        return {{}, u"did not say its version within %1 s"_s.arg(AnswerLimitMs / 1000)};
    }
    const QString text = QString::fromUtf8(process.readAll()).trimmed();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {{}, u"ends with an error when asked for its version (%1)"_s.arg(text.left(200))};
    if (text.isEmpty())
        return {{}, u"does not say its version"_s};
    return {text, {}};
}

/// Looks for the program and asks it; the version is all that it says.
Tool found(const QString &name, const QString &given, const QStringList &arguments)
{
    Tool tool{name, given, {}, {}};
    if (given.isEmpty())
        tool.path = QStandardPaths::findExecutable(name);
    else if (!given.contains(u'/'))
        tool.path = QStandardPaths::findExecutable(given);
    const QFileInfo file(tool.path);
    if (tool.path.isEmpty() || !file.exists()) {
        tool.problem = given.isEmpty()
                           ? u"%1 was not found on this computer."_s.arg(name)
                           : u"There is no %1 at %2."_s.arg(name, QDir::toNativeSeparators(given));
        tool.path.clear();
    } else if (!file.isFile() || !file.isExecutable()) {
        tool.problem = u"%1 is not a program that may be run."_s.arg(QDir::toNativeSeparators(tool.path));
    } else {
        tool.path = file.absoluteFilePath(); // it is started in other folders
        const auto [answer, trouble] = answerOf(tool.path, arguments);
        tool.version = answer;
        if (!trouble.isEmpty())
            tool.problem = u"%1 (%2) %3."_s.arg(name, QDir::toNativeSeparators(tool.path), trouble);
    }
    if (!tool.problem.isEmpty())
        tool.problem += u' ' + remedyFor(name);
    return tool;
}

void judgeYtDlp(Tool &tool)
{
    const QString said = std::exchange(tool.version, {}).section(u'\n', -1); // warnings may precede it
    static const QRegularExpression date(u"^\\d{4}\\.\\d+\\.\\d+"_s);
    if (!date.match(said).hasMatch()) {
        tool.problem = u"%1 says “%2” when asked for its version: it is not yt-dlp. %3"_s.arg(
            QDir::toNativeSeparators(tool.path), said.left(100), remedyFor(tool.name));
        return;
    }
    tool.version = said;
    if (QVersionNumber::fromString(said) < QVersionNumber::fromString(OldestYtDlp))
        tool.problem =
            u"yt-dlp %1 is too old, Earmark needs %2 or newer (and YouTube a recent one). %3"_s.arg(
                said, OldestYtDlp, remedyFor(tool.name));
}

void judgeFfmpeg(Tool &tool)
{
    const QString said = std::exchange(tool.version, {});
    static const QRegularExpression line(u"^ffmpeg version (\\S+)"_s);
    const auto version = line.match(said);
    if (!version.hasMatch()) {
        tool.problem = u"%1 says “%2” when asked for its version: it is not ffmpeg. %3"_s.arg(
            QDir::toNativeSeparators(tool.path), said.section(u'\n', 0, 0).left(100), remedyFor(tool.name));
        return;
    }
    tool.version = version.captured(1);
    // "5.1.9-0+deb12u1", "n6.0"; anything else is a build of the day ("N-109542-g…", "2024-03-04-git-…"):
    // new.
    static const QRegularExpression release(u"^n?(\\d+)\\.(\\d+)"_s);
    const auto numbers = release.match(tool.version);
    if (numbers.hasMatch() && std::pair(numbers.captured(1).toInt(), numbers.captured(2).toInt()) <
                                  std::pair(OldestFfmpegMajor, OldestFfmpegMinor))
        tool.problem = u"ffmpeg %1 is too old, Earmark needs %2.%3 or newer. %4"_s.arg(
            tool.version, QString::number(OldestFfmpegMajor), QString::number(OldestFfmpegMinor),
            remedyFor(tool.name));
}

} // namespace

Tools findTools(const ToolPaths &paths)
{
    Tools tools{found(u"yt-dlp"_s, paths.ytdlp, {u"--ignore-config"_s, u"--version"_s}),
                found(u"ffmpeg"_s, paths.ffmpeg, {u"-version"_s})};
    if (tools.ytdlp.isUsable())
        judgeYtDlp(tools.ytdlp);
    if (tools.ffmpeg.isUsable())
        judgeFfmpeg(tools.ffmpeg);
    return tools;
}

} // namespace earmark::ytdlp
