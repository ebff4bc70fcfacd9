#include "playback/player.h"

#include "support/pulsesink.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;
using earmark::playback::Player;

namespace {

constexpr int Rate = PulseSink::Rate;

std::shared_ptr<const audio::Pcm> sound(std::vector<std::int16_t> samples, int rate = Rate)
{
    return std::make_shared<audio::Pcm>(audio::Pcm{std::move(samples), rate, 1});
}

std::shared_ptr<const audio::Pcm> noiseOf(double seconds)
{
    return sound(noise(static_cast<std::size_t>(seconds * Rate), 0.5, 11));
}

/// A tone for each 0.2 s, each higher than the last: a place in it can be heard.
const std::vector<double> Stairs{300, 400, 500, 600, 700, 800, 900, 1000};

std::shared_ptr<const audio::Pcm> stairs()
{
    std::vector<std::int16_t> samples;
    for (const double hertz : Stairs) {
        const auto step = tone(Rate / 5, Rate, hertz, 0.5);
        samples.insert(samples.end(), step.begin(), step.end());
    }
    return sound(std::move(samples));
}

} // namespace

Q_DECLARE_METATYPE(earmark::playback::Player::State)

/// A real sound server, a real sink; what arrives there is recorded and held against what should have been
/// heard.
class TestPlayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void isHeardWhole_data();
    void isHeardWhole();
    void climbsTheStairs();
    void pausesAndGoesOn();
    void seeksWhilePlaying();
    void seeksWhileStopped();
    void stops();
    void replacesTheSound();
    void loops();
    void playsSlowly();
    void keepsPlayingWhileTheCallerIsBusy();
    void hasNothingToPlay();
    void takesOrdersFasterThanItCanAnswer();
    void saysThatTheServerWentAway();

private:
    /// Lets the sink go on for so long, whatever plays; false when it has stopped.
    bool hearMore(double seconds)
    {
        const std::size_t wanted =
            m_pulse.heard().size() + static_cast<std::size_t>(seconds * PulseSink::Rate);
        return QTest::qWaitFor([&] { return m_pulse.heard().size() >= wanted; });
    }

    PulseSink m_pulse;
    std::unique_ptr<Player> m_player;
};

void TestPlayer::initTestCase()
{
    QVERIFY2(PulseSink::isAvailable(), "pulseaudio and parec are needed to hear anything");
    QVERIFY(m_pulse.start());
    m_player = std::make_unique<Player>();
}

void TestPlayer::init()
{
    QVERIFY(m_pulse.record());
}

void TestPlayer::cleanup()
{
    m_player->setSound(nullptr);
    m_player->setLooping(false);
    m_player->setSpeed(1);
}

void TestPlayer::cleanupTestCase()
{
    QElapsedTimer timer;
    timer.start();
    m_player.reset();
    QVERIFY2(timer.elapsed() < 1000, "ending the player hung");
}

void TestPlayer::isHeardWhole_data()
{
    QTest::addColumn<double>("seconds");
    QTest::newRow("a second") << 1.0;
    QTest::newRow("less than the buffer") << 0.1;
    QTest::newRow("a moment") << 0.01;
}

void TestPlayer::isHeardWhole()
{
    QFETCH(const double, seconds);
    const auto clip = noiseOf(seconds);
    m_player->setSound(clip);
    QVERIFY(m_player->hasSound());
    QCOMPARE(m_player->duration(), seconds);
    QSignalSpy states(m_player.get(), &Player::stateChanged);
    QElapsedTimer timer;
    timer.start();
    m_player->play();
    QVERIFY2(timer.elapsed() < 50, "play() waited for the server");
    QTRY_COMPARE(states.size(), 2); // it began, and it ended
    QCOMPARE(m_player->state(), Player::State::Stopped);
    QCOMPARE(m_player->position(), 0.0);

    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    QCOMPARE(PulseSink::difference(clip->samples, PulseSink::part(heard, stretches[0])), QByteArray());
}

void TestPlayer::climbsTheStairs()
{
    m_player->setSound(stairs());
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    const Samples all = PulseSink::part(heard, stretches[0]);
    for (std::size_t i = 0; i < Stairs.size(); ++i) {
        const Samples middle = all.subspan(i * Rate / 5 + Rate / 20, Rate / 10);
        QCOMPARE(strongestTone(middle, Rate, Stairs), Stairs[i]);
    }
}

