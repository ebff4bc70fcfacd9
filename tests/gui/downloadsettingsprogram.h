#pragma once

#include "gui/program.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "ui/downloads/downloadsettingsdialog.h"

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
struct DownloadSettingsProgram : Program
{
    explicit DownloadSettingsProgram(const QByteArray &sound, const QString &place = {})
        : Program(place, std::nullopt)
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
        openAtStart(folder.filePath(u"four.csv"_s));
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
    void downloadAll()
    {
        key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(session.queue()->isActive());
    }
    /// Also on a page of the dialog that is not shown.
    template <class Control>
    Control *find(const QString &name)
    {
        for (auto *control : window.findChildren<Control *>()) {
            if (control->accessibleName() == name)
                return control;
        }
        return nullptr;
    }
    ui::DownloadSettingsDialog *dialog() { return window.findChild<ui::DownloadSettingsDialog *>(); }
    QString banner() { return window.banners().text(ui::Topic::Queue); }
    QString note() { return window.banners().note(ui::Topic::Queue); }
    qint64 ready() { return session.workspace()->counts().playable(); }
    download::Queue::State state() { return session.queue()->state(); }

    MediaServer server;
};

} // namespace earmark::test
