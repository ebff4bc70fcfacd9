#include "verify/difference.h"

#include "base/format.h"
#include "base/ownfiles.h"

namespace earmark::verify {

using namespace Qt::StringLiterals;

namespace {

Difference damaged(const QString &what)
{
    return {ClipState::Damaged, what};
}

Difference differs(const QString &what, qint64 found, qint64 known)
{
    return damaged(u"has %1 %2; the ledger says %3"_s.arg(countText(found), what, countText(known)));
}

/// Errors of files are sentences that begin with their path, which the reader knows already.
Difference unreadable(const QString &path, const Error &error)
{
    if (error.code == ErrorCode::NotFound)
        return {ClipState::Missing, u"is missing"_s};
    const QString begin = path + u' ';
    if (!error.text.startsWith(begin))
        return damaged(u"cannot be read"_s);
    const QString what = error.text.sliced(begin.size());
    return damaged(what.endsWith(u'.') ? what.chopped(1) : what);
}

} // namespace

LostClip Difference::of(const SegmentKey &key) const
{
    return {key, state, u"The file %1."_s.arg(what)};
}

std::optional<Difference> headerDifference(const FinishedClip &clip, const workspace::ClipFormat &format,
                                           const QString &path, const Result<audio::WavInfo> &found)
{
    if (!found)
        return unreadable(path, found.error());
    if (found->missing > 0)
        return damaged(u"is cut off: %1 missing at its end"_s.arg(bytesText(found->missing)));
    // Clips that are lost keep the format of their time; the workspace may have another by now.
    if (isLost(clip.state) && clip.audio.sampleRate != format.sampleRate)
        return differs(u"Hz"_s, found->sampleRate, format.sampleRate);
    if (found->sampleRate != clip.audio.sampleRate)
        return differs(u"Hz"_s, found->sampleRate, clip.audio.sampleRate);
    if (found->channels != format.channels)
        return differs(u"channels"_s, found->channels, format.channels);
    if (found->frames != clip.audio.samples)
        return differs(u"samples"_s, found->frames, clip.audio.samples);
    // A ready clip is whole, a short one shorter, and a lost one was either.
    const qint64 whole = clip.key.samples(clip.audio.sampleRate);
    const bool isPossible = clip.state == ClipState::Ready   ? clip.audio.samples == whole
                            : clip.state == ClipState::Short ? clip.audio.samples < whole
                                                             : clip.audio.samples <= whole;
    if (!isPossible)
        return damaged(u"has %1 samples, which no %2 clip of this segment has"_s.arg(
            countText(clip.audio.samples), keyword(clip.state)));
    return std::nullopt;
}

std::optional<Difference> contentDifference(const FinishedClip &clip, const QString &path,
                                            const std::stop_token &stop)
{
    if (!clip.audio.sha256.isEmpty()) {
        const auto sum = sha256Of(path, stop);
        if (!sum)
            return sum.error().code == ErrorCode::Cancelled ? std::nullopt
                                                            : std::optional(unreadable(path, sum.error()));
        if (*sum != clip.audio.sha256)
            return damaged(u"differs from what was written: its SHA-256 changed"_s);
        return std::nullopt;
    }
    // Adopted by its header when a ledger was made anew: there is nothing to compare with.
    const auto pcm = audio::readWav(path);
    if (!pcm)
        return unreadable(path, pcm.error());
    if (pcm->frames() != clip.audio.samples)
        return damaged(u"can be read for %1 of its %2 samples only"_s.arg(countText(pcm->frames()),
                                                                          countText(clip.audio.samples)));
    return std::nullopt;
}

} // namespace earmark::verify
