#include "download/clipfinisher.h"

#include "audio/measure.h"
#include "audio/wavfile.h"
#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "verify/adopt.h"
#include "verify/difference.h"
#include "ytdlp/commandline.h"

#include <QFile>

#include <cerrno>
#include <cstdio>

namespace earmark::download {

using namespace Qt::StringLiterals;

namespace {

/// The WAV of a clip that was finished once, if it still is that very file.
std::optional<audio::FormattedClip> sameClip(const QString &path, const workspace::ClipFormat &format,
                                             const SegmentKey &key, const ClipAudio &known,
                                             const std::stop_token &stop)
{
    const verify::FinishedClip finished{key, ClipState::Missing, known};
    if (verify::headerDifference(finished, format, path, audio::readWavInfo(path)) ||
        verify::contentDifference(finished, path, stop))
        return std::nullopt;
    ClipAudio same = known;
    if (same.sha256.isEmpty()) {
        const auto sum = sha256Of(path, stop);
        if (!sum)
            return std::nullopt;
        same.sha256 = *sum;
    }
    if (!same.measures.areKnown()) {
        const auto pcm = audio::readWav(path);
        if (!pcm)
            return std::nullopt;
        same.measures = audio::measure(*pcm, stop);
    }
    return audio::FormattedClip{same, same.samples < key.samples(same.sampleRate)};
}

/// The WAV that lies there, if it will do; what it has too much at its end is cut off.
Result<std::optional<audio::FormattedClip>>
wholeClip(const QString &path, const workspace::ClipFormat &format, const SegmentKey &key)
{
    using Worth = verify::WavInspection::Worth;
    const auto appraisal = verify::appraise(path, format, key);
    if (appraisal.worth == Worth::Useless)
        return std::nullopt;
    audio::FormattedClip clip{{.samples = key.samples(format.sampleRate), .sampleRate = format.sampleRate}};
    auto pcm = audio::readWav(path);
    if (!pcm || pcm->frames() < clip.audio.samples)
        return std::nullopt;
    if (appraisal.worth == Worth::TooLong) {
        pcm->samples.resize(static_cast<std::size_t>(clip.audio.samples * format.channels));
        auto written = audio::writeWav(path, *pcm);
        if (!written)
            return tl::unexpected(written.error());
        clip.audio.sha256 = *written;
    } else {
        const auto sum = sha256Of(path);
        if (!sum)
            return std::nullopt;
        clip.audio.sha256 = *sum;
    }
    clip.audio.measures = audio::measure(*pcm);
    return clip;
}

} // namespace

bool hasFiles(const workspace::Layout &layout, const SegmentKey &key)
{
    return isRegularFile(layout.clip(key)) || isRegularFile(layout.rawClip(key));
}

Result<std::optional<audio::FormattedClip>> finishClip(const workspace::Layout &layout,
                                                       const workspace::ClipFormat &format,
                                                       const SegmentKey &key, const ClipAudio &known,
                                                       std::stop_token stop)
{
    const QString path = layout.clip(key);
    const bool wasFinished = known.samples > 0;
    if (wasFinished) {
        if (auto same = sameClip(path, format, key, known, stop))
            return same;
    } else if (auto taken = wholeClip(path, format, key); !taken || *taken) {
        return taken;
    }
    if (stop.stop_requested())
        return cancelled();
    if (!isRegularFile(layout.rawClip(key)))
        return std::nullopt;
    if (wasFinished && isRegularFile(path))
        refuse(path);
    audio::FormatRequest request;
    request.source = layout.rawClip(key);
    request.target = path;
    request.startMs = key.startMs;
    request.endMs = key.endMs;
    request.sampleRate = format.sampleRate;
    request.channels = format.channels;
    request.isFromBeginning = key.startMs <= ytdlp::RoomMs;
    auto clip = audio::formatClip(request, std::move(stop));
    if (!clip && clip.error().code == ErrorCode::BadMedia)
        refuseRawClip(layout, key);
    if (!clip)
        return tl::unexpected(clip.error());
    return *clip;
}

Result<QString> takeRawClip(const workspace::Layout &layout, const SegmentKey &key, const QString &file)
{
    if (!isRegularFile(file))
        return failure(ErrorCode::BadMedia, u"The download is not a regular file."_s);
    const auto moveTo = [from = QFile::encodeName(file)](const QString &path) {
        // Not QFile::rename(): that one does not replace, and copies where it cannot rename.
        return std::rename(from.constData(), QFile::encodeName(path).constData()) == 0 ? 0 : errno;
    };
    const QString raw = layout.rawClip(key);
    int problem = moveTo(raw);
    if (problem == 0)
        return QString();
    if (problem != EXDEV)
        return tl::unexpected(writeError(raw, problem));
    const QString waiting = layout.temporary() + u'/' + key.stem() + u".mka"_s;
    problem = moveTo(waiting);
    return problem == 0 ? Result<QString>(waiting) : tl::unexpected(writeError(waiting, problem));
}

Result<void> moveRawClip(const workspace::Layout &layout, const SegmentKey &key, const QString &file)
{
    constexpr qint64 Piece = 1 << 20;
    QFile source(file);
    if (auto opened = openRegularFile(source); !opened)
        return opened;
    AtomicFile target(layout.rawClip(key));
    auto copied = target.open();
    while (copied && !source.atEnd())
        copied = target.write(source.read(Piece));
    if (copied)
        copied = target.commit();
    if (copied)
        copied = removeFile(file);
    return copied;
}

void refuse(const QString &path)
{
    // What cannot be put aside is written over.
    (void)putAside(path, workspace::Layout::refused(path));
}

void refuseRawClip(const workspace::Layout &layout, const SegmentKey &key)
{
    refuse(layout.rawClip(key));
}

} // namespace earmark::download
