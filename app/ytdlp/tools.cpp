#include "ytdlp/tools.h"

#include "ytdlp/askedtool.h"
#include "ytdlp/jsruntime.h"

#include <QDir>
#include <QRegularExpression>
#include <QVersionNumber>

#include <optional>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// Of the versions of yt-dlp: year, month, day.
const QRegularExpression &VersionDate()
{
    static const QRegularExpression date(u"^(\\d{4})\\.(\\d+)\\.(\\d+)"_s);
    return date;
}

/// What to do when this tool will not do, one sentence.
QString remedyFor(const QString &name)
{
    if (name == "yt-dlp"_L1)
        return u"Let Earmark fetch it (Tools in the Download menu, or earmark-cli tools --update), or tell "
               "Earmark where it is."_s;
    if (name == "ffmpeg"_L1)
        return u"Install it (on Debian: sudo apt install ffmpeg), or tell Earmark where it is."_s;
    return u"Let Earmark fetch deno (Tools in the Download menu, or earmark-cli tools --fetch-deno), or "
           u"install "
           "deno 2.3 or node 22, or newer."_s;
}

void addRemedy(Tool &tool)
{
    if (!tool.isUsable())
        tool.problem += u' ' + remedyFor(tool.name);
}

AskedTool askYtDlp(const QString &given)
{
    return {u"yt-dlp"_s, given, {u"--ignore-config"_s, u"--version"_s}};
}

Tool judgedYtDlp(AskedTool &asked)
{
    Tool tool = asked.answer();
    if (!tool.isUsable())
        return tool;
    const QString said = std::exchange(tool.version, {}).section(u'\n', -1); // warnings may precede it
    if (!VersionDate().match(said).hasMatch()) {
        tool.problem = u"%1 says “%2” when asked for its version: it is not yt-dlp."_s.arg(
            QDir::toNativeSeparators(tool.path), said.left(100));
        return tool;
    }
    tool.version = said;
    if (QVersionNumber::fromString(said) < QVersionNumber::fromString(OldestYtDlp))
        tool.problem = u"yt-dlp %1 is too old, Earmark needs %2 or newer (and YouTube a recent one)."_s.arg(
            said, OldestYtDlp);
    return tool;
}

Tool judgedFfmpeg(AskedTool &asked)
{
    Tool tool = asked.answer();
    if (!tool.isUsable())
        return tool;
    const QString said = std::exchange(tool.version, {});
    static const QRegularExpression line(u"^ffmpeg version (\\S+)"_s);
    const auto version = line.match(said);
    if (!version.hasMatch()) {
        tool.problem = u"%1 says “%2” when asked for its version: it is not ffmpeg."_s.arg(
            QDir::toNativeSeparators(tool.path), said.section(u'\n', 0, 0).left(100));
        return tool;
    }
    tool.version = version.captured(1);
    // "5.1.9-0+deb12u1", "n6.0"; anything else is a build of the day ("N-109542-g…", "2024-03-04-git-…"):
    // new.
    static const QRegularExpression release(u"^n?(\\d+)\\.(\\d+)"_s);
    const auto numbers = release.match(tool.version);
    if (!numbers.hasMatch())
        return tool;
    const std::pair number(numbers.captured(1).toInt(), numbers.captured(2).toInt());
    if (number == std::pair(BrokenFfmpegMajor, BrokenFfmpegMinor))
        tool.doubt =
            u"ffmpeg %1 cannot download a part of a YouTube video: it hangs or fails. Install another "
            "ffmpeg (5.1 to 8.0, or 9), or tell Earmark where one is."_s.arg(tool.version);
    if (number < std::pair(OldestFfmpegMajor, OldestFfmpegMinor))
        tool.problem = u"ffmpeg %1 is too old, Earmark needs %2.%3 or newer."_s.arg(
            tool.version, QString::number(OldestFfmpegMajor), QString::number(OldestFfmpegMinor));
    return tool;
}

bool isNewer(const Tool &one, const Tool &other)
{
    return QVersionNumber::fromString(one.version) > QVersionNumber::fromString(other.version);
}

} // namespace

bool Tools::wantsJsRuntime() const
{
    return QVersionNumber::fromString(ytdlp.version) >= QVersionNumber::fromString(FirstWithJsRuntimes);
}

QString Tools::jsRuntimeArgument() const
{
    const bool isTakenAnyway = jsRuntime.name == "deno"_L1 && jsRuntime.origin == Tool::Origin::Path;
    if (jsRuntime.path.isEmpty() || !jsRuntime.isUsable() || isTakenAnyway || !wantsJsRuntime())
        return {};
    return jsRuntime.name + u':' + jsRuntime.path;
}

Tools findTools(const ToolPaths &paths)
{
    AskedTool ffmpeg(u"ffmpeg"_s, paths.ffmpeg, {u"-version"_s});
    AskedTool given = askYtDlp(paths.ytdlp);
    std::optional<AskedTool> fetched;
    if (paths.ytdlp.isEmpty() && !paths.fetchedYtDlp.isEmpty())
        fetched.emplace(askYtDlp(paths.fetchedYtDlp));
    JsRuntimes runtimes(paths.jsRuntime, paths.fetchedDeno);

    Tools tools{judgedYtDlp(given), judgedFfmpeg(ffmpeg), runtimes.best()};
    if (paths.ytdlp.isEmpty())
        tools.pathYtDlp = tools.ytdlp;
    if (fetched) {
        Tool own = judgedYtDlp(*fetched);
        own.origin = Tool::Origin::Fetched;
        const bool isBetter = !tools.ytdlp.isUsable() || paths.prefersFetched || !isNewer(tools.ytdlp, own);
        if (own.isUsable() ? isBetter : tools.ytdlp.path.isEmpty())
            tools.ytdlp = std::move(own);
    }
    for (Tool *tool : {&tools.ytdlp, &tools.ffmpeg, &tools.jsRuntime})
        addRemedy(*tool);
    return tools;
}

Tool inspectYtDlp(const QString &path)
{
    AskedTool asked = askYtDlp(path);
    return judgedYtDlp(asked);
}

Tool inspectDeno(const QString &path)
{
    return JsRuntimes(path).best();
}

QDate releaseDate(const QString &ytdlpVersion)
{
    const auto date = VersionDate().match(ytdlpVersion);
    return date.hasMatch()
               ? QDate(date.captured(1).toInt(), date.captured(2).toInt(), date.captured(3).toInt())
               : QDate();
}

} // namespace earmark::ytdlp
