#pragma once

#include "clips/clipstate.h"
#include "clips/journal.h"
#include "clips/measures.h"
#include "clips/segmentkey.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <array>
#include <cstring>
#include <limits>

namespace earmark {

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

/// A clip of which there is something to say: why it failed, or what is wrong with its file.
constexpr bool hasWhy(ClipState state)
{
    return state == ClipState::Failed || isLost(state);
}
/// What `reason:` looks for in such a clip: "permanent: This video is private.", "The file is missing.";
/// empty for all others.
inline QString why(ClipState state, FailureClass failure, const QString &reason)
{
    if (state == ClipState::Failed)
        return word(failure) + QStringLiteral(": ") + reason;
    return isLost(state) ? reason : QString();
}

/// What the ledger knows of a clip.
struct Clip
{
    ClipState state = ClipState::Absent;
    /// Of a failed clip why, of one that is queued again why the last time; else None.
    FailureClass failure = FailureClass::None;
    std::uint32_t position = 0; ///< place in the split, as in WantedClip
    std::uint16_t attempts = 0; ///< downloads that ended since it was last queued by the user
    /// Of the WAV, Hz; 0 while there is none. This, `samples`, `sha256` and `measures` stay when the clip is
    /// missing or damaged, and while it is then made again: by them the file is known when it comes back.
    int sampleRate = 0;
    qint64 samples = 0; ///< frames in the WAV; 0 while there is none
    /// Why it failed, what is wrong with its file, or what proves that it is short: a sentence for the user.
    QString reason;
    QString formatId;     ///< yt-dlp's name of the format that was fetched
    QString toolVersion;  ///< yt-dlp's version
    QByteArray sha256;    ///< of the WAV, 32 bytes; empty while there is none, or nobody has read it yet
    qint64 changedAt = 0; ///< milliseconds since 1970, UTC
    qint64 retryAt = 0;   ///< when it is tried again by itself (Later), as changedAt; 0: it is not
    Measures measures;    ///< of the WAV; not known while there is none, or nobody has measured it yet
    /// What a listener has said of it. Workspace::judge() alone changes it.
    Judgement judgement;

    /// Length of the WAV in seconds.
    double duration() const { return sampleRate > 0 ? static_cast<double>(samples) / sampleRate : 0.0; }
    QString why() const { return earmark::why(state, failure, reason); }
    bool operator==(const Clip &) const = default;
};

/// A finished clip whose file was found to be gone, or to differ from what the ledger knows.
struct LostClip
{
    SegmentKey key;
    ClipState state = ClipState::Missing; ///< Missing or Damaged
    QString reason;                       ///< what is wrong with the file, a sentence without its name
    bool operator==(const LostClip &) const = default;
};

} // namespace earmark
