#include "ytdlp/outputparser.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <charconv>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The number behind a key; "N/A", as it is at first, is noise.
template <class Kind>
Event numberAfter(QByteArrayView key, const QByteArray &line)
{
    qint64 value = 0;
    const char *const from = line.constData() + key.size();
    const auto read = std::from_chars(from, line.constData() + line.size(), value);
    return read.ec == std::errc() ? Event(Kind{value}) : Event(event::Noise{});
}

std::optional<double> seconds(const QJsonObject &from, const QString &key)
{
    const QJsonValue value = from.value(key);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

/// Earmark's own words, as --print and the plugin were told to print them.
Event ownWords(const QByteArray &text)
{
    const qsizetype blank = text.indexOf(' ');
    const QByteArray word = text.first(blank < 0 ? text.size() : blank);
    const QByteArray rest = text.sliced(word.size());
    const QJsonObject json = QJsonDocument::fromJson(rest).object();
    if (word == "START")
        return event::Started{json.value("title"_L1).toString(), seconds(json, u"section_start"_s),
                              seconds(json, u"section_end"_s), seconds(json, u"duration"_s),
                              json.value("format_id"_L1).toString()};
    if (word == "DONE")
        return event::Done{json.value("title"_L1).toString()};
    if (word == "END")
        return event::JobEnded{QString::fromUtf8(rest).trimmed()};
    return event::Other{QString::fromUtf8(text).trimmed()};
}

} // namespace

QByteArray makeMark()
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), static_cast<qsizetype>(bits.size()));
    return QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof bits).toHex();
}

QByteArray markPrefix(const QByteArray &mark)
{
    return '@' + mark + ' ';
}

Event parseLine(const QByteArray &line, const QByteArray &mark)
{
    const QByteArray prefix = markPrefix(mark);
    if (const qsizetype own = line.indexOf(prefix); own >= 0)
        return ownWords(line.sliced(own + prefix.size()));
    const QString text = QString::fromUtf8(line).trimmed();
    if (text.isEmpty())
        return event::Noise{};
    if (line.startsWith("ERROR: "))
        return event::Failed{text.mid(7)};
    if (line.startsWith("WARNING: "))
        return event::Warning{text.mid(9)};
    if (line.startsWith('[') && line.contains("] Extracting URL: "))
        return event::Extracting{};
    return event::Other{text};
}

Event parseReport(const QByteArray &line)
{
    constexpr QByteArrayView Position = "out_time_us=", Written = "total_size=";
    if (line.startsWith(Position))
        return numberAfter<event::Position>(Position, line);
    if (line.startsWith(Written))
        return numberAfter<event::Written>(Written, line);
    return event::Noise{};
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

std::chrono::milliseconds announcedWait(const QByteArray &line)
{
    static const QRegularExpression announcement(
        u"^\\[[a-zA-Z:]+\\] (?:[\\w-]+: )?Sleeping (\\d{1,5}(?:\\.\\d+)?) seconds"_s);
    if (!line.startsWith('[') || !line.contains("Sleeping "))
        return 0ms;
    const auto match = announcement.match(QString::fromUtf8(line));
    return std::chrono::milliseconds(qRound64(match.captured(1).toDouble() * 1000));
}

} // namespace earmark::ytdlp
