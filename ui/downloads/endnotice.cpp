#include "ui/downloads/endnotice.h"

#include <QApplication>
#include <QEvent>
#include <QSystemTrayIcon>
#include <QWidget>

namespace earmark::ui {

EndNotice::EndNotice(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    window->installEventFilter(this);
}

void EndNotice::tell(const QString &text)
{
    if (m_window->isActiveWindow())
        return;
    QApplication::alert(m_window);
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_icon) {
        m_icon = new QSystemTrayIcon(QApplication::windowIcon(), this);
        const auto showWindow = [this] {
            m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
            m_window->raise();
            m_window->activateWindow();
        };
        connect(m_icon, &QSystemTrayIcon::messageClicked, this, showWindow);
        connect(m_icon, &QSystemTrayIcon::activated, this, showWindow);
    }
    m_icon->setToolTip(text);
    m_icon->show();
    m_icon->showMessage(QGuiApplication::applicationDisplayName(), text, QApplication::windowIcon());
}

bool EndNotice::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::WindowActivate && m_icon)
        m_icon->hide();
    return QObject::eventFilter(watched, event);
}

} // namespace earmark::ui
