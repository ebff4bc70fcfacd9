#include "download/finish.h"

#include "audio/measure.h"
#include "audio/wavfile.h"
#include "verify/adopt.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace earmark::download {

namespace {

/// The WAV that lies there, if it will do; what it has too much at its end is cut off.
Result<std::optional<audio::FormattedClip>>
wholeClip(const QString &path, const workspace::ClipFormat &format, const SegmentKey &key)
{
    using Worth = verify::Appraisal::Worth;
    const auto appraisal = verify::appraise(path, format, key);
    if (appraisal.worth == Worth::Useless)
        return std::nullopt;
    audio::FormattedClip clip{key.samples(format.sampleRate), format.sampleRate, false, {}, {}};
    auto pcm = audio::readWav(path);
    if (!pcm || pcm->frames() < clip.samples)
        return std::nullopt;
    if (appraisal.worth == Worth::TooLong) {
        pcm->samples.resize(static_cast<std::size_t>(clip.samples * format.channels));
        auto written = audio::writeWav(path, *pcm);
        if (!written)
            return tl::unexpected(written.error());
        clip.sha256 = *written;
    } else {
        QFile file(path);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            return std::nullopt;
        clip.sha256 = hash.result();
    }
    clip.measures = audio::measure(*pcm);
    return clip;
}

} // namespace

bool hasFiles(const workspace::Layout &layout, const SegmentKey &key)
{
    return QFileInfo::exists(layout.clip(key)) || QFileInfo::exists(layout.rawClip(key));
}

Result<std::optional<audio::FormattedClip>> finishClip(const workspace::Layout &layout,
                                                       const workspace::ClipFormat &format,
                                                       const SegmentKey &key, std::stop_token stop)
{
    if (auto taken = wholeClip(layout.clip(key), format, key); !taken || *taken)
        return taken;
    if (!QFileInfo::exists(layout.rawClip(key)))
        return std::nullopt;
    audio::FormatRequest request;
    request.source = layout.rawClip(key);
    request.target = layout.clip(key);
    request.startMs = key.startMs;
    request.endMs = key.endMs;
    request.sampleRate = format.sampleRate;
    request.channels = format.channels;
    auto clip = audio::formatClip(request, std::move(stop));
    if (!clip && clip.error().code == ErrorCode::BadMedia)
        refuseRawClip(layout, key);
    if (!clip)
        return tl::unexpected(clip.error());
    return *clip;
}

void refuse(const QString &path)
{
    const QString aside = workspace::Layout::refused(path);
    QFile::remove(aside);
    QFile::rename(path, aside);
}

void refuseRawClip(const workspace::Layout &layout, const SegmentKey &key)
{
    refuse(layout.rawClip(key));
}

} // namespace earmark::download
