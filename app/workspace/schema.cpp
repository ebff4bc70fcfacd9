#include "workspace/schema.h"

#include "workspace/connection.h"

#include <QVariant>

#include <string_view>

namespace earmark::workspace::schema {

using namespace Qt::StringLiterals;

namespace {

/// Step n brings a ledger from version n to n + 1 (SQLite's user_version). Steps are never changed once
/// released.
const std::vector<QStringList> &steps()
{
    static const std::vector<QStringList> all{
        {
            u"CREATE TABLE clips ("
            "ytid TEXT NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, "
            "position INTEGER NOT NULL, labels TEXT NOT NULL, "
            "state INTEGER NOT NULL, failure INTEGER NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT "
            "NULL, "
            "samples INTEGER NOT NULL, sample_rate INTEGER NOT NULL, sha256 BLOB NOT NULL, "
            "format_id TEXT NOT NULL, tool_version TEXT NOT NULL, "
            "verdict INTEGER NOT NULL, changed_at INTEGER NOT NULL, "
            "PRIMARY KEY (ytid, start_ms, end_ms)) STRICT, WITHOUT ROWID"_s,
            u"CREATE INDEX clips_by_position ON clips (position)"_s,
            u"CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"_s,
        },
        {
            u"ALTER TABLE clips ADD COLUMN retry_at INTEGER NOT NULL DEFAULT 0"_s,
        },
    };
    return all;
}

Result<int> version(Connection &connection)
{
    QSqlQuery query(connection.database());
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return tl::unexpected(connection.error(query.lastError()));
    const int found = query.value(0).toInt();
    if (found > static_cast<int>(steps().size()))
        return failure(ErrorCode::TooOld,
                       u"The ledger %1 was made by a newer Earmark; open it with that one."_s.arg(
                           connection.database().databaseName()));
    return found;
}

/// NULL is not in this schema: an empty text or blob is written as such.
QVariant text(const QString &value)
{
    return value.isNull() ? QString(u""_s) : value;
}

void addKey(QSqlQuery &query, const SegmentKey &key)
{
    query.addBindValue(key.ytid.toString());
    query.addBindValue(key.startMs);
    query.addBindValue(key.endMs);
}

void addState(QSqlQuery &query, const ClipRecord &record)
{
    query.addBindValue(static_cast<int>(record.state));
    query.addBindValue(static_cast<int>(record.failure));
    query.addBindValue(text(record.reason));
    query.addBindValue(record.attempts);
    query.addBindValue(record.samples);
    query.addBindValue(record.sampleRate);
    query.addBindValue(record.sha256.isNull() ? QByteArray("") : record.sha256);
    query.addBindValue(text(record.formatId));
    query.addBindValue(text(record.toolVersion));
    query.addBindValue(static_cast<int>(record.verdict));
    query.addBindValue(record.changedAt);
    query.addBindValue(record.retryAt);
}

} // namespace

Result<void> migrate(Connection &connection)
{
    auto found = version(connection);
    if (!found)
        return tl::unexpected(found.error());
    for (int step = *found; step < static_cast<int>(steps().size()); ++step) {
        QStringList statements{u"BEGIN IMMEDIATE"_s};
        statements += steps()[static_cast<std::size_t>(step)];
        statements += u"PRAGMA user_version = %1"_s.arg(step + 1);
        statements += u"COMMIT"_s;
        for (const QString &statement : std::as_const(statements)) {
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
    if (*found < static_cast<int>(steps().size()))
        return failure(
            ErrorCode::BadInput,
            u"%1 is not a ledger that this Earmark can read; open its folder in the window or with fetch once."_s
                .arg(connection.database().databaseName()));
    return {};
}

QString enqueueStatement()
{
    return u"INSERT INTO clips (ytid, start_ms, end_ms, position, labels, state, failure, reason, attempts, "
           u"samples, "
           "sample_rate, sha256, format_id, tool_version, verdict, changed_at, retry_at) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
           "ON CONFLICT DO UPDATE SET position = excluded.position, labels = excluded.labels, state = "
           "excluded.state, "
           "failure = excluded.failure, reason = excluded.reason, attempts = excluded.attempts, changed_at = excluded.changed_at, retry_at = excluded.retry_at"_s;
}

void bindEnqueue(QSqlQuery &query, const WantedClip &wanted, const ClipRecord &record)
{
    addKey(query, wanted.key);
    query.addBindValue(wanted.position);
    query.addBindValue(QString::fromUtf8(wanted.labels));
    addState(query, record);
}

QString updateStatement()
{
    return u"UPDATE clips SET state = ?, failure = ?, reason = ?, attempts = ?, samples = ?, sample_rate = "
           u"?, sha256 = ?, "
           "format_id = ?, tool_version = ?, verdict = ?, changed_at = ?, retry_at = ? WHERE ytid = ? AND start_ms = ? AND end_ms = ?"_s;
}

void bindUpdate(QSqlQuery &query, const SegmentKey &key, const ClipRecord &record)
{
    addState(query, record);
    addKey(query, key);
}

QString selectStatement()
{
    return u"SELECT ytid, start_ms, end_ms, position, labels, state, failure, reason, attempts, samples, "
           u"sample_rate, "
           "sha256, format_id, tool_version, verdict, changed_at, retry_at FROM clips ORDER BY position, ytid, start_ms, end_ms"_s;
}

bool readRow(const QSqlQuery &query, WantedClip &wanted, ClipRecord &record)
{
    const QByteArray id = query.value(0).toByteArray();
    const auto ytid = YtId::parse({id.constData(), static_cast<std::size_t>(id.size())});
    if (!ytid)
        return false;
    wanted.key = {*ytid, query.value(1).toUInt(), query.value(2).toUInt()};
    wanted.position = query.value(3).toUInt();
    wanted.labels = query.value(4).toString().toUtf8();
    const int state = query.value(5).toInt();
    const int failure = query.value(6).toInt();
    const int verdict = query.value(14).toInt();
    if (wanted.key.startMs >= wanted.key.endMs || state < 0 || state > static_cast<int>(ClipState::Failed) ||
        failure < 0 || failure > static_cast<int>(FailureClass::Unknown) || verdict < 0 ||
        verdict > static_cast<int>(Verdict::Reject))
        return false;
    record.position = wanted.position;
    record.state = static_cast<ClipState>(state);
    record.failure = static_cast<FailureClass>(failure);
    record.reason = query.value(7).toString();
    record.attempts = static_cast<std::uint16_t>(query.value(8).toUInt());
    record.samples = query.value(9).toLongLong();
    record.sampleRate = query.value(10).toInt();
    record.sha256 = query.value(11).toByteArray();
    record.formatId = query.value(12).toString();
    record.toolVersion = query.value(13).toString();
    record.verdict = static_cast<Verdict>(verdict);
    record.changedAt = query.value(15).toLongLong();
    record.retryAt = query.value(16).toLongLong();
    return true;
}

} // namespace earmark::workspace::schema
