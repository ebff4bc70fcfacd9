#include "workspace/sql/statement.h"

#include "workspace/sql/connection.h"

#include <sqlite3.h>

namespace earmark::workspace {

Statement::Statement(Connection &connection, sqlite3_stmt *statement)
    : m_connection(&connection)
    , m_statement(statement)
{
}

Statement::Statement(Statement &&) noexcept = default;
Statement::~Statement() = default;

void Statement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

void Statement::bind(int parameter, qint64 value)
{
    sqlite3_bind_int64(m_statement.get(), parameter, value);
}

void Statement::bindText(int parameter, std::string_view text)
{
    // An empty view may point nowhere, which SQLite takes for NULL.
    sqlite3_bind_text(m_statement.get(), parameter, text.empty() ? "" : text.data(),
                      static_cast<int>(text.size()), nullptr);
}

void Statement::bindBytes(int parameter, QByteArrayView bytes)
{
    sqlite3_bind_blob(m_statement.get(), parameter, bytes.isEmpty() ? "" : bytes.data(),
                      static_cast<int>(bytes.size()), nullptr);
}

void Statement::bindCopy(int parameter, QByteArrayView bytes)
{
    sqlite3_bind_blob(m_statement.get(), parameter, bytes.data(), static_cast<int>(bytes.size()),
                      SQLITE_TRANSIENT);
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return code == SQLITE_ROW;
    const Error error = m_connection->error();
    reset();
    return tl::unexpected(error);
}

Result<void> Statement::run()
{
    const auto stepped = step();
    reset();
    return stepped ? Result<void>() : tl::unexpected(stepped.error());
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    const QByteArrayView view = bytes(column);
    return {view.data(), static_cast<std::size_t>(view.size())};
}

QByteArrayView Statement::bytes(int column) const
{
    const int size = sqlite3_column_bytes(m_statement.get(), column); // of a text: as UTF-8
    if (size == 0)
        return {};
    return {static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column)), size};
}

} // namespace earmark::workspace
