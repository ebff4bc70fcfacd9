#include "playback/player.h"

#include "support/pulsesink.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QLibraryInfo>
#include <QSignalSpy>
#include <QTest>
#include <QVersionNumber>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;
using earmark::playback::Player;

namespace {

constexpr int Rate = PulseSink::Rate;
constexpr auto Other = "other";
constexpr int ServerPatienceMs = 15'000; // Qt looks for a lost server every three seconds

std::shared_ptr<const audio::Pcm> noiseOf(double seconds)
{
    return std::make_shared<audio::Pcm>(
        audio::Pcm{noise(static_cast<std::size_t>(seconds * Rate), 0.5, 11), Rate, 1});
}

} // namespace

/// Outputs that are chosen, that go and that come back.
class TestPlayerOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_player.reset(); }
    void listsTheOutputs();
    void playsOnTheOneChosen();
    void movesWhatPlays();
    void goesOnElsewhere();
    void saysThatTheLastOneWasUnplugged();
    void comesBackToIt();
    void playsAgainWhenTheServerIsBack();

private:
    QByteArrayList ids() const
    {
        QByteArrayList ids;
        for (const auto &output : m_player->outputs())
            ids.append(output.id);
        std::ranges::sort(ids);
        return ids;
    }

    PulseSink m_pulse;
    std::unique_ptr<Player> m_player;
};

void TestPlayerOutput::initTestCase()
{
    QVERIFY2(PulseSink::isAvailable(), "pulseaudio, parec and pactl are needed to hear anything");
    QVERIFY(m_pulse.start());
    m_player = std::make_unique<Player>();
}

void TestPlayerOutput::listsTheOutputs()
{
    QSignalSpy changes(m_player.get(), &Player::outputsChanged);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_player->outputs().empty());
    QVERIFY2(timer.elapsed() < 16, "waited for the server");
    QTRY_COMPARE(ids(), QByteArrayList{PulseSink::Usual});
    QVERIFY(m_player->outputs().front().isDefault);
    QVERIFY(!m_player->outputs().front().name.isEmpty());
    QTRY_VERIFY(changes.size() >= 1);
    QVERIFY(m_pulse.plugIn(Other));
    QTRY_COMPARE(ids(), (QByteArrayList{PulseSink::Usual, Other}));
    QTRY_VERIFY(changes.size() >= 2);
}

void TestPlayerOutput::playsOnTheOneChosen()
{
    QVERIFY(m_pulse.record(PulseSink::Usual));
    QVERIFY(m_pulse.record(Other));
    const auto clip = noiseOf(0.3);
    QSignalSpy notices(m_player.get(), &Player::fellBack);
    m_player->setOutput(Other);
    m_player->setSound(clip);
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard(Other);
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    QCOMPARE(PulseSink::difference(clip->samples, PulseSink::part(heard, stretches[0])), QByteArray());
    QVERIFY(PulseSink::stretches(m_pulse.heard(PulseSink::Usual)).empty());
    QCOMPARE(notices.size(), 0);
}

void TestPlayerOutput::movesWhatPlays()
{
    QVERIFY(m_pulse.record(PulseSink::Usual));
    QVERIFY(m_pulse.record(Other));
    m_player->setSound(noiseOf(1));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.3);
    m_player->setOutput({});
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto before = PulseSink::stretches(m_pulse.heard(Other));
    const auto after = PulseSink::stretches(m_pulse.heard(PulseSink::Usual));
    QCOMPARE(before.size(), std::size_t(1));
    QCOMPARE(after.size(), std::size_t(1));
    const double both = before[0].seconds() + after[0].seconds();
    QVERIFY2(std::abs(both - 1) < 0.03, QByteArray::number(both).constData());
    m_player->setOutput(Other);
}

