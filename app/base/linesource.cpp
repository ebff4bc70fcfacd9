#include "base/linesource.h"

#include "base/csvfields.h"

#include <algorithm>

namespace earmark {

using namespace Qt::StringLiterals;

namespace {

#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
constexpr std::size_t ChunkSize = 1024 * 1024;
#else
constexpr std::size_t ChunkSize = 256;
#endif

} // namespace

LineSource::LineSource(const QString &path, std::stop_token stop, ReadProgress progress)
    : m_file(path)
    , m_stop(std::move(stop))
    , m_progress(std::move(progress))
    , m_buffer(ChunkSize + LongestLine)
{
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        m_outcome = failure(m_file.exists() ? ErrorCode::Unreadable : ErrorCode::NotFound,
                            u"%1 cannot be read: %2."_s.arg(path, m_file.errorString()));
}

bool LineSource::isCancelled()
{
    if (m_outcome && m_stop.stop_requested())
        m_outcome = cancelled();
    return !m_outcome && m_outcome.error().code == ErrorCode::Cancelled;
}

bool LineSource::next()
{
    if (isCancelled())
        return false;
    bool isTooLong = false;
    for (;;) {
        const auto end = m_text.find('\n');
        const std::string_view head = m_text.substr(0, end);
        isTooLong = isTooLong || head.size() > LongestLine;
        if (end != std::string_view::npos || (m_atEnd && (isTooLong || !head.empty()))) {
            m_text.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
            ++m_number;
            m_isTooLong = isTooLong;
            m_line = isTooLong ? std::string_view() : head;
            if (m_line.ends_with('\r'))
                m_line.remove_suffix(1);
            return true;
        }
        if (isTooLong)
            m_text = {}; // makes room for the rest of it
        if (m_atEnd || !fill())
            return false;
    }
}

bool LineSource::fill()
{
    if (isCancelled() || !m_outcome)
        return false;
    std::ranges::copy(m_text, m_buffer.begin());
    const std::size_t kept = m_text.size();
    const bool isFirst = m_file.pos() == 0;
    const qint64 got = m_file.read(m_buffer.data() + kept, static_cast<qint64>(ChunkSize));
    if (got < 0) {
        m_outcome = failure(ErrorCode::Unreadable,
                            u"%1 cannot be read: %2."_s.arg(m_file.fileName(), m_file.errorString()));
        return false;
    }
    m_atEnd = got == 0;
    m_text = std::string_view(m_buffer.data(), kept + static_cast<std::size_t>(got));
    if (isFirst)
        m_text = withoutByteOrderMark(m_text);
    if (!m_atEnd && m_progress)
        m_progress(m_file.pos(), m_file.size());
    return true;
}

} // namespace earmark
