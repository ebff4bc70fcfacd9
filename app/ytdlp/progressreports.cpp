#include "ytdlp/progressreports.h"

#include "base/ownfiles.h"

namespace earmark::ytdlp {

namespace {

/// Far more than ffmpeg reports between two calls: some 300 bytes four times a second.
constexpr qint64 MostAtOnce = 64 * 1024;

} // namespace

void ProgressReports::begin(const QString &path)
{
    m_path = path;
    m_offset = 0;
    m_lines = LineBuffer();
}

std::vector<Event> ProgressReports::read()
{
    std::vector<Event> events;
    QFile file(m_path);
    if (!openRegularFile(file))
        return events;
    if (file.size() < m_offset) // another ffmpeg has begun it anew
        begin(m_path);
    if (!file.seek(m_offset))
        return events;
    const QByteArray bytes = file.read(MostAtOnce);
    m_offset += bytes.size();
    m_lines.append(bytes);
    while (const auto line = m_lines.takeLine()) {
        if (const Event event = parseReport(*line); !std::holds_alternative<event::Noise>(event))
            events.push_back(event);
    }
    return events;
}

} // namespace earmark::ytdlp
