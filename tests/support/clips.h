#pragma once

#include "clips/clip.h"

#include <vector>

namespace earmark::test {

// Clips of tests: the one place that fills in what a test of something else does not care for.

/// The key of a clip by number, 0 to 999,999,999: "id000000007", 1.5 to 2.5 s.
inline SegmentKey keyOf(int number)
{
    const QString id = QStringLiteral("id%1").arg(number, 9, 10, QChar(u'0'));
    return {*YtId::parse(id.toStdString()), 1'500, 2'500};
}

// Clips that the server of a test has, by number: "-clip00007_", 2 to 5 s.

inline QString servedId(int number)
{
    return QStringLiteral("-clip%1_").arg(number, 5, 10, QChar(u'0'));
}
inline SegmentKey servedKey(int number)
{
    return {*YtId::parse(servedId(number).toStdString()), 2'000, 5'000};
}
/// On the server, of the source "http://…/{ytid}.m4a".
inline QString servedPath(int number)
{
    return QStringLiteral("/%1.m4a").arg(servedId(number));
}

/// The clips from 0 to `count` - 1, in the order of their split.
inline std::vector<WantedClip> wanted(int count, const QByteArray &labels = "/m/09x0r,/m/0bt9lr")
{
    std::vector<WantedClip> clips;
    for (int number = 0; number < count; ++number)
        clips.push_back({keyOf(number), static_cast<std::uint32_t>(number), labels});
    return clips;
}

/// The same clip with a WAV, mono: ready or, when `state` says so, short, missing or another.
inline Clip withWav(Clip clip, int sampleRate, qint64 frames, const QByteArray &sha256 = QByteArray(32, 'x'),
                    ClipState state = ClipState::Ready)
{
    clip.progress.state = state;
    clip.audio.sampleRate = sampleRate;
    clip.audio.samples = frames;
    clip.audio.sha256 = sha256;
    return clip;
}

/// Ready, with a second of sound that was measured.
inline Clip ready(Clip clip)
{
    clip = withWav(std::move(clip), 44'100, 44'100);
    clip.audio.measures.peak = -600;
    clip.origin.formatId = QStringLiteral("m4a");
    clip.origin.toolVersion = QStringLiteral("2025.04.30");
    return clip;
}

/// Failed; `retryAt`: when it is tried again, milliseconds since 1970, 0: it is not.
inline Clip failed(Clip clip, FailureClass failure, const QString &reason, qint64 retryAt = 0)
{
    clip.progress.state = ClipState::Failed;
    clip.progress.failure = failure;
    clip.progress.reason = reason;
    clip.progress.retryAt = retryAt;
    return clip;
}

} // namespace earmark::test
