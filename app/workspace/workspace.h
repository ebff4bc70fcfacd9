#pragma once

#include "base/result.h"
#include "clips/clip.h"
#include "clips/clipcounts.h"
#include "clips/clipqueue.h"
#include "clips/clipstore.h"
#include "workspace/layout.h"
#include "workspace/ledgerbackup.h"
#include "workspace/ledgersettings.h"
#include "workspace/lock.h"
#include "workspace/salvage.h"
#include "workspace/sql/journaltable.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace earmark::workspace {

class Ledger;

/// A workspace folder in the hands of this program: locked, its ledger loaded. The only way to change what is
/// known of a clip; every change goes to the ledger's writer thread and is announced.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    /// Opens the folder, making it if need be: takes the lock, opens or migrates the ledger, sweeps temporary
    /// files and half-written clips, and puts clips that were in a worker's hands back into the queue. A
    /// ledger that is damaged or gone is put aside and made anew from its backup: see isMadeAnew(). Blocks on
    /// the disk: call it off the window's thread, then moveToThread(). Errors: Locked (the text names the
    /// holder), Unwritable, DiskFull, TooOld (a ledger from a newer Earmark), Unreadable (a ledger that is
    /// another program's database, a link, or not to be trusted; it stays untouched).
    static Result<std::unique_ptr<Workspace>> open(const QString &folder);
    ~Workspace() override;

    /// The ledger could not be used when the workspace was opened: clips that were finished after its last
    /// backup are to be found by their files alone.
    bool isMadeAnew() const { return m_salvage.has_value(); }
    /// What the user should know about how the workspace was opened: a ledger made anew, damaged rows, a
    /// backup that holds more, a lock taken over. Empty when all was as it was left.
    QString notice() const;

    const Layout &layout() const { return m_layout; }
    const ClipFormat &format() const { return m_format; }
    /// Finished clips are queued again, to be cut anew from what is already downloaded; their files stay
    /// until then.
    void setFormat(const ClipFormat &format);

    /// What is known of a clip; an absent record when nothing is.
    Clip record(const SegmentKey &key) const;
    /// A copy of it may be read in another thread.
    const ClipStore &clips() const { return m_clips; }
    const ClipCounts &counts() const { return m_counts; }
    /// The queued clip that comes first in the split, but for those that are held back; nothing when there is
    /// none.
    std::optional<SegmentKey> nextQueued(const std::function<bool(const SegmentKey &)> &isHeld = {}) const;

    /// When a download was last begun here, milliseconds since 1970, UTC; 0: never. Kept over restarts.
    qint64 lastStart() const { return m_lastStart; }
    void setLastStart(qint64 moment);
    /// Since when the site has said of every video that it is unavailable, so that a block is suspected; as
    /// lastStart(), 0: it has not.
    qint64 unavailableSince() const { return m_unavailableSince; }
    void setUnavailableSince(qint64 moment);

    /// For the card of an export: how segments were chosen that are queued, and the pace of downloads, begun
    /// in any hour (0: no limit). Nothing to say is not noted.
    void noteChoice(const QString &how);
    void setPace(int perHour);

    /// Queues segments that are neither queued, running nor playable: missing and damaged clips are made
    /// again, failed ones only when their class is one of `retry`. Returns how many.
    qsizetype enqueue(const std::vector<WantedClip> &wanted,
                      std::span<const FailureClass> retry = AllFailureClasses);
    /// Changes clips by functions of clips/lifecycle; those for which they return false stay as they are.
    /// Many are announced as one. Returns whether, or how many, changed.
    bool change(const SegmentKey &key, const std::function<bool(Clip &)> &change);
    qsizetype change(const std::vector<SegmentKey> &keys,
                     const std::function<bool(const SegmentKey &, Clip &)> &change);
    /// Replaces what is known of a clip that was enqueued once, but for its judgement, which stays.
    void update(const SegmentKey &key, Clip record);
    /// The same for many, announced as one.
    void update(const std::vector<std::pair<SegmentKey, Clip>> &changes);

    /// Finished clips whose files somebody has met: gone, or different from what the ledger knows. They
    /// become missing or damaged; what is known of their files and what listeners said stays. Clips that are
    /// not finished (any more) are left alone. Returns how many changed.
    qsizetype markLost(std::span<const LostClip> lost);
    /// Missing or damaged clips whose files are again what the ledger knows: they become ready or short, as
    /// they were. All others are left alone. Returns how many changed.
    qsizetype markFound(std::span<const SegmentKey> found);

    /// What listeners said, all of it, in order.
    const Journal &journal() const { return m_journal; }
    /// Puts down what a listener says of clips, as one step of the journal. Clips that are not known here and
    /// what changes nothing are left out. False when nothing is left.
    bool judge(const std::vector<std::pair<SegmentKey, Judgement>> &judgements);
    /// Takes the newest step of the journal back, or gives the last that was taken back again. The step;
    /// null when there is none.
    Journal::Step undoJudgement();
    Journal::Step redoJudgement();

    /// The clip that was listened to last, as a name (Layout::stem()); empty: none yet. Kept over restarts.
    QString lastHeard() const { return m_lastHeard; }
    void setLastHeard(const QString &name);

    /// Puts in clips that were found as files, known or not; of those that no split has queued here, place
    /// and labels come with the next enqueue().
    void adopt(const std::vector<std::pair<SegmentKey, Clip>> &found);

    /// Waits until everything said so far is on disk. Errors: the ledger cannot be written. May be called on
    /// any thread.
    Result<void> flush();

Q_SIGNALS:
    /// One clip's record was replaced.
    void clipChanged(const earmark::SegmentKey &key);
    /// Many were: look at everything again.
    void clipsReset();
    /// The ledger cannot be written, for example because the disk is full. It is tried again until it works;
    /// nothing is lost while the program runs.
    void ledgerFailed(const earmark::Error &error);
    void ledgerRecovered();

private:
    Workspace(Layout layout, Lock lock);
    Result<void> load();
    Result<void> readClips();
    /// Keeps m_counts and m_queue in step with m_clips.
    void remember(const SegmentKey &key, const Clip &record);
    void count(ClipStore::Index clip, int by);
    QString salvageNotice() const;
    /// Puts into effect what a step left behind, or what was before it.
    void apply(const Journal::Step &step, schema::JudgementWriter::Action action);

    Layout m_layout;
    Lock m_lock; ///< released after the ledger is closed
    std::unique_ptr<Ledger> m_ledger;
    ClipFormat m_format;
    qint64 m_lastStart = 0;
    qint64 m_unavailableSince = 0;
    ClipStore m_clips;
    ClipQueue m_queue;
    ClipCounts m_counts;
    Journal m_journal;
    QString m_lastHeard;
    QStringList m_choices;
    int m_perHour = 0;
    std::optional<Salvage> m_salvage;
    Tally m_held; ///< by the ledger when it was opened, damaged rows too
    std::optional<Tally> m_backupHasMore;
    qint64 m_skippedRows = 0;
    qint64 m_restored = 0; ///< clips that the backup knew
    qint64 m_adopted = 0;  ///< clips that were found by their files
};

} // namespace earmark::workspace
