#include "workspace/connection.h"

#include <QFile>

#include <atomic>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

Connection::Connection(const QString &path)
    : m_path(path)
{
    static std::atomic<int> count;
    m_name = u"earmark-%1"_s.arg(++count);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_database.setDatabaseName(path);
}

Connection::~Connection()
{
    m_database.close();
    m_database = {}; // the last handle must be gone before the connection is removed
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Access access)
{
    if (access == Access::ReadOnly && !QFile::exists(path))
        return failure(ErrorCode::NotFound,
                       u"There is no ledger %1; is this a workspace folder?"_s.arg(path));
    std::unique_ptr<Connection> connection(new Connection(path));
    QSqlDatabase &database = connection->m_database;
    if (!database.isValid())
        return failure(ErrorCode::Internal, u"Qt's SQLite driver is missing; install libqt6sql6-sqlite."_s);
    // A reader and the writer meet only for the blink of a commit.
    database.setConnectOptions(access == Access::ReadOnly
                                   ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=3000"_s
                                   : u"QSQLITE_BUSY_TIMEOUT=3000"_s);
    if (!database.open())
        return tl::unexpected(connection->error(database.lastError()));
    return connection;
}

Result<void> Connection::execute(const QString &statement)
{
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return tl::unexpected(error(query.lastError()));
    return {};
}

Error Connection::error(const QSqlError &error) const
{
    // Primary result codes of SQLite (sqlite.org/rescode.html); extended ones keep them in the low byte.
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case 13:
        return {ErrorCode::DiskFull,
                u"The disk is full: %1 cannot be written. Make room; it goes on by itself."_s.arg(m_path)};
    case 3:
    case 8:
    case 10:
    case 14:
        return {ErrorCode::Unwritable,
                u"The ledger %1 cannot be used: %2. Check the folder's permissions and disk."_s.arg(
                    m_path, error.databaseText())};
    case 11:
    case 26:
        return {
            ErrorCode::BadInput,
            u"The ledger %1 is damaged: %2. Move it away to begin a new one; finished clips are kept."_s.arg(
                m_path, error.databaseText())};
    default:
        return {ErrorCode::Internal, u"The ledger %1 refused: %2."_s.arg(m_path, error.text())};
    }
}

} // namespace earmark::workspace
