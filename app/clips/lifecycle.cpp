#include "clips/lifecycle.h"

namespace earmark::lifecycle {

namespace {

constexpr bool isInQueue(ClipState state)
{
    return state == ClipState::Queued || isRunning(state);
}

} // namespace

bool queue(Clip &clip)
{
    auto &progress = clip.progress;
    if (isInQueue(progress.state))
        return false;
    if (progress.state != ClipState::Short)
        progress.reason.clear();
    progress.state = ClipState::Queued;
    progress.attempts = 0;
    progress.retryAt = 0;
    return true;
}

bool queueFromScratch(Clip &clip)
{
    if (!queue(clip))
        return false;
    clip.progress.reason.clear();
    clip.audio = {};
    return true;
}

bool startDownload(Clip &clip)
{
    const bool isAllowed = clip.progress.state == ClipState::Queued;
    if (isAllowed)
        clip.progress.state = ClipState::Fetching;
    return isAllowed;
}

bool countAttempt(Clip &clip)
{
    ++clip.progress.attempts;
    return true;
}

bool forgiveAttempt(Clip &clip)
{
    const bool isAllowed = clip.progress.state == ClipState::Queued && clip.progress.attempts > 0;
    if (isAllowed)
        --clip.progress.attempts;
    return isAllowed;
}

bool startConverting(Clip &clip)
{
    const bool isAllowed =
        clip.progress.state == ClipState::Queued || clip.progress.state == ClipState::Fetching;
    if (isAllowed)
        clip.progress.state = ClipState::Formatting;
    return isAllowed;
}

bool putBack(ClipStatus &status)
{
    return putBack(status, status.failure);
}

bool putBack(ClipStatus &status, FailureClass failure)
{
    const bool isAllowed = isRunning(status.state);
    if (isAllowed) {
        status.state = ClipState::Queued;
        status.failure = failure;
    }
    return isAllowed;
}

bool finish(Clip &clip, const ClipAudio &audio, const std::optional<QString> &shortProof)
{
    auto &progress = clip.progress;
    if (isPlayable(progress.state))
        return false;
    progress.state = shortProof ? ClipState::Short : ClipState::Ready;
    progress.failure = FailureClass::None;
    progress.reason = shortProof.value_or(QString());
    clip.audio = audio;
    return true;
}

bool fail(Clip &clip, FailureClass failure, const QString &reason, qint64 retryAt)
{
    auto &progress = clip.progress;
    if (!isRunning(progress.state))
        return false;
    progress.state = ClipState::Failed;
    progress.failure = failure;
    progress.reason = reason;
    progress.retryAt = retryAt;
    return true;
}

bool cancel(Clip &clip)
{
    const bool isAllowed = isInQueue(clip.progress.state);
    if (isAllowed)
        clip.progress.state = ClipState::Absent;
    return isAllowed;
}

bool lose(Clip &clip, ClipState state, const QString &reason)
{
    auto &progress = clip.progress;
    const bool isNews = isPlayable(progress.state) ||
                        (isLost(progress.state) && (progress.state != state || progress.reason != reason));
    if (!isNews || !isLost(state))
        return false;
    progress.state = state;
    progress.reason = reason;
    return true;
}

bool recover(Clip &clip, qint64 wholeSamples)
{
    auto &progress = clip.progress;
    if (!isLost(progress.state))
        return false;
    progress.state = clip.audio.samples == wholeSamples ? ClipState::Ready : ClipState::Short;
    progress.reason.clear();
    return true;
}

} // namespace earmark::lifecycle
