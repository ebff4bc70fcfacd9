#include "audio/pcm.h"
#include "base/segmentkey.h"
#include "support/cliprocess.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "workspace/layout.h"

#include <QFile>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Rate = 44'100;

struct Start
{
    const char *ytid;
    std::uint32_t ms;
};
/// Whole and fractional starts, on and off the packets' and the cues' grids.
constexpr Start Starts[] = {{"aaaaaaaaaaa", 30'000}, {"-bbbbbbbbbb", 50'000},  {"__cccccccc-", 33'500},
                            {"ddddddddddd", 71'237}, {"eeeeeeeeeee", 110'000}, {"fffffffffff", 1'000},
                            {"ggggggggggg", 0},      {"hhhhhhhhhhh", 300}};

} // namespace

/// The cut, proven by the signal: the real yt-dlp and ffmpeg fetch sections of files in YouTube's containers,
/// and each clip is compared with the whole file as ffmpeg decodes it.
class TestCut final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sound = test::noise(125 * Rate, 0.5, 7);
        QVERIFY(test::writePlainWav(m_folder.filePath(u"source.wav"_s), m_sound, Rate, 1));
    }

    void cut_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QStringList>("encoder");
        QTest::newRow("AAC, fast start")
            << u"m4a"_s
            << QStringList{u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"192k"_s, u"-movflags"_s, u"+faststart"_s};
        QTest::newRow("AAC, fragmented")
            << u"m4a"_s
            << QStringList{u"-c:a"_s,           u"aac"_s,       u"-b:a"_s,
                           u"192k"_s,           u"-movflags"_s, u"+dash+frag_keyframe+global_sidx"_s,
                           u"-frag_duration"_s, u"10000000"_s};
        QTest::newRow("Opus in WebM")
            << u"webm"_s << QStringList{u"-c:a"_s,  u"libopus"_s, u"-b:a"_s,
                                        u"160k"_s,  u"-ar"_s,     u"48000"_s,
                                        u"-f"_s,    u"webm"_s,    u"-cluster_time_limit"_s,
                                        u"10000"_s, u"-dash"_s,   u"1"_s};
    }
    void cut()
    {
        QFETCH(QString, suffix);
        QFETCH(QStringList, encoder);
        const QString source = m_folder.filePath(u"source.%1"_s.arg(suffix));
        const QByteArray trouble =
            test::ffmpeg(QStringList{u"-y"_s, u"-i"_s, m_folder.filePath(u"source.wav"_s)} + encoder +
                         QStringList{source});
        QVERIFY2(trouble.isEmpty(), trouble.constData());

        // The clock is the file's: the fragmented one, which has no edit list, keeps the encoder's delay in
        // its sound.
        const std::vector<std::int16_t> reference = test::decodeWhole(source, Rate);
        QVERIFY(reference.size() > m_sound.size() / 2);

        test::MediaServer server;
        QByteArray split;
        for (const Start &start : Starts) {
            const QString id = QString::fromLatin1(start.ytid);
            server.serve(u"/%1.%2"_s.arg(id, suffix), test::readFile(source));
            split += "%1, %2, %3, \"/m/09x0r\"\n"_ba.replace("%1", start.ytid)
                         .replace("%2", QByteArray::number(start.ms / 1000.0, 'f', 3))
                         .replace("%3", QByteArray::number((start.ms + 10'000) / 1000.0, 'f', 3));
        }
        QFile splitFile(m_folder.filePath(u"split.csv"_s));
        QVERIFY(splitFile.open(QIODevice::WriteOnly));
        splitFile.write(split);
        splitFile.close();

        QTemporaryDir workspace;
        const auto run = test::runCli({u"fetch"_s, splitFile.fileName(), u"--into"_s, workspace.path(),
                                       u"--source"_s, server.url(u"/{ytid}."_s + suffix), u"--json"_s});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.json()[u"ready"_s].toInt(), static_cast<int>(std::size(Starts)));

        for (const Start &start : Starts) {
            const SegmentKey key{*YtId::parse(start.ytid), start.ms, start.ms + 10'000};
            const auto clip = audio::readWav(workspace::Layout(workspace.path()).clip(key));
            VERIFY_OK(clip);
            QCOMPARE(clip->frames(), qint64{10 * Rate});
            // A second at either end: the whole would take long and say no more.
            const auto first = static_cast<std::size_t>(qint64{start.ms} * Rate / 1000);
            for (const std::size_t at : {0, 9 * Rate}) {
                const auto expected = std::span(reference).subspan(first + at, Rate);
                const double shift =
                    test::offsetMs(expected, std::span(clip->samples).subspan(at, Rate), Rate, 12.0);
                qInfo("%s, start %.3f s: %+.3f ms", QTest::currentDataTag(), start.ms / 1000.0, shift);
                QVERIFY2(std::abs(shift) <= 1.0, qPrintable(u"%1 is %2 ms off"_s.arg(key.stem()).arg(shift)));
            }
        }
    }

private:
    QTemporaryDir m_folder;
    std::vector<std::int16_t> m_sound;
};

QTEST_GUILESS_MAIN(TestCut)
#include "tst_cut.moc"
