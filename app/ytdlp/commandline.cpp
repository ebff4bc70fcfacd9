#include "ytdlp/commandline.h"

#include "ytdlp/outputparser.h"
#include "ytdlp/secrets.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// Whether the address says that the file's clock begins with its first sound, see EarmarkClockPP in
/// earmark_jobs.py. That finds out by the kind of file, but a shell's yt-dlp does not have it.
bool beginsWithItsSound(const Source &source)
{
    const QString path = QUrl(source.address(YtId())).path();
    for (const auto suffix : {".wav"_L1, ".w64"_L1, ".aac"_L1, ".mp3"_L1, ".flac"_L1, ".ts"_L1, ".m3u8"_L1}) {
        if (path.endsWith(suffix, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// For yt-dlp's own ffmpeg, which fetches the section. Without avoid_negative_ts, the muxer would move a
/// section that begins before 0, as an encoder's priming does, and the clock would be lost. One ffmpeg_o:
/// yt-dlp takes only the most specific of several. It puts "-c copy" before it itself.
QStringList ffmpegArguments(const Source &source, const QString &reports)
{
    return {u"--downloader-args"_s,
            u"ffmpeg_i:-rw_timeout 20000000 -reconnect 1 -reconnect_streamed 1 -reconnect_on_network_error 1 "
            "-reconnect_delay_max 8"_s,
            u"--downloader-args"_s,
            u"ffmpeg_o:"_s + reports + u"-vn -copyts -avoid_negative_ts disabled "_s +
                (beginsWithItsSound(source) ? u"-start_at_zero "_s : QString()) + u"-f matroska"_s};
}

QString formatOf(const WorkerOptions &options)
{
    return options.settings.format.isEmpty() ? u"m4a/bestaudio/best"_s : options.settings.format;
}

/// What is fetched for a segment, in milliseconds.
std::pair<qint64, qint64> sectionOf(const SegmentKey &key)
{
    return {std::max(qint64{key.startMs} - RoomMs, qint64{0}), qint64{key.endMs} + RoomMs};
}

/// For a shell of Unix.
QString quotedForShell(const QString &argument)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_@%+=:,./-]+$"_s);
    if (plain.match(argument).hasMatch())
        return argument;
    return u'\'' + QString(argument).replace(u'\'', u"'\\''"_s) + u'\'';
}

/// Names the JavaScript runtime that was found, where yt-dlp would not take it by itself, and what it may
/// download for it.
QStringList runtimeArguments(const WorkerOptions &options)
{
    QStringList arguments;
    if (!options.source.isYouTube())
        return arguments;
    const QString runtime = options.tools.jsRuntimeArgument();
    if (options.settings.jsRuntime.isEmpty() && !runtime.isEmpty())
        arguments += {u"--js-runtimes"_s, runtime};
    if (options.settings.allowsSolverScript && options.tools.wantsJsRuntime())
        arguments += {u"--remote-components"_s, u"ejs:github"_s};
    return arguments;
}

} // namespace

QStringList workerArguments(const WorkerOptions &options, const QString &pluginFolder,
                            const QStringList &settings, const QByteArray &mark)
{
    const QString own = QString::fromLatin1(markPrefix(mark));
    QStringList arguments{u"--ignore-config"_s};
    arguments += settings; // before the rest, which they must not undo
    arguments += runtimeArguments(options);
    arguments += {
        u"--no-update"_s,
        u"--plugin-dirs"_s,
        pluginFolder,
        u"--use-extractors"_s,
        options.source.isYouTube() ? u"earmark,youtube"_s : u"earmark,generic"_s,
        u"--ffmpeg-location"_s,
        options.tools.ffmpeg.path,
        u"--lazy-playlist"_s,
        u"--newline"_s,
        u"--no-quiet"_s, // which --print implies
        u"--no-simulate"_s,
        u"--progress"_s,
        // YouTube's m4a would be "corrected" into an MP4 that begins at 0.
        u"--fixup"_s,
        u"never"_s,
        u"--print"_s,
        u"before_dl:"_s + own + u"START %(.{title,section_start,section_end,duration,ext,format_id})j"_s,
        u"--print"_s,
        u"after_move:"_s + own + u"DONE %(.{title})j"_s,
    };
    arguments += ffmpegArguments(
        options.source, u"-nostats -loglevel warning -progress %1 -stats_period 0.25 "_s.arg(ReportsFile));
    arguments += {
        u"--download-sections"_s,
        u"*from-url"_s,
        u"-f"_s,
        formatOf(options),
        u"-P"_s,
        u"home:."_s,
        u"-P"_s,
        u"temp:unfinished"_s,
        u"-o"_s,
        u"%(title)s.mka"_s,
        u"earmark:jobs"_s,
    };
    return arguments;
}

QByteArray jobLine(const SegmentKey &key, const Source &source, const QByteArray &mark)
{
    const auto [start, end] = sectionOf(key);
    const QJsonObject job{
        {u"job"_s, key.stem()},
        {u"mark"_s, QString::fromLatin1(mark)},
        {u"url"_s, source.address(key.ytid)},
        {u"ie"_s, source.extractor()},
        {u"start"_s, static_cast<double>(start) / 1000},
        {u"end"_s, static_cast<double>(end) / 1000},
    };
    return QJsonDocument(job).toJson(QJsonDocument::Compact) + '\n';
}

QString shellCommand(const WorkerOptions &options, const SegmentKey &key)
{
    const auto [start, end] = sectionOf(key);
    const auto seconds = [](qint64 ms) {
        return QString::number(static_cast<double>(ms) / 1000, 'g', QLocale::FloatingPointShortest);
    };
    QStringList arguments{options.tools.ytdlp.path, u"--ignore-config"_s};
    arguments += options.settings.arguments();
    if (!options.settings.cookiesFile.isEmpty())
        arguments += {u"--cookies"_s, options.settings.cookiesFile};
    arguments += runtimeArguments(options);
    arguments += {u"--use-extractors"_s, options.source.extractor().toLower()};
    arguments += {u"--ffmpeg-location"_s, options.tools.ffmpeg.path, u"--fixup"_s, u"never"_s};
    arguments += ffmpegArguments(options.source, {});
    arguments += {u"--download-sections"_s, u"*%1-%2"_s.arg(seconds(start), seconds(end))};
    arguments += {u"-f"_s, formatOf(options), u"-o"_s, key.stem() + u".mka"_s};
    arguments += options.source.address(key.ytid);
    const Secrets secrets(options.settings, options.source);
    for (QString &argument : arguments)
        argument = quotedForShell(secrets.blotted(argument));
    return arguments.join(u' ');
}

} // namespace earmark::ytdlp
