#include "demo/demoserver.h"
#include "playback/player.h"
#include "session/session.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/window/mainwindow.h"
#include "ui/window/screenshot.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace earmark;

namespace {

void setNames()
{
    QCoreApplication::setOrganizationName(u"Earmark"_s);
    QCoreApplication::setApplicationName(u"earmark"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(EARMARK_VERSION));
}

/// --help and --version must work where there is no display, and QApplication does not.
ui::StartOptions readOptions(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    setNames();
    return ui::readStartOptions(QCoreApplication::arguments());
}

} // namespace

int main(int argc, char **argv)
{
    ui::StartOptions options = readOptions(argc, argv);
    QApplication application(argc, argv);
    setNames();
    QGuiApplication::setApplicationDisplayName(u"Earmark"_s);
    QApplication::setWindowIcon(ui::programIcon());

    std::unique_ptr<demo::DemoServer> server;
    if (options.demo) {
        auto started = demo::DemoServer::start();
        if (!started) {
            QTextStream(stderr) << "earmark: " << started.error().text << '\n';
            return 1;
        }
        server = std::move(*started);
        options.source = server->sourceTemplate();
        if (options.workspace.isEmpty())
            options.workspace =
                QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/demo"_s;
    }

    // A picture for the documentation shows the window as it comes, and leaves no trace in what is
    // remembered.
    const QTemporaryDir scratch;
    ui::Settings settings(options.screenshot.isEmpty() ? QString() : scratch.filePath(u"settings.ini"_s));
    ui::Theme theme(application);
    theme.apply(options.scheme.value_or(settings.scheme()));
    session::Session session(options.source.isEmpty() ? std::nullopt
                                                      : std::optional(ytdlp::Source(options.source)));
    playback::Player player;
    ui::MainWindow window(session, settings, theme, player, options.workspace);
    std::unique_ptr<ui::Screenshot> screenshot;
    if (!options.screenshot.isEmpty())
        screenshot =
            std::make_unique<ui::Screenshot>(window, session, options.screenshot, options.screenshotAfter);
    window.show();
    window.begin(options);
    return QApplication::exec();
}
