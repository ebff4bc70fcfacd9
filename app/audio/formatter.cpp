#include "audio/formatter.h"

#include "audio/converter.h"
#include "audio/measure.h"
#include "audio/wavfile.h"
#include "base/format.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace earmark::audio {

namespace {

// The clock is known to a millisecond: a source that ends within one of the clip's end holds all of it. What
// is missing of that is made up with silence, so that the length is exact.
constexpr double LongestMadeUp = 0.001;

} // namespace

Result<FormattedClip> formatClip(const FormatRequest &request, std::stop_token stop)
{
    if (request.endMs <= request.startMs || request.sampleRate <= 0 || request.channels < 1 ||
        request.channels > 2) {
        return failure(ErrorCode::Internal,
                       u"A clip from %1 to %2 at %3 Hz with %4 channels cannot be made."_s
                           .arg(clockText(request.startMs), clockText(request.endMs))
                           .arg(request.sampleRate)
                           .arg(request.channels));
    }
    const Span span{static_cast<double>(request.startMs) / 1000, static_cast<double>(request.endMs) / 1000};
    const OutputFormat format{request.sampleRate, request.channels};

    auto decoded = decodeSpan(request.source, span, stop);
    if (!decoded)
        return tl::unexpected(decoded.error());
    decoded->facts.isFromBeginning = request.isFromBeginning;
    const auto run = findRun(decoded->blocks, decoded->sampleRate, decoded->facts, span,
                             QFileInfo(request.source).fileName());
    if (!run)
        return tl::unexpected(run.error());

    // On the output's own grid, which begins with the run.
    const qint64 offset = std::llround((span.start - run->start) * format.sampleRate);
    const qint64 wanted = std::llround((span.end - span.start) * format.sampleRate);
    // Silence stands for what a source lacks that begins late.
    const qint64 silence = std::clamp<qint64>(-offset, 0, wanted);
    auto samples = convert(*decoded, *run, format, std::max<qint64>(offset, 0), wanted - silence, stop);
    if (!samples)
        return tl::unexpected(samples.error());
    samples->insert(samples->begin(), static_cast<std::size_t>(silence * format.channels), 0);

    FormattedClip clip;
    clip.audio.samples = static_cast<qint64>(samples->size()) / format.channels;
    clip.audio.sampleRate = format.sampleRate;
    clip.isShort = static_cast<double>(wanted - clip.audio.samples) / format.sampleRate > LongestMadeUp;
    if (!clip.isShort) {
        clip.audio.samples = wanted;
        samples->resize(static_cast<std::size_t>(wanted * format.channels), 0);
    }
    if (clip.audio.samples == silence) {
        return failure(
            ErrorCode::BadMedia,
            u"%1 holds no sound between %2 and %3; the video may be shorter."_s.arg(
                QFileInfo(request.source).fileName(), clockText(request.startMs), clockText(request.endMs)));
    }
    if (stop.stop_requested())
        return cancelled();
    const Pcm pcm{std::move(*samples), format.sampleRate, format.channels};
    clip.audio.measures = measure(pcm);
    const auto written = writeWav(request.target, pcm);
    if (!written)
        return tl::unexpected(written.error());
    clip.audio.sha256 = *written;
    return clip;
}

} // namespace earmark::audio
