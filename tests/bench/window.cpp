/// earmark-bench-window: queues all segments of a split in the window, lets sixteen workers download them,
/// and tells how long an event has to wait for the window's thread meanwhile; one line of JSON.
///
///   earmark-bench-window SPLIT SOURCE [SECONDS]

#include "base/async.h"
#include "playback/player.h"
#include "session/session.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/window/mainwindow.h"
#include "ui/window/startoptions.h"

#include <QApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <cmath>
#include <functional>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto Patience = 120s;
constexpr int Workers = 16;

/// Sends the window's thread an event every few milliseconds, and notes how long it was on its way.
class Probe final
{
public:
    Probe()
        : m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    /// Ends it; milliseconds, ascending.
    std::vector<double> take()
    {
        m_thread.request_stop();
        while (!m_isOver)
            QCoreApplication::processEvents();
        std::ranges::sort(m_waits);
        return m_waits;
    }

private:
    void run(const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            const auto sent = Clock::now();
            std::atomic_flag isThere;
            post(qApp, [this, sent, &isThere] {
                m_waits.push_back(std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
                isThere.test_and_set();
                isThere.notify_one();
            });
            isThere.wait(false);
            std::this_thread::sleep_for(4ms);
        }
        m_isOver = true;
    }

    std::vector<double> m_waits; ///< of the window's thread until it is over
    std::atomic<bool> m_isOver = false;
    std::jthread m_thread;
};

/// Lives on until something is true, or for so long; true when it is. QTest's own waiting sleeps in between,
/// ten milliseconds at a time.
bool live(std::chrono::milliseconds most, const std::function<bool()> &isOver = {})
{
    QEventLoop events;
    QTimer::singleShot(most, &events, &QEventLoop::quit);
    QTimer look;
    if (isOver) {
        QObject::connect(&look, &QTimer::timeout, &events, [&] {
            if (isOver())
                events.quit();
        });
        look.start(50ms);
    }
    events.exec();
    return isOver && isOver();
}

double percentile(const std::vector<double> &sorted, double share)
{
    return sorted[static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size()))) - 1];
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 3) {
        std::fputs("usage: earmark-bench-window SPLIT SOURCE [SECONDS]\n", stderr);
        return 2;
    }
    const int seconds = arguments.size() > 3 ? arguments[3].toInt() : 20;
    QTemporaryDir folder;
    ui::Settings settings(folder.filePath(u"settings.ini"_s));
    session::DownloadSettings engine;
    engine.source = arguments[2];
    engine.workers = Workers;
    settings.setEngine(engine);
    session::Session session;
    session.setEngine(engine);
    ui::Theme theme(application);
    playback::Player player;
    ui::MainWindow window(session, settings, theme, player, folder.filePath(u"clips"_s));
    window.resize(1280, 800);
    window.show();
    window.begin({});
    session.openSplit(arguments[1]);
    auto &actions = window.actions();
    const bool isOpen = live(Patience, [&] {
        actions["segments.selectAll"_L1]->trigger();
        return actions["downloads.downloadSelected"_L1]->isEnabled();
    });
    if (!isOpen) {
        std::fputs("earmark-bench-window: the split did not open, or a tool is missing\n", stderr);
        return 1;
    }

    Probe queueing;
    actions["downloads.downloadSelected"_L1]->trigger();
    const bool isRunning =
        live(Patience, [&] { return session.queue() && session.queue()->running().size() == Workers; });
    const auto first = queueing.take();
    if (!isRunning) {
        std::fputs("earmark-bench-window: the downloads did not begin\n", stderr);
        return 1;
    }
    Probe working;
    live(std::chrono::seconds(seconds));
    auto all = working.take();
    const qint64 ready = session.workspace()->counts().playable();
    const qint64 queued = session.workspace()->counts().unfinished();
    all.insert(all.end(), first.begin(), first.end());
    std::ranges::sort(all);
    std::printf(
        R"({"what": "events", "events": %zu, "p50": %.2f, "p99": %.2f, "max": %.2f, "queueing": %.2f, )"
        R"("ready": %lld, "queued": %lld})"
        "\n",
        all.size(), percentile(all, 0.5), percentile(all, 0.99), all.back(), first.back(), ready, queued);
    return 0;
}
