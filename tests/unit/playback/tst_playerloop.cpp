#include "playback/player.h"

#include "support/pulsesink.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace earmark;
using namespace earmark::test;
using earmark::playback::Player;

namespace {

constexpr int Rate = PulseSink::Rate;

std::shared_ptr<const audio::Pcm> noiseOf(double seconds)
{
    return std::make_shared<audio::Pcm>(
        audio::Pcm{noise(static_cast<std::size_t>(seconds * Rate), 0.5, 11), Rate, 1});
}

std::size_t frame(double seconds)
{
    return static_cast<std::size_t>(std::llround(seconds * Rate));
}

} // namespace

/// Parts of a sound, once and over and over, as they are heard.
class TestPlayerLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_player.reset(); }
    void repeatsARegion();
    void stopsAtTheEndOfARegion();
    void beginsInTheRegion_data();
    void beginsInTheRegion();
    void goesOnWithoutAHole();
    void goesToARegionElsewhere();
    void takesNoRegionThatIsNone_data();
    void takesNoRegionThatIsNone();
    void holdsAKey();

private:
    PulseSink m_pulse;
    std::unique_ptr<Player> m_player;
};

void TestPlayerLoop::initTestCase()
{
    QVERIFY2(PulseSink::isAvailable(), "pulseaudio, parec and pactl are needed to hear anything");
    QVERIFY(m_pulse.start());
    m_player = std::make_unique<Player>();
}

void TestPlayerLoop::init()
{
    QVERIFY(m_pulse.record());
}

void TestPlayerLoop::cleanup()
{
    m_player->setSound(nullptr);
    m_player->setLooping(false);
}

void TestPlayerLoop::repeatsARegion()
{
    const auto clip = noiseOf(2);
    const Player::Region region{0.5, 0.7};
    m_player->setSound(clip);
    m_player->setLoopRegion(region);
    QCOMPARE(m_player->loopRegion(), std::optional(region));
    m_player->setLooping(true);
    int passes = 0;
    double last = 0;
    QObject here; // ends the connection with this function
    connect(m_player.get(), &Player::positionChanged, &here, [&](double seconds) {
        passes += seconds < last ? 1 : 0;
        last = seconds;
    });
    QSignalSpy positions(m_player.get(), &Player::positionChanged);
    m_player->play();
    QTRY_VERIFY(passes >= 5);
    m_player->setLooping(false);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    QCOMPARE(m_player->position(), region.from);
    for (const auto &arguments : positions) {
        const double seconds = arguments[0].toDouble();
        QVERIFY(seconds >= region.from && seconds <= region.to);
    }

    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    const Samples piece = Samples(clip->samples).subspan(frame(0.5), frame(0.2));
    const auto times = static_cast<std::size_t>(std::lround(stretches[0].seconds() / 0.2));
    QVERIFY(times >= 6);
    std::vector<std::int16_t> expected;
    for (std::size_t i = 0; i < times; ++i)
        expected.insert(expected.end(), piece.begin(), piece.end());
    QCOMPARE(PulseSink::difference(expected, PulseSink::part(heard, stretches[0])), QByteArray());
}

void TestPlayerLoop::stopsAtTheEndOfARegion()
{
    const auto clip = noiseOf(2);
    m_player->setSound(clip);
    m_player->setLoopRegion(Player::Region{0.5, 0.9});
    m_player->seek(0.6);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    QCOMPARE(m_player->position(), 0.5);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    QCOMPARE(PulseSink::difference(Samples(clip->samples).subspan(frame(0.6), frame(0.3)),
                                   PulseSink::part(heard, stretches[0])),
             QByteArray());
    // The next sound is another one's: it has no region.
    m_player->setSound(noiseOf(1));
    QVERIFY(!m_player->loopRegion());
}

void TestPlayerLoop::beginsInTheRegion_data()
{
    QTest::addColumn<double>("place");
    QTest::newRow("before it") << 0.0;
    QTest::newRow("at its end") << 0.7;
    QTest::newRow("behind it") << 0.9;
}

