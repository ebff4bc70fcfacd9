#pragma once

#include <QHashFunctions>
#include <QString>
#include <QtEndian>

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace earmark {

/// A YouTube video id: exactly 11 characters of [A-Za-z0-9_-]. Compares in byte order, as AudioSet sorts.
class YtId final
{
public:
    static constexpr std::size_t Length = 11;

    YtId() = default;
    /// Nothing when the text is not an id: another length, another character, a NUL.
    static std::optional<YtId> parse(std::string_view text)
    {
        YtId id;
        return id.assign(text) ? std::optional(id) : std::nullopt;
    }
    /// The same in place; false, and unchanged, when the text is not an id.
    bool assign(std::string_view text)
    {
        // A table, and no end before the last character: two million rows ask for this.
        static constexpr auto isAllowed = [] {
            std::array<bool, 256> result{};
            for (const char c :
                 std::string_view("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"))
                result[static_cast<unsigned char>(c)] = true;
            return result;
        }();
        if (text.size() != Length)
            return false;
        bool isId = true;
        for (const char c : text.substr(0, Length))
            isId &= isAllowed[static_cast<unsigned char>(c)];
        if (isId)
            std::memcpy(m_text.data(), text.data(), Length);
        return isId;
    }

    std::string_view view() const { return {m_text.data(), Length}; }
    QString toString() const { return QString::fromLatin1(m_text.data(), Length); }
    bool operator==(const YtId &) const = default;
    std::strong_ordering operator<=>(const YtId &other) const
    {
        const auto first = [](const YtId &id) { return qFromBigEndian<quint64>(id.m_text.data()); };
        return first(*this) != first(other)
                   ? first(*this) <=> first(other)
                   : std::memcmp(m_text.data(), other.m_text.data(), Length) <=> 0; // seldom needed
    }

private:
    std::array<char, Length> m_text{};
};

/// One segment of AudioSet: a video and the span of it, in milliseconds of the video's clock, start < end.
struct SegmentKey
{
    YtId ytid;
    std::uint32_t startMs = 0;
    std::uint32_t endMs = 0;

    std::uint32_t durationMs() const { return endMs - startMs; }
    /// How many samples a clip of the whole segment has at this rate (Hz): rounded to the nearest.
    std::int64_t samples(int rate) const { return (std::int64_t{durationMs()} * rate + 500) / 1000; }

    /// The base name of the segment's files: "Y--i-y1v8Hy8_0_9", "Yabcdefghijk_23.7_33.7".
    /// The leading Y keeps an id that begins with '-' from being taken for an option.
    QString stem() const;
    /// The inverse of stem(); nothing when the text is not one.
    static std::optional<SegmentKey> fromStem(QStringView stem);

    /// How long AudioSet's segments are, where a list does not say.
    static constexpr std::uint32_t UsualMs = 10'000;
    /// The segment of a video from this start on, as long as AudioSet's are. Nothing when that is beyond 49
    /// days.
    static std::optional<SegmentKey> usual(const YtId &ytid, std::uint32_t startMs);
    /// As AudioSet's strong labels name a segment: "Xvm--O7V_1I_30000" is the 10 s of the video Xvm--O7V_1I
    /// from 30,000 ms on. Nothing when the text is not one; the number has no zeros before it.
    static std::optional<SegmentKey> fromSegmentId(std::string_view id);
    /// As VGGSound names a clip: "glLQrEijrKg_000300" is the 10 s of the video glLQrEijrKg from second 300
    /// on. Nothing when the text is not one: six digits, of which the first is 0, since no video lasts
    /// 100,000 s. Source: data/test.csv and data/vggsound.csv of github.com/hche11/VGGSound.
    static std::optional<SegmentKey> fromVggSoundId(std::string_view id);

    auto operator<=>(const SegmentKey &) const = default;
};

std::size_t qHash(const SegmentKey &key, std::size_t seed = 0) noexcept;

} // namespace earmark

Q_DECLARE_TYPEINFO(earmark::SegmentKey, Q_PRIMITIVE_TYPE);
