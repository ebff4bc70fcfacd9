#include "base/linesource.h"

namespace earmark {

bool LineSource::next()
{
    if (isCancelled())
        return false;
    if (m_text.empty()) {
        if (!m_blocks.next())
            return false;
        m_text = m_blocks.text();
    }
    const auto end = m_text.find('\n');
    m_line = m_text.substr(0, end);
    m_text.remove_prefix(end == std::string_view::npos ? m_text.size() : end + 1);
    ++m_number;
    m_isTooLong = m_line.size() > LongestLine;
    if (m_isTooLong)
        m_line = {};
    else if (m_line.ends_with('\r'))
        m_line.remove_suffix(1);
    return true;
}

} // namespace earmark