/// The server moves what plays to another output.
void TestPlayerOutput::goesOnElsewhere()
{
    QVERIFY(m_pulse.record(PulseSink::Usual));
    QSignalSpy failures(m_player.get(), &Player::failed);
    QSignalSpy notices(m_player.get(), &Player::fellBack);
    m_player->setSound(noiseOf(1));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.2);
    QVERIFY(m_pulse.unplug(Other));
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    QVERIFY(!PulseSink::stretches(m_pulse.heard(PulseSink::Usual)).empty());
    QTRY_COMPARE(ids(), QByteArrayList{PulseSink::Usual});
    // From now on on the default, and that is said once.
    for (int times = 0; times < 2; ++times) {
        m_player->play();
        QTRY_COMPARE(m_player->state(), Player::State::Playing);
        m_player->stop();
    }
    QCOMPARE(failures.size(), 0);
    QCOMPARE(notices.size(), 1);
    QVERIFY(notices[0][0].toString().contains(u"default"_s));
}

void TestPlayerOutput::saysThatTheLastOneWasUnplugged()
{
    QVERIFY(m_pulse.record(PulseSink::Usual));
    QSignalSpy failures(m_player.get(), &Player::failed);
    m_player->setSound(noiseOf(10));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.2);
    const double place = m_player->position();
    QVERIFY(m_pulse.unplug(PulseSink::Usual));
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(failures[0][0].toString().contains(u"went away"_s));
    QCOMPARE(m_player->state(), Player::State::Stopped);
    QVERIFY(m_player->position() >= place);
    m_player->play(); // at once
    QTRY_COMPARE(failures.size(), 2);
    QVERIFY(failures[1][0].toString().contains(u"no sound output"_s));
    QTRY_COMPARE(ids(), QByteArrayList());
    // And again when there is one.
    QVERIFY(m_pulse.plugIn(PulseSink::Usual));
    QTRY_COMPARE(ids(), QByteArrayList{PulseSink::Usual});
    m_player->play();
    QTRY_VERIFY(m_player->position() > place + 0.2);
    QCOMPARE(failures.size(), 2);
    m_player->stop();
}

void TestPlayerOutput::comesBackToIt()
{
    QVERIFY(m_pulse.plugIn(Other));
    QTRY_COMPARE(ids(), (QByteArrayList{PulseSink::Usual, Other}));
    QVERIFY(m_pulse.record(Other));
    m_player->setSound(noiseOf(0.2));
    m_player->play();
    QTRY_COMPARE(m_player->state(), Player::State::Playing);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    QCOMPARE(PulseSink::stretches(m_pulse.heard(Other)).size(), std::size_t(1));
}

void TestPlayerOutput::playsAgainWhenTheServerIsBack()
{
    m_player->setOutput({});
    m_player->setSound(noiseOf(10));
    m_player->play();
    QTRY_VERIFY(m_player->position() > 0.2);
    QSignalSpy failures(m_player.get(), &Player::failed);
    m_pulse.kill();
    QTRY_COMPARE(failures.size(), 1);
    m_player->play();
    QTRY_COMPARE(failures.size(), 2);
    QCOMPARE(m_player->state(), Player::State::Stopped);

    if (QLibraryInfo::version() >= QVersionNumber(6, 11))
        QSKIP("This Qt does not come back to a server that is away for more than some seconds.");
    QSignalSpy changes(m_player.get(), &Player::outputsChanged);
    QVERIFY(m_pulse.start());
    QVERIFY(m_pulse.record());
    const auto clip = noiseOf(0.5);
    m_player->setSound(clip);
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            m_player->play();
            return QTest::qWaitFor([&] { return m_player->state() == Player::State::Playing; }, 300);
        }(),
        ServerPatienceMs);
    QTRY_COMPARE(m_player->state(), Player::State::Stopped);
    const auto heard = m_pulse.heard();
    const auto stretches = PulseSink::stretches(heard);
    QCOMPARE(stretches.size(), std::size_t(1));
    QCOMPARE(PulseSink::difference(clip->samples, PulseSink::part(heard, stretches[0])), QByteArray());
}

QTEST_GUILESS_MAIN(TestPlayerOutput)
#include "tst_playeroutput.moc"
