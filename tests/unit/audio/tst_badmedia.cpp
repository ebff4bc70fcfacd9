#include "audio/formatter.h"

#include "audio/pcm.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::audio;
using namespace earmark::test;

/// What a download may leave behind that is not the sound of the clip.
class TestBadMedia : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void refuses_data();
    void refuses();
    void opensNoOtherFile();
    void refusesAPictureWithoutSound();
    void refusesAGap();
    void refusesALateStart();
    void truncated_data();
    void truncated();
    void shortAtTheVideosEnd_data();
    void shortAtTheVideosEnd();
    void survivesDamage();
    void keepsWhatWasThere();
    void stops();
    void refusesAnImpossibleRequest();

private:
    QString path(const QString &name) const { return m_dir->filePath(name); }
    Result<FormattedClip> format(qint64 startMs, qint64 endMs, std::stop_token stop = {})
    {
        return formatClip({path(u"section.mka"_s), path(u"clip.wav"_s), startMs, endMs, 44100, 1}, stop);
    }
    bool put(const QByteArray &bytes)
    {
        QFile file(path(u"section.mka"_s));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }
    QByteArray section()
    {
        QFile file(path(u"section.mka"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_sources;
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_m4a;
    QString m_opus;
};

void TestBadMedia::initTestCase()
{
    QVERIFY(m_sources.isValid());
    const QString wav = m_sources.filePath(u"noise.wav"_s);
    QVERIFY(writePlainWav(wav, noise(48000 * 30, 0.4, 5), 48000, 1));
    m_m4a = m_sources.filePath(u"a.m4a"_s);
    m_opus = m_sources.filePath(u"a.webm"_s);
    QCOMPARE(ffmpeg({u"-i"_s, wav, u"-c:a"_s, u"aac"_s, u"-movflags"_s, u"+faststart"_s, m_m4a}),
             QByteArray());
    QCOMPARE(ffmpeg({u"-i"_s, wav, u"-c:a"_s, u"libopus"_s, m_opus}), QByteArray());
}

void TestBadMedia::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestBadMedia::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("not there") << QByteArray() << ErrorCode::NotFound;
    QTest::newRow("empty") << QByteArray("") << ErrorCode::BadMedia;
    QTest::newRow("html") << QByteArray("<!DOCTYPE html><html><body>Sign in to confirm</body></html>")
                          << ErrorCode::BadMedia;
    QTest::newRow("garbage") << QByteArray(100'000, '\x5a') << ErrorCode::BadMedia;
    QTest::newRow("zeros") << QByteArray(100'000, '\0') << ErrorCode::BadMedia;
    // What ffmpeg leaves when a section lies behind the end of the sound: 78 bytes, no samples.
    QByteArray header("RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0\x44\xac\0\0\x88\x58\1\0\2\0\x10\0"
                      "LIST\x1a\0\0\0INFOISFT\x0e\0\0\0Lavf59.27.100\0data\xff\xff\xff\xff",
                      78);
    QTest::newRow("78 bytes of WAV") << header << ErrorCode::BadMedia;
}

void TestBadMedia::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const ErrorCode, code);
    if (!bytes.isNull())
        QVERIFY(put(bytes));
    const auto clip = format(10'000, 20'000);
    COMPARE_ERROR(clip, code);
    QVERIFY2(clip.error().text.contains(u"section.mka"_s), qPrintable(clip.error().text));
    QVERIFY(!QFile::exists(path(u"clip.wav"_s)));
}

void TestBadMedia::opensNoOtherFile()
{
    QVERIFY(
        put("#EXTM3U\n#EXT-X-TARGETDURATION:30\n#EXTINF:30,\nfile:" + m_m4a.toUtf8() + "\n#EXT-X-ENDLIST\n"));
    COMPARE_ERROR(format(10'000, 20'000), ErrorCode::BadMedia);
    QVERIFY(put("ffconcat version 1.0\nfile '" + m_m4a.toUtf8() + "'\n"));
    COMPARE_ERROR(format(10'000, 20'000), ErrorCode::BadMedia);
}

void TestBadMedia::refusesAPictureWithoutSound()
{
    QCOMPARE(ffmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"testsrc=duration=1:size=64x64"_s, u"-c:v"_s, u"mpeg4"_s,
                     u"-f"_s, u"matroska"_s, path(u"section.mka"_s)}),
             QByteArray());
    const auto clip = format(0, 1'000);
    COMPARE_ERROR(clip, ErrorCode::BadMedia);
    QCOMPARE(clip.error().text, u"section.mka holds no sound."_s);
}

