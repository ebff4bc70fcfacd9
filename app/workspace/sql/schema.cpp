#include "workspace/sql/schema.h"

#include "base/bytes.h"
#include "workspace/sql/connection.h"
#include "workspace/sql/journaltable.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <limits>
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

/// Bytes of measures, and of those that earlier versions wrote, without a true peak.
constexpr qsizetype PackedSize = 18;
constexpr qsizetype FormerSize = 16;

/// Measures as the ledger keeps them: their numbers in their order, little-endian; nothing when there are
/// none.
QByteArray packed(const Measures &measures)
{
    if (!measures.areKnown())
        return QByteArrayLiteral(""); // null would be NULL
    QByteArray bytes(PackedSize, Qt::Uninitialized);
    char *at = bytes.data();
    const auto put = [&at](auto number) {
        qToLittleEndian(number, at);
        at += sizeof number;
    };
    put(measures.peak);
    put(measures.rms);
    put(measures.loudness);
    put(measures.offset);
    put(measures.silence);
    put(measures.bandwidth);
    put(measures.clipped);
    put(measures.truePeak);
    return bytes;
}

Measures unpacked(QByteArrayView bytes)
{
    Measures measures;
    if (bytes.size() != PackedSize && bytes.size() != FormerSize)
        return measures;
    const char *at = bytes.data();
    const auto take = [&at](auto &number) {
        number = qFromLittleEndian<std::remove_reference_t<decltype(number)>>(at);
        at += sizeof number;
    };
    take(measures.peak);
    take(measures.rms);
    take(measures.loudness);
    take(measures.offset);
    take(measures.silence);
    take(measures.bandwidth);
    take(measures.clipped);
    if (bytes.size() == PackedSize)
        take(measures.truePeak);
    return measures;
}

} // namespace

void bindKey(Statement &statement, const SegmentKey &key)
{
    statement.bindText(1, key.ytid.view());
    statement.bind(2, key.startMs);
    statement.bind(3, key.endMs);
}

