#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace earmark {

/// Where a segment stands on its way to a clip. The numbers are kept in the ledger: never renumber.
enum class ClipState : std::uint8_t {
    Absent = 0,     ///< nothing asked for yet
    Queued = 1,     ///< waits for a worker
    Fetching = 2,   ///< yt-dlp works on it
    Formatting = 3, ///< the raw clip is there and is being cut
    Ready = 4,      ///< the WAV has exactly the samples asked for
    Short = 5,      ///< the WAV is whole, but the video ends before the segment does
    Failed = 6,     ///< no clip; the record says why
    Missing = 7,    ///< the clip was finished, and its WAV is gone
    Damaged = 8,    ///< the clip was finished, and its WAV differs from what the ledger knows
};
/// In the order of their numbers, with no gap.
inline constexpr std::array AllClipStates{ClipState::Absent,     ClipState::Queued,  ClipState::Fetching,
                                          ClipState::Formatting, ClipState::Ready,   ClipState::Short,
                                          ClipState::Failed,     ClipState::Missing, ClipState::Damaged};

/// Why a clip failed, as far as it decides what happens next. Kept in the ledger: never renumber.
enum class FailureClass : std::uint8_t {
    None = 0,
    RateLimit = 1,   ///< the site slows us down or asks for proof of being human: nobody's clip is at fault
    Permanent = 2,   ///< removed, private, terminated: trying again is of no use
    Conditional = 3, ///< age or country: would work with cookies or a proxy
    Later = 4,       ///< a premiere or live event that has not happened yet
    Transient = 5,   ///< the network's fault: may work the next time
    Environment = 6, ///< this machine's fault: disk full, ffmpeg missing
    BadMedia = 7,    ///< what came cannot be decoded, or holds no sound for the segment
    Unknown = 8,
};
inline constexpr std::array AllFailureClasses{
    FailureClass::RateLimit, FailureClass::Permanent,   FailureClass::Conditional, FailureClass::Later,
    FailureClass::Transient, FailureClass::Environment, FailureClass::BadMedia,    FailureClass::Unknown};

/// What a listener decided. Kept in the ledger: never renumber.
enum class Verdict : std::uint8_t { Undecided = 0, Keep = 1, Reject = 2 };
inline constexpr std::array AllVerdicts{Verdict::Undecided, Verdict::Keep, Verdict::Reject};

/// What else is found out or said of a clip. The bits are of memory alone.
enum ClipMark : std::uint8_t {
    Flagged = 1,   ///< a listener wants to look at it again
    Doubted = 2,   ///< a listener does not hear one of its labels
    Noted = 4,     ///< a listener has written something down
    Duplicate = 8, ///< sounds the same, sample for sample, as a clip before it in the split
};
using ClipMarks = std::uint8_t; ///< ClipMark bits
inline constexpr std::array AllClipMarks{ClipMark::Flagged, ClipMark::Doubted, ClipMark::Noted,
                                         ClipMark::Duplicate};

/// The word for it in queries, JSON and on the command line: "ready", "bad-media". Lower case, not
/// translated.
QLatin1StringView keyword(ClipState state);
QLatin1StringView keyword(FailureClass failure);
QLatin1StringView keyword(Verdict verdict);
QLatin1StringView keyword(ClipMark mark);
/// The state of this number; nothing when there is none (a damaged ledger, or one of a newer Earmark).
std::optional<ClipState> clipStateFromNumber(qint64 number);
std::optional<ClipState> clipStateFromKeyword(QStringView text);
std::optional<FailureClass> failureClassFromKeyword(QStringView text);
std::optional<Verdict> verdictFromKeyword(QStringView text);
ClipMarks clipMarkFromKeyword(QStringView text); ///< 0: there is none called so

/// A clip that can be heard and exported.
constexpr bool isPlayable(ClipState state)
{
    return state == ClipState::Ready || state == ClipState::Short;
}
/// A clip that was finished once and whose file can no longer be used; the record says why.
constexpr bool isLost(ClipState state)
{
    return state == ClipState::Missing || state == ClipState::Damaged;
}
/// A clip that a worker holds now.
constexpr bool isRunning(ClipState state)
{
    return state == ClipState::Fetching || state == ClipState::Formatting;
}

} // namespace earmark
