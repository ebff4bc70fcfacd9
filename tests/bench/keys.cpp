/// earmark-bench-keys: types a query into the window and deletes it again, key by key, and tells how long it
/// takes from each key until the window is painted; one line of JSON.
///
///   earmark-bench-keys --page|--window SPLIT ROUNDS

#include "bench/measure.h"
#include "playback/player.h"
#include "session/session.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/window/mainwindow.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;
using namespace earmark;

namespace {

const QString Typed = u"under:\"Musical instrument\" -label:Music aB3x"_s;
constexpr int Patience = 60'000;
/// Between two keys, for whatever the program does in the background: the speed of a very fast typist.
constexpr int PauseMs = 40;

/// The page alone or the whole window, at 1280x800, with a split.
class Program final
{
public:
    explicit Program(bool wholeWindow)
        : m_settings(m_folder.filePath(u"settings.ini"_s))
    {
        if (wholeWindow) {
            m_theme.emplace(*qApp);
            m_player.emplace();
            m_window = std::make_unique<ui::MainWindow>(m_session, m_settings, *m_theme, *m_player,
                                                        m_folder.filePath(u"clips"_s));
        } else {
            m_page = std::make_unique<ui::SegmentPage>(m_session, m_settings);
        }
        top().resize(1280, 800);
        top().show();
    }

    bool open(const QString &path)
    {
        if (m_window)
            m_window->begin({});
        bool isThere = false;
        QObject::connect(&m_session, &session::Session::splitChanged, qApp,
                         [&] { isThere = m_session.split() && m_session.split()->path == path; });
        m_session.openSplit(path);
        if (!QTest::qWaitFor([&] { return isThere; }, Patience) || !QTest::qWaitForWindowActive(&top()))
            return false;
        QTest::qWait(2000); // the tools are looked for, the labels counted: not what is measured here
        page().filter().focusFilter();
        return QTest::qWaitFor([&] { return edit().hasFocus(); }, Patience);
    }

    QWidget &top() { return m_window ? static_cast<QWidget &>(*m_window) : *m_page; }
    ui::SegmentPage &page() { return m_window ? m_window->page() : *m_page; }
    QLineEdit &edit() { return *page().filter().findChild<QLineEdit *>(); }

private:
    QTemporaryDir m_folder;
    ui::Settings m_settings;
    session::Session m_session{ytdlp::Source()};
    std::optional<ui::Theme> m_theme;
    std::optional<playback::Player> m_player;
    std::unique_ptr<ui::SegmentPage> m_page;
    std::unique_ptr<ui::MainWindow> m_window;
};

/// Hears of everything that is painted.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(const QWidget &viewport)
        : m_viewport(&viewport)
    {
        qApp->installEventFilter(this);
    }
    /// Since the last question.
    bool takePainted() { return std::exchange(m_painted, false); }
    int viewportPaints() const { return m_viewportPaints; }

protected:
    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            m_painted = true;
            m_viewportPaints += object == m_viewport;
        }
        return false;
    }

private:
    const QWidget *m_viewport;
    bool m_painted = false;
    int m_viewportPaints = 0;
};

struct Keystroke
{
    int place = 0; ///< of the whole round, typing and then deleting
    double wallMs = 0;
    double cpuMs = 0; ///< of the window's thread
};

double threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

class Typist final
{
public:
    explicit Typist(Program &program)
        : m_program(program)
        , m_watch(*program.page().table().viewport())
    {
    }

    bool round()
    {
        int place = 0;
        for (const QChar letter : Typed)
            press(place++, Qt::Key_unknown, letter);
        // The completion may offer, but not change, what is typed.
        if (m_program.edit().text() != Typed)
            return false;
        for (qsizetype i = 0; i < Typed.size(); ++i)
            press(place++, Qt::Key_Backspace, QChar(u'\b'));
        return m_program.edit().text().isEmpty();
    }

