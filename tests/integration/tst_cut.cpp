#include "audio/pcm.h"
#include "clips/segmentkey.h"
#include "support/cliprocess.h"
#include "support/mediaserver.h"
#include "support/player.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "support/youtubewebm.h"
#include "workspace/layout.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cmath>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Seconds = 62;

struct Start
{
    const char *ytid;
    std::uint32_t ms;
};
/// Whole and fractional starts, on and off the packets' and the cues' grids.
constexpr Start Starts[] = {{"aaaaaaaaaaa", 0},      {"-bbbbbbbbbb", 300},    {"__cccccccc-", 1'000},
                            {"ddddddddddd", 20'000}, {"eeeeeeeeeee", 31'700}, {"fffffffffff", 49'237}};

/// A kind of file, and how it is judged.
struct Kind
{
    QString suffix;       ///< of the address, with the dot; nothing: it has none
    int rate = 44'100;    ///< Hz, of file and clips
    QString encoder;      ///< options of ffmpeg that make it, up to its name; or a word for how else
    double within = 0.05; ///< ms that a clip may be off the player's clock
    double from = 0;      ///< seconds; earlier starts are not judged
    /// mpv counts a playlist's time by its segments' stated lengths when it seeks: it plays this from the
    /// start.
    bool isPlayedThrough = false;
    QByteArray type = {}; ///< of the content, where no suffix tells
};

} // namespace
Q_DECLARE_METATYPE(Kind)

/// The cut, judged by a player's clock: the real yt-dlp and ffmpeg fetch sections of files in many
/// containers, and each clip must hold what mpv plays when it is sent to the clip's start. Prints a row of
/// the table in README.md for each kind.
class TestCut final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void holdsWhatAPlayerPlays_data();
    void holdsWhatAPlayerPlays();
    void lateSoundHasSilenceBeforeIt_data();
    void lateSoundHasSilenceBeforeIt();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Makes the file; the empty text when it went well, "skip" when what makes it is not installed.
    QByteArray make(const Kind &kind, const QString &file) const;
    /// Serves the file under each start's id.
    void serve(test::MediaServer &server, const Kind &kind, const QString &file) const;
    /// Fetches a clip of two seconds for each start into the workspace.
    test::CliRun fetch(const QString &workspace, const QString &source, int rate) const;

    QTemporaryDir m_folder;
};

void TestCut::initTestCase()
{
    if (test::playerVersion().isEmpty())
        QSKIP("mpv is not installed");
    qInfo("judged by mpv %s", qPrintable(test::playerVersion()));
    for (const int rate : {44'100, 48'000}) {
        const auto sound = test::noise(static_cast<std::size_t>(Seconds * rate), 0.5, 7);
        QVERIFY(test::writePlainWav(path(u"source%1.wav"_s.arg(rate)), sound, rate, 1));
    }
}

QByteArray TestCut::make(const Kind &kind, const QString &file) const
{
    const QStringList source{u"-i"_s, path(u"source%1.wav"_s.arg(kind.rate))};
    const auto run = [&](const QString &options, const QString &target) {
        return test::ffmpeg(source + options.split(u' ', Qt::SkipEmptyParts) + QStringList{target});
    };
    if (kind.encoder == "hls"_L1)
        return run(u"-c:a aac -b:a 160k -f hls -hls_time 6 -hls_list_size 0"_s, file);
    if (!kind.encoder.contains("webm by"_L1))
        return run(kind.encoder, file);

    const QString ogg = path(u"packets.ogg"_s);
    QByteArray trouble = run(u"-c:a libopus -b:a 128k"_s, ogg);
    if (!trouble.isEmpty())
        return trouble;
    if (kind.encoder == "webm by YouTube"_L1) {
        QFile webm(file);
        return webm.open(QIODevice::WriteOnly) && webm.write(test::youtubeWebm(test::readOggOpus(ogg))) > 0
                   ? QByteArray()
                   : "not written"_ba;
    }
    if (QStandardPaths::findExecutable(u"mkvmerge"_s).isEmpty())
        return "skip"_ba;
    return QProcess::execute(u"mkvmerge"_s, {u"-q"_s, u"--webm"_s, u"-o"_s, file, ogg}) == 0
               ? QByteArray()
               : "mkvmerge failed"_ba;
}

void TestCut::serve(test::MediaServer &server, const Kind &kind, const QString &file) const
{
    for (const Start &start : Starts)
        server.serve(u'/' + QString::fromLatin1(start.ytid) + kind.suffix, test::readFile(file), kind.type);
    if (kind.encoder == "hls"_L1) {
        for (const QString &segment : QDir(m_folder.path()).entryList({u"media*.ts"_s}))
            server.serve(u'/' + segment, test::readFile(path(segment)));
    }
}

test::CliRun TestCut::fetch(const QString &workspace, const QString &source, int rate) const
{
    QByteArray split;
    for (const Start &start : Starts)
        split += "%1, %2, %3, \"/m/09x0r\"\n"_ba.replace("%1", start.ytid)
                     .replace("%2", QByteArray::number(start.ms / 1000.0, 'f', 3))
                     .replace("%3", QByteArray::number((start.ms + 2'000) / 1000.0, 'f', 3));
    QFile file(path(u"split.csv"_s));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(split);
    file.close();
    return test::runCli({u"fetch"_s, file.fileName(), u"--into"_s, workspace, u"--source"_s, source,
                         u"--sample-rate"_s, QString::number(rate), u"--json"_s});
}

void TestCut::holdsWhatAPlayerPlays_data()
{
    QTest::addColumn<Kind>("kind");
    const auto add = [](const char *name, const Kind &kind) { QTest::newRow(name) << kind; };
    add("MP4, AAC", {u".m4a"_s, 44'100, u"-c:a aac -b:a 160k -movflags +faststart"_s});
    add("MP4, AAC, fragments",
        {u".m4a"_s, 44'100,
         u"-c:a aac -b:a 160k -movflags +dash+frag_keyframe+global_sidx -frag_duration 10000000"_s});
    add("MP4, FLAC", {u".mp4"_s, 44'100, u"-c:a flac -strict -2"_s});
    add("MP4, Opus", {u".mp4"_s, 48'000, u"-c:a libopus -b:a 128k"_s});
    add("WebM, Opus, as YouTube", {u".webm"_s, 48'000, u"webm by YouTube"_s});
    add("WebM, Opus, mkvmerge", {u".webm"_s, 48'000, u"webm by mkvmerge"_s});
    // Behind its first block, FFmpeg writes all of them a millisecond late: what is sent to a place there
    // plays so.
    add("WebM, Opus, FFmpeg",
        {u".webm"_s, 48'000, u"-c:a libopus -b:a 128k -cluster_time_limit 10000"_s, 0.05, 2});
    // Vorbis has packets of 2.9 ms, whose times WebM rounds to a millisecond: mpv takes the nearest, Earmark
    // looks at all.
    add("WebM, Vorbis", {u".webm"_s, 44'100, u"-c:a libvorbis -b:a 128k"_s, 0.5, 0.2});
    add("Ogg, Opus", {u".ogg"_s, 48'000, u"-c:a libopus -b:a 128k"_s});
    add("Ogg, Vorbis", {u".ogg"_s, 44'100, u"-c:a libvorbis -b:a 128k"_s});
    add("FLAC", {u".flac"_s, 44'100, u"-c:a flac"_s});
    add("MP3 with LAME's header", {u".mp3"_s, 44'100, u"-c:a libmp3lame -b:a 160k"_s});
    add("MPEG-TS, AAC", {u".ts"_s, 44'100, u"-c:a aac -b:a 160k"_s});
    Kind playlist{u".m3u8"_s, 44'100, u"hls"_s};
    playlist.isPlayedThrough = true;
    add("HLS of MPEG-TS, AAC", playlist);
    Kind bare{{}, 44'100, u"-c:a pcm_s16le -f wav"_s};
    bare.type = "audio/wav"_ba;
    add("WAV, no suffix", bare);
    bare.type = "application/octet-stream"_ba;
    add("WAV, no suffix, no type", bare);
    bare.encoder = u"-c:a aac -b:a 160k -f adts"_s;
    bare.type = "audio/aac"_ba;
    add("ADTS, no suffix", bare);
}

void TestCut::holdsWhatAPlayerPlays()
{
    QFETCH(Kind, kind);
    const QString file = path(u"media"_s + kind.suffix);
    const QByteArray trouble = make(kind, file);
    if (trouble == "skip")
        QSKIP("mkvmerge is not installed");
    QVERIFY2(trouble.isEmpty(), trouble.constData());
    test::MediaServer server;
    serve(server, kind, file);
    QTemporaryDir workspace;
    const auto run = fetch(workspace.path(), server.url(u"/{ytid}"_s + kind.suffix), kind.rate);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(run.json()[u"ready"_s].toInt(), static_cast<int>(std::size(Starts)));

    std::vector<std::int16_t> whole;
    if (kind.isPlayedThrough)
        whole = test::playedAt(file, kind.rate, 0, Seconds);
    const auto at = [&kind](double seconds) {
        return static_cast<std::size_t>(std::llround(seconds * kind.rate));
    };
    QStringList row{QString::fromUtf8(QTest::currentDataTag())};
    QStringList wrong;
    for (const Start &start : Starts) {
        const SegmentKey key{*YtId::parse(start.ytid), start.ms, start.ms + 2'000};
        const auto clip = audio::readWav(workspace::Layout(workspace.path()).clip(key));
        VERIFY_OK(clip);
        QCOMPARE(clip->frames(), qint64{2 * kind.rate});
        const double seconds = start.ms / 1000.0;
        const auto played =
            kind.isPlayedThrough
                ? std::vector(whole.begin() + static_cast<std::ptrdiff_t>(at(seconds)), whole.end())
                : test::playedAt(file, kind.rate, seconds, 1.5);
        QVERIFY(played.size() > at(1.2));
        // Past an encoder's delay, which is silent.
        const auto piece = [&](const std::vector<std::int16_t> &sound) {
            return std::span(sound).subspan(at(0.6), at(0.4));
        };
        const double shift = test::offsetMs(piece(played), piece(clip->samples), kind.rate, 12.0);
        row << (seconds < kind.from ? u"–"_s : QString::number(shift, 'f', 3));
        if (seconds >= kind.from && !(std::abs(shift) <= kind.within))
            wrong << u"%1 s: %2 ms"_s.arg(seconds).arg(shift);
    }
    qInfo("| %s |", qPrintable(row.join(u" | "_s)));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u", "_s)));
}

void TestCut::lateSoundHasSilenceBeforeIt_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QString>("input"); // before the sound
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<QStringList>("player");
    QTest::newRow("MP4 with a picture")
        << u".mp4"_s << u"-f lavfi -i testsrc=d=60:r=10:s=64x64 -itsoffset 0.476"_s
        << u"-c:v mpeg4 -c:a aac -b:a 160k"_s << QStringList();
    QTest::newRow("MP4") << u".m4a"_s << u"-itsoffset 1.478"_s << u"-c:a aac -b:a 160k"_s << QStringList();
    // mpv would take the first block for the beginning.
    QTest::newRow("WebM") << u".webm"_s << u"-itsoffset 0.7"_s << u"-c:a libopus -b:a 128k"_s
                          << QStringList{u"--rebase-start-time=no"_s};
}

void TestCut::lateSoundHasSilenceBeforeIt()
{
    QFETCH(QString, suffix);
    QFETCH(QString, input);
    QFETCH(QString, encoder);
    QFETCH(QStringList, player);
    constexpr int Rate = 48'000;
    Kind kind;
    kind.suffix = suffix;
    const QString file = path(u"late"_s + suffix);
    const QStringList arguments = input.split(u' ') +
                                  QStringList{u"-i"_s, path(u"source%1.wav"_s.arg(Rate))} +
                                  encoder.split(u' ') + QStringList{file};
    QCOMPARE(test::ffmpeg(arguments), QByteArray());
    test::MediaServer server;
    serve(server, kind, file);
    QTemporaryDir workspace;
    const auto run = fetch(workspace.path(), server.url(u"/{ytid}"_s + suffix), Rate);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(run.json()[u"ready"_s].toInt(), static_cast<int>(std::size(Starts)));
    // Two seconds in, where the player plays: from there, the count goes back to the start.
    const auto played = test::playedAt(file, Rate, 1.9, 0.5, player);
    QVERIFY(played.size() > Rate / 20);
    for (const Start &start : Starts) {
        if (start.ms > 300)
            continue;
        const SegmentKey key{*YtId::parse(start.ytid), start.ms, start.ms + 2'000};
        const auto clip = audio::readWav(workspace::Layout(workspace.path()).clip(key));
        VERIFY_OK(clip);
        QCOMPARE(clip->frames(), qint64{2 * Rate});
        for (std::size_t i = 0; i < Rate / 10; ++i)
            QCOMPARE(clip->samples[i], std::int16_t{0});
        const auto from = static_cast<std::size_t>((1'900 - static_cast<int>(start.ms)) * (Rate / 1000));
        const double shift = test::offsetMs(std::span(played).first(Rate / 20),
                                            std::span(clip->samples).subspan(from, Rate / 20), Rate, 12.0);
        QVERIFY2(std::abs(shift) <= 0.05, qPrintable(QString::number(shift)));
    }
}

QTEST_GUILESS_MAIN(TestCut)
#include "tst_cut.moc"
