#include "workspace/sql/schema.h"

#include "workspace/sql/connection.h"

#include <vector>

namespace earmark::workspace::schema {

using namespace Qt::StringLiterals;

namespace {

/// Step n brings a ledger from version n to n + 1 (SQLite's user_version). Steps are never changed once
/// released.
const std::vector<std::vector<std::string_view>> &steps()
{
    static const std::vector<std::vector<std::string_view>> all{
        {
            "CREATE TABLE clips ("
            "ytid TEXT NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, "
            "position INTEGER NOT NULL, labels TEXT NOT NULL, "
            "state INTEGER NOT NULL, failure INTEGER NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT "
            "NULL, "
            "samples INTEGER NOT NULL, sample_rate INTEGER NOT NULL, sha256 BLOB NOT NULL, "
            "format_id TEXT NOT NULL, tool_version TEXT NOT NULL, "
            "verdict INTEGER NOT NULL, changed_at INTEGER NOT NULL, "
            "PRIMARY KEY (ytid, start_ms, end_ms)) STRICT, WITHOUT ROWID",
            "CREATE INDEX clips_by_position ON clips (position)",
            "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        },
        {
            "ALTER TABLE clips ADD COLUMN retry_at INTEGER NOT NULL DEFAULT 0",
        },
        {
            // Kept for the order of manifests alone, and a quarter of the time that queueing takes.
            "DROP INDEX clips_by_position",
        },
        {
            "ALTER TABLE clips ADD COLUMN measures BLOB NOT NULL DEFAULT x''",
            // What people say apart from what machines find out: no download can touch it.
            "CREATE TABLE judgements ("
            "ytid TEXT NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, "
            "verdict INTEGER NOT NULL, flagged INTEGER NOT NULL, doubted TEXT NOT NULL, note TEXT NOT NULL, "
            "judged_at INTEGER NOT NULL, PRIMARY KEY (ytid, start_ms, end_ms)) STRICT, WITHOUT ROWID",
            "INSERT INTO judgements SELECT ytid, start_ms, end_ms, verdict, 0, '', '', changed_at FROM clips "
            "WHERE verdict <> 0",
            "ALTER TABLE clips DROP COLUMN verdict",
            "CREATE TABLE journal ("
            "step INTEGER NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL, "
            "ytid TEXT NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, "
            "verdict INTEGER NOT NULL, flagged INTEGER NOT NULL, doubted TEXT NOT NULL, note TEXT NOT NULL, "
            "old_verdict INTEGER NOT NULL, old_flagged INTEGER NOT NULL, old_doubted TEXT NOT NULL, "
            "old_note TEXT NOT NULL, PRIMARY KEY (step, place)) STRICT, WITHOUT ROWID",
        },
        {
            // ApplicationId: tells the ledger from other programs' databases.
            "PRAGMA application_id = 1162695243",
        },
        {
            // Clips may be missing or damaged from here on, which an older Earmark would take for a damaged
            // ledger: the number alone tells it not to.
        },
    };
    return all;
}

/// SQLite's application_id of a ledger, "EMRK"; 0 in those of Earmark 0.1.
constexpr qint64 ApplicationId = 0x454D524B;
static_assert(ApplicationId == 1162695243);

/// Steps after this one changed nothing that reading sees.
constexpr int OldestReadable = 4;

Result<int> version(Connection &connection)
{
    const auto found = connection.number("PRAGMA user_version");
    if (!found)
        return tl::unexpected(found.error());
    if (*found > static_cast<qint64>(steps().size()))
        return failure(
            ErrorCode::TooOld,
            u"The ledger %1 was made by a newer Earmark; open it with that one."_s.arg(connection.path()));
    return static_cast<int>(*found);
}

#define EARMARK_TABLES "('clips', 'settings', 'judgements', 'journal')"

/// A received ledger is data: nothing in it may run.
Result<void> refuseCode(Connection &connection)
{
    for (const char *question :
         {"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' OR (lower(name) IN " EARMARK_TABLES
          " AND (type <> 'table' OR upper(sql) LIKE 'CREATE VIRTUAL%'))",
          "SELECT count(*) FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns "
          "WHERE tables.type = 'table' AND lower(tables.name) IN " EARMARK_TABLES
          " AND columns.hidden <> 0"}) {
        const auto found = connection.number(question);
        if (!found)
            return tl::unexpected(found.error());
        if (*found > 0)
            return failure(
                ErrorCode::Unreadable,
                u"The ledger %1 holds triggers, views or computed columns, which Earmark never makes, and is not opened. Choose another folder."_s
                    .arg(connection.path()));
    }
    return {};
}

} // namespace

Result<void> refuseForeign(const QString &path)
{
    auto connection = Connection::open(path, Connection::Access::Alone);
    if (!connection)
        return connection.error().code == ErrorCode::NotFound ? Result<void>()
                                                              : tl::unexpected(connection.error());
    const auto id = (*connection)->number("PRAGMA application_id");
    const auto objects = (*connection)->number("SELECT count(*) FROM sqlite_master");
    const auto keys = (*connection)
                          ->number("SELECT count(*) FROM pragma_table_info('clips') "
                                   "WHERE name IN ('ytid', 'start_ms', 'end_ms', 'position', 'labels')");
    // What cannot be read is damaged, or no database, and is found to be so by the next to open it.
    if (!id || !objects || !keys || *id == ApplicationId || (*id == 0 && (*objects == 0 || *keys == 5)))
        return {};
    return failure(
        ErrorCode::Unreadable,
        u"%1 is a database of another program and no ledger of Earmark. Choose another folder, or move that file away."_s
            .arg(path));
}

Result<void> migrate(Connection &connection)
{
    auto found = version(connection);
    if (!found)
        return tl::unexpected(found.error());
    if (auto safe = refuseCode(connection); !safe)
        return safe;
    for (int step = *found; step < static_cast<int>(steps().size()); ++step) {
        const std::string bump = "PRAGMA user_version = " + std::to_string(step + 1);
        std::vector<std::string_view> statements{"BEGIN IMMEDIATE"};
        const auto &own = steps()[static_cast<std::size_t>(step)];
        statements.insert(statements.end(), own.begin(), own.end());
        statements.insert(statements.end(), {bump, "COMMIT"});
        for (const std::string_view statement : statements) {
            if (auto done = connection.execute(statement); !done)
                return done;
        }
    }
    return {};
}

Result<void> check(Connection &connection)
{
    const auto found = version(connection);
    if (!found)
        return tl::unexpected(found.error());
    if (*found < OldestReadable)
        return failure(
            ErrorCode::BadInput,
            u"%1 is not a ledger that this Earmark can read; open its folder in the window or with fetch once."_s
                .arg(connection.path()));
    if (auto safe = refuseCode(connection); !safe)
        return safe;
    const auto tables = connection.number(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND lower(name) IN " EARMARK_TABLES);
    if (!tables)
        return tl::unexpected(tables.error());
    if (*tables != 4)
        return failure(ErrorCode::BadInput,
                       u"The ledger %1 is damaged: a table is missing."_s.arg(connection.path()));
    return {};
}

} // namespace earmark::workspace::schema
