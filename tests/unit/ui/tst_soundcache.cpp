#include "ui/clip/soundcache.h"

#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QThread>
#include <QtEndian>

using namespace earmark;
using namespace earmark::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int Rate = 8000;

} // namespace

class TestSoundCache final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        for (int i = 0; i < 6; ++i)
            QVERIFY(test::writePlainWav(path(i), test::tone(Rate, Rate, 200.0 * (i + 1), 0.5), Rate, 1));
        m_heard.clear();
    }
    void readsAndRemembers();
    void aNewerQuestionTakesTheOldersPlace();
    void askersDoNotDisturbEachOther();
    void handsOverErrors();
    void asksNobodyWhoIsGone();
    void cancels();
    void readsAhead();
    void readsAheadWhatIsWishedForLast();
    void aLoadGoesBeforeWhatIsReadAhead();
    void passesOverWhatCannotBeRead();
    void forgetsWhatHasChanged();
    void forgetsWhileItReads();
    void keepsWithinBounds();
    void keepsOneHoweverLarge();
    void takesTheBeginningOfALongFile();
    void mayGoAtAnyTime();

private:
    QString path(int number) const { return m_dir->filePath(u"%1.wav"_s.arg(number)); }
    SoundCache::Done noteAs(const QString &name)
    {
        return [this, name](const Result<ClipSoundPtr> &sound) {
            QCOMPARE(QThread::currentThread(), thread());
            m_heard.append(name);
            m_last = sound;
        };
    }
    qsizetype bytesOfOne()
    {
        SoundCache cache;
        cache.load(this, path(0), noteAs({}));
        if (!QTest::qWaitFor([&] { return cache.find(path(0)) != nullptr; }))
            qFatal("no sound");
        m_heard.clear();
        return static_cast<qsizetype>(cache.find(path(0))->bytes());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QStringList m_heard;
    Result<ClipSoundPtr> m_last;
};

void TestSoundCache::readsAndRemembers()
{
    SoundCache cache;
    QVERIFY(!cache.find(path(0)));
    cache.load(this, path(0), noteAs(u"first"_s));
    QVERIFY(m_heard.isEmpty());
    QTRY_COMPARE(m_heard, QStringList{u"first"_s});
    VERIFY_OK(m_last);
    const ClipSoundPtr sound = *m_last;
    QCOMPARE(sound->sound->frames(), Rate);
    QCOMPARE(sound->seconds, 1.0);
    QVERIFY(!sound->peaks.empty() && sound->levels.columns > 0);
    QVERIFY(std::abs(sound->measures.peakDb() + 6.02) < 0.1);
    QCOMPARE(cache.find(path(0)), sound);
    cache.load(this, path(0), noteAs(u"second"_s));
    QCOMPARE(m_heard.last(), u"second"_s); // at once
    QCOMPARE(*m_last, sound);
}

void TestSoundCache::aNewerQuestionTakesTheOldersPlace()
{
    SoundCache cache;
    for (int i = 0; i < 6; ++i)
        cache.load(this, path(i), noteAs(QString::number(i)));
    QTRY_COMPARE(m_heard, QStringList{u"5"_s});
    cache.load(this, path(0), noteAs(u"0"_s));
    cache.load(this, path(5), noteAs(u"again"_s)); // in memory
    QCOMPARE(m_heard.last(), u"again"_s);
    cache.load(this, path(1), noteAs(u"1"_s));
    QTRY_COMPARE(m_heard, (QStringList{u"5"_s, u"again"_s, u"1"_s}));
}

void TestSoundCache::askersDoNotDisturbEachOther()
{
    SoundCache cache;
    QObject other;
    QObject third;
    cache.load(this, path(0), noteAs(u"one"_s));
    cache.load(&other, path(1), noteAs(u"other"_s));
    cache.load(&third, path(0), noteAs(u"third"_s)); // the same file, read once
    cache.cancel(&other);
    QTRY_COMPARE(m_heard, (QStringList{u"one"_s, u"third"_s}));
}

void TestSoundCache::handsOverErrors()
{
    SoundCache cache;
    cache.load(this, path(99), noteAs(u"missing"_s));
    QTRY_COMPARE(m_heard.size(), 1);
    COMPARE_ERROR(m_last, ErrorCode::NotFound);
    test::writeFile(path(50), "no sound at all");
    cache.load(this, path(50), noteAs(u"broken"_s));
    QTRY_COMPARE(m_heard.size(), 2);
    COMPARE_ERROR(m_last, ErrorCode::BadMedia);
    // Not remembered: it may have been mended meanwhile.
    QVERIFY(test::writePlainWav(path(50), test::tone(Rate, Rate, 440, 0.5), Rate, 1));
    cache.load(this, path(50), noteAs(u"mended"_s));
    QTRY_COMPARE(m_heard.size(), 3);
    VERIFY_OK(m_last);
}

void TestSoundCache::asksNobodyWhoIsGone()
{
    SoundCache cache;
    auto gone = std::make_unique<QObject>();
    cache.load(gone.get(), path(0), noteAs(u"gone"_s));
    gone.reset();
    QTRY_VERIFY(cache.find(path(0)));
    QVERIFY(m_heard.isEmpty());
}

void TestSoundCache::cancels()
{
    SoundCache cache;
    cache.load(this, path(0), noteAs(u"cancelled"_s));
    cache.cancel(this);
    cache.load(this, path(1), noteAs(u"1"_s));
    QTRY_COMPARE(m_heard, QStringList{u"1"_s});
}

