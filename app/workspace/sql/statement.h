#pragma once

#include "base/result.h"

#include <QByteArrayView>

#include <memory>
#include <string_view>

struct sqlite3_stmt;

namespace earmark::workspace {

class Connection;

/// A prepared statement: bound, stepped, reset, as often as need be. Must not outlive its connection.
class Statement final
{
public:
    Statement(Connection &connection, sqlite3_stmt *statement);
    Statement(Statement &&) noexcept;
    ~Statement();

    /// Parameters count from 1. Texts and bytes are not copied: they must stay until the statement is reset.
    void bind(int parameter, qint64 value);
    void bindText(int parameter, std::string_view text);
    void bindBytes(int parameter, QByteArrayView bytes);
    void bindCopy(int parameter, QByteArrayView bytes); ///< as bindBytes(), and they may go

    /// True when there is a row to read, false at the end.
    Result<bool> step();
    /// Steps to the end and resets: for statements that give no rows.
    Result<void> run();
    void reset();
    /// Steps through the rows until `visit`, which takes none and reads them here, returns false.
    template <class Visit>
    Result<void> forEachRow(Visit visit)
    {
        for (;;) {
            const auto row = step();
            if (!row)
                return tl::unexpected(row.error());
            if (!*row || !visit())
                return {};
        }
    }

    /// Columns count from 0; texts and bytes stay until the next step.
    qint64 integer(int column) const;
    std::string_view text(int column) const;
    QByteArrayView bytes(int column) const;

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    Connection *m_connection;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
};

} // namespace earmark::workspace
