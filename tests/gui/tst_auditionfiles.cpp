#include "gui/auditionprogram.h"
#include "ui/segments/segmentmodel.h"

#include "support/testmain.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;

/// The audition of files as they come: broken ones are said to be, and the next clip plays.
class TestAuditionFiles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeClips(QDir(m_folder->path()));
    }
    void cleanup() { m_folder.reset(); }

    void oddFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        QTest::newRow("gone") << QByteArray() << u"Missing: "_s;
        QTest::newRow("empty") << QByteArray("") << u"is empty"_s;
        QTest::newRow("not a WAV") << QByteArray(5'000, 'x') << u"is not a WAV file"_s;
        QTest::newRow("header only")
            << QByteArray("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0"
                          "\x02\0\x10\0data\0\0\0\0",
                          44)
            << u"holds no sound"_s;
    }
    void oddFiles()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        const QString path = clipFile(keyOf(1));
        QVERIFY(QFile::remove(path));
        if (!content.isNull())
            test::writeFile(path, content);
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.find<QLabel>(u"State of the clip"_s)->text().contains(says));
        QVERIFY(!program.isPlaying());
        program.key(Qt::Key_Space);
        program.key(Qt::Key_R); // nobody has heard it
        QCOMPARE(program.verdict(1), Verdict::Undecided);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.isPlaying());
        QCOMPARE(program.place(), u"3 of 80"_s);
    }

    void filesOfAllKindsPlay_data()
    {
        QTest::addColumn<QStringList>("encoding"); // arguments of ffmpeg
        QTest::addColumn<int>("rate");             // Hz
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("says");
        QTest::newRow("float, 96 kHz") << QStringList{u"-c:a"_s, u"pcm_f32le"_s} << 96'000 << 5 << QString();
        QTest::newRow("8 kHz, 24 bit") << QStringList{u"-c:a"_s, u"pcm_s24le"_s} << 8000 << 5 << QString();
        QTest::newRow("32 bit") << QStringList{u"-c:a"_s, u"pcm_s32le"_s} << 44'100 << 5 << QString();
        QTest::newRow("twenty minutes") << QStringList() << 8000 << 1200 << u"20:00 long; its first 10:00"_s;
    }
    void filesOfAllKindsPlay()
    {
        QFETCH(QStringList, encoding);
        QFETCH(int, rate);
        QFETCH(int, seconds);
        QFETCH(QString, says);
        addClip(rate, seconds);
        QVERIFY(!QTest::currentTestFailed());
        QCOMPARE(test::ffmpeg(
                     QStringList{u"-f"_s, u"lavfi"_s, u"-i"_s,
                                 u"sine=frequency=440:sample_rate=%1:duration=%2"_s.arg(rate).arg(seconds)} +
                     encoding + QStringList{clipFile(Added)}),
                 QByteArray());
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.view().sound() && program.isPlaying() && program.player.position() > 0.2);
        QTRY_VERIFY(program.session.record(1).audio.measures.areKnown()); // nobody had measured it
        auto *notice = program.find<QLabel>(u"Notice"_s);
        QVERIFY(says.isEmpty() || (notice && notice->text().contains(says)));
    }

    /// Why a clip is believed to be all the sound there is, as the ledger has it.
    void aShortClipSaysWhy_data()
    {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("says");
        QTest::newRow("stated") << u"The source states that the video ends there."_s
                                << u"The source states that the video ends there."_s;
        QTest::newRow("repeated") << u"Two downloads ended at the same sample."_s
                                  << u"Two downloads ended at the same sample."_s;
        QTest::newRow("of an older Earmark")
            << QString()
            << u"No proof recorded: earmark-cli verify --repair downloads the clip again to get one."_s;
        QTest::newRow("of somebody's ledger")
            << u"<b>Trust me</b>"_s
            << u"No proof recorded: earmark-cli verify --repair downloads the clip again to get one."_s;
    }
    void aShortClipSaysWhy()
    {
        QFETCH(QString, reason);
        QFETCH(QString, says);
        addClip(8000, 5, reason);
        QVERIFY(!QTest::currentTestFailed());
        QVERIFY(writePlainWav(clipFile(Added), std::vector<std::int16_t>(8000 * 5, 100), 8000, 1));
        AuditionProgram program(m_folder->path());
        QVERIFY(program.isReady());
        QTRY_VERIFY(program.window.page().table().hasFocus());
        program.key(Qt::Key_Home);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.view().sound());
        const auto *state = program.find<QLabel>(u"State of the clip"_s);
        const QString sentence =
            u"Short: the video ends before the segment does. %1  ·  5.000 s  ·  8000 Hz"_s.arg(says);
        QTRY_COMPARE(state->text(), sentence);
        QCOMPARE(program.window.page()
                     .table()
                     .model()
                     ->index(1, ui::SegmentModel::State)
                     .data(Qt::ToolTipRole)
                     .toString(),
                 u"The video ends before the segment does: 5 s of 1 h.\n%1"_s.arg(says));
        program.key(Qt::Key_F5); // and on the audition's page
        QTRY_VERIFY(program.isAuditioning());
        program.key(Qt::Key_Home);
        QTRY_COMPARE(program.find<QLabel>(u"State of the clip"_s)->text(), sentence);
    }

private:
    /// The second of the list once it is added: of a video that ends before the segment does.
    inline static const SegmentKey Added{*YtId::parse("id-added-00"), 0, 3'600'000};

    QString clipFile(const SegmentKey &key) const
    {
        return m_folder->filePath(u"clips/processed/%1.wav"_s.arg(key.stem()));
    }
    void addClip(int rate, int seconds, const QString &reason = {}) const
    {
        auto workspace = workspace::Workspace::open(m_folder->filePath(u"clips"_s));
        VERIFY_OK(workspace);
        (*workspace)->enqueue({{Added, Clips, "/m/09x0r"}});
        auto record = (*workspace)->record(Added);
        record.progress.state = ClipState::Short;
        record.progress.reason = reason;
        record.audio.sampleRate = rate;
        record.audio.samples = qint64{rate} * seconds;
        (*workspace)->update(Added, record);
        VERIFY_OK((*workspace)->flush());
        const QString split = m_folder->filePath(u"split.csv"_s);
        QByteArrayList lines = test::readFile(split).split('\n');
        lines.insert(3,
                     "id-added-00, 0.000, 3600.000, \"/m/09x0r\""); // behind two comments and the first clip
        test::writeFile(split, lines.join('\n'));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestAuditionFiles)
#include "tst_auditionfiles.moc"