void TestBadMedia::refusesAGap()
{
    // Packets of two seconds in the middle are left out, those behind keep their times.
    QCOMPARE(ffmpeg({u"-i"_s, m_m4a, u"-c"_s, u"copy"_s, u"-bsf:a"_s, u"noise=drop=between(n\\,656\\,750)"_s,
                     u"-f"_s, u"matroska"_s, path(u"section.mka"_s)}),
             QByteArray());
    const auto clip = format(10'000, 20'000);
    COMPARE_ERROR(clip, ErrorCode::BadMedia);
    QVERIFY2(clip.error().text.contains(u"gap at 0:1"_s), qPrintable(clip.error().text));
    // Elsewhere it does not matter.
    VERIFY_OK(format(1'000, 11'000));
    VERIFY_OK(format(18'000, 28'000));
}

void TestBadMedia::refusesALateStart()
{
    QCOMPARE(cutSection(m_m4a, 12, 24, path(u"section.mka"_s)), QByteArray());
    const auto clip = format(11'000, 21'000);
    COMPARE_ERROR(clip, ErrorCode::BadMedia);
    QVERIFY2(clip.error().text.contains(u"begins at 0:1"_s), qPrintable(clip.error().text));
    const auto nothing = format(1'000, 11'000);
    COMPARE_ERROR(nothing, ErrorCode::BadMedia);
    QVERIFY2(nothing.error().text.contains(u"no sound between 0:01 and 0:11"_s),
             qPrintable(nothing.error().text));
}

void TestBadMedia::truncated_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<bool>("usable");
    for (const double share : {0.95, 0.5, 0.4})
        QTest::addRow("%g", share) << share << true;
    for (const double share : {0.02, 0.001})
        QTest::addRow("%g", share) << share << false;
}

