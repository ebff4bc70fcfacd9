#pragma once

#include "base/ownfiles.h"
#include "base/result.h"
#include "workspace/layout.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace earmark::workspace {

/// Makes the folder for temporary files when it is not there; never the workspace's own, which somebody may
/// have moved away. False when it cannot be made; errno says why.
bool makeTemporary(const Layout &layout);

/// How much is in a ledger. Neither number ever falls: no clip and no judgement is removed from a ledger.
struct Tally
{
    qint64 clips = 0;
    qint64 judgements = 0; ///< clips of which a listener has said something

    bool isFewerThan(const Tally &other) const
    {
        return clips < other.clips || judgements < other.judgements;
    }
};

/// Errors: as LedgerReader::open().
Result<Tally> tallyOf(const QString &ledger);

/// Keeps a backup of the ledger beside it, written whole or not at all, in a thread of its own: when there is
/// none, at the end of the program, and while changes come in: a minute for each megabyte of the ledger after
/// the last one, but five seconds at least and a day at most, so that a large one does not wear out the disk.
/// The backup outlives the ledger: it is never replaced by one with fewer clips or verdicts, nor by another
/// file that came under the ledger's name; one that cannot be read is put aside; and one that is a day old
/// stays as Layout::formerLedgerBackup(). A backup that fails is tried again at its next turn; the ledger
/// itself says when the disk is full.
class LedgerBackup final
{
public:
    /// Of the file that is the ledger now.
    explicit LedgerBackup(Layout layout);
    /// Brings the copy up to date when that is quick, and breaks off one of a large ledger.
    ~LedgerBackup();
    Q_DISABLE_COPY_MOVE(LedgerBackup)

    /// Something was committed.
    void changed();

private:
    void run(const std::stop_token &stop);
    Result<void> write(const std::stop_token &stop) const;
    /// Writes and checks what is to become the backup. Errors: also BadInput when it holds less than a
    /// backup.
    Result<void> copyTo(const QString &part, const std::stop_token &stop) const;
    Result<void> keepFormer() const;

    const Layout m_layout;
    const QString m_ledger;
    const QString m_target;
    const FileId m_file;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_isBehind = false;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace earmark::workspace
