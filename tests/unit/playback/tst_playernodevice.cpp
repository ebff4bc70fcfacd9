#include "playback/player.h"

#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using earmark::playback::Player;

/// A machine without a sound server. (A process decides once whether it has one: this is a program of its
/// own.)
class TestPlayerNoDevice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysSo();
    void leavesAtOnce();

private:
    QTemporaryDir m_dir;
};

void TestPlayerNoDevice::initTestCase()
{
    QVERIFY(m_dir.isValid());
    qputenv("PULSE_SERVER", "unix:" + m_dir.filePath(QStringLiteral("nobody")).toUtf8());
}

void TestPlayerNoDevice::saysSo()
{
    Player player;
    player.setSound(std::make_shared<earmark::audio::Pcm>(
        earmark::audio::Pcm{earmark::test::tone(44100, 44100, 440, 0.5), 44100, 1}));
    QSignalSpy states(&player, &Player::stateChanged);
    QSignalSpy failures(&player, &Player::failed);
    for (int times = 1; times <= 2; ++times) {
        player.seek(0.5);
        player.play();
        QTRY_COMPARE(failures.size(), times);
        QVERIFY(failures.last()[0].toString().startsWith(QStringLiteral("There is no sound output.")));
        QCOMPARE(player.state(), Player::State::Stopped);
        QCOMPARE(player.position(), 0.5);
    }
    QCOMPARE(states.size(), 0);
    player.toggle(); // wants to play again, and has not been answered when the player ends
}

void TestPlayerNoDevice::leavesAtOnce()
{
    QElapsedTimer timer;
    timer.start();
    {
        Player player;
        player.setSound(nullptr);
    }
    QVERIFY2(timer.elapsed() < 250, "nothing was played: there is nothing to settle");
}

QTEST_GUILESS_MAIN(TestPlayerNoDevice)
#include "tst_playernodevice.moc"
