#pragma once

#include "gui/program.h"
#include "support/auditionclips.h"
#include "ui/clip/soundview.h"

#include <QApplication>
#include <QLabel>
#include <QTimer>

#include <chrono>

namespace earmark::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The program on a folder of makeClips().
struct AuditionProgram final : Program
{
    explicit AuditionProgram(const QString &place)
        : Program(place, std::nullopt)
    {
        window.resize(1200, 800);
        window.show();
        openAtStart(folder.filePath(u"split.csv"_s));
    }
    bool isReady()
    {
        return QTest::qWaitFor([this] { return session.count(ClipState::Ready) == Clips; }, 20'000) &&
               QTest::qWaitForWindowActive(&window);
    }
    /// As a keyboard does: pressed once, repeated after a while for as long as it is held.
    void hold(Qt::Key key, std::chrono::milliseconds held)
    {
        constexpr auto Delay = 300ms;
        constexpr auto Interval = 33ms;
        const auto press = [this, key](bool isRepeat) {
            QTest::simulateEvent(QApplication::focusWidget(), true, key, {}, {}, isRepeat);
        };
        press(false);
        QEventLoop loop;
        QTimer repeat;
        QObject::connect(&repeat, &QTimer::timeout, &loop, [&] {
            repeat.setInterval(Interval);
            press(true);
        });
        repeat.start(Delay);
        QTimer::singleShot(held, &loop, &QEventLoop::quit);
        loop.exec();
        repeat.stop();
        QTest::simulateEvent(QApplication::focusWidget(), false, key, {}, {}, false);
    }
    QString place() { return find<QLabel>(u"Place in the audition"_s)->text(); }
    bool isAuditioning() { return find<QLabel>(u"Place in the audition"_s) != nullptr; }
    ui::SoundView &view()
    {
        for (auto *view : window.findChildren<ui::SoundView *>()) {
            if (view->isVisible())
                return *view;
        }
        qFatal("There is no picture.");
    }
    Verdict verdict(int clip) { return session.workspace()->record(keyOf(clip)).judgement.verdict; }
    Judgement judgement(int clip) { return session.workspace()->record(keyOf(clip)).judgement; }
    bool isPlaying() const { return player.state() == playback::Player::State::Playing; }
};

} // namespace earmark::test

/// Opens the audition, and waits until the first clip is heard.
#define BEGIN(program)                                                                                       \
    QVERIFY(program.isReady());                                                                              \
    program.key(Qt::Key_F5);                                                                                 \
    QTRY_VERIFY(program.isAuditioning());                                                                    \
    QTRY_VERIFY(program.isPlaying())
