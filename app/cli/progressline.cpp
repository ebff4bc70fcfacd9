#include "cli/progressline.h"

#include "base/terminaltext.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

ProgressLine::ProgressLine(std::function<State()> state, QObject *parent)
    : QObject(parent)
    , m_state(std::move(state))
    , m_isTerminal(::isatty(STDERR_FILENO) != 0)
{
    connect(&m_timer, &QTimer::timeout, this, [this] {
        show();
        if (m_isTerminal)
            m_timer.start(250);
    });
    m_timer.start(m_isTerminal ? 500 : 10'000);
}

ProgressLine::~ProgressLine()
{
    if (m_isTerminal && m_isShown) {
        show();
        std::fputc('\n', stderr);
    }
}

void ProgressLine::show()
{
    m_isShown = true;
    auto [share, state] = m_state();
    QString text = terminalText(std::move(state));
    if (m_isTerminal) {
        constexpr int width = 24;
        const int filled = static_cast<int>(std::clamp(share, 0.0, 1.0) * width);
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
