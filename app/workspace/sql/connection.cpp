#include "workspace/sql/connection.h"

#include "base/bytes.h"
#include "base/descriptor.h"
#include "base/ownfiles.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include <sqlite3.h>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

namespace {

// A reader and the writer meet only for the blink of a commit.
constexpr int PatienceMs = 3000;

/// A WAL ledger cannot be read where SQLite may not make the file that readers share, unless nobody can write
/// to it anyway and all is in the main file.
bool isOnReadOnlyDisk(const QString &path)
{
    return !QFileInfo(QFileInfo(path).absolutePath()).isWritable() && QFileInfo(path + u"-wal"_s).size() == 0;
}

/// The path with the links of its folder resolved: SQLITE_OPEN_NOFOLLOW refuses those, too, and a workspace
/// may well be reached through one.
QString inRealFolder(const QString &path)
{
    const QFileInfo file(path);
    const QString folder = QFileInfo(file.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? file.absoluteFilePath() : folder + u'/' + file.fileName();
}

/// What lies under the ledger's name, or beside it under one that SQLite would open, is a file.
Result<void> checkFiles(const QString &path)
{
    for (const QString &part : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s}) {
        if (!isRegularFileOrNothing(path + part))
            return failure(
                ErrorCode::Unreadable,
                u"%1 is a symbolic link or no regular file; Earmark follows no link out of a workspace. Put the file itself there."_s
                    .arg(path + part));
    }
    return {};
}

void distrustSchema(sqlite3 *handle)
{
    constexpr int LongestValue = 16 << 20; // bytes; also of a row
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LongestValue);
}

/// The disk under this file gives errors for what every disk can do.
bool isOnFailingDisk(const QString &path)
{
    const auto isDiskError = [] { return errno == EIO || errno == ENXIO || errno == ENODEV; };
    const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file.isOpen())
        return isDiskError();
    char first = 0;
    return (::fsync(file.number()) != 0 && isDiskError()) ||
           (::pread(file.number(), &first, 1, 0) < 0 && isDiskError());
}

bool isAboutLocks(int code)
{
    switch (code) {
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
    case SQLITE_IOERR_LOCK:
    case SQLITE_IOERR_RDLOCK:
    case SQLITE_IOERR_UNLOCK:
    case SQLITE_IOERR_CHECKRESERVEDLOCK:
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMLOCK:
    case SQLITE_IOERR_SHMMAP:
        return true;
    default:
        return false;
    }
}

} // namespace

Connection::Connection(QString path, sqlite3 *handle)
    : m_path(std::move(path))
    , m_handle(handle)
{
}

Connection::~Connection() = default;

void Connection::Closer::operator()(sqlite3 *handle) const
{
    sqlite3_close_v2(handle);
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Access access)
{
    if (auto checked = checkFiles(path); !checked)
        return tl::unexpected(checked.error());
    if (access != Access::Create && !QFile::exists(path))
        return failure(ErrorCode::NotFound,
                       u"There is no ledger %1; is this a workspace folder?"_s.arg(path));
    const bool isReader = access == Access::Alone || access == Access::ReadOnly;
    QUrl address = QUrl::fromLocalFile(inRealFolder(path));
    if (access == Access::Alone || (isReader && isOnReadOnlyDisk(path)))
        address.setQuery(u"immutable=1"_s);
    const int mode = isReader                   ? SQLITE_OPEN_READONLY
                     : access == Access::Create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                : SQLITE_OPEN_READWRITE;
    sqlite3 *handle = nullptr;
    const int code =
        sqlite3_open_v2(address.toEncoded(QUrl::FullyEncoded).constData(), &handle,
                        SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | mode, nullptr);
    std::unique_ptr<Connection> connection(new Connection(path, handle));
    if (code != SQLITE_OK)
        return tl::unexpected(connection->error());
    sqlite3_extended_result_codes(handle, 1);
    distrustSchema(handle);
    sqlite3_busy_timeout(handle, PatienceMs);
    return connection;
}

Result<Statement> Connection::prepare(std::string_view statement)
{
    sqlite3_stmt *prepared = nullptr;
    if (sqlite3_prepare_v2(m_handle.get(), statement.data(), static_cast<int>(statement.size()), &prepared,
                           nullptr) != SQLITE_OK)
        return tl::unexpected(error());
    return Statement(*this, prepared);
}

