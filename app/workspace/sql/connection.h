#pragma once

#include "base/result.h"
#include "workspace/sql/statement.h"

#include <stop_token>

struct sqlite3;

namespace earmark::workspace {

/// A connection to one SQLite file, used by one thread at a time. SQLite's own interface and not Qt Sql: a
/// row costs a third of it, and two million of them are read at every start.
class Connection final
{
public:
    enum class Access {
        Alone,     ///< reads the file as if nothing lay beside it, and leaves no trace
        ReadOnly,  ///< reads what was committed
        ReadWrite, ///< the file must be there
        Create,    ///< makes the file unless it is there
    };

    /// Opens a database that other people may have made: no link is followed from its name or from those that
    /// SQLite keeps beside it (folders above may be links), and no trigger, view or unsafe function of its
    /// schema runs. Errors: NotFound, Unreadable (a link, or no regular file), Unwritable, Locked (also: the
    /// file system keeps no locks), DiskFull, BadInput (not a database, or damaged).
    static Result<std::unique_ptr<Connection>> open(const QString &path, Access access);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    Result<Statement> prepare(std::string_view statement);
    Result<void> execute(std::string_view statement);
    /// The first column of the first row, a number. BadInput when there is none.
    Result<qint64> number(std::string_view statement);
    /// BadInput when the structure of the file is damaged. Reads all of it: 0.3 CPU-seconds for 2 M clips.
    /// Cancelled when `stop` is asked for.
    Result<void> checkStructure(const std::stop_token &stop = {});
    /// Writes a copy of all that is committed now. Errors: as execute(), and Cancelled; then there is perhaps
    /// half a file.
    Result<void> copyTo(const QString &path, const std::stop_token &stop);

    /// True when the file was moved, deleted or replaced after it was opened.
    bool hasMoved() const;

    const QString &path() const { return m_path; }
    /// What the last failure means for the user.
    Error error() const;

private:
    Connection(QString path, sqlite3 *handle);
    void stopAt(const std::stop_token *stop);

    struct Closer
    {
        void operator()(sqlite3 *handle) const;
    };
    QString m_path;
    std::unique_ptr<sqlite3, Closer> m_handle;
};

} // namespace earmark::workspace
