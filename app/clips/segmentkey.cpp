#include "clips/segmentkey.h"

#include "base/bytes.h"
#include "base/format.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

namespace earmark {

namespace {

/// As secondsText() writes it, which is how a segment has one name: not "030", "30.0" or "30.".
bool isPlain(std::string_view seconds)
{
    const auto point = std::min(seconds.find('.'), seconds.size());
    const auto decimals = seconds.substr(std::min(point + 1, seconds.size()));
    return (point == 1 || seconds.front() != '0') &&
           (point == seconds.size() || (!decimals.empty() && decimals.size() <= 3 && decimals.back() != '0'));
}

} // namespace

QString SegmentKey::stem() const
{
    return u'Y' + ytid.toString() + u'_' + secondsText(startMs) + u'_' + secondsText(endMs);
}

std::optional<SegmentKey> SegmentKey::fromStem(QStringView stem)
{
    const QByteArray text = stem.toLatin1();
    const std::string_view view = viewOf(text);
    if (view.size() < 2 + YtId::Length || view[0] != 'Y' || view[1 + YtId::Length] != '_')
        return std::nullopt;
    const auto times = view.substr(2 + YtId::Length);
    const auto bar = times.find('_');
    if (bar == std::string_view::npos)
        return std::nullopt;
    const auto ytid = YtId::parse(view.substr(1, YtId::Length));
    const auto start = parseSeconds(times.substr(0, bar));
    const auto end = parseSeconds(times.substr(bar + 1));
    if (!ytid || !start || !end || *start >= *end || !isPlain(times.substr(0, bar)) ||
        !isPlain(times.substr(bar + 1)))
        return std::nullopt;
    return SegmentKey{*ytid, *start, *end};
}

std::optional<SegmentKey> SegmentKey::usual(const YtId &ytid, std::uint32_t startMs)
{
    if (startMs > std::numeric_limits<std::uint32_t>::max() - UsualMs)
        return std::nullopt;
    return SegmentKey{ytid, startMs, startMs + UsualMs};
}

std::optional<SegmentKey> SegmentKey::fromSegmentId(std::string_view id)
{
    // The last underscore: ids may hold others.
    const auto bar = id.rfind('_');
    if (bar == std::string_view::npos)
        return std::nullopt;
    const std::string_view digits = id.substr(bar + 1);
    if (digits.size() > 1 && digits.front() == '0')
        return std::nullopt;
    std::uint32_t startMs = 0;
    const auto [end, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), startMs);
    const auto ytid = YtId::parse(id.substr(0, bar));
    if (!ytid || trouble != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return usual(*ytid, startMs);
}

std::optional<SegmentKey> SegmentKey::fromVggSoundId(std::string_view id)
{
    constexpr std::size_t digits = 6;
    if (id.size() != YtId::Length + 1 + digits || id[YtId::Length] != '_' || id[YtId::Length + 1] != '0')
        return std::nullopt;
    const auto ytid = YtId::parse(id.substr(0, YtId::Length));
    const std::string_view start = id.substr(YtId::Length + 1);
    if (!ytid || start.find('.') != std::string_view::npos)
        return std::nullopt;
    const auto startMs = parseSeconds(start);
    return startMs ? usual(*ytid, *startMs) : std::nullopt;
}

std::size_t qHash(const SegmentKey &key, std::size_t seed) noexcept
{
    const auto id = key.ytid.view();
    return qHashMulti(seed, QByteArrayView(id.data(), static_cast<qsizetype>(id.size())), key.startMs,
                      key.endMs);
}

} // namespace earmark
