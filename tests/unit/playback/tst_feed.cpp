#include "playback/feed.h"

#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QTest>

#include <cmath>

using namespace earmark;
using namespace earmark::test;
using earmark::playback::Feed;
using earmark::playback::Manner;
using earmark::playback::Part;
using earmark::playback::Resampler;

namespace {

constexpr int Rate = 44100;

std::shared_ptr<const audio::Pcm> sound(std::vector<std::int16_t> samples, int rate = Rate, int channels = 1)
{
    return std::make_shared<audio::Pcm>(audio::Pcm{std::move(samples), rate, channels});
}

/// 0, 1, 2, …: each sample tells its place.
std::shared_ptr<const audio::Pcm> counting(std::int16_t frames)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(frames));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::int16_t>(i);
    return sound(std::move(samples));
}

std::vector<std::int16_t> read(Feed &feed, std::size_t frames, int channels = 1)
{
    std::vector<std::int16_t> samples(frames * static_cast<std::size_t>(channels));
    // In the uneven portions that a sink asks for.
    for (std::size_t done = 0; done < frames;) {
        const std::size_t count = std::min<std::size_t>(frames - done, 441);
        feed.read(samples.data() + done * static_cast<std::size_t>(channels), static_cast<qint64>(count));
        done += count;
    }
    return samples;
}

using Numbers = std::vector<std::int16_t>;

} // namespace

class TestFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void playsAPart_data();
    void playsAPart();
    void changesOnTheWay_data();
    void changesOnTheWay();
    void tellsThePlace();
    void leavesSamplesAlone();
    void amplifies_data();
    void amplifies();
    void climbsToALoudness();
    void keepsThePitch_data();
    void keepsThePitch();
    void staysNearThePlaceItTells_data();
    void staysNearThePlaceItTells();
    void bringsToTheOutputsFormat_data();
    void bringsToTheOutputsFormat();
    void takesNoFormatThatIsNone();
};

void TestFeed::playsAPart_data()
{
    QTest::addColumn<qint64>("frame");
    QTest::addColumn<bool>("looping");
    QTest::addColumn<Numbers>("heard");
    QTest::newRow("in it, once") << qint64(3) << false << Numbers{3, 4, 0, 0, 0, 0, 0, 0};
    QTest::newRow("in it, looping") << qint64(3) << true << Numbers{3, 4, 2, 3, 4, 2, 3, 4};
    QTest::newRow("before it, once") << qint64(0) << false << Numbers{0, 1, 2, 3, 4, 0, 0, 0};
    QTest::newRow("before it, looping") << qint64(0) << true << Numbers{0, 1, 2, 3, 4, 2, 3, 4};
    QTest::newRow("behind it, once") << qint64(6) << false << Numbers{6, 7, 0, 0, 0, 0, 0, 0};
    QTest::newRow("behind it, looping") << qint64(6) << true << Numbers{6, 7, 2, 3, 4, 2, 3, 4};
}

void TestFeed::playsAPart()
{
    QFETCH(const qint64, frame);
    QFETCH(const bool, looping);
    QFETCH(const Numbers, heard);
    Feed feed;
    QVERIFY(feed.begin(counting(8), frame, {.part = {2, 5}, .isLooping = looping}, {Rate, 1}));
    QVERIFY(!feed.end());
    QCOMPARE(read(feed, heard.size()), heard);
    QCOMPARE(feed.end().has_value(), !looping);
    // While it sounds, the place is the sample that is heard.
    const auto sounding = looping ? heard.size() : static_cast<std::size_t>(*feed.end());
    for (std::size_t i = 0; i < sounding; ++i)
        QCOMPARE(feed.place(static_cast<double>(i)), static_cast<double>(heard[i]));
}

void TestFeed::changesOnTheWay_data()
{
    QTest::addColumn<Part>("from");
    QTest::addColumn<bool>("looping");
    QTest::addColumn<Part>("to");
    QTest::addColumn<bool>("loopsThen");
    QTest::addColumn<Numbers>("then"); // after 0 1 2 3
    QTest::newRow("a loop ends") << Part{0, 6} << true << Part{0, 6} << false << Numbers{4, 5, 0, 0};
    QTest::newRow("a loop begins") << Part{0, 6} << false << Part{0, 6} << true << Numbers{4, 5, 0, 1};
    QTest::newRow("a part around the place")
        << Part{0, 8} << true << Part{2, 5} << true << Numbers{4, 2, 3, 4};
    QTest::newRow("a part before it") << Part{0, 8} << true << Part{1, 3} << true << Numbers{1, 2, 1, 2};
    QTest::newRow("a part before it, once")
        << Part{0, 8} << false << Part{1, 3} << false << Numbers{0, 0, 0, 0};
    QTest::newRow("a part behind it") << Part{0, 8} << true << Part{5, 7} << true << Numbers{4, 5, 6, 5};
    QTest::newRow("the whole again") << Part{0, 5} << true << Part{0, 8} << true << Numbers{4, 5, 6, 7};
    QTest::newRow("a loop, after the end")
        << Part{0, 3} << false << Part{0, 3} << true << Numbers{0, 1, 2, 0};
    QTest::newRow("another part, after the end")
        << Part{0, 3} << false << Part{1, 7} << false << Numbers{0, 0, 0, 0};
}

