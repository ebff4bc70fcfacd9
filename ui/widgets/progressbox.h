#pragma once

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>

class QProgressDialog;
class QWidget;

namespace earmark::ui {

/// How far work on another thread has got, with a button that ends it. Shows itself when the work takes
/// longer than a moment.
class ProgressBox final : public QObject
{
    Q_OBJECT

public:
    /// What is done and what there is in all, 0 while nobody knows. Asked in the window's thread.
    using Read = std::function<std::pair<qint64, qint64>()>;

    /// `window`: what the box belongs to.
    explicit ProgressBox(QWidget *window);
    ~ProgressBox() override;

    void show(const QString &what, Read read);
    void hide();

Q_SIGNALS:
    /// The person has had enough; the box is hidden.
    void cancelled();

private:
    QWidget *m_window;
    Read m_read;
    std::unique_ptr<QProgressDialog> m_dialog; ///< while there is work
    QTimer m_poll;
};

} // namespace earmark::ui
