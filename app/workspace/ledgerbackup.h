#pragma once

#include "base/result.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace earmark::workspace {

/// Keeps a copy of the ledger beside it, written whole or not at all, in a thread of its own: when there is
/// none, at the end of the program, and while changes come in: a minute for each megabyte of the ledger after
/// the last one, but five seconds at least and a day at most, so that a large one does not wear out the disk.
/// A copy that fails is tried again at its next turn; the ledger itself says when the disk is full.
class LedgerBackup final
{
public:
    LedgerBackup(QString ledger, QString target);
    /// Brings the copy up to date when that is quick, and breaks off one of a large ledger.
    ~LedgerBackup();
    Q_DISABLE_COPY_MOVE(LedgerBackup)

    /// Something was committed.
    void changed();

private:
    void run(const std::stop_token &stop);
    Result<void> write(const std::stop_token &stop) const;

    QString m_ledger;
    QString m_target;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_isBehind = false;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace earmark::workspace
