#include "base/lineblocks.h"

#include "base/csvfields.h"

#include <algorithm>

namespace earmark {

using namespace Qt::StringLiterals;

namespace {

#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
constexpr std::size_t ChunkSize = 256 * 1024;
#else
constexpr std::size_t ChunkSize = 256;
#endif

} // namespace

LineBlocks::LineBlocks(const QString &path, std::stop_token stop, ReadProgress progress, qint64 begin,
                       qint64 end)
    : m_file(path)
    , m_stop(std::move(stop))
    , m_progress(std::move(progress))
    , m_end(end)
    , m_isSkipping(begin > 0)
    , m_at(begin - (m_isSkipping ? 1 : 0))
    , m_buffer(ChunkSize + LongestLine)
{
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || (m_isSkipping && !m_file.seek(m_at)))
        setUnreadable();
}

void LineBlocks::setUnreadable()
{
    m_outcome = failure(m_file.exists() ? ErrorCode::Unreadable : ErrorCode::NotFound,
                        u"%1 cannot be read: %2."_s.arg(m_file.fileName(), m_file.errorString()));
}

bool LineBlocks::isCancelled()
{
    if (m_outcome && m_stop.stop_requested())
        m_outcome = cancelled();
    return !m_outcome && m_outcome.error().code == ErrorCode::Cancelled;
}

bool LineBlocks::next()
{
    while (!m_isLast && !isCancelled() && m_outcome) {
        std::ranges::copy(m_rest, m_buffer.begin());
        const qint64 got = m_file.read(m_buffer.data() + m_rest.size(), static_cast<qint64>(ChunkSize));
        if (got < 0) {
            setUnreadable();
            break;
        }
        m_text = std::string_view(m_buffer.data(), m_rest.size() + static_cast<std::size_t>(got));
        const qint64 textEnd = m_at + static_cast<qint64>(m_text.size());
        m_isLast = got == 0;
        if (textEnd >= m_end) { // the line that reaches over the end is the last
            const auto newline =
                m_text.find('\n', static_cast<std::size_t>(std::max(m_end - 1 - m_at, qint64{0})));
            if (newline != std::string_view::npos) {
                m_isLast = true;
                m_text = m_text.substr(0, newline + 1);
            }
        }
        if (m_at == 0)
            m_text = withoutByteOrderMark(m_text);
        if (m_isSkipping) {
            const auto newline = m_text.find('\n');
            m_isSkipping = newline == std::string_view::npos;
            m_text.remove_prefix(m_isSkipping ? m_text.size() : newline + 1);
        }
        const auto whole = m_isLast ? m_text.size() : m_text.rfind('\n') + 1; // 0 when there is none
        m_rest = m_text.substr(whole);
        if (m_rest.size() > LongestLine) {
            m_isSkipping = true;
            m_rest = {};
        }
        m_text.remove_suffix(m_rest.size());
        m_at = textEnd - static_cast<qint64>(m_rest.size());
        if (got > 0 && m_progress)
            m_progress(textEnd, m_file.size());
        if (!m_text.empty())
            return true;
    }
    return false;
}

} // namespace earmark
