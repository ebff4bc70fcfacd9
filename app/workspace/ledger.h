#pragma once

#include "base/result.h"
#include "clips/clip.h"
#include "workspace/layout.h"
#include "workspace/sql/journaltable.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

namespace earmark::workspace {

class LedgerBackup;

/// The ledger's one writer: a thread that puts down what it is told, everything that waits in one
/// transaction. When the disk refuses, it keeps what it has and tries again until it works. A ledger that is
/// moved away or deleted meanwhile is written again as it stood; when another file has taken its name, it
/// goes on beside that one, under a name that the report says.
class Ledger final
{
public:
    /// Told by the writer thread: an error when a write fails, or when the ledger's file is no longer under
    /// its name; nothing when it works again.
    using Report = std::function<void(const std::optional<Error> &)>;

    /// Makes or migrates the ledger, and keeps a backup of it. The lock must be held. Errors: as
    /// Connection::open() and schema::migrate().
    static Result<std::unique_ptr<Ledger>> open(const Layout &layout, Report report);
    /// Writes what waits, if it can be written at all, and ends.
    ~Ledger();

    /// Puts in clips that were never queued here, as queued at this moment (milliseconds since 1970, UTC).
    void enqueue(std::vector<WantedClip> clips, qint64 changedAt);
    /// Gives clips that are known their places and labels.
    void place(std::vector<WantedClip> clips);
    void update(const SegmentKey &key, const Clip &record);
    /// `position`: how many steps of the journal hold after that.
    void judge(Journal::Step step, schema::JudgementWriter::Action action, std::size_t position);
    void setSetting(const QString &name, const QString &value);
    /// Waits until everything said before is on disk. The error of the last try when that failed.
    Result<void> flush();

private:
    struct Update
    {
        SegmentKey key;
        Clip record;
    };
    struct Setting
    {
        QByteArray name;
        QByteArray value;
    };
    struct Enqueue
    {
        std::vector<WantedClip> clips;
        qint64 changedAt;
    };
    struct Place
    {
        std::vector<WantedClip> clips;
    };
    struct Judge
    {
        Journal::Step step;
        schema::JudgementWriter::Action action;
        std::size_t position;
    };
    using Change = std::variant<Update, Setting, Enqueue, Place, Judge>;
    class Writer;

    Ledger(Layout layout, std::unique_ptr<Writer> writer, Report report);
    void say(Change change);
    void run(std::stop_token stop);
    Result<void> write(const std::vector<Change> &changes);
    Result<void> rescue();

    const Layout m_layout;
    Report m_report;
    QString m_path; ///< the ledger's, or that of the file in which it was rescued
    std::unique_ptr<Writer> m_writer;
    std::unique_ptr<LedgerBackup> m_backup; ///< null after another file took the ledger's name
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::condition_variable m_written;
    std::vector<Change> m_waiting;
    std::uint64_t m_said = 0;     ///< changes told so far
    std::uint64_t m_done = 0;     ///< of these, on disk
    std::optional<Error> m_error; ///< of the last try
    std::uint64_t m_tries = 0;    ///< so that flush() sees a try that began after it was called
    std::jthread m_thread;        ///< last: it uses all of the above
};

} // namespace earmark::workspace
