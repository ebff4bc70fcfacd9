#pragma once

#include "base/sha256.h"
#include "clips/clipstate.h"
#include "clips/judgement.h"
#include "clips/measures.h"
#include "clips/segmentkey.h"

#include <QByteArray>
#include <QString>

#include <limits>

// A field of a clip is declared here, once. Text is QString in a Clip, a view in what is read from the ledger
// and a number in ClipStore, which all carry the same groups.

namespace earmark {

/// How far a clip has come. clips/lifecycle alone changes it, but for changedAt, which Workspace sets.
struct ClipStatus
{
    qint64 changedAt = 0; ///< milliseconds since 1970, UTC
    qint64 retryAt = 0;   ///< when it is retried automatically (Later), as changedAt; 0: it is not
    ClipState state = ClipState::Absent;
    /// Of a failed clip why, of one that is queued again why the last time; else None.
    FailureClass failure = FailureClass::None;
    std::uint16_t attempts = 0; ///< downloads that ended since it was last queued by the user

    bool operator==(const ClipStatus &) const = default;
};

/// Its status, and what there is to say of it.
template <class Text>
struct BasicProgress : ClipStatus
{
    /// Why it failed, what is wrong with its file, or what proves that it is short: a sentence for the user.
    Text reason{};

    bool operator==(const BasicProgress &) const = default;
};

/// The WAV. It stays known when the clip is missing or damaged, and while it is then made again: by this the
/// file is recognized when it comes back.
struct ClipAudio
{
    qint64 samples = 0;     ///< frames; 0 while there is none
    int sampleRate = 0;     ///< Hz; 0 while there is none
    Measures measures = {}; ///< not known while there is none, or nobody has measured it yet
    Sha256 sha256 = {};     ///< of the file; none while there is no file, or nobody has read it yet

    double seconds() const { return sampleRate > 0 ? static_cast<double>(samples) / sampleRate : 0.0; }
    bool operator==(const ClipAudio &) const = default;
};

/// Where it comes from.
template <class Text>
struct BasicOrigin
{
    std::uint32_t position = 0; ///< place in the split, as in WantedClip
    Text formatId{};            ///< yt-dlp's name of the format that was downloaded
    Text toolVersion{};         ///< yt-dlp's version

    bool operator==(const BasicOrigin &) const = default;
};

/// What machines know of a clip.
template <class Text>
struct BasicClip
{
    BasicProgress<Text> progress;
    ClipAudio audio;
    BasicOrigin<Text> origin;

    bool operator==(const BasicClip &) const = default;
};

/// The same with other texts: `convert` makes one of each.
template <class To, class From, class Convert>
BasicClip<To> withTexts(const BasicClip<From> &from, Convert convert)
{
    return {{from.progress, convert(from.progress.reason)},
            from.audio,
            {from.origin.position, convert(from.origin.formatId), convert(from.origin.toolVersion)}};
}

/// A clip of which there is something to say: why it failed, or what is wrong with its file.
constexpr bool hasWhy(ClipState state)
{
    return state == ClipState::Failed || isLost(state);
}
/// What `reason:` looks for in such a clip: "permanent: This video is private.", "The file is missing.";
/// empty for all others.
inline QString why(const ClipStatus &status, const QString &reason)
{
    if (status.state == ClipState::Failed)
        return keyword(status.failure) + QStringLiteral(": ") + reason;
    return isLost(status.state) ? reason : QString();
}

/// All that the ledger knows of a clip.
struct Clip : BasicClip<QString>
{
    /// What a listener has said of it. Workspace::judge() alone changes it.
    Judgement judgement;

    QString why() const { return earmark::why(progress, progress.reason); }
    bool operator==(const Clip &) const = default;
};

/// The place of a clip that came back from its file alone: nobody knows its split or its labels yet.
inline constexpr std::uint32_t NoPlace = std::numeric_limits<std::uint32_t>::max();

/// A segment that is wanted: its place in the split (the order of the manifest) and its labels.
struct WantedClip
{
    SegmentKey key;
    std::uint32_t position = 0; ///< the row in the split it came from
    QByteArray labels;          ///< as SegmentTable::midList() has them: mids joined by ','
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
