#include "cli/progressline.h"

#include "base/format.h"
#include "download/queue.h"

#include <cstdio>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

ProgressLine::ProgressLine(const workspace::Workspace &workspace, const download::Queue &queue,
                           QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_queue(queue)
    , m_isTerminal(::isatty(STDERR_FILENO) != 0)
{
    connect(&m_timer, &QTimer::timeout, this, &ProgressLine::show);
    m_timer.start(m_isTerminal ? 250 : 10'000);
}

ProgressLine::~ProgressLine()
{
    if (m_isTerminal) {
        show();
        std::fputc('\n', stderr);
    }
}

void ProgressLine::show()
{
    const workspace::ClipCounts &counts = m_workspace.counts();
    const qint64 total = counts.total();
    double done = static_cast<double>(total - counts.unfinished());
    for (const download::RunningJob &job : m_queue.running())
        done += job.fraction;
    const double share = total > 0 ? done / static_cast<double>(total) : 1.0;

    QString text = u"%1 of %2"_s.arg(countText(counts.playable()), countText(total));
    if (counts[ClipState::Failed] > 0)
        text += u" · %1 failed"_s.arg(countText(counts[ClipState::Failed]));
    if (const qint64 remaining = m_queue.remainingMs(); remaining > 0)
        text += u" · about %1 left"_s.arg(spanText(remaining));
    if (m_isTerminal) {
        constexpr int width = 24;
        const int filled = static_cast<int>(share * width);
        // Back to the start of the line, and clear what the last one left behind.
        text = u"\r\033[K"_s + QString(filled, u'█') + QString(width - filled, u'░') + u' ' + text;
    } else {
        text += u'\n';
    }
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace earmark::cli
