#include "download/finish.h"

#include "audio/pcm.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace earmark::download {

namespace {

std::optional<audio::FormattedClip> wholeClip(const QString &path, const workspace::ClipFormat &format,
                                              const SegmentKey &key)
{
    const auto info = audio::readWavInfo(path);
    if (!info || info->sampleRate != format.sampleRate || info->channels != format.channels)
        return std::nullopt;
    const qint64 wanted = key.samples(format.sampleRate);
    if (info->frames <= 0 || info->frames > wanted)
        return std::nullopt;
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return std::nullopt;
    return audio::FormattedClip{info->frames, info->sampleRate, info->frames < wanted, hash.result()};
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
    if (auto clip = wholeClip(layout.clip(key), format, key))
        return clip;
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

void refuseRawClip(const workspace::Layout &layout, const SegmentKey &key)
{
    QFile::remove(layout.refusedClip(key));
    QFile::rename(layout.rawClip(key), layout.refusedClip(key));
}

} // namespace earmark::download
