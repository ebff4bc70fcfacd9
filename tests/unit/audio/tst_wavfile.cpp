#include "audio/wavfile.h"

#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::audio;
using namespace earmark::test;

class TestWavFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comesBackAsWritten();
    void readsAnyWav_data();
    void readsAnyWav();
    void clipsWhatIsTooLoud();
    void refuses_data();
    void refuses();
    void readsWhatIsThereOfATruncatedFile();
    void failsWithoutATrace();

private:
    QString path(const QString &name) const { return m_dir->filePath(name); }
    bool put(const QString &name, const QByteArray &bytes)
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestWavFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestWavFile::comesBackAsWritten()
{
    const Pcm pcm{noise(2000, 1.0, 1), 22050, 2};
    const auto written = writeWav(path(u"a.wav"_s), pcm);
    VERIFY_OK(written);
    QCOMPARE(written->size(), 32);
    const auto back = readWav(path(u"a.wav"_s));
    VERIFY_OK(back);
    QCOMPARE(back->samples, pcm.samples);
    QCOMPARE(back->sampleRate, 22050);
    QCOMPARE(back->channels, 2);
    QCOMPARE(back->frames(), 1000);

    // Byte for byte the plainest WAV there is.
    QVERIFY(writePlainWav(path(u"b.wav"_s), pcm.samples, 22050, 2));
    QFile a(path(u"a.wav"_s));
    QFile b(path(u"b.wav"_s));
    QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    QCOMPARE(a.readAll(), b.readAll());
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), (QStringList{u"a.wav"_s, u"b.wav"_s}));
}

void TestWavFile::readsAnyWav_data()
{
    QTest::addColumn<QString>("codec");
    for (const char *codec : {"pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"})
        QTest::newRow(codec) << QString::fromLatin1(codec);
}

void TestWavFile::readsAnyWav()
{
    QFETCH(const QString, codec);
    const auto samples = noise(8000, 0.5, 2);
    QVERIFY(writePlainWav(path(u"plain.wav"_s), samples, 8000, 1));
    QCOMPARE(ffmpeg({u"-i"_s, path(u"plain.wav"_s), u"-c:a"_s, codec, path(u"other.wav"_s)}), QByteArray());
    const auto pcm = readWav(path(u"other.wav"_s));
    VERIFY_OK(pcm);
    QCOMPARE(pcm->samples.size(), samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i)
        QVERIFY(std::abs(pcm->samples[i] - samples[i]) <= 1);
    const auto info = readWavInfo(path(u"other.wav"_s));
    VERIFY_OK(info);
    QCOMPARE(info->frames, 8000);
    QCOMPARE(info->sampleRate, 8000);
    QCOMPARE(info->channels, 1);
}

void TestWavFile::clipsWhatIsTooLoud()
{
    QVERIFY(writePlainWav(path(u"plain.wav"_s), tone(8000, 8000, 100, 0.9), 8000, 1));
    QCOMPARE(ffmpeg({u"-i"_s, path(u"plain.wav"_s), u"-af"_s, u"aformat=flt,volume=2"_s, u"-c:a"_s,
                     u"pcm_f32le"_s, path(u"loud.wav"_s)}),
             QByteArray());
    const auto pcm = readWav(path(u"loud.wav"_s));
    VERIFY_OK(pcm);
    QCOMPARE(pcm->samples[20], std::int16_t(32767)); // the first crest of 100 Hz
    QCOMPARE(pcm->samples[60], std::int16_t(-32768));
}

void TestWavFile::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << QByteArray("") << ErrorCode::BadMedia;
    QTest::newRow("html") << QByteArray("<html><body>Too many requests</body></html>") << ErrorCode::BadMedia;
    QTest::newRow("garbage") << QByteArray(5000, '\x5a') << ErrorCode::BadMedia;
    QTest::newRow("half a header") << QByteArray("RIFF\x24\0\0\0WAVEfmt ", 16) << ErrorCode::BadMedia;
    QTest::newRow("header only") << QByteArray(
                                        "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0"
                                        "\2\0\x10\0data\0\0\0\0",
                                        44)
                                 << ErrorCode::BadMedia;
    QTest::newRow("not there") << QByteArray() << ErrorCode::NotFound;
}

void TestWavFile::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const ErrorCode, code);
    if (!bytes.isNull())
        QVERIFY(put(u"x.wav"_s, bytes));
    const auto pcm = readWav(path(u"x.wav"_s));
    COMPARE_ERROR(pcm, code);
    QVERIFY(pcm.error().text.contains(u"x.wav"_s));
    COMPARE_ERROR(readWavInfo(path(u"x.wav"_s)), code);
    COMPARE_ERROR(readWav(m_dir->path()), ErrorCode::Unreadable);
    COMPARE_ERROR(readWavInfo(m_dir->path()), ErrorCode::Unreadable);
}

void TestWavFile::readsWhatIsThereOfATruncatedFile()
{
    QVERIFY(writePlainWav(path(u"x.wav"_s), noise(8000, 0.5, 3), 8000, 1));
    QFile file(path(u"x.wav"_s));
    QVERIFY(file.resize(44 + 2 * 1000));
    const auto pcm = readWav(path(u"x.wav"_s));
    VERIFY_OK(pcm);
    QCOMPARE(pcm->frames(), 1000);
}

void TestWavFile::failsWithoutATrace()
{
    const Pcm pcm{noise(100, 0.5, 4), 8000, 1};
    const auto missing = writeWav(path(u"no/such/folder/x.wav"_s), pcm);
    COMPARE_ERROR(missing, ErrorCode::Unwritable);
    QVERIFY(missing.error().text.contains(u"x.wav"_s));
    QVERIFY(QDir(m_dir->path()).mkdir(u"folder.wav"_s));
    COMPARE_ERROR(writeWav(path(u"folder.wav"_s), pcm), ErrorCode::Unwritable);
    QVERIFY(QDir(m_dir->path()).entryList(QDir::Files).isEmpty());
}

QTEST_GUILESS_MAIN(TestWavFile)
#include "tst_wavfile.moc"