void TestPlayer::pausesAndGoesOn()
{
    const auto clip = noiseOf(1.5);
    m_player->setSound(clip);
    QSignalSpy positions(m_player.get(), &Player::positionChanged);
    m_player->toggle();
    QTRY_VERIFY(m_player->position() > 0.6);
    m_player->toggle();
    QCOMPARE(m_player->state(), Player::State::Paused);
    const double place = m_player->position();
    QVERIFY(place < 1.0);
    QVERIFY2(positions.size() > 10, "about 30 a second");
    double last = 0;
    for (const auto &arguments : positions) {
        QVERIFY(arguments[0].toDouble() >= last);
        last = arguments[0].toDouble();
    }
    // The pause must be long enough to be heard as one.
    QVERIFY(hearMore(0.15));
    QCOMPARE(m_player->position(), place);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);

    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(2));
    // The place that was told is the place that was heard; and it goes on from there.
    const double first = stretches[0].seconds();
    qInfo("paused at %.3f s, heard %.3f s", place, first);
    QVERIFY2(std::abs(first - place) < 0.06, QByteArray::number(first - place).constData());
    const Samples rest = Samples(clip->samples).subspan(static_cast<std::size_t>(place * Rate));
    QCOMPARE(PulseSink::difference(rest, PulseSink::part(heard, stretches[1])), QByteArray());
}

void TestPlayer::seeksWhilePlaying()
{
    const auto clip = noiseOf(3);
    m_player->setSound(clip);
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.3);
    QSignalSpy positions(m_player.get(), &Player::positionChanged);
    m_player->seek(2.5);
    QCOMPARE(positions.size(), 1);
    QCOMPARE(m_player->position(), 2.5);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    // One that is silent for less than 5 ms in between is one.
    const double gap =
        stretches.size() == 1 ? 0 : static_cast<double>(stretches[1].first - stretches[0].last) / Rate;
    QVERIFY2(stretches.size() <= 2 && gap < 0.05, QByteArray::number(gap).constData());
    QCOMPARE(PulseSink::differenceAtEnd(Samples(clip->samples).last(Rate / 2),
                                        PulseSink::part(heard, stretches.back())),
             QByteArray());
}

void TestPlayer::seeksWhileStopped()
{
    m_player->setSound(noiseOf(1));
    m_player->seek(0.75);
    QCOMPARE(m_player->state(), Player::State::Stopped);
    QCOMPARE(m_player->position(), 0.75);
    m_player->seek(-3);
    QCOMPARE(m_player->position(), 0.0);
    m_player->seek(7);
    QCOMPARE(m_player->position(), 1.0);
    m_player->seek(std::nan(""));
    QCOMPARE(m_player->position(), 1.0);
    m_player->seek(0.75);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    QVERIFY(std::abs(stretches[0].seconds() - 0.25) < 0.0025);
}

void TestPlayer::stops()
{
    m_player->setSound(noiseOf(10));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.3);
    QSignalSpy states(m_player.get(), &Player::stateChanged);
    m_player->stop();
    QCOMPARE(m_player->state(), Player::State::Stopped);
    QCOMPARE(m_player->position(), 0.0);
    QCOMPARE(states.size(), 1);
    m_player->pause(); // nothing to pause
    QCOMPARE(m_player->state(), Player::State::Stopped);
    QVERIFY(hearMore(0.2));
    const auto stretches = PulseSink::stretches(m_pulse.heard());
    QCOMPARE(stretches.size(), std::size_t(1));
    QVERIFY(stretches[0].seconds() < 1);
}

void TestPlayer::replacesTheSound()
{
    m_player->setSound(noiseOf(10));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.2);
    // Another rate, too.
    m_player->setSound(sound(tone(8000, 16000, 440, 0.5), 16000));
    QCOMPARE(m_player->state(), Player::State::Stopped);
    QCOMPARE(m_player->position(), 0.0);
    QCOMPARE(m_player->duration(), 0.5);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    const Samples last = PulseSink::part(heard, stretches.back());
    QVERIFY(last.size() > Rate * 49 / 100);
    QVERIFY(toneLevel(last.last(Rate * 49 / 100), Rate, 440) > 0.45);
}

