#pragma once

#include "base/clipstate.h"
#include "base/measures.h"
#include "base/segmentkey.h"
#include "workspace/judgement.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <array>
#include <cstring>
#include <limits>

namespace earmark::workspace {

/// The place of a clip that came back from its file alone: nobody knows its split or its labels yet.
inline constexpr std::uint32_t NoPlace = std::numeric_limits<std::uint32_t>::max();

/// A segment that is wanted: its place in the split (the order of the manifest) and its labels.
struct WantedClip
{
    SegmentKey key;
    std::uint32_t position = 0; ///< the row in the split it came from
    QByteArray labels;          ///< as SegmentTable::midList() has them: mids joined by ','
};

/// The beginning of a WAV's SHA-256, as good as all of it to tell sounds apart; 0 when there is none.
inline std::uint64_t soundOf(QByteArrayView sha256)
{
    std::uint64_t sound = 0;
    if (sha256.size() >= qsizetype{sizeof sound})
        std::memcpy(&sound, sha256.data(), sizeof sound);
    return sound;
}

/// What queries look for in a failed clip: "permanent: This video is private."
inline QString whyFailed(FailureClass failure, const QString &reason)
{
    return word(failure) + QStringLiteral(": ") + reason;
}

/// What the ledger knows of a clip.
struct ClipRecord
{
    ClipState state = ClipState::Absent;
    /// Of a failed clip why, of one that is queued again why the last time; else None.
    FailureClass failure = FailureClass::None;
    std::uint32_t position = 0; ///< place in the split, as in WantedClip
    std::uint16_t attempts = 0; ///< downloads begun since it was last queued by the person
    int sampleRate = 0;         ///< of the WAV, Hz; 0 while there is none
    qint64 samples = 0;         ///< frames in the WAV; 0 while there is none
    QString reason;             ///< why it failed, a sentence for the person
    QString formatId;           ///< yt-dlp's name of the format that was fetched
    QString toolVersion;        ///< yt-dlp's version
    QByteArray sha256;    ///< of the WAV, 32 bytes; empty while there is none, or nobody has read it yet
    qint64 changedAt = 0; ///< milliseconds since 1970, UTC
    qint64 retryAt = 0;   ///< when it is tried again by itself (Later), as changedAt; 0: it is not
    Measures measures;    ///< of the WAV; not known while there is none, or nobody has measured it yet
    /// What a listener has said of it. Workspace::judge() alone changes it.
    Judgement judgement;

    /// Length of the WAV in seconds.
    double duration() const { return sampleRate > 0 ? static_cast<double>(samples) / sampleRate : 0.0; }
    /// As above; empty unless it failed.
    QString whyFailed() const
    {
        return state == ClipState::Failed ? workspace::whyFailed(failure, reason) : QString();
    }
    bool operator==(const ClipRecord &) const = default;
};

/// How clips are written in a workspace: one for the whole of it, kept in the ledger.
struct ClipFormat
{
    int sampleRate = 44100; ///< Hz, 8000 to 192000
    int channels = 1;       ///< 1 or 2
    bool operator==(const ClipFormat &) const = default;
};

/// What the ledger holds besides clips.
struct LedgerSettings
{
    ClipFormat format;
    qint64 lastStart = 0; ///< when a download was last begun, milliseconds since 1970, UTC; 0: never
    QString lastHeard;    ///< the clip that was listened to last, as a name; empty: none
    QStringList choices;  ///< how segments were chosen that were queued, each once, the first one first
    int perHour = 0;      ///< pace, downloads begun in any hour, of the last run; 0: no limit, or not known
};

/// How many clips stand where.
struct ClipCounts
{
    std::array<qint64, AllClipStates.size()> byState{};           ///< by ClipState
    std::array<qint64, AllFailureClasses.size() + 1> byFailure{}; ///< by FailureClass, of the failed

    qint64 &operator[](ClipState state) { return byState[static_cast<std::size_t>(state)]; }
    qint64 operator[](ClipState state) const { return byState[static_cast<std::size_t>(state)]; }
    qint64 &operator[](FailureClass failure) { return byFailure[static_cast<std::size_t>(failure)]; }
    qint64 operator[](FailureClass failure) const { return byFailure[static_cast<std::size_t>(failure)]; }

    qint64 playable() const { return (*this)[ClipState::Ready] + (*this)[ClipState::Short]; }
    /// Queued or in a worker's hands.
    qint64 unfinished() const
    {
        return (*this)[ClipState::Queued] + (*this)[ClipState::Fetching] + (*this)[ClipState::Formatting];
    }
    qint64 total() const { return playable() + unfinished() + (*this)[ClipState::Failed]; }
};

} // namespace earmark::workspace
