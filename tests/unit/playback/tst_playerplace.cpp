#include "playback/player.h"

#include "support/pulsesink.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QTest>
#include <QTimer>

#include <cmath>

using namespace earmark;
using namespace earmark::test;
using earmark::playback::Player;

namespace {

constexpr int Rate = PulseSink::Rate;

} // namespace

/// The place that is told, held against how far the recording has come at the same moment.
class TestPlayerPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_player.reset(); }
    void isWhereTheSoundIs_data();
    void isWhereTheSoundIs();

private:
    PulseSink m_pulse;
    std::unique_ptr<Player> m_player;
};

void TestPlayerPlace::initTestCase()
{
    QVERIFY2(PulseSink::isAvailable(), "pulseaudio, parec and pactl are needed to hear anything");
    QVERIFY(m_pulse.start());
    m_player = std::make_unique<Player>();
}

void TestPlayerPlace::isWhereTheSoundIs_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("speed");
    QTest::addColumn<bool>("keepsPitch");
    QTest::addColumn<bool>("looping"); // between 0.25 and 0.75 s
    QTest::newRow("as recorded") << Rate << 1.0 << false << false;
    QTest::newRow("8 kHz") << 8000 << 1.0 << false << false;
    QTest::newRow("192 kHz") << 192000 << 1.0 << false << false;
    QTest::newRow("a loop") << Rate << 1.0 << false << true;
    QTest::newRow("half as fast") << Rate << 0.5 << false << false;
    QTest::newRow("half as fast, pitch kept") << Rate << 0.5 << true << false;
    QTest::newRow("half as fast, pitch kept, a loop") << Rate << 0.5 << true << true;
}

void TestPlayerPlace::isWhereTheSoundIs()
{
    QFETCH(const int, rate);
    QFETCH(const double, speed);
    QFETCH(const bool, keepsPitch);
    QFETCH(const bool, looping);
    QVERIFY(m_pulse.record());
    m_player->setSound(
        std::make_shared<audio::Pcm>(audio::Pcm{noise(static_cast<std::size_t>(rate) * 2, 0.5, 3), rate, 1}));
    if (looping)
        m_player->setLoopRegion(Player::Region{0.25, 0.75});
    m_player->setLooping(looping);
    m_player->setSpeed(speed, keepsPitch ? Player::Pitch::Kept : Player::Pitch::Follows);
    const double first = looping ? 0.25 : 0.5;
    m_player->seek(first);

    std::vector<std::pair<qint64, double>> told; // samples heard by then, seconds
    QTimer look;
    connect(&look, &QTimer::timeout, &look, [&] {
        if (m_player->state() == Player::State::Playing)
            told.emplace_back(m_pulse.heardCount(), m_player->position());
    });
    look.start(7);
    m_player->play();
    QTRY_VERIFY(told.size() >= 120);
    look.stop();
    m_player->stop();

    const auto stretches = PulseSink::stretches(m_pulse.heard());
    QCOMPARE(stretches.size(), std::size_t(1));
    std::vector<double> errors;
    for (const auto &[samples, seconds] : told) {
        const double heard =
            static_cast<double>(samples - static_cast<qint64>(stretches[0].first)) / Rate * speed;
        const double place = looping ? first + std::fmod(std::max(heard, 0.0), 0.5) : first + heard;
        double error = seconds - place;
        if (looping) // one may have turned back, and the other be about to
            error = std::remainder(error, 0.5);
        errors.push_back(std::abs(error) * 1000);
    }
    std::ranges::sort(errors);
    qInfo("ms off: %.1f in the middle, %.1f at 95 %%, %.1f at most", errors[errors.size() / 2],
          errors[errors.size() * 95 / 100], errors.back());
    // The recorder may be late, too, when the machine is busy.
    QVERIFY(errors[errors.size() * 95 / 100] < 20);
}

QTEST_GUILESS_MAIN(TestPlayerPlace)
#include "tst_playerplace.moc"
