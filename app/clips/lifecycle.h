#pragma once

#include "clips/clip.h"

#include <optional>

/// The only functions that change a clip's progress: state, failure, attempts, reason and time to retry. They
/// are pure. False: the clip's state does not allow the change, and nothing is changed.
namespace earmark::lifecycle {

/// Wanted, for the first time or again: Queued, without attempts. What failed the last time stays known, and
/// so does the audio, and the proof that it is short. Not while it is queued or running.
bool queue(Clip &clip);
/// As queue(), but nothing of the audio is believed any more.
bool queueFromScratch(Clip &clip);
/// A worker downloads it: Fetching. Only when it is queued.
bool startDownload(Clip &clip);
/// A download ended that counts: one more attempt.
bool countAttempt(Clip &clip);
/// The last attempt of a queued clip does not count after all: the site was at fault.
bool forgiveAttempt(Clip &clip);
/// Its raw section becomes a WAV: Formatting. Only when it is queued or Fetching.
bool startConverting(Clip &clip);
/// Out of a worker's hands, back to the queue: its attempts stay.
bool putBack(ClipStatus &status);
/// The same, to be retried after a failure of this class.
bool putBack(ClipStatus &status, FailureClass failure);
/// The WAV is whole: Ready, or Short with a proof, a sentence for the user (empty: nobody kept it).
bool finish(Clip &clip, const ClipAudio &audio, const std::optional<QString> &shortProof = {});
/// Failed while it was running. `retryAt`: see ClipStatus.
bool fail(Clip &clip, FailureClass failure, const QString &reason, qint64 retryAt = 0);
/// Absent: nobody waits for it any more. Only when it is queued or running.
bool cancel(Clip &clip);
/// A finished clip's file is Missing or Damaged, which is news.
bool lose(Clip &clip, ClipState state, const QString &reason);
/// A lost clip's file is again what the ledger knows: Ready, or Short when the whole segment has more
/// samples.
bool recover(Clip &clip, qint64 wholeSamples);

} // namespace earmark::lifecycle