void TestPlayerLoop::beginsInTheRegion()
{
    QFETCH(const double, place);
    const auto clip = noiseOf(1);
    m_player->setSound(clip);
    m_player->seek(place);
    m_player->setLoopRegion(Player::Region{0.5, 0.7});
    QCOMPARE(m_player->position(), place);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    QCOMPARE(PulseSink::difference(Samples(clip->samples).subspan(frame(0.5), frame(0.2)),
                                   PulseSink::part(heard, stretches[0])),
             QByteArray());
}

void TestPlayerLoop::goesOnWithoutAHole()
{
    const auto clip = noiseOf(2);
    m_player->setSound(clip);
    m_player->setLooping(true);
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.3);
    m_player->setLoopRegion(Player::Region{0.2, 1.0});
    QTRY_VERIFY(m_player->position() > 0.8);
    QTRY_VERIFY(m_player->position() < 0.5); // it has turned back
    m_player->setLooping(false);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    std::vector<std::int16_t> expected(clip->samples.begin(), clip->samples.begin() + Rate);
    const Samples piece = Samples(clip->samples).subspan(frame(0.2), frame(0.8));
    expected.insert(expected.end(), piece.begin(), piece.end());
    QCOMPARE(PulseSink::difference(expected, PulseSink::part(heard, stretches[0])), QByteArray());
}

void TestPlayerLoop::goesToARegionElsewhere()
{
    const auto clip = noiseOf(3);
    m_player->setSound(clip);
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.2);
    m_player->setLoopRegion(Player::Region{2.0, 2.3});
    QCOMPARE(m_player->position(), 2.0);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(PulseSink::differenceAtEnd(Samples(clip->samples).subspan(frame(2.0), frame(0.3)),
                                        PulseSink::part(heard, stretches.back())),
             QByteArray());
}

void TestPlayerLoop::takesNoRegionThatIsNone_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("empty") << 0.5 << 0.5 << false;
    QTest::newRow("backwards") << 0.6 << 0.5 << false;
    QTest::newRow("behind the sound") << 2.0 << 3.0 << false;
    QTest::newRow("not a number") << std::nan("") << 0.5 << false;
    QTest::newRow("not a number, either") << 0.5 << std::nan("") << false;
    QTest::newRow("larger than the sound") << -1.0 << 3.0 << true;
}

void TestPlayerLoop::takesNoRegionThatIsNone()
{
    QFETCH(const double, from);
    QFETCH(const double, to);
    QFETCH(const bool, isOne);
    m_player->setSound(noiseOf(1));
    m_player->setLoopRegion(Player::Region{from, to});
    QCOMPARE(m_player->loopRegion(), isOne ? std::optional(Player::Region{0, 1}) : std::nullopt);
    m_player->setLoopRegion(std::nullopt);
    QVERIFY(!m_player->loopRegion());
}

/// As when the arrow is held: sixty clips, 33 ms apart; the last goes on sounding, and nothing else.
void TestPlayerLoop::holdsAKey()
{
    constexpr int Clips = 60;
    const auto last = noiseOf(0.5);
    int shown = 0;
    QTimer repeat;
    repeat.setTimerType(Qt::PreciseTimer);
    connect(&repeat, &QTimer::timeout, &repeat, [&] {
        ++shown;
        m_player->setSound(shown == Clips ? last
                                          : std::make_shared<audio::Pcm>(audio::Pcm{
                                                tone(Rate * 10, Rate, 300 + 10 * shown, 0.5), Rate, 1}));
        m_player->play();
        if (shown == Clips)
            repeat.stop();
    });
    QElapsedTimer clock;
    clock.start();
    repeat.start(33);
    QTRY_COMPARE(shown, Clips);
    const double held = static_cast<double>(clock.elapsed()) / 1000;
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(PulseSink::differenceAtEnd(last->samples, PulseSink::part(heard, stretches.back())),
             QByteArray());
    // Each of the others had sounded until the next.
    const double seconds = static_cast<double>(stretches.back().last - stretches.front().first) / Rate;
    QVERIFY2(seconds < held + 0.8, QByteArray::number(seconds - held).constData());
}

QTEST_GUILESS_MAIN(TestPlayerLoop)
#include "tst_playerloop.moc"
