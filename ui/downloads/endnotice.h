#pragma once

#include <QObject>

class QSystemTrayIcon;
class QWidget;

namespace earmark::ui {

/// Tells a person who looks elsewhere that the downloads are done or cannot go on: the window asks for
/// attention, and a notification appears where the desktop has a place for it.
class EndNotice final : public QObject
{
    Q_OBJECT

public:
    explicit EndNotice(QWidget *window);

    /// Nothing while the window is being looked at: its banner says the same.
    void tell(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_window;
    QSystemTrayIcon *m_icon = nullptr; ///< there only as long as the notification needs it
};

} // namespace earmark::ui
