#pragma once

#include "playback/player.h"
#include "session/session.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "ui/downloads/downloadsettingsdialog.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace earmark::test {

using namespace Qt::StringLiterals;

/// For downloads: two workers on a machine that may be busy.
inline constexpr int Patience = 120'000;
inline constexpr int ClipCount = 4;

inline QString idOf(int number)
{
    return u"gui-engine%1"_s.arg(number);
}

/// Twelve seconds of noise, as AAC in MP4; empty when it cannot be made.
inline QByteArray sourceSound()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"sound.m4a"_s);
    const QByteArray problem = ffmpeg({u"-f"_s, u"lavfi"_s, u"-i"_s, u"anoisesrc=d=12:a=0.3:r=44100:seed=7"_s,
                                       u"-c:a"_s, u"aac"_s, u"-movflags"_s, u"+faststart"_s, file});
    return problem.isEmpty() ? readFile(file) : QByteArray();
}

/// The window on a split of its own whose videos lie on a server of ours.
struct DownloadSettingsProgram
{
    /// `place`: a folder that another program has had; none: one of its own.
    explicit DownloadSettingsProgram(const QByteArray &sound, const QString &place = {})
        : folder(place.isEmpty() ? own.path() : place)
        , settings(folder.filePath(u"settings.ini"_s))
        , window(session, settings, theme, player, folder.filePath(u"clips"_s))
    {
        QByteArray split = "# YTID, start_seconds, end_seconds, positive_labels\n";
        for (int number = 0; number < ClipCount; ++number) {
            server.serve(path(number), sound);
            split += idOf(number).toLatin1() + ", 2.000, 5.000, \"/m/09x0r\"\n";
        }
        writeFile(folder.filePath(u"four.csv"_s), split);
        session::DownloadSettings engine;
        engine.source = server.url(u"/{ytid}.m4a"_s);
        engine.workers = 1; // the server answers eight connections at a time, and ffmpeg keeps five
        settings.setEngine(engine);
    }
    void begin()
    {
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        ui::StartOptions options;
        options.split = folder.filePath(u"four.csv"_s);
        window.begin(options);
        QTRY_COMPARE(window.page().foundCount(), ClipCount);
        QTRY_VERIFY(session.queue() != nullptr);
        QTRY_VERIFY(window.page().table().hasFocus());
    }
    static QString path(int number) { return u"/%1.m4a"_s.arg(idOf(number)); }
    void setFault(const Fault &fault)
    {
        for (int number = 0; number < ClipCount; ++number)
            server.setFault(path(number), fault);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        // A dialog that has just closed leaves the window inactive for a moment.
        if (!QApplication::focusWidget()) {
            window.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&window));
        }
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, key, modifiers);
    }
    void downloadAll()
    {
        key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(session.queue()->isActive());
    }
    template <class Control>
    Control *find(const QString &name)
    {
        for (auto *control : window.findChildren<Control *>()) {
            if (control->accessibleName() == name)
                return control;
        }
        return nullptr;
    }
    QPushButton *button(const QString &text)
    {
        for (auto *button : window.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }
    ui::DownloadSettingsDialog *dialog() { return window.findChild<ui::DownloadSettingsDialog *>(); }
    QString banner() { return window.banners().text(ui::Topic::Queue); }
    QString note() { return window.banners().note(ui::Topic::Queue); }
    qint64 ready() { return session.workspace()->counts().playable(); }
    download::Queue::State state() { return session.queue()->state(); }

    const QTemporaryDir own;
    const QDir folder;
    MediaServer server;
    ui::Settings settings;
    ui::Theme theme{*qApp};
    playback::Player player;
    session::Session session;
    ui::MainWindow window;
};

} // namespace earmark::test
