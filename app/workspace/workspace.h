#pragma once

#include "base/result.h"
#include "workspace/cliprecord.h"
#include "workspace/layout.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

class QLockFile;

namespace earmark::workspace {

class Ledger;

/// How clips are written here: fixed per workspace, kept in the ledger.
struct ClipFormat
{
    int sampleRate = 44100; ///< Hz, 8000 to 192000
    int channels = 1;       ///< 1 or 2
    bool operator==(const ClipFormat &) const = default;
};

/// A workspace folder in the hands of this program: locked, its ledger loaded. The only way to change what is
/// known of a clip; every change goes to the ledger's writer thread and is announced.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    /// Opens the folder, making it if need be: takes the lock, opens or migrates the ledger, sweeps temporary
    /// files, puts clips that were in a worker's hands back into the queue, and adopts clips that were finished
    /// but not yet written down. Blocks on the disk: call it off the window's thread, then moveToThread().
    /// Errors: Locked (the text names the holder), Unwritable, DiskFull, TooOld (a ledger from a newer Earmark),
    /// BadInput (the ledger is damaged).
    static Result<std::unique_ptr<Workspace>> open(const QString &folder);
    ~Workspace() override;

    const Layout &layout() const { return m_layout; }
    const ClipFormat &format() const { return m_format; }
    /// Clips of another format are queued again, to be cut anew from what is already downloaded.
    void setFormat(const ClipFormat &format);

    /// What is known of a clip; an absent record when nothing is.
    ClipRecord record(const SegmentKey &key) const { return m_clips.value(key); }
    const QHash<SegmentKey, ClipRecord> &clips() const { return m_clips; }
    const ClipCounts &counts() const { return m_counts; }

    /// Puts segments into the queue that are neither in it nor playable already. Returns how many were added.
    qsizetype enqueue(const std::vector<WantedClip> &wanted);
    /// Replaces what is known of a clip that was enqueued before.
    void update(const SegmentKey &key, const ClipRecord &record);
    /// The queued clips, in the order of their split. Reads the ledger: blocks for some milliseconds per 10,000.
    Result<std::vector<SegmentKey>> queued();

    /// Waits until everything said so far is on disk. Errors: the ledger cannot be written.
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
    Workspace(Layout layout, std::unique_ptr<QLockFile> lock, std::unique_ptr<Ledger> ledger);
    void set(const SegmentKey &key, const ClipRecord &record);

    Layout m_layout;
    std::unique_ptr<QLockFile> m_lock; ///< released after the ledger is closed
    std::unique_ptr<Ledger> m_ledger;
    ClipFormat m_format;
    QHash<SegmentKey, ClipRecord> m_clips;
    ClipCounts m_counts;
};

} // namespace earmark::workspace
