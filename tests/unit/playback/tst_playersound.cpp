#include "playback/player.h"

#include "support/pulsesink.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace earmark;
using namespace earmark::test;
using earmark::playback::Player;

namespace {

constexpr int Rate = PulseSink::Rate;

std::shared_ptr<const audio::Pcm> toneOf(double seconds, double level = 0.5, int rate = Rate,
                                         int channels = 1)
{
    const auto one = tone(static_cast<std::size_t>(seconds * rate), rate, 1000, level);
    std::vector<std::int16_t> all;
    for (const std::int16_t sample : one)
        all.insert(all.end(), static_cast<std::size_t>(channels), sample);
    return std::make_shared<audio::Pcm>(audio::Pcm{std::move(all), rate, channels});
}

} // namespace

Q_DECLARE_METATYPE(earmark::playback::Player::Pitch)

/// What a sound is made into on its way to the output: speed, loudness, rate.
class TestPlayerSound : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_player.reset(); }
    void playsAtAnotherSpeed_data();
    void playsAtAnotherSpeed();
    void changesItsSpeedWhilePlaying();
    void isAsLoudAsAsked_data();
    void isAsLoudAsAsked();
    void changesItsLoudnessWithoutAClick();
    void clampsWhatIsAsked();
    void playsAnyRate_data();
    void playsAnyRate();
    void playsASingleSample();

private:
    /// Plays what is set to its end, and gives what was heard of it.
    std::vector<std::int16_t> listen()
    {
        QSignalSpy states(m_player.get(), &Player::stateChanged);
        m_player->play();
        if (!QTest::qWaitFor([&] { return states.size() == 2; }, 10'000))
            return {};
        const auto heard = m_pulse.heard();
        const auto stretches = PulseSink::stretches(heard);
        if (stretches.empty())
            return {};
        return {heard.begin() + static_cast<std::ptrdiff_t>(stretches.front().first),
                heard.begin() + static_cast<std::ptrdiff_t>(stretches.back().last)};
    }

    PulseSink m_pulse;
    std::unique_ptr<Player> m_player;
};

void TestPlayerSound::initTestCase()
{
    QVERIFY2(PulseSink::isAvailable(), "pulseaudio, parec and pactl are needed to hear anything");
    QVERIFY(m_pulse.start());
    m_player = std::make_unique<Player>();
}

void TestPlayerSound::init()
{
    QVERIFY(m_pulse.record());
}

void TestPlayerSound::cleanup()
{
    m_player->setSound(nullptr);
    m_player->setSpeed(1);
    m_player->setGain(0);
    m_player->setVolume(1);
}

void TestPlayerSound::playsAtAnotherSpeed_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<Player::Pitch>("pitch");
    QTest::addColumn<double>("hertz");
    QTest::newRow("half, kept") << 0.5 << Player::Pitch::Kept << 1000.0;
    QTest::newRow("half, lower") << 0.5 << Player::Pitch::Follows << 500.0;
    QTest::newRow("twice, kept") << 2.0 << Player::Pitch::Kept << 1000.0;
    QTest::newRow("twice, higher") << 2.0 << Player::Pitch::Follows << 2000.0;
    QTest::newRow("as recorded") << 1.0 << Player::Pitch::Follows << 1000.0;
}

void TestPlayerSound::playsAtAnotherSpeed()
{
    QFETCH(const double, speed);
    QFETCH(const Player::Pitch, pitch);
    QFETCH(const double, hertz);
    m_player->setSound(toneOf(0.6));
    m_player->setSpeed(speed, pitch);
    QSignalSpy positions(m_player.get(), &Player::positionChanged);
    const auto heard = listen();
    QVERIFY(std::abs(static_cast<double>(heard.size()) / Rate - 0.6 / speed) < 0.02);
    const double level = toneLevel(heard, Rate, hertz);
    QVERIFY2(level > 0.38, QByteArray::number(level).constData());
    QVERIFY(!positions.isEmpty());
    for (const auto &arguments : positions)
        QVERIFY(arguments[0].toDouble() <= 0.6);
}

void TestPlayerSound::changesItsSpeedWhilePlaying()
{
    m_player->setSound(toneOf(1));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.5);
    const double place = m_player->position();
    m_player->setSpeed(0.5);
    QVERIFY(std::abs(m_player->position() - place) < 0.02);
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    const double seconds = static_cast<double>(stretches.back().last - stretches.front().first) / Rate;
    const double expected = place + (1 - place) * 2;
    QVERIFY2(std::abs(seconds - expected) < 0.05, QByteArray::number(seconds - expected).constData());
}

