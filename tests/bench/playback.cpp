/// earmark-bench-playback: plays clips into a sound server of its own that plays into nothing, and tells how
/// long it takes from the key to the first sample handed to the output and to the first one heard, and how
/// far the place that is shown is from the recording; lines of JSON.
///
///   earmark-bench-playback [PLAYS]

#include "audio/pcm.h"
#include "base/async.h"
#include "playback/player.h"
#include "support/pulsesink.h"
#include "support/soundfiles.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <cmath>
#include <cstdio>
#include <functional>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;
using namespace std::chrono_literals;
using playback::Player;

namespace {

constexpr int Rate = PulseSink::Rate;
constexpr int Clips = 40;
constexpr int ClipSeconds = 10;
constexpr auto Patience = 10s;
constexpr auto SoundFor = 60ms;
/// Until all is quiet, and then not in step with anything.
constexpr auto Quiet = 150ms;
constexpr int PlaceSeconds = 8;

void live(std::chrono::milliseconds time)
{
    QEventLoop events;
    QTimer::singleShot(time, Qt::PreciseTimer, &events, &QEventLoop::quit);
    events.exec();
}

void tell(const char *what, double value, const char *unit)
{
    std::printf(R"({"what": "%s", "value": %.3f, "unit": "%s"})"
                "\n",
                what, value, unit);
    std::fflush(stdout);
}

void tellMany(const char *what, std::vector<double> values)
{
    if (values.empty())
        return;
    std::ranges::sort(values);
    for (const int percent : {50, 99, 100}) {
        const auto last =
            static_cast<std::size_t>(std::ceil(static_cast<double>(values.size()) * percent / 100));
        const QByteArray name =
            QByteArray(what) + (percent == 100 ? " max" : " p" + QByteArray::number(percent));
        tell(name.constData(), values[last - 1], "ms");
    }
}

class Bench final
{
public:
    Bench(PulseSink &pulse, Player &player, QStringList files)
        : m_pulse(pulse)
        , m_player(player)
        , m_files(std::move(files))
    {
        QObject::connect(&player, &Player::stateChanged, &m_here, [this] {
            if (m_player.state() != Player::State::Playing)
                return;
            m_started = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
            m_waiting.quit();
        });
    }

    /// A key, and the clip is played: out of memory, or read by the pool first, as the window does it. False
    /// when nothing is played.
    bool play(int plays, const std::vector<std::shared_ptr<const audio::Pcm>> &memory, const char *what)
    {
        std::vector<double> handed;
        std::vector<double> heard;
        for (int i = 0; i < plays; ++i) {
            const auto clip = static_cast<std::size_t>(i) % Clips;
            live(Quiet + std::chrono::milliseconds(i * 7 % 23));
            const qint64 before = m_pulse.heardCount();
            m_started = -1;
            m_clock.start();
            if (!memory.empty())
                playSound(memory[clip]);
            else
                readAndPlay(m_files[static_cast<qsizetype>(clip)]);
            if (!waitForStart())
                return false;
            handed.push_back(m_started);
            live(SoundFor);
            m_player.stop();
            if (const auto first = firstHeard(before))
                heard.push_back(*first);
        }
        tellMany((QByteArray("key to first sample handed, ") + what).constData(), handed);
        tellMany((QByteArray("key to first sample heard, ") + what).constData(), heard);
        return true;
    }

    bool comparePlaces(const std::shared_ptr<const audio::Pcm> &sound)
    {
        live(Quiet);
        if (!m_pulse.record())
            return false;
        std::vector<std::pair<qint64, double>> told;
        playSound(sound);
        if (!waitForStart())
            return false;
        QTimer look;
        look.setTimerType(Qt::PreciseTimer);
        QObject::connect(&look, &QTimer::timeout, &m_here,
                         [&] { told.emplace_back(m_pulse.heardCount(), m_player.position()); });
        look.start(7ms);
        live(std::chrono::seconds(PlaceSeconds));
        look.stop();
        m_player.stop();
        const auto stretches = PulseSink::stretches(m_pulse.heard());
        if (stretches.size() != 1)
            return false;
        std::vector<double> errors;
        double sum = 0;
        for (const auto &[samples, seconds] : told) {
            const auto since = static_cast<double>(samples - static_cast<qint64>(stretches[0].first));
            errors.push_back(std::abs(seconds - since / Rate) * 1000);
            sum += errors.back();
        }
        tell("playhead error mean", sum / static_cast<double>(errors.size()), "ms");
        tellMany("playhead error", errors);
        return true;
    }

private:
    void playSound(std::shared_ptr<const audio::Pcm> sound)
    {
        m_player.setSound(std::move(sound));
        m_player.play();
    }

    void readAndPlay(const QString &file)
    {
        m_task.run(
            [file](const std::stop_token &) -> std::shared_ptr<const audio::Pcm> {
                auto read = audio::readWav(file);
                return read ? std::make_shared<audio::Pcm>(std::move(*read)) : nullptr;
            },
            [this](std::shared_ptr<const audio::Pcm> sound) { playSound(std::move(sound)); });
    }

    bool waitForStart()
    {
        QTimer patience;
        QObject::connect(&patience, &QTimer::timeout, &m_waiting, &QEventLoop::quit);
        patience.start(Patience);
        if (m_started < 0)
            m_waiting.exec();
        return m_started >= 0;
    }

    /// Milliseconds of the recording from what had been heard at the key.
    std::optional<double> firstHeard(qint64 before) const
    {
        const auto all = m_pulse.heard();
        for (auto i = static_cast<std::size_t>(std::max<qint64>(before, 0)); i < all.size(); ++i) {
            if (all[i] != 0)
                return static_cast<double>(static_cast<qint64>(i) - before) * 1000 / Rate;
        }
        return {};
    }

    PulseSink &m_pulse;
    Player &m_player;
    QStringList m_files;
    QObject m_here;
    LatestTask m_task{&m_here};
    QEventLoop m_waiting;
    QElapsedTimer m_clock;
    double m_started = -1; ///< ms after the key
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int plays = argc > 1 ? QCoreApplication::arguments()[1].toInt() : 200;
    PulseSink pulse;
    if (!PulseSink::isAvailable() || !pulse.start() || !pulse.record()) {
        std::fputs("earmark-bench-playback: pulseaudio, parec and pactl are needed\n", stderr);
        return 1;
    }
    QTemporaryDir folder;
    QStringList files;
    std::vector<std::shared_ptr<const audio::Pcm>> sounds;
    for (int i = 0; i < Clips; ++i) {
        auto samples = noise(std::size_t(Rate) * ClipSeconds, 0.5, static_cast<std::uint32_t>(i + 1));
        files.append(folder.filePath(u"%1.wav"_s.arg(i)));
        if (!writePlainWav(files.last(), samples, Rate, 1))
            return 1;
        sounds.push_back(std::make_shared<audio::Pcm>(audio::Pcm{std::move(samples), Rate, 1}));
    }
    Player player;
    // Connects to the server, as the page does before the first key.
    player.setSound(sounds.front());
    if (!QTest::qWaitFor([&] { return !player.outputs().empty(); }, 10'000))
        return 1;
    Bench bench(pulse, player, files);
    return bench.play(plays, sounds, "in memory") && bench.play(plays, {}, "on disk") &&
                   bench.comparePlaces(sounds.front())
               ? 0
               : 1;
}
