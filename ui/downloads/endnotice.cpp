#include "ui/downloads/endnotice.h"

#include <QApplication>
#include <QEvent>
#include <QSystemTrayIcon>
#include <QWidget>

namespace earmark::ui {

namespace {

/// Without what begins markup. Desktops may read a notification's body as HTML ("body-markup" of the Desktop
/// Notifications Specification), others show it as it is, so that it cannot be escaped either.
QString withoutMarkup(QString text)
{
    return text.replace(u'<', u'‹').replace(u'>', u'›').replace(u'&', u'+');
}

} // namespace

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
    const QString plain = withoutMarkup(text);
    m_icon->setToolTip(plain);
    m_icon->show();
    m_icon->showMessage(QGuiApplication::applicationDisplayName(), plain, QApplication::windowIcon());
}

bool EndNotice::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::WindowActivate && m_icon)
        m_icon->hide();
    return QObject::eventFilter(watched, event);
}

} // namespace earmark::ui
