#include "ytdlp/selfreport.h"

#include "base/atomicfile.h"
#include "base/processoutput.h"
#include "ytdlp/commandline.h"
#include "ytdlp/pluginfolder.h"
#include "ytdlp/secretfolder.h"
#include "ytdlp/secrets.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <csignal>
#include <unistd.h>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// yt-dlp prints some thousand bytes, its options' help less than 200,000.
constexpr ProcessBounds Bounds{.time = 30s, .bytes = 1'000'000};
constexpr qsizetype MostText = 300;
constexpr qsizetype MostError = 160;

using Solver = SelfReport::Solver;

constexpr std::array Stages{
    std::pair{"runtime"_L1, Solver::NoRuntime},
    std::pair{"script"_L1, Solver::NoScript},
    std::pair{"run"_L1, Solver::Fails},
    std::pair{"done"_L1, Solver::Works},
};

/// "none", "none (disabled)" or names separated by commas; what stands in brackets belongs to its name.
QStringList listOf(const QString &text)
{
    if (text.isEmpty() || text.startsWith("none"_L1))
        return {};
    static const QRegularExpression comma(u", (?![^(]*\\))"_s);
    return text.split(comma, Qt::SkipEmptyParts);
}

/// "deno-2.9.6", "quickjs-ng-0.8.0", "node-18.20.4 (unsupported)", "foo (unknown)".
SelfReport::Runtime runtimeOf(const QString &text)
{
    static const QRegularExpression form(u"^(\\S+?)-(\\d\\S*)"_s);
    const auto parts = form.match(text);
    if (!parts.hasMatch())
        return {text.section(u' ', 0, 0), {}, false};
    return {parts.captured(1), parts.captured(2), !text.contains("(unsupported)"_L1)};
}

void readSolver(SelfReport &report, const QString &json)
{
    const QJsonObject said = QJsonDocument::fromJson(json.toUtf8()).object();
    for (const auto &[word, solver] : Stages) {
        if (said["stage"_L1].toString() == word)
            report.solver = solver;
    }
    report.solverRuntime = said["runtime"_L1].toString();
    report.scriptVersion = said["version"_L1].toString();
    report.scriptSource = said["source"_L1].toString();
    static const QRegularExpression colour(u"\x1b\\[[0-9;]*m"_s); // of what runs the script
    report.solverError = said["error"_L1].toString().remove(colour).simplified().left(MostError);
    for (const auto &each : said["skipped"_L1].toArray())
        report.skipped += each.toString();
    for (const auto &each : said["allowed"_L1].toArray())
        report.allowed += each.toString();
}

/// What stands behind "[debug] " in a line of the head.
void readHead(SelfReport &report, const QString &text)
{
    static const QRegularExpression version(u"^yt-dlp version (?:[^@ ]*@)?(\\d\\S*)(?:.*\\(([^)]+)\\))?"_s);
    static const QRegularExpression ffmpeg(u"\\bffmpeg ([^ ,]+)"_s);
    static const QRegularExpression ejs(u"\\byt_dlp_ejs-([^ ,]+)"_s);
    const auto behind = [&text](QLatin1StringView start) { return text.sliced(start.size()); };
    constexpr auto exe = "exe versions: "_L1, libraries = "Optional libraries: "_L1,
                   runtimes = "JS runtimes: "_L1, tokens = "[youtube] [pot] PO Token Providers: "_L1;
    if (const auto found = version.match(text); found.hasMatch()) {
        report.version = found.captured(1);
        report.variant = found.captured(2);
    } else if (text.startsWith(exe)) {
        report.ffmpeg = ffmpeg.match(text).captured(1);
    } else if (text.startsWith(libraries)) {
        report.ejs = ejs.match(text).captured(1);
    } else if (text.startsWith(runtimes)) {
        for (const QString &each : listOf(behind(runtimes)))
            report.runtimes.push_back(runtimeOf(each));
    } else if (text.startsWith(tokens)) {
        report.poTokens = listOf(behind(tokens));
    }
}

/// Between fork and exec. A group of its own: what it starts ends with it.
void prepareChild()
{
    ::setpgid(0, 0);
    std::signal(SIGINT, SIG_DFL);
}

void endGroup(QProcess &process)
{
    if (const auto group = static_cast<pid_t>(process.processId()); group > 0)
        ::kill(-group, SIGKILL);
    process.waitForFinished(1000);
}

