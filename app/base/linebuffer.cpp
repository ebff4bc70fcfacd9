#include "base/linebuffer.h"

namespace earmark {

void LineBuffer::append(const QByteArray &bytes)
{
    m_bytes += bytes;
}

std::optional<QByteArray> LineBuffer::takeLine()
{
    for (;;) {
        const auto end = m_bytes.indexOf('\n');
        if (m_skipping) {
            // The head of this line was handed out already.
            m_bytes.remove(0, end < 0 ? m_bytes.size() : end + 1);
            if (end < 0)
                return std::nullopt;
            m_skipping = false;
            continue;
        }
        const auto length = end < 0 ? m_bytes.size() : end;
        if (length > m_longest) {
            const QByteArray head = m_bytes.left(m_longest);
            m_bytes.remove(0, m_longest);
            m_skipping = true;
            return head;
        }
        if (end < 0)
            return std::nullopt;
        QByteArray line = m_bytes.left(end);
        m_bytes.remove(0, end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        return line;
    }
}

QByteArray LineBuffer::takeRest()
{
    const QByteArray rest = m_skipping ? QByteArray() : m_bytes;
    m_bytes.clear();
    m_skipping = false;
    return rest;
}

} // namespace earmark
