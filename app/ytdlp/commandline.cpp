#include "ytdlp/commandline.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// ffmpeg (5.1 to 8) takes every -t for over when it copies with -copyts from a container that states no
/// start time: the file is empty. -start_at_zero avoids that. It is not for the others: it would move Opus in
/// WebM by its pre-skip.
bool statesNoStartTime(const Source &source)
{
    const QString path = QUrl(source.address(YtId())).path();
    for (const auto suffix : {".wav"_L1, ".w64"_L1, ".aac"_L1}) {
        if (path.endsWith(suffix, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace

QStringList workerArguments(const WorkerOptions &options, const QString &pluginFolder,
                            const QStringList &settings)
{
    // Without avoid_negative_ts, the muxer would move a section that begins before 0, as an encoder's priming
    // does, and the clock would be lost. One ffmpeg_o: yt-dlp takes only the most specific of several. It
    // puts "-c copy" before it itself.
    QString output = u"ffmpeg_o:-nostats -loglevel warning -progress pipe:1 -stats_period 0.25 -vn -copyts "
                     "-avoid_negative_ts disabled"_s;
    if (statesNoStartTime(options.source))
        output += u" -start_at_zero"_s;
    output += u" -f matroska"_s;
    QStringList arguments{u"--ignore-config"_s};
    arguments += settings; // before the rest, which they must not undo
    const QString runtime = options.tools.jsRuntimeArgument();
    if (options.source.isYouTube() && options.settings.jsRuntime.isEmpty() && !runtime.isEmpty())
        arguments += {u"--js-runtimes"_s, runtime};
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
        u"before_dl:@START %(.{title,section_start,section_end,duration,ext,format_id})j"_s,
        u"--print"_s,
        u"after_move:@DONE %(.{title,filepath,duration})j"_s,
        u"--downloader-args"_s,
        u"ffmpeg_i:-rw_timeout 20000000 -reconnect 1 -reconnect_streamed 1 -reconnect_on_network_error 1 "
        "-reconnect_delay_max 8"_s,
        u"--downloader-args"_s,
        output,
        u"--download-sections"_s,
        u"*from-url"_s,
        u"-f"_s,
        options.settings.format.isEmpty() ? u"m4a/bestaudio/best"_s : options.settings.format,
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

QByteArray jobLine(const SegmentKey &key, const Source &source)
{
    const std::uint32_t start = key.startMs > RoomMs ? key.startMs - RoomMs : 0;
    const QJsonObject job{
        {u"job"_s, key.stem()},
        {u"url"_s, source.address(key.ytid)},
        {u"ie"_s, source.extractor()},
        {u"start"_s, start / 1000.0},
        {u"end"_s, (qint64{key.endMs} + RoomMs) / 1000.0},
    };
    return QJsonDocument(job).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace earmark::ytdlp