Result<QByteArray> run(const QString &program, const QStringList &arguments, const QString &folder,
                       const std::stop_token &stop)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(folder);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONIOENCODING"_s, u"utf-8"_s);
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier(prepareChild);
    process.start(program, arguments, QIODevice::ReadOnly);
    QByteArray output;
    const ProcessEnd end = readToEnd(process, output, Bounds, stop);
    if (end != ProcessEnd::Ended)
        endGroup(process);
    const QString path = QDir::toNativeSeparators(program);
    switch (end) {
    case ProcessEnd::NotStarted:
        return failure(ErrorCode::NotFound,
                       u"yt-dlp (%1) does not start (%2)."_s.arg(path, process.errorString()));
    case ProcessEnd::TooLong:
        return failure(ErrorCode::NotFound, u"yt-dlp (%1) did not answer within %2 s."_s.arg(
                                                path, QString::number(Bounds.time / 1s)));
    case ProcessEnd::Cancelled:
        return cancelled();
    case ProcessEnd::TooMuch: // read as far as it goes: it is another program
    case ProcessEnd::Ended:
        break;
    }
    return output;
}

/// The plugin that asks, where --plugin-dirs looks for it.
Result<QString> placePlugin(const QString &folder)
{
    QFile resource(u":/earmark/earmark_doctor.py"_s);
    if (!resource.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal,
                       u"Earmark was built without its yt-dlp plugin: install it again."_s);
    const QString root = folder + u"/plugins"_s;
    const QString place = root + u"/doctor/yt_dlp_plugins/extractor"_s;
    QDir().mkpath(place);
    AtomicFile file(place + u"/earmark_doctor.py"_s);
    return file.open()
        .and_then([&] { return file.write(resource.readAll()); })
        .and_then([&] { return file.commit(); })
        .map([&] { return root; });
}

} // namespace

SelfReport parseSelfReport(const QString &output)
{
    constexpr auto debug = "[debug] "_L1, warning = "WARNING: "_L1, error = "ERROR: "_L1,
                   solver = "@SOLVER "_L1;
    static const QRegularExpression usage(u"^[\\w. /-]+: error: (.+)"_s); // begins with how it was started
    SelfReport report;
    for (const QString &line : output.split(u'\n')) {
        if (line.startsWith(debug))
            readHead(report, line.sliced(debug.size()));
        else if (line.startsWith(solver))
            readSolver(report, line.sliced(solver.size()));
        else if (line.startsWith(warning))
            report.warnings += line.sliced(warning.size()).simplified().left(MostText);
        else if (report.refusal.isEmpty() && line.startsWith(error))
            report.refusal = line.sliced(error.size()).simplified().left(MostText);
        else if (const auto found = usage.match(line); report.refusal.isEmpty() && found.hasMatch())
            report.refusal = found.captured(1).simplified().left(MostText);
    }
    return report;
}

Result<SelfReport> askSelf(const WorkerOptions &options, const std::stop_token &stop)
{
    const auto folder = SecretFolder::make();
    if (!folder)
        return tl::unexpected(folder.error());
    const auto plugins = preparePluginFolder(folder->path());
    if (!plugins)
        return tl::unexpected(plugins.error());
    const auto settings = writeSettings(options.settings, folder->path());
    if (!settings)
        return tl::unexpected(settings.error());
    const auto plugin = placePlugin(folder->path());
    if (!plugin)
        return tl::unexpected(plugin.error());
    // The worker's own, but for the jobs that it waits for.
    QStringList arguments = workerArguments(options, *plugins, *settings, {});
    arguments.removeLast();
    arguments = QStringList{u"--use-extractors"_s, u"earmark:doctor"_s} +
                arguments; // before "generic", which takes all
    arguments += {u"-v"_s, u"--plugin-dirs"_s, *plugin, u"earmark:doctor"_s};
    const auto output = run(options.tools.ytdlp.path, arguments, folder->path(), stop);
    if (!output)
        return tl::unexpected(output.error());
    Secrets secrets(options.settings, options.source);
    if (QFile cookies(cookiesIn(folder->path())); cookies.open(QIODevice::ReadOnly))
        secrets.addCookies(cookies.readAll());
    return parseSelfReport(secrets.blotted(QString::fromUtf8(*output)));
}

} // namespace earmark::ytdlp
