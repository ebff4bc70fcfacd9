#include "gui/auditionprogram.h"

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
        QTest::newRow("gone") << QByteArray() << u"is not there"_s;
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
        const QString path = m_folder->filePath(u"clips/processed/%1.wav"_s.arg(keyOf(1).stem()));
        QVERIFY(QFile::remove(path));
        if (!content.isNull())
            test::writeFile(path, content);
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.view().placeholder().contains(says));
        QVERIFY(!program.isPlaying());
        program.key(Qt::Key_Space);
        program.key(Qt::Key_R); // it can be judged all the same, and the next clip plays
        QCOMPARE(program.verdict(1), Verdict::Reject);
        QTRY_VERIFY(program.isPlaying());
        QCOMPARE(program.place(), u"3 of 80"_s);
    }

    void filesOfAllKindsPlay_data()
    {
        QTest::addColumn<QStringList>("arguments"); // of ffmpeg
        QTest::addColumn<int>("bytes");             // that are left of it
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QStringList &arguments, int bytes, const QString &says) {
            QTest::newRow(name) << arguments << bytes << says;
        };
        row("float, 96 kHz, stereo", {u"-ar"_s, u"96000"_s, u"-ac"_s, u"2"_s, u"-c:a"_s, u"pcm_f32le"_s}, 0,
            {});
        row("8 kHz, 24 bit", {u"-ar"_s, u"8000"_s, u"-c:a"_s, u"pcm_s24le"_s}, 0, {});
        row("32 bit", {u"-c:a"_s, u"pcm_s32le"_s}, 0, {});
        row("cut off", {u"-c:a"_s, u"pcm_s16le"_s}, 300'000, {});
        row("twenty minutes", {u"-ar"_s, u"8000"_s, u"-t"_s, u"1200"_s}, 0, u"20:00 long; its first 10:00"_s);
    }
    void filesOfAllKindsPlay()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, bytes);
        QFETCH(QString, says);
        const QString path = m_folder->filePath(u"clips/processed/%1.wav"_s.arg(keyOf(1).stem()));
        const bool isLong = arguments.contains(u"-t"_s);
        QCOMPARE(test::ffmpeg(QStringList{u"-f"_s, u"lavfi"_s, u"-i"_s,
                                          u"sine=frequency=440:duration=%1"_s.arg(isLong ? 1200 : 5)} +
                              arguments + QStringList{u"-y"_s, path}),
                 QByteArray());
        QVERIFY(bytes == 0 || QFile::resize(path, bytes));
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.view().sound() && program.isPlaying() && program.player.position() > 0.2);
        QTRY_VERIFY(program.session.record(1).measures.areKnown()); // nobody had measured it
        auto *notice = program.find<QLabel>(u"Notice"_s);
        QVERIFY(says.isEmpty() || (notice && notice->text().contains(says)));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestAuditionFiles)
#include "tst_auditionfiles.moc"