void TestSoundCache::readsAhead()
{
    SoundCache cache;
    cache.prefetch({path(1), path(2)});
    QTRY_VERIFY(cache.find(path(1)) && cache.find(path(2)));
    // Also what waits while others read, and when they stop.
    cache.load(this, path(0), noteAs(u"0"_s));
    cache.prefetch({path(3)});
    cache.cancel(this);
    QTRY_VERIFY(cache.find(path(3)));
    QVERIFY(m_heard.isEmpty());
}

void TestSoundCache::readsAheadWhatIsWishedForLast()
{
    SoundCache cache;
    cache.prefetch({path(1), path(2), path(3)});
    cache.prefetch({path(4)});
    QTRY_VERIFY(cache.find(path(4)));
    QVERIFY(!cache.find(path(2)) && !cache.find(path(3)));
}

void TestSoundCache::aLoadGoesBeforeWhatIsReadAhead()
{
    SoundCache cache;
    cache.prefetch({path(1), path(2)});
    bool wereThere = true;
    cache.load(this, path(0), [&](const Result<ClipSoundPtr> &) {
        wereThere = cache.find(path(1)) || cache.find(path(2));
        m_heard.append(u"0"_s);
    });
    // What is being read ahead is what is wanted now: not read twice.
    cache.prefetch({path(1), path(2)});
    QTRY_COMPARE(m_heard, QStringList{u"0"_s});
    QVERIFY(!wereThere);
    QTRY_VERIFY(cache.find(path(1)));
    cache.load(this, path(2), noteAs(u"2"_s));
    QTRY_COMPARE(m_heard.size(), 2);
}

void TestSoundCache::passesOverWhatCannotBeRead()
{
    SoundCache cache;
    cache.prefetch({path(99), path(1)});
    QTRY_VERIFY(cache.find(path(1)));
}

void TestSoundCache::forgetsWhatHasChanged()
{
    SoundCache cache;
    cache.load(this, path(0), noteAs(u"before"_s));
    QTRY_COMPARE(m_heard.size(), 1);
    QVERIFY(test::writePlainWav(path(0), test::tone(2 * Rate, Rate, 440, 0.5), Rate, 1));
    cache.forget(path(0));
    QVERIFY(!cache.find(path(0)));
    cache.load(this, path(0), noteAs(u"after"_s));
    QTRY_COMPARE(m_heard.size(), 2);
    QCOMPARE((*m_last)->seconds, 2.0);
    cache.clear();
    QVERIFY(!cache.find(path(0)));
}

void TestSoundCache::forgetsWhileItReads()
{
    SoundCache cache;
    cache.load(this, path(0), noteAs(u"0"_s));
    QVERIFY(test::writePlainWav(path(0), test::tone(2 * Rate, Rate, 440, 0.5), Rate, 1));
    cache.forget(path(0));
    QTRY_COMPARE(m_heard, QStringList{u"0"_s});
    QCOMPARE((*m_last)->seconds, 2.0);
}

void TestSoundCache::keepsWithinBounds()
{
    SoundCache cache(nullptr, bytesOfOne() * 3 + 100);
    for (int i = 0; i < 6; ++i) {
        cache.load(this, path(i), noteAs({}));
        QTRY_COMPARE(m_heard.size(), i + 1);
        QVERIFY(cache.find(path(0))); // asked for: so it stays
    }
    QVERIFY(cache.find(path(5)) && cache.find(path(4)));
    for (const int gone : {1, 2, 3})
        QVERIFY(!cache.find(path(gone)));
}

void TestSoundCache::keepsOneHoweverLarge()
{
    SoundCache cache(nullptr, 1000);
    for (int i = 0; i < 2; ++i) {
        cache.load(this, path(i), noteAs({}));
        QTRY_COMPARE(m_heard.size(), i + 1);
        QVERIFY(cache.find(path(i)));
    }
    QVERIFY(!cache.find(path(0)));
}

void TestSoundCache::takesTheBeginningOfALongFile()
{
    constexpr int Seconds = 3 * 3600;
    constexpr int SlowRate = 1000;
    QVERIFY(test::writePlainWav(path(7), test::tone(SlowRate, SlowRate, 100, 0.5), SlowRate, 1));
    QFile file(path(7));
    QVERIFY(file.open(QIODevice::ReadWrite));
    constexpr quint32 Bytes = Seconds * SlowRate * 2;
    for (const auto &[place, value] : {std::pair{4, Bytes + 36}, std::pair{40, Bytes}}) {
        QVERIFY(file.seek(place));
        const quint32 little = qToLittleEndian(value);
        QCOMPARE(file.write(reinterpret_cast<const char *>(&little), 4), 4);
    }
    QVERIFY(file.resize(Bytes + 44));
    file.close();
    SoundCache cache;
    cache.load(this, path(7), noteAs({}));
    QTRY_COMPARE(m_heard.size(), 1);
    VERIFY_OK(m_last);
    QCOMPARE((*m_last)->seconds, double(Seconds));
    QCOMPARE((*m_last)->sound->duration(), double(ClipSound::MostSeconds));
}

void TestSoundCache::mayGoAtAnyTime()
{
    for (int i = 0; i < 20; ++i) {
        SoundCache cache;
        cache.load(this, path(i % 6), noteAs({}));
        cache.prefetch({path((i + 1) % 6)});
        if (i % 2 == 0)
            QCoreApplication::processEvents();
    }
}

QTEST_MAIN(TestSoundCache)
#include "tst_soundcache.moc"
