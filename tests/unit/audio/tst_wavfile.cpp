#include "audio/wavfile.h"

#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

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
    void oddFiles_data();
    void oddFiles();
    void clipsWhatIsTooLoud();
    void refuses_data();
    void refuses();
    void readsWhatIsThereOfATruncatedFile();
    void readsTheBeginningOfALongFile();
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

/// What people bring of their own.
void TestWavFile::oddFiles_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels"); ///< in the file
    QTest::newRow("8 kHz, float") << QStringList{u"-ar"_s, u"8000"_s, u"-c:a"_s, u"pcm_f32le"_s} << 8000 << 1;
    QTest::newRow("96 kHz stereo, 24 bit")
        << QStringList{u"-ar"_s, u"96000"_s, u"-ac"_s, u"2"_s, u"-c:a"_s, u"pcm_s24le"_s} << 96000 << 2;
    QTest::newRow("192 kHz, 32 bit") << QStringList{u"-ar"_s, u"192000"_s, u"-c:a"_s, u"pcm_s32le"_s}
                                     << 192000 << 1;
    QTest::newRow("8 bit") << QStringList{u"-c:a"_s, u"pcm_u8"_s} << 22050 << 1;
    QTest::newRow("5.1") << QStringList{u"-af"_s, u"pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0"_s} << 22050
                         << 6;
    QTest::newRow("telephone") << QStringList{u"-ar"_s, u"8000"_s, u"-c:a"_s, u"pcm_alaw"_s} << 8000 << 1;
}

void TestWavFile::oddFiles()
{
    QFETCH(const QStringList, options);
    QFETCH(const int, rate);
    QFETCH(const int, channels);
    QVERIFY(writePlainWav(path(u"plain.wav"_s), tone(22050, 22050, 1000, 0.5), 22050, 1));
    QCOMPARE(ffmpeg(QStringList{u"-i"_s, path(u"plain.wav"_s)} + options + QStringList{path(u"odd.wav"_s)}),
             QByteArray());
    const auto info = readWavInfo(path(u"odd.wav"_s));
    VERIFY_OK(info);
    QCOMPARE(info->channels, channels);
    QCOMPARE(info->sampleRate, rate);
    QVERIFY(std::abs(info->duration() - 1) < 0.001);
    const auto pcm = readWav(path(u"odd.wav"_s));
    VERIFY_OK(pcm);
    QCOMPARE(pcm->sampleRate, rate);
    QCOMPARE(pcm->channels, channels > 2 ? 1 : channels);
    QCOMPARE(pcm->frames(), info->frames);
    std::vector<std::int16_t> first;
    for (std::size_t i = 0; i < pcm->samples.size(); i += static_cast<std::size_t>(pcm->channels))
        first.push_back(pcm->samples[i]);
    const double level = toneLevel(first, rate, 1000);
    QVERIFY2(level > 0.34 && level < 0.51, qPrintable(QString::number(level)));
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

/// Three hours, of which the disk has the first second only: the rest is a hole.
void TestWavFile::readsTheBeginningOfALongFile()
{
    constexpr qint64 Rate = 8000;
    constexpr qint64 Seconds = 3 * 3600;
    const auto samples = noise(Rate, 0.5, 5);
    QVERIFY(writePlainWav(path(u"long.wav"_s), samples, Rate, 1));
    QFile file(path(u"long.wav"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const auto put = [&file](qint64 place, qint64 value) {
        const auto size = qToLittleEndian(static_cast<quint32>(value));
        return file.seek(place) &&
               file.write(reinterpret_cast<const char *>(&size), sizeof size) == sizeof size;
    };
    QVERIFY(put(4, Seconds * Rate * 2 + 36) && put(40, Seconds * Rate * 2));
    QVERIFY(file.resize(Seconds * Rate * 2 + 44));
    file.close();
    const auto info = readWavInfo(path(u"long.wav"_s));
    VERIFY_OK(info);
    QCOMPARE(info->duration(), double(Seconds));
    QCOMPARE(info->missing, 0);
    for (const int seconds : {1, 600}) {
        const auto pcm = readWav(path(u"long.wav"_s), seconds);
        VERIFY_OK(pcm);
        QCOMPARE(pcm->frames(), seconds * Rate);
        QVERIFY(std::equal(samples.begin(), samples.end(), pcm->samples.begin()));
    }
    // More than there is.
    QVERIFY(file.resize(44 + Rate));
    const auto rest = readWav(path(u"long.wav"_s), 600);
    VERIFY_OK(rest);
    QCOMPARE(rest->frames(), Rate / 2);
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
