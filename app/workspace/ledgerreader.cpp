#include "workspace/ledgerreader.h"

#include "workspace/connection.h"
#include "workspace/layout.h"
#include "workspace/schema.h"

#include <QVariant>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

LedgerReader::LedgerReader(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
{
}

LedgerReader::~LedgerReader() = default;

Result<std::unique_ptr<LedgerReader>> LedgerReader::open(const QString &folder)
{
    auto connection = Connection::open(Layout(folder).ledger(), Connection::Access::ReadOnly);
    if (!connection)
        return tl::unexpected(connection.error());
    if (auto fits = schema::check(**connection); !fits)
        return tl::unexpected(fits.error());
    return std::unique_ptr<LedgerReader>(new LedgerReader(std::move(*connection)));
}

Result<ClipFormat> LedgerReader::format()
{
    QSqlQuery query(m_connection->database());
    if (!query.exec(u"SELECT name, value FROM settings"_s))
        return tl::unexpected(m_connection->error(query.lastError()));
    ClipFormat format;
    while (query.next()) {
        const QString name = query.value(0).toString();
        if (name == u"sample_rate")
            format.sampleRate = query.value(1).toInt();
        else if (name == u"channels")
            format.channels = query.value(1).toInt();
    }
    return format;
}

Result<ClipCounts> LedgerReader::counts()
{
    QSqlQuery query(m_connection->database());
    if (!query.exec(u"SELECT state, failure, count(*) FROM clips GROUP BY state, failure"_s))
        return tl::unexpected(m_connection->error(query.lastError()));
    ClipCounts counts;
    while (query.next()) {
        const int state = query.value(0).toInt();
        const int failure = query.value(1).toInt();
        if (state < 0 || state > static_cast<int>(ClipState::Failed) || failure < 0 ||
            failure > static_cast<int>(FailureClass::Unknown))
            continue;
        const qint64 count = query.value(2).toLongLong();
        counts[static_cast<ClipState>(state)] += count;
        if (static_cast<ClipState>(state) == ClipState::Failed)
            counts[static_cast<FailureClass>(failure)] += count;
    }
    return counts;
}

Result<void> LedgerReader::forEach(const std::function<bool(const WantedClip &, const ClipRecord &)> &visit)
{
    QSqlQuery query(m_connection->database());
    query.setForwardOnly(true);
    if (!query.exec(schema::selectStatement()))
        return tl::unexpected(m_connection->error(query.lastError()));
    while (query.next()) {
        WantedClip wanted;
        ClipRecord record;
        if (!schema::readRow(query, wanted, record))
            return failure(ErrorCode::BadInput,
                           u"The ledger %1 holds a clip that cannot be: %2."_s.arg(
                               m_connection->database().databaseName(), query.value(0).toString()));
        if (!visit(wanted, record))
            return {};
    }
    // next() is also false when reading failed.
    if (query.lastError().isValid())
        return tl::unexpected(m_connection->error(query.lastError()));
    return {};
}

} // namespace earmark::workspace
