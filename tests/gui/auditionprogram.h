#pragma once

#include "playback/player.h"
#include "session/session.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/staircase.h"
#include "ui/clip/soundview.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QTableView>
#include <QTimer>

#include <chrono>

namespace earmark::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

inline constexpr int Clips = 80;

inline SegmentKey keyOf(int clip)
{
    return {*YtId::parse("id0000000" + std::to_string(10 + clip)), 0, 10'000};
}

/// A split of clips that are all there, each with its own sound.
inline void makeClips(const QDir &folder)
{
    auto workspace = workspace::Workspace::open(folder.filePath(u"clips"_s));
    VERIFY_OK(workspace);
    (*workspace)->setFormat({Staircase::Rate, 1});
    QByteArray split =
        "# Segments csv created for a test\n# YTID, start_seconds, end_seconds, positive_labels\n";
    std::vector<WantedClip> wanted;
    for (int clip = 0; clip < Clips; ++clip) {
        wanted.push_back({keyOf(clip), static_cast<std::uint32_t>(clip), "/m/09x0r,/m/0bt9lr"});
        split += keyOf(clip).ytid.toString().toLatin1() + ", 0.000, 10.000, \"/m/09x0r,/m/0bt9lr\"\n";
    }
    (*workspace)->enqueue(wanted);
    for (int clip = 0; clip < Clips; ++clip) {
        QVERIFY(writePlainWav((*workspace)->layout().clip(keyOf(clip)),
                              Staircase::samples(clip % Staircase::Most), Staircase::Rate, 1));
        auto record = (*workspace)->record(keyOf(clip));
        record.progress.state = ClipState::Ready;
        record.audio.samples = Staircase::Rate * Staircase::Steps;
        record.audio.sampleRate = Staircase::Rate;
        (*workspace)->update(keyOf(clip), record);
    }
    VERIFY_OK((*workspace)->flush());
    test::writeFile(folder.filePath(u"split.csv"_s), split);
}

/// Everything that the program has, as main() puts it together, on a folder of its own.
struct AuditionProgram
{
    explicit AuditionProgram(const QString &folder)
        : root(folder)
        , settings(folder + u"/settings.ini"_s)
        , window(session, settings, theme, player, folder + u"/clips"_s)
    {
        window.resize(1200, 800);
        window.show();
        ui::StartOptions options;
        options.split = folder + u"/split.csv"_s;
        window.begin(options);
    }
    bool isReady()
    {
        return QTest::qWaitFor([this] { return session.count(ClipState::Ready) == Clips; }, 20'000) &&
               QTest::qWaitForWindowActive(&window);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, key, modifiers);
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
    template <class Control>
    Control *find(const QString &name)
    {
        for (auto *control : window.findChildren<Control *>()) {
            if (control->accessibleName() == name && control->isVisible())
                return control;
        }
        return nullptr;
    }
    QString place() { return find<QLabel>(u"Position in the audition"_s)->text(); }
    bool isAuditioning() { return find<QLabel>(u"Position in the audition"_s) != nullptr; }
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

    QString root;
    ui::Settings settings;
    ui::Theme theme{*qApp};
    playback::Player player;
    session::Session session;
    ui::MainWindow window;
};

} // namespace earmark::test

/// Opens the audition, and waits until the first clip is heard.
#define BEGIN(program)                                                                                       \
    QVERIFY(program.isReady());                                                                              \
    program.key(Qt::Key_F5);                                                                                 \
    QTRY_VERIFY(program.isAuditioning());                                                                    \
    QTRY_VERIFY(program.isPlaying())