void TestPlayerSound::isAsLoudAsAsked_data()
{
    QTest::addColumn<double>("gain");
    QTest::addColumn<double>("volume");
    QTest::addColumn<double>("level"); // of a tone of 0.2
    QTest::newRow("6 dB louder") << 6.0206 << 1.0 << 0.4;
    QTest::newRow("20 dB quieter") << -20.0 << 1.0 << 0.02;
    QTest::newRow("half the volume") << 0.0 << 0.5 << 0.025;
    QTest::newRow("both") << 18.0618 << 0.5 << 0.2;
    // A square wave, nearly: its first tone is 4 / pi of full scale.
    QTest::newRow("cut off") << 40.0 << 1.0 << 1.27;
}

void TestPlayerSound::isAsLoudAsAsked()
{
    QFETCH(const double, gain);
    QFETCH(const double, volume);
    QFETCH(const double, level);
    m_player->setSound(toneOf(0.3, 0.2));
    m_player->setGain(gain);
    m_player->setVolume(volume);
    const double heard = toneLevel(listen(), Rate, 1000);
    QVERIFY2(std::abs(heard - level) < level * 0.02, QByteArray::number(heard).constData());
}

void TestPlayerSound::changesItsLoudnessWithoutAClick()
{
    // A slow wave: from one sample to the next it climbs by 70 at most, and twice that when it is louder.
    const auto clip = std::make_shared<audio::Pcm>(audio::Pcm{tone(Rate, Rate, 50, 0.3), Rate, 1});
    m_player->setSound(clip);
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.3);
    m_player->setGain(6.0206);
    QTRY_VERIFY(m_player->position() > 0.6);
    m_player->setVolume(0);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QVERIFY(!stretches.empty());
    const Samples all =
        Samples(heard).subspan(stretches.front().first, stretches.back().last - stretches.front().first);
    QVERIFY(*std::max_element(all.begin(), all.end()) > 19000); // it did become louder
    QVERIFY(static_cast<double>(all.size()) < 0.95 * Rate);     // and silent
    for (std::size_t i = 1; i < all.size(); ++i)
        QVERIFY2(std::abs(all[i] - all[i - 1]) < 320, QByteArray::number(static_cast<qint64>(i)).constData());
}

void TestPlayerSound::clampsWhatIsAsked()
{
    m_player->setSpeed(100);
    QCOMPARE(m_player->speed(), 4.0);
    m_player->setSpeed(0);
    QCOMPARE(m_player->speed(), 0.25);
    m_player->setSpeed(std::nan(""), Player::Pitch::Follows);
    QCOMPARE(m_player->speed(), 1.0);
    QCOMPARE(m_player->pitch(), Player::Pitch::Follows);
    m_player->setGain(-1000);
    QCOMPARE(m_player->gain(), -60.0);
    m_player->setGain(std::nan(""));
    QCOMPARE(m_player->gain(), 0.0);
    m_player->setVolume(2);
    QCOMPARE(m_player->volume(), 1.0);
    m_player->setVolume(-1);
    QCOMPARE(m_player->volume(), 0.0);
    m_player->setVolume(std::nan(""));
    QCOMPARE(m_player->volume(), 1.0);
}

void TestPlayerSound::playsAnyRate_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<double>("speed"); // the pitch follows
    QTest::newRow("8 kHz") << 8000 << 1 << 1.0;
    QTest::newRow("96 kHz, stereo") << 96000 << 2 << 1.0;
    QTest::newRow("192 kHz") << 192000 << 1 << 1.0;
    QTest::newRow("more than the server takes") << 192000 << 2 << 4.0;
}

void TestPlayerSound::playsAnyRate()
{
    QFETCH(const int, rate);
    QFETCH(const int, channels);
    QFETCH(const double, speed);
    m_player->setSound(toneOf(0.4 * speed, 0.5, rate, channels));
    m_player->setSpeed(speed, Player::Pitch::Follows);
    const auto heard = listen();
    QVERIFY(std::abs(static_cast<double>(heard.size()) / Rate - 0.4) < 0.01);
    const double level = toneLevel(heard, Rate, 1000 * speed);
    QVERIFY2(level > 0.45, QByteArray::number(level).constData());
}

void TestPlayerSound::playsASingleSample()
{
    m_player->setSound(std::make_shared<audio::Pcm>(audio::Pcm{{20000}, 8000, 1}));
    QVERIFY(m_player->hasSound());
    listen();
    QCOMPARE(m_player->state(), Player::State::Stopped);
    m_player->setLooping(true);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    m_player->setLooping(false);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    m_player->setSound(toneOf(0.2)); // and the next one is heard
    QVERIFY(toneLevel(listen(), Rate, 1000) > 0.1);
}

QTEST_GUILESS_MAIN(TestPlayerSound)
#include "tst_playersound.moc"