void TestBadMedia::truncated()
{
    QFETCH(const double, share);
    QFETCH(const bool, usable);
    for (const QString &source : {m_m4a, m_opus}) {
        QVERIFY(QFile::remove(path(u"clip.wav"_s)) || !QFile::exists(path(u"clip.wav"_s)));
        QCOMPARE(cutSection(source, 9, 21, path(u"section.mka"_s)), QByteArray());
        const QByteArray all = section();
        QVERIFY(put(all.left(static_cast<qsizetype>(static_cast<double>(all.size()) * share))));
        const auto clip = format(10'000, 20'000);
        if (!usable) {
            COMPARE_ERROR(clip, ErrorCode::BadMedia);
            QVERIFY2(clip.error().text.contains(u"section.mka"_s), qPrintable(clip.error().text));
            QVERIFY(!QFile::exists(path(u"clip.wav"_s)));
            continue;
        }
        VERIFY_OK(clip);
        const auto info = readWavInfo(path(u"clip.wav"_s));
        VERIFY_OK(info);
        QCOMPARE(info->frames, clip->audio.samples);
        QCOMPARE(clip->isShort, clip->audio.samples < 441'000);
        QVERIFY(share > 0.94 || clip->isShort);
    }
}

void TestBadMedia::shortAtTheVideosEnd_data()
{
    QTest::addColumn<int>("startMs");
    QTest::addColumn<int>("endMs");
    QTest::addColumn<double>("seconds"); // 0: not short
    QTest::newRow("ends in the middle") << 25'000 << 35'000 << 5.0;
    QTest::newRow("ends a second before") << 21'000 << 31'000 << 9.0;
    QTest::newRow("ends a moment before") << 20'010 << 30'060 << 9.99;
    QTest::newRow("ends with the clip") << 20'000 << 30'000 << 0.0;
}

void TestBadMedia::shortAtTheVideosEnd()
{
    QFETCH(const int, startMs);
    QFETCH(const int, endMs);
    QFETCH(const double, seconds);
    for (const QString &source : {m_m4a, m_opus}) {
        QCOMPARE(cutSection(source, startMs / 1000.0 - 1, endMs / 1000.0 + 1, path(u"section.mka"_s)),
                 QByteArray());
        const auto clip = format(startMs, endMs);
        VERIFY_OK(clip);
        QCOMPARE(clip->isShort, seconds > 0);
        const double length = static_cast<double>(clip->audio.samples) / 44100;
        if (seconds > 0) // AAC ends on a whole packet
            QVERIFY2(length > seconds - 0.001 && length < seconds + 0.025,
                     QByteArray::number(length).constData());
        else
            QCOMPARE(clip->audio.samples, 441'000);
        const auto info = readWavInfo(path(u"clip.wav"_s));
        VERIFY_OK(info);
        QCOMPARE(info->frames, clip->audio.samples);
    }
}

void TestBadMedia::survivesDamage()
{
    // Whatever the bytes say: a clip of the right length, a short one, or an error; never a crash.
    quint32 state = 1;
    const auto random = [&state] { return state = state * 1664525 + 1013904223; };
    for (const QString &source : {m_m4a, m_opus}) {
        QCOMPARE(cutSection(source, 9, 21, path(u"section.mka"_s)), QByteArray());
        const QByteArray whole = section();
        for (int round = 0; round < 40; ++round) {
            QByteArray damaged = whole;
            for (int i = 0; i < 1 << (round % 8); ++i)
                damaged[static_cast<qsizetype>(random() >> 4) % damaged.size()] =
                    static_cast<char>(random() >> 24);
            if (round % 2)
                damaged[static_cast<qsizetype>(random() >> 4) % 600] = static_cast<char>(random() >> 24);
            QVERIFY(put(damaged));
            const auto clip = format(10'000, 20'000);
            if (clip)
                QVERIFY(clip->isShort ? clip->audio.samples < 441'000 : clip->audio.samples == 441'000);
            else
                QVERIFY(!clip.error().text.isEmpty());
        }
    }
}

void TestBadMedia::keepsWhatWasThere()
{
    QFile old(path(u"clip.wav"_s));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    QVERIFY(put("garbage"));
    COMPARE_ERROR(format(10'000, 20'000), ErrorCode::BadMedia);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
    old.close();

    QCOMPARE(cutSection(m_opus, 9, 21, path(u"section.mka"_s)), QByteArray());
    VERIFY_OK(format(10'000, 20'000));
    QCOMPARE(old.size(), 44 + 441'000 * 2);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), (QStringList{u"clip.wav"_s, u"section.mka"_s}));
}

void TestBadMedia::stops()
{
    QCOMPARE(cutSection(m_opus, 9, 21, path(u"section.mka"_s)), QByteArray());
    std::stop_source stop;
    stop.request_stop();
    COMPARE_ERROR(format(10'000, 20'000, stop.get_token()), ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(path(u"clip.wav"_s)));
}

void TestBadMedia::refusesAnImpossibleRequest()
{
    QCOMPARE(cutSection(m_opus, 9, 21, path(u"section.mka"_s)), QByteArray());
    COMPARE_ERROR(format(20'000, 20'000), ErrorCode::Internal);
    COMPARE_ERROR(formatClip({path(u"section.mka"_s), path(u"clip.wav"_s), 10'000, 20'000, 0, 1}),
                  ErrorCode::Internal);
    COMPARE_ERROR(formatClip({path(u"section.mka"_s), path(u"clip.wav"_s), 10'000, 20'000, 44100, 3}),
                  ErrorCode::Internal);
    const auto nowhere =
        formatClip({path(u"section.mka"_s), path(u"no/folder/clip.wav"_s), 10'000, 20'000, 44100, 1});
    COMPARE_ERROR(nowhere, ErrorCode::Unwritable);
}

QTEST_GUILESS_MAIN(TestBadMedia)
#include "tst_badmedia.moc"