void TestPlayer::loops()
{
    const auto clip = noiseOf(0.3);
    m_player->setSound(clip);
    m_player->setLooping(true);
    int passes = 0;
    double last = 0;
    QObject here; // ends the connection with this function
    connect(m_player.get(), &Player::positionChanged, &here, [&](double seconds) {
        passes += seconds < last ? 1 : 0;
        last = seconds;
    });
    m_player->play();
    QTRY_VERIFY(passes >= 3);
    m_player->setLooping(false);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    // Whole passes, one behind the other to the sample.
    const auto passesHeard = static_cast<std::size_t>(std::lround(stretches[0].seconds() / clip->duration()));
    QVERIFY(passesHeard >= 4);
    std::vector<std::int16_t> expected;
    for (std::size_t i = 0; i < passesHeard; ++i)
        expected.insert(expected.end(), clip->samples.begin(), clip->samples.end());
    QCOMPARE(PulseSink::difference(expected, PulseSink::part(heard, stretches[0])), QByteArray());
}

void TestPlayer::playsSlowly()
{
    m_player->setSound(sound(tone(Rate / 2, Rate, 1000, 0.5)));
    m_player->setSpeed(0.5, Player::Pitch::Follows);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_VERIFY(m_player->position() > 0.25);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    QVERIFY(std::abs(stretches[0].seconds() - 1.0) < 0.02);
    QVERIFY(toneLevel(PulseSink::part(heard, stretches[0]), Rate, 500) > 0.45);
}

void TestPlayer::keepsPlayingWhileTheCallerIsBusy()
{
    m_player->setSound(noiseOf(1.2));
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QElapsedTimer busy;
    busy.start();
    while (busy.elapsed() < 600) { // a window that does not come to handle its events
    }
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto stretches = PulseSink::stretches(m_pulse.heard());
    QCOMPARE(stretches.size(), std::size_t(1));
    QVERIFY(std::abs(stretches[0].seconds() - 1.2) < 0.0025);
}

void TestPlayer::hasNothingToPlay()
{
    QSignalSpy states(m_player.get(), &Player::stateChanged);
    QSignalSpy failures(m_player.get(), &Player::failed);
    for (const auto &nothing : {std::shared_ptr<const audio::Pcm>(), sound({})}) {
        m_player->setSound(nothing);
        QVERIFY(!m_player->hasSound());
        QCOMPARE(m_player->duration(), 0.0);
        m_player->play();
        m_player->toggle();
        m_player->seek(1);
        QCOMPARE(m_player->position(), 0.0);
    }
    // An order that comes through shows that none did before it.
    m_player->setSound(noiseOf(0.05));
    m_player->play();
    QTRY_COMPARE(states.size(), 2);
    QCOMPARE(failures.size(), 0);
}

void TestPlayer::takesOrdersFasterThanItCanAnswer()
{
    const auto clip = noiseOf(2);
    m_player->setSound(clip);
    for (int i = 0; i < 25; ++i) {
        m_player->play();
        m_player->seek(i * 0.05);
        m_player->toggle();
        m_player->toggle();
        if (i % 5 == 0)
            m_player->stop();
    }
    m_player->seek(1.7);
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QVERIFY(m_player->position() >= 1.7);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QVERIFY(!stretches.empty());
    QCOMPARE(PulseSink::differenceAtEnd(Samples(clip->samples).last(Rate * 3 / 10),
                                        PulseSink::part(heard, stretches.back())),
             QByteArray());
}

/// The last one: Qt does not come back to a server that died for some seconds.
void TestPlayer::saysThatTheServerWentAway()
{
    m_player->setSound(noiseOf(10));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.2);
    QSignalSpy failures(m_player.get(), &Player::failed);
    m_pulse.kill();
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(m_player->state(), Player::State::Stopped);
    QVERIFY(failures[0][0].toString().contains(u"went away"_s));
    m_player->play();
    QTRY_COMPARE(failures.size(), 2);
    QCOMPARE(m_player->state(), Player::State::Stopped);
}

QTEST_GUILESS_MAIN(TestPlayer)
#include "tst_player.moc"