void TestFeed::changesOnTheWay()
{
    QFETCH(const Part, from);
    QFETCH(const bool, looping);
    QFETCH(const Part, to);
    QFETCH(const bool, loopsThen);
    QFETCH(const Numbers, then);
    Feed feed;
    QVERIFY(feed.begin(counting(8), 0, {.part = from, .isLooping = looping}, {Rate, 1}));
    read(feed, 4);
    feed.change(to, loopsThen);
    QCOMPARE(read(feed, 4), then);
}

void TestFeed::tellsThePlace()
{
    Feed feed;
    QVERIFY(feed.begin(counting(1000), 100, {.part = {0, 1000}, .speed = 0.5}, {Rate / 2, 1}));
    read(feed, 500);
    feed.change({200, 650}, true); // and 50 frames on it turns back
    read(feed, 1000);
    const std::vector<std::pair<double, double>> known{{0, 100},   {10.5, 110.5}, {500, 600}, {549, 649},
                                                       {550, 200}, {999, 649},    {1000, 200}};
    for (const auto &[played, place] : known)
        QCOMPARE(feed.place(played), place);
}

void TestFeed::leavesSamplesAlone()
{
    const auto clip = sound(noise(2000, 1, 5), 96000, 2);
    Feed feed;
    QVERIFY(feed.begin(clip, 0, {.part = {0, 1000}}, {96000, 2}));
    QCOMPARE(read(feed, 1000, 2), clip->samples);
    QCOMPARE(feed.end(), std::optional(1000.0));
}

void TestFeed::amplifies_data()
{
    QTest::addColumn<double>("factor");
    QTest::addColumn<Numbers>("samples");
    QTest::addColumn<Numbers>("heard");
    QTest::newRow("as it is") << 1.0 << Numbers{1, -32768, 32767} << Numbers{1, -32768, 32767};
    QTest::newRow("twice") << 2.0 << Numbers{100, -3000, 16000} << Numbers{200, -6000, 32000};
    QTest::newRow("too much") << 2.0 << Numbers{20000, -20000} << Numbers{32767, -32768};
    QTest::newRow("half, rounded") << 0.5 << Numbers{3, -3, 100} << Numbers{2, -2, 50};
    QTest::newRow("nothing") << 0.0 << Numbers{3, -32768} << Numbers{0, 0};
}

void TestFeed::amplifies()
{
    QFETCH(const double, factor);
    QFETCH(const Numbers, samples);
    QFETCH(const Numbers, heard);
    Feed feed;
    const auto frames = static_cast<qint64>(samples.size());
    QVERIFY(feed.begin(sound(samples), 0, {.part = {0, frames}, .factor = factor}, {Rate, 1}));
    QCOMPARE(read(feed, samples.size()), heard);
}

void TestFeed::climbsToALoudness()
{
    Feed feed;
    QVERIFY(feed.begin(sound(Numbers(4000, 10000)), 0, {.part = {0, 4000}}, {Rate, 1}));
    read(feed, 1000);
    for (const double factor : {2.0, 0.0, 1.0}) {
        feed.setFactor(factor);
        const auto heard = read(feed, 500);
        for (std::size_t i = 1; i < heard.size(); ++i)
            QVERIFY2(std::abs(heard[i] - heard[i - 1]) < 150, "clicks");
        QCOMPARE(heard[230], static_cast<std::int16_t>(10000 * factor)); // 5 ms
        QCOMPARE(heard.back(), heard[230]);
    }
}

void TestFeed::keepsThePitch_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::newRow("half") << 0.5 << Rate << 1;
    QTest::newRow("a quarter") << 0.25 << Rate << 1;
    QTest::newRow("four times") << 4.0 << Rate << 1;
    QTest::newRow("half, 8 kHz") << 0.5 << 8000 << 1;
    QTest::newRow("half, 96 kHz, stereo") << 0.5 << 96000 << 2;
}

void TestFeed::keepsThePitch()
{
    QFETCH(const double, speed);
    QFETCH(const int, rate);
    QFETCH(const int, channels);
    auto samples = tone(static_cast<std::size_t>(rate), rate, 1000, 0.5);
    if (channels == 2) {
        Numbers both;
        for (const std::int16_t sample : samples)
            both.insert(both.end(), {sample, 0});
        samples = both;
    }
    Feed feed;
    QVERIFY(feed.begin(sound(samples, rate, channels), 0,
                       {.part = {0, rate}, .speed = speed, .keepsPitch = true}, {rate, channels}));
    const auto expected = static_cast<std::size_t>(rate / speed);
    const auto heard = read(feed, expected + 1000, channels);
    QCOMPARE(feed.end(), std::optional(static_cast<double>(expected)));
    Numbers left;
    for (std::size_t i = 0; i < heard.size(); i += static_cast<std::size_t>(channels)) {
        left.push_back(heard[i]);
        if (channels == 2)
            QCOMPARE(heard[i + 1], std::int16_t(0));
    }
    // From the first to the last sample, and not beyond.
    const Samples whole = Samples(left).first(expected);
    const auto tenth = expected / 10;
    for (std::size_t i = 0; i < 10; ++i) {
        const double level = toneLevel(whole.subspan(i * tenth, tenth), rate, 1000);
        QVERIFY2(level > 0.38 && level < 0.55, QByteArray::number(level).constData());
    }
    const Samples behind = Samples(left).subspan(expected);
    QVERIFY(std::all_of(behind.begin(), behind.end(), [](std::int16_t sample) { return sample == 0; }));
}

