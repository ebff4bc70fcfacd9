#include "audio/pcm.h"
#include "demo/synth.h"
#include "readers/splitreader.h"
#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "workspace/layout.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;

/// The whole job on the built-in sample: earmark-cli, the real yt-dlp and ffmpeg, the loopback source.
class TestDemo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto run = test::runCli({u"demo"_s, u"--into"_s, m_folder.filePath(u"D"_s), u"--json"_s});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        m_answer = run.json();
        auto sample = readers::readSampleSplit();
        VERIFY_OK(sample);
        m_sample = std::move(*sample);
    }

    void everySegmentIsReadyOrShort()
    {
        QCOMPARE(m_answer[u"total"_s].toInt(), static_cast<int>(m_sample.table.size()));
        QCOMPARE(m_answer[u"ready"_s].toInt() + m_answer[u"short"_s].toInt(), m_answer[u"total"_s].toInt());
        QCOMPARE(m_answer[u"queued"_s].toInt(), 0);
        QCOMPARE(m_answer[u"workspace"_s].toString(), m_folder.filePath(u"D"_s));
    }

    void everyClipHoldsItsSecondsOfItsId()
    {
        const workspace::Layout layout(m_folder.filePath(u"D"_s));
        const auto frameAt = [](std::uint32_t ms) { return qint64{ms} * demo::Synth::SampleRate / 1000; };
        std::vector<std::int16_t> expected;
        for (segments::Row row = 0; row < m_sample.table.size(); ++row) {
            const SegmentKey key = m_sample.table.key(row);
            const auto clip = audio::readWav(layout.clip(key));
            VERIFY_OK(clip);
            QCOMPARE(clip->sampleRate, 44'100);
            QCOMPARE(clip->channels, 1);
            QCOMPARE(clip->frames(), (qint64{key.durationMs()} * 44'100 + 500) / 1000);

            expected.resize(clip->samples.size());
            const demo::Synth sound(key.ytid);
            sound.render(frameAt(key.startMs), expected);
            const double right = test::correlation(expected, clip->samples);
            // A second of it: the correlation above is of the whole.
            const double shift = test::offsetMs(std::span(expected).first(44'100),
                                                std::span(clip->samples).first(44'100), 44'100, 2.0);
            QVERIFY2(std::abs(shift) <= 1.0, qPrintable(u"%1 is %2 ms off"_s.arg(key.stem()).arg(shift)));
            // The container's clock ticks in milliseconds: noise that is a fraction of one off is less alike.
            QVERIFY2(right > 0.9, qPrintable(u"%1: %2"_s.arg(key.stem()).arg(right)));

            // The test can tell: the next second, and another video, are not this sound.
            sound.render(frameAt(key.startMs + 1000), expected);
            QVERIFY(test::correlation(expected, clip->samples) < 0.3);
            const SegmentKey other = m_sample.table.key((row + 1) % m_sample.table.size());
            demo::Synth(other.ytid).render(frameAt(key.startMs), expected);
            QVERIFY(test::correlation(expected, clip->samples) < 0.3);
        }
    }

    void theManifestNamesThemAllInOrder()
    {
        const QString folder = m_folder.filePath(u"D"_s);
        QFile manifest(folder + u"/manifest.json"_s);
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        for (segments::Row row = 0; row < m_sample.table.size(); ++row) {
            const auto line = QJsonDocument::fromJson(manifest.readLine()).object();
            const SegmentKey key = m_sample.table.key(row);
            QCOMPARE(line[u"audio_filepath"_s].toString(), workspace::Layout::clipName(key));
            QVERIFY(line[u"duration"_s].isDouble());
            QCOMPARE(line[u"duration"_s].toDouble(), key.durationMs() / 1000.0);
            QCOMPARE(static_cast<std::size_t>(line[u"labels"_s].toArray().size()),
                     m_sample.table.labels(row).size());
        }
        QVERIFY(manifest.atEnd());
    }

    void nothingIsLeftBehind()
    {
        const QString folder = m_folder.filePath(u"D"_s);
        QVERIFY(!QDir(folder + u"/.earmark.tmp"_s).exists() || QDir(folder + u"/.earmark.tmp"_s).isEmpty());
        QCOMPARE(QDir(folder + u"/processed"_s).entryList(QDir::Files | QDir::Hidden).size(),
                 qsizetype{m_sample.table.size()});
    }

private:
    QTemporaryDir m_folder;
    QJsonObject m_answer;
    readers::Split m_sample;
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
