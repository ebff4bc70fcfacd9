#include "ui/window/screenshot.h"

#include "session/session.h"
#include "ui/downloads/downloadcontroller.h"
#include "ui/segments/segmentpage.h"
#include "ui/window/mainwindow.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QTableView>

namespace earmark::ui {

using namespace std::chrono_literals;

Screenshot::Screenshot(MainWindow &window, session::Session &session, QString file, qint64 after)
    : m_window(window)
    , m_session(session)
    , m_file(std::move(file))
    , m_after(after)
{
    m_timer.setInterval(300ms);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::next);
    m_timer.start();
}

void Screenshot::next()
{
    auto *workspace = m_session.workspace();
    switch (m_step) {
    case Step::Begin:
        if (!m_session.split() || !m_session.queue())
            return;
        m_window.downloads().download(m_window.page().foundRows(), {});
        m_step = Step::Download;
        return;
    case Step::Download: {
        const bool isOver = workspace->counts().total() > 0 && workspace->counts().unfinished() == 0;
        if (!isOver && (m_after < 0 || workspace->counts().playable() < m_after))
            return;
        const auto rows = m_window.page().foundRows();
        for (std::size_t line = 0; line < rows.size(); ++line) {
            if (m_session.split()->table.state(rows[line]) != ClipState::Ready)
                continue;
            m_window.page().table().selectRow(static_cast<int>(line));
            break;
        }
        m_step = Step::Show;
        return;
    }
    case Step::Show: // one turn of the timer later the waveform is there
        m_step = Step::Done;
        return;
    case Step::Done:
        m_timer.stop();
        take();
        return;
    }
}

void Screenshot::take()
{
    const bool written = m_window.grab().save(m_file);
    if (!written)
        qWarning("The screenshot cannot be written.");
    QCoreApplication::exit(written ? 0 : 1);
}

} // namespace earmark::ui