void TestFeed::staysNearThePlaceItTells_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<double>("mostMs");
    QTest::newRow("as recorded") << 1.0 << 0.1;
    QTest::newRow("half") << 0.5 << 20.0;
    QTest::newRow("three quarters") << 0.75 << 20.0;
    QTest::newRow("half again as fast") << 1.5 << 20.0;
    QTest::newRow("a quarter") << 0.25 << 30.0;
}

/// Clicks are heard where the place says that they are. (Sped up, some are left out.)
void TestFeed::staysNearThePlaceItTells()
{
    QFETCH(const double, speed);
    QFETCH(const double, mostMs);
    constexpr int Apart = Rate / 5;
    Numbers samples(Rate * 2, 0);
    for (std::size_t i = Apart / 2; i < samples.size(); i += Apart)
        std::fill_n(samples.begin() + static_cast<std::ptrdiff_t>(i), 20, std::int16_t(20000));
    const auto clip = sound(std::move(samples));
    Feed feed;
    QVERIFY(
        feed.begin(clip, 0, {.part = {0, clip->frames()}, .speed = speed, .keepsPitch = true}, {Rate, 1}));
    const auto heard = read(feed, static_cast<std::size_t>(Rate * 2 / speed));
    double worst = 0;
    int clicks = 0;
    for (std::size_t i = 0; i < heard.size(); ++i) {
        if (std::abs(heard[i]) < 5000)
            continue;
        const double inStep = std::fmod(feed.place(static_cast<double>(i)), Apart) - Apart / 2.0;
        worst = std::max(worst, std::abs(inStep) * 1000 / Rate);
        clicks += i == 0 || std::abs(heard[i - 1]) < 5000 ? 1 : 0;
    }
    qInfo("%d clicks heard, the farthest %.1f ms from its place", clicks, worst);
    QVERIFY(clicks >= 7);
    QVERIFY(worst < mostMs + 0.5); // a click is 20 samples long
}

void TestFeed::bringsToTheOutputsFormat_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("speed");
    QTest::addColumn<bool>("keepsPitch");
    QTest::addColumn<double>("hertz"); // of what was a tone of 1000
    QTest::newRow("8 kHz") << 8000 << 1.0 << false << 1000.0;
    QTest::newRow("192 kHz") << 192000 << 1.0 << false << 1000.0;
    QTest::newRow("192 kHz, four times as fast") << 192000 << 4.0 << false << 4000.0;
    QTest::newRow("96 kHz, half as fast") << 96000 << 0.5 << false << 500.0;
    QTest::newRow("8 kHz, half as fast, pitch kept") << 8000 << 0.5 << true << 1000.0;
}

void TestFeed::bringsToTheOutputsFormat()
{
    QFETCH(const int, rate);
    QFETCH(const double, speed);
    QFETCH(const bool, keepsPitch);
    QFETCH(const double, hertz);
    const auto clip = sound(tone(static_cast<std::size_t>(rate), rate, 1000, 0.5), rate);
    Feed feed;
    QVERIFY(feed.begin(clip, 0, {.part = {0, rate}, .speed = speed, .keepsPitch = keepsPitch}, {48000, 2}));
    const auto expected = static_cast<std::size_t>(48000 / speed);
    const auto heard = read(feed, expected + 2000, 2);
    QVERIFY(feed.end());
    QVERIFY(std::abs(*feed.end() - static_cast<double>(expected)) < 0.01);
    QVERIFY(std::abs(feed.place(static_cast<double>(expected) / 2) - rate / 2.0) < 1);
    for (const std::size_t channel : {0, 1}) {
        Numbers one;
        for (std::size_t i = channel; i < heard.size(); i += 2)
            one.push_back(heard[i]);
        const double level = toneLevel(Samples(one).first(expected), 48000, hertz);
        QVERIFY2(level > 0.3 && level < 0.55, QByteArray::number(level).constData());
        const Samples behind = Samples(one).subspan(expected + 200);
        QVERIFY(std::all_of(behind.begin(), behind.end(), [](std::int16_t sample) { return sample == 0; }));
    }
}

void TestFeed::takesNoFormatThatIsNone()
{
    Feed feed;
    QVERIFY(!feed.begin(counting(8), 0, {.part = {0, 8}}, {0, 1}));
}

QTEST_APPLESS_MAIN(TestFeed)
#include "tst_feed.moc"
