#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace earmark::workspace {

/// A connection to one SQLite file, of one thread: made, used and destroyed there.
class Connection final
{
public:
    enum class Access { ReadOnly, ReadWrite };

    /// Errors: NotFound, Unwritable, DiskFull, BadInput (not a database, or damaged).
    static Result<std::unique_ptr<Connection>> open(const QString &path, Access access);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    QSqlDatabase &database() { return m_database; }
    Result<void> execute(const QString &statement);
    /// What a statement that failed means for the person.
    Error error(const QSqlError &error) const;

private:
    explicit Connection(const QString &path);

    QString m_path;
    QString m_name;
    QSqlDatabase m_database;
};

} // namespace earmark::workspace