std::optional<SegmentKey> readKey(const Statement &row, int firstColumn)
{
    const auto ytid = YtId::parse(row.text(firstColumn));
    const qint64 start = row.integer(firstColumn + 1);
    const qint64 end = row.integer(firstColumn + 2);
    constexpr qint64 longest = std::numeric_limits<std::uint32_t>::max();
    if (!ytid || start < 0 || end <= start || end > longest)
        return std::nullopt;
    return SegmentKey{*ytid, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

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

Result<Statement> enqueueStatement(Connection &connection)
{
    return connection.prepare(
        "INSERT INTO clips (ytid, start_ms, end_ms, position, labels, changed_at, state, failure, reason, "
        "attempts, samples, sample_rate, sha256, format_id, tool_version, retry_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 0, '', 0, 0, 0, x'', '', '', 0) "
        "ON CONFLICT DO UPDATE SET position = ?4, labels = ?5, changed_at = ?6, state = 1, "
        "reason = '', attempts = 0, retry_at = 0");
}

Result<void> enqueue(Statement &statement, const WantedClip &wanted, qint64 changedAt)
{
    static_assert(static_cast<int>(ClipState::Queued) == 1);
    bindKey(statement, wanted.key);
    statement.bind(4, wanted.position);
    statement.bindText(5, viewOf(wanted.labels));
    statement.bind(6, changedAt);
    return statement.run();
}

Result<Statement> updateStatement(Connection &connection)
{
    return connection.prepare(
        "INSERT INTO clips (ytid, start_ms, end_ms, position, labels, state, failure, reason, attempts, "
        "samples, "
        "sample_rate, sha256, format_id, tool_version, changed_at, retry_at, measures) "
        "VALUES (?1, ?2, ?3, ?4, '', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) "
        "ON CONFLICT DO UPDATE SET state = ?5, failure = ?6, reason = ?7, attempts = ?8, samples = ?9, "
        "sample_rate = ?10, sha256 = ?11, format_id = ?12, tool_version = ?13, changed_at = ?14, "
        "retry_at = ?15, measures = ?16");
}

Result<void> update(Statement &statement, const SegmentKey &key, const Clip &record)
{
    const QByteArray measures = packed(record.measures);
    const std::array texts{record.reason.toUtf8(), record.formatId.toUtf8(), record.toolVersion.toUtf8()};
    bindKey(statement, key);
    statement.bind(4, record.position);
    statement.bind(5, static_cast<int>(record.state));
    statement.bind(6, static_cast<int>(record.failure));
    statement.bindText(7, viewOf(texts[0]));
    statement.bind(8, record.attempts);
    statement.bind(9, record.samples);
    statement.bind(10, record.sampleRate);
    statement.bindBytes(11, record.sha256);
    statement.bindText(12, viewOf(texts[1]));
    statement.bindText(13, viewOf(texts[2]));
    statement.bind(14, record.changedAt);
    statement.bind(15, record.retryAt);
    statement.bindBytes(16, measures);
    return statement.run();
}

Result<Statement> placeStatement(Connection &connection)
{
    return connection.prepare(
        "UPDATE clips SET position = ?4, labels = ?5 WHERE ytid = ?1 AND start_ms = ?2 AND end_ms = ?3");
}

Result<void> place(Statement &statement, const WantedClip &wanted)
{
    bindKey(statement, wanted.key);
    statement.bind(4, wanted.position);
    statement.bindText(5, viewOf(wanted.labels));
    return statement.run();
}

qint64 momentOf(qint64 number)
{
    constexpr qint64 endOf9999 = 253'402'300'799'999;
    return std::clamp<qint64>(number, 0, endOf9999);
}

Result<Statement> selectStatement(Connection &connection, Select what)
{
    if (what == Select::ByKey)
        return connection.prepare(
            "SELECT ytid, start_ms, end_ms, position, state, failure, 0, samples, sample_rate, sha256, "
            "reason, '', '', 0, 0, measures, labels FROM clips ORDER BY ytid, start_ms, end_ms");
    std::string columns =
        "SELECT clips.ytid, clips.start_ms, clips.end_ms, position, state, failure, attempts, "
        "samples, sample_rate, sha256, reason, format_id, tool_version, changed_at, retry_at, "
        "measures, ";
    if (what == Select::Brief)
        return connection.prepare(columns + "'' FROM clips");
    return connection.prepare(columns.append("labels, ").append(JudgementColumns) +
                              " FROM clips LEFT JOIN judgements USING (ytid, start_ms, end_ms) "
                              "ORDER BY position, clips.ytid, clips.start_ms, clips.end_ms");
}

std::optional<LedgerRow> readRow(const Statement &row)
{
    const auto key = readKey(row, 0);
    const auto state = clipStateFromNumber(row.integer(4));
    const qint64 failure = row.integer(5);
    if (!key || !state || failure < 0 || failure > static_cast<int>(FailureClass::Unknown))
        return std::nullopt;
    const qint64 samples = row.integer(7);
    const qint64 sampleRate = row.integer(8);
    constexpr qint64 mostSamples = qint64{1} << 40;
    constexpr qint64 highestRate = 1'000'000; // Hz
    if (samples < 0 || samples > mostSamples || sampleRate < 0 || sampleRate > highestRate)
        return std::nullopt;
    LedgerRow read;
    read.key = *key;
    read.position = static_cast<std::uint32_t>(row.integer(3));
    read.state = *state;
    read.failure = static_cast<FailureClass>(failure);
    read.attempts = static_cast<std::uint16_t>(row.integer(6));
    read.samples = samples;
    read.sampleRate = static_cast<int>(sampleRate);
    read.sha256 = row.bytes(9);
    read.reason = row.text(10);
    read.formatId = row.text(11);
    read.toolVersion = row.text(12);
    read.changedAt = momentOf(row.integer(13));
    read.retryAt = momentOf(row.integer(14));
    read.measures = unpacked(row.bytes(15));
    read.labels = row.bytes(16);
    const std::array sizes{read.reason.size(), read.formatId.size(), read.toolVersion.size(),
                           static_cast<std::size_t>(read.labels.size())};
    if (std::ranges::max(sizes) > LongestText)
        return std::nullopt;
    return read;
}

} // namespace earmark::workspace::schema
