#pragma once

#include "workspace/cliprecord.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace earmark::download {
class Queue;
}
namespace earmark::workspace {
class Workspace;
}

namespace earmark::cli {

/// Shows on standard error how a queue gets on: a bar that is drawn over itself on a terminal, else a line
/// every 10 s.
class ProgressLine final : public QObject
{
    Q_OBJECT

public:
    ProgressLine(const workspace::Workspace &workspace, const download::Queue &queue,
                 QObject *parent = nullptr);
    /// Leaves the cursor on a fresh line.
    ~ProgressLine() override;

private:
    void show();

    const workspace::Workspace &m_workspace;
    const download::Queue &m_queue;
    const bool m_isTerminal;
    QTimer m_timer;
};

} // namespace earmark::cli
