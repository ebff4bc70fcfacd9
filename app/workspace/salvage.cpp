#include "workspace/salvage.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "workspace/sql/connection.h"
#include "workspace/sql/schema.h"

#include <QFile>
#include <QFileInfo>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

namespace {

bool isSound(const QString &ledger)
{
    return schema::refuseForeign(ledger)
        .and_then([&] { return Connection::open(ledger, Connection::Access::ReadOnly); })
        .and_then([](const auto &connection) {
            return connection->checkStructure().and_then([&] { return schema::check(*connection); });
        })
        .has_value();
}

/// A copy, for the backup stays: the ledger's next trouble may come before its next backup.
Result<void> copyInPlace(const QString &from, const QString &to)
{
    constexpr qint64 Piece = 1 << 20;
    QFile source(from);
    if (auto opened = openRegularFile(source); !opened)
        return opened;
    AtomicFile target(to);
    auto written = target.open();
    while (written && !source.atEnd()) {
        const QByteArray piece = source.read(Piece);
        if (piece.isEmpty())
            return failure(ErrorCode::Unreadable,
                           u"%1 cannot be read: %2."_s.arg(from, source.errorString()));
        written = target.write(piece);
    }
    return written ? target.commit() : written;
}

/// True for a ledger without any table, as it is when somebody made a new file of that name.
bool isEmpty(const QString &ledger)
{
    return Connection::open(ledger, Connection::Access::ReadOnly)
        .and_then(
            [](const auto &connection) { return connection->number("SELECT count(*) FROM sqlite_master"); })
        .map([](qint64 objects) { return objects == 0; })
        .value_or(false);
}

} // namespace

bool isLedgerLost(const Layout &layout)
{
    const bool hasBackup =
        QFileInfo::exists(layout.ledgerBackup()) || QFileInfo::exists(layout.formerLedgerBackup());
    return hasBackup && (QFileInfo(layout.ledger()).size() == 0 || isEmpty(layout.ledger()));
}

Result<Salvage> salvage(const Layout &layout)
{
    Salvage done;
    QString name = layout.ledger() + u".damaged-"_s + QDateTime::currentDateTime().toString(u"yyyy-MM-dd"_s);
    if (QFileInfo(layout.ledger()).size() > 0) {
        auto kept = putAside(layout.ledger(), name);
        if (!kept)
            return tl::unexpected(kept.error());
        done.keptAs = name = *kept;
    }
    // What SQLite keeps beside a ledger belongs to it, and would spoil another one under its name.
    for (const QString &part : {u"-wal"_s, u"-shm"_s}) {
        if (auto kept = putAside(layout.ledger() + part, name + part); !kept)
            return tl::unexpected(kept.error());
    }
    flushFolder(layout.root());
    for (const QString &backup : {layout.ledgerBackup(), layout.formerLedgerBackup()}) {
        if (done.backupFrom || !isSound(backup))
            continue;
        if (auto copied = copyInPlace(backup, layout.ledger()); !copied)
            return tl::unexpected(copied.error());
        done.backupFrom = QFileInfo(backup).lastModified();
    }
    return done;
}

} // namespace earmark::workspace
