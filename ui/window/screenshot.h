#pragma once

#include <QString>
#include <QTimer>

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class MainWindow;

/// Takes a picture of the window for the documentation: downloads what is found, waits until so many clips
/// are ready
/// (-1: until nothing is left to do), shows one of them, writes the picture and ends the program.
class Screenshot final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this.
    Screenshot(MainWindow &window, session::Session &session, QString file, qint64 after);

private:
    enum class Step { Begin, Download, Show, Done };
    void next();
    void take();

    MainWindow &m_window;
    session::Session &m_session;
    QString m_file;
    qint64 m_after;
    Step m_step = Step::Begin;
    QTimer m_timer;
};

} // namespace earmark::ui
