#include "ytdlp/outputparser.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <charconv>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

// The keys of ffmpeg's -progress blocks, out_time_us and total_size apart; "stream_" stands for stream_0_0_q
// and the like.
constexpr std::array ProgressKeys{"frame=",    "fps=",        "stream_", "bitrate=",  "out_time_ms=",
                                  "out_time=", "dup_frames=", "speed=",  "progress=", "drop_frames="};

/// The number behind a key; "N/A", as it is at first, is noise.
template <class Kind>
Event numberAfter(QByteArrayView key, const QByteArray &line)
{
    qint64 value = 0;
    const char *const from = line.constData() + key.size();
    const auto read = std::from_chars(from, line.constData() + line.size(), value);
    return read.ec == std::errc() ? Event(Kind{value}) : Event(event::Noise{});
}

QJsonObject object(const QByteArray &line, qsizetype from)
{
    return QJsonDocument::fromJson(line.sliced(from)).object();
}

std::optional<double> seconds(const QJsonObject &from, const QString &key)
{
    const QJsonValue value = from.value(key);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

/// The text behind a mark at the line's start; nothing when the line begins otherwise.
std::optional<QString> after(QByteArrayView mark, const QByteArray &line)
{
    if (!line.startsWith(mark))
        return std::nullopt;
    return QString::fromUtf8(line.sliced(mark.size())).trimmed();
}

} // namespace

Event parseLine(const QByteArray &line)
{
    constexpr QByteArrayView Position = "out_time_us=", Written = "total_size=";
    if (line.startsWith(Position))
        return numberAfter<event::Position>(Position, line);
    if (line.startsWith(Written))
        return numberAfter<event::Written>(Written, line);
    if (line.trimmed().isEmpty() ||
        std::ranges::any_of(ProgressKeys, [&line](const char *key) { return line.startsWith(key); }))
        return event::Noise{};
    if (line.startsWith("@START ")) {
        const QJsonObject json = object(line, 7);
        return event::Started{json.value("title"_L1).toString(), seconds(json, u"section_start"_s),
                              seconds(json, u"section_end"_s), seconds(json, u"duration"_s),
                              json.value("format_id"_L1).toString()};
    }
    if (line.startsWith("@DONE ")) {
        const QJsonObject json = object(line, 6);
        return event::Done{json.value("title"_L1).toString(), json.value("filepath"_L1).toString()};
    }
    if (const auto job = after("@END ", line))
        return event::JobEnded{*job};
    if (const auto text = after("ERROR: ", line))
        return event::Failed{*text};
    if (const auto text = after("WARNING: ", line))
        return event::Warning{*text};
    if (line.startsWith('[') && line.contains("] Extracting URL: "))
        return event::Extracting{};
    return event::Other{QString::fromUtf8(line).trimmed()};
}

bool JobProgress::apply(const Event &event)
{
    // The share of each phase in the time that a clip from YouTube takes.
    constexpr double Asked = 0.05, Begun = 0.25, Fetched = 0.95;
    double fraction = m_fraction;
    if (std::holds_alternative<event::Extracting>(event)) {
        fraction = Asked;
    } else if (const auto *started = std::get_if<event::Started>(&event)) {
        m_start = started->sectionStart.value_or(0);
        m_length = std::max(started->sectionEnd.value_or(m_start) - m_start, 0.0);
        fraction = Begun;
    } else if (const auto *position = std::get_if<event::Position>(&event);
               position != nullptr && m_length > 0) {
        double done = static_cast<double>(position->microseconds) / 1e6;
        // With -copyts ffmpeg counts from what it had at its first report. Should a version of it count on
        // the video's clock instead, the number is beyond the section's length (and for a section at the
        // start both are one).
        if (done > m_length + 2)
            done -= m_start;
        fraction = Begun + (Fetched - Begun) * std::clamp(done / m_length, 0.0, 1.0);
    } else if (std::holds_alternative<event::Done>(event)) {
        fraction = 1;
    }
    const bool grown = fraction > m_fraction;
    m_fraction = std::max(m_fraction, fraction);
    return grown;
}

} // namespace earmark::ytdlp
