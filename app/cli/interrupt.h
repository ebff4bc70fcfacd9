#pragma once

#include <QObject>

class QSocketNotifier;

namespace earmark::cli {

/// Turns the first SIGINT, SIGTERM or SIGHUP into a signal of the event loop; a second one ends the
/// program at once. One per program.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    void triggered();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace earmark::cli
