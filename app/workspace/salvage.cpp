#include "workspace/salvage.h"

#include "base/wholefile.h"
#include "workspace/connection.h"
#include "workspace/schema.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

namespace {

bool isSound(const QString &ledger)
{
    return Connection::open(ledger, Connection::Access::ReadOnly)
        .and_then([](const auto &connection) {
            return connection->checkStructure().and_then([&] { return schema::check(*connection); });
        })
        .has_value();
}

Result<void> rename(const QString &from, const QString &to)
{
    if (std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return tl::unexpected(writeError(to, errno));
    return {};
}

/// A copy, for the backup stays: the ledger's next trouble may come before its next backup.
Result<void> copyInPlace(const QString &from, const QString &to)
{
    const QString part = to + u".part"_s;
    QFile::remove(part);
    QFile source(from);
    if (!source.copy(part)) {
        QFile::remove(part);
        return failure(ErrorCode::Unwritable,
                       u"%1 cannot be copied to %2: %3."_s.arg(from, part, source.errorString()));
    }
    return putInPlace(part, to);
}

} // namespace

bool isLedgerLost(const Layout &layout)
{
    return QFileInfo(layout.ledger()).size() == 0 && QFileInfo::exists(layout.ledgerBackup());
}

Result<Salvage> salvage(const Layout &layout)
{
    Salvage done;
    if (QFileInfo(layout.ledger()).size() > 0) {
        const QDateTime now = QDateTime::currentDateTime();
        done.keptAs = layout.ledger() + u".damaged-"_s + now.toString(u"yyyy-MM-dd"_s);
        if (QFileInfo::exists(done.keptAs))
            done.keptAs += now.toString(u"-HHmmss"_s);
        // What SQLite keeps beside a ledger belongs to it, and would spoil another one under its name.
        for (const QString &part : {u"-wal"_s, u"-shm"_s, u""_s}) {
            if (!QFileInfo::exists(layout.ledger() + part))
                continue;
            if (auto renamed = rename(layout.ledger() + part, done.keptAs + part); !renamed)
                return tl::unexpected(renamed.error());
        }
    } else {
        for (const QString &part : {u"-wal"_s, u"-shm"_s})
            QFile::remove(layout.ledger() + part);
    }
    if (isSound(layout.ledgerBackup())) {
        if (auto copied = copyInPlace(layout.ledgerBackup(), layout.ledger()); !copied)
            return tl::unexpected(copied.error());
        done.backupFrom = QFileInfo(layout.ledgerBackup()).lastModified();
    }
    return done;
}

} // namespace earmark::workspace