    std::vector<Keystroke> &all() { return m_all; }
    int viewportPaints() const { return m_watch.viewportPaints(); }

private:
    void press(int place, Qt::Key key, QChar letter)
    {
        QTest::qWait(PauseMs);
        m_watch.takePainted();
        // As the window system hands it in, so that an open list of completions has its say.
        QWindow *window = m_program.top().windowHandle();
        auto *dispatcher = QAbstractEventDispatcher::instance();
        Keystroke keystroke{.place = place};
        const double cpu = threadCpuMs();
        QElapsedTimer clock;
        clock.start();
        if (key == Qt::Key_unknown)
            QTest::sendKeyEvent(QTest::Press, window, QTest::asciiToKey(letter.toLatin1()), letter, {});
        else
            QTest::sendKeyEvent(QTest::Press, window, key, letter, {});
        // Until the key is painted and nothing is left to do; what comes after the last painting is not
        // counted.
        while (dispatcher->processEvents(QEventLoop::AllEvents) || keystroke.wallMs == 0) {
            if (m_watch.takePainted()) {
                keystroke.wallMs = static_cast<double>(clock.nsecsElapsed()) / 1e6;
                keystroke.cpuMs = threadCpuMs() - cpu;
            } else if (clock.hasExpired(Patience)) {
                qFatal("earmark-bench-keys: a key is not painted");
            }
        }
        QTest::sendKeyEvent(QTest::Release, window,
                            key == Qt::Key_unknown ? QTest::asciiToKey(letter.toLatin1()) : key, letter, {});
        m_all.push_back(keystroke);
    }

    Program &m_program;
    PaintWatch m_watch;
    std::vector<Keystroke> m_all;
};

double percentile(std::vector<Keystroke> &all, double Keystroke::*what, double share)
{
    std::ranges::sort(all, {}, what);
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(all.size())));
    return all[std::max<std::size_t>(place, 1) - 1].*what;
}

/// The key that is slow in every round.
Keystroke worst(const std::vector<Keystroke> &all)
{
    std::vector<Keystroke> least(static_cast<std::size_t>(2 * Typed.size()), {.place = -1});
    for (const Keystroke &one : all) {
        Keystroke &known = least[static_cast<std::size_t>(one.place)];
        if (known.place < 0 || one.wallMs < known.wallMs)
            known = one;
    }
    return *std::ranges::max_element(least, {}, &Keystroke::wallMs);
}

QString describe(int place)
{
    if (place < Typed.size())
        return u"typing '%1' of %2"_s.arg(Typed[place]).arg(Typed.left(place + 1));
    return u"deleting, %1 left"_s.arg(2 * Typed.size() - place - 1);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 4 || (arguments[1] != u"--page"_s && arguments[1] != u"--window"_s)) {
        std::fputs("usage: earmark-bench-keys --page|--window SPLIT ROUNDS\n", stderr);
        return 2;
    }
    Program program(arguments[1] == u"--window"_s);
    if (!program.open(arguments[2])) {
        std::fputs("earmark-bench-keys: the split did not open, or the window did not get the keyboard\n",
                   stderr);
        return 1;
    }
    Typist typist(program);
    if (!typist.round()) {
        std::fputs("earmark-bench-keys: what was typed is not what stands there\n", stderr);
        return 1;
    }
    typist.all().clear(); // the first round warms up
    const int before = typist.viewportPaints();
    for (int round = 0; round < arguments[3].toInt(); ++round)
        typist.round();
    auto &all = typist.all();
    if (all.empty())
        return 2;
    const Keystroke slow = worst(all);
    using K = Keystroke;
    std::printf(
        R"({"what": "keys", "keys": %zu, "painted": %d, "p50": %.2f, "p95": %.2f, "p99": %.2f, "max": %.2f, )"
        R"("cpu50": %.2f, "cpu99": %.2f, "worst": %.2f, "worst_key": "%s"})"
        "\n",
        all.size(), typist.viewportPaints() - before, percentile(all, &K::wallMs, 0.5),
        percentile(all, &K::wallMs, 0.95), percentile(all, &K::wallMs, 0.99), percentile(all, &K::wallMs, 1),
        percentile(all, &K::cpuMs, 0.5), percentile(all, &K::cpuMs, 0.99), slow.wallMs,
        qPrintable(describe(slow.place).replace(u'"', u"\\\""_s)));
    return 0;
}