Result<void> Connection::execute(std::string_view statement)
{
    auto prepared = prepare(statement);
    if (!prepared)
        return tl::unexpected(prepared.error());
    for (;;) { // a PRAGMA answers with rows
        const auto row = prepared->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
    }
}

Result<qint64> Connection::number(std::string_view statement)
{
    auto prepared = prepare(statement);
    if (!prepared)
        return tl::unexpected(prepared.error());
    const auto row = prepared->step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return failure(ErrorCode::BadInput, u"The ledger %1 is damaged."_s.arg(m_path));
    return prepared->integer(0);
}

void Connection::stopAt(const std::stop_token *stop)
{
    constexpr int Steps = 10'000; // of SQLite's machine: far less than a millisecond
    sqlite3_progress_handler(
        m_handle.get(), stop ? Steps : 0,
        stop ? [](void *
                      token) { return static_cast<const std::stop_token *>(token)->stop_requested() ? 1 : 0; }
             : static_cast<int (*)(void *)>(nullptr),
        const_cast<std::stop_token *>(stop));
}

Result<void> Connection::checkStructure(const std::stop_token &stop)
{
    stopAt(&stop);
    const auto look = [this]() -> Result<void> {
        auto check = prepare("PRAGMA quick_check(1)");
        if (!check)
            return tl::unexpected(check.error());
        const auto row = check->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row || check->text(0) != "ok")
            return failure(ErrorCode::BadInput,
                           u"The ledger %1 is damaged: %2."_s.arg(
                               m_path, QString::fromUtf8(*row ? check->text(0) : std::string_view())));
        return {};
    };
    auto result = look();
    stopAt(nullptr);
    return result;
}

Result<void> Connection::copyTo(const QString &path, const std::stop_token &stop)
{
    stopAt(&stop);
    const auto copy = [&]() -> Result<void> {
        auto vacuum = prepare("VACUUM INTO ?");
        if (!vacuum)
            return tl::unexpected(vacuum.error());
        const QByteArray name = QFile::encodeName(path);
        vacuum->bindText(1, viewOf(name));
        return vacuum->run();
    };
    auto result = copy();
    stopAt(nullptr);
    return result;
}

bool Connection::hasMoved() const
{
    int moved = 0;
    sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

Error Connection::error() const
{
    const int code = sqlite3_extended_errcode(m_handle.get());
    const QString text = QString::fromUtf8(sqlite3_errmsg(m_handle.get()));
    if (isAboutLocks(code))
        return {
            ErrorCode::Unwritable,
            u"The disk of %1 does not keep locks as a ledger needs them (%2), as some network drives do. Choose a folder on a disk of this computer."_s
                .arg(m_path, text)};
    // The primary result codes are the low bytes (sqlite.org/rescode.html).
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::DiskFull,
                u"The disk is full: %1 cannot be written. Free some space on that disk."_s.arg(m_path)};
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return {ErrorCode::Unwritable,
                u"The ledger %1 cannot be used: %2. Check the folder's permissions and disk."_s.arg(m_path,
                                                                                                    text)};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        // What SQLite reads from a disk that has gone is not always an error to it.
        if (isOnFailingDisk(m_path))
            return {
                ErrorCode::Unwritable,
                u"The disk of %1 does not work any more (%2). Check the disk and its connection; the ledger itself may be in order."_s
                    .arg(m_path, qt_error_string(EIO))};
        return {
            ErrorCode::BadInput,
            u"The ledger %1 is damaged: %2. Open the folder in the window or with fetch to restore the ledger from its backup and the files."_s
                .arg(m_path, text)};
    case SQLITE_BUSY: // also what SQLite makes of ENOLCK
        return {
            ErrorCode::Locked,
            u"The ledger %1 is locked: another program uses it, or its disk does not keep locks, as some network drives do not. Close that program, or choose a folder on a disk of this computer."_s
                .arg(m_path)};
    case SQLITE_TOOBIG:
        return {
            ErrorCode::Unreadable,
            u"The ledger %1 holds a value of more than 16 MB, which Earmark never writes. Choose another folder."_s
                .arg(m_path)};
    case SQLITE_INTERRUPT:
        return cancelled().value();
    default:
        return {ErrorCode::Internal, u"The ledger %1 refused: %2."_s.arg(m_path, text)};
    }
}

} // namespace earmark::workspace
