#include "workspace/ledgerbackup.h"

#include "base/atomicfile.h"
#include "workspace/sql/connection.h"
#include "workspace/sql/schema.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <unistd.h>

namespace earmark::workspace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Copied in less than a tenth of a second: nobody notices that at the end of the program.
constexpr qint64 QuickBytes = 16'000'000;

} // namespace

Result<Tally> tallyOf(const QString &ledger)
{
    if (auto own = schema::refuseForeign(ledger); !own)
        return tl::unexpected(own.error());
    auto connection = Connection::open(ledger, Connection::Access::ReadOnly);
    if (!connection)
        return tl::unexpected(connection.error());
    if (auto fits = schema::check(**connection); !fits)
        return tl::unexpected(fits.error());
    const auto clips = (*connection)->number("SELECT count(*) FROM clips");
    const auto judgements = (*connection)->number("SELECT count(*) FROM judgements");
    if (!clips || !judgements)
        return tl::unexpected(!clips ? clips.error() : judgements.error());
    return Tally{*clips, *judgements};
}

LedgerBackup::LedgerBackup(Layout layout)
    : m_layout(std::move(layout))
    , m_ledger(m_layout.ledger())
    , m_target(m_layout.ledgerBackup())
    , m_file(fileIdOf(m_ledger))
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

LedgerBackup::~LedgerBackup()
{
    m_thread.request_stop();
    m_thread.join();
}

void LedgerBackup::changed()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isBehind = true;
    }
    m_wake.notify_one();
}

void LedgerBackup::run(const std::stop_token &stop)
{
    constexpr auto longest = 24h;
    const auto modified = [](const QString &path) { return QFileInfo(path).lastModified(); };
    const bool isThere = QFileInfo::exists(m_target);
    if (!isThere || std::max(modified(m_ledger), modified(m_ledger + u"-wal"_s)) > modified(m_target))
        changed();
    const std::chrono::milliseconds age(isThere ? modified(m_target).msecsTo(QDateTime::currentDateTime())
                                                : 0);
    auto last = std::chrono::steady_clock::now() -
                (isThere ? std::clamp<std::chrono::milliseconds>(age, 0ms, longest) : longest);
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, stop, [this] { return m_isBehind; });
        const qint64 size = QFileInfo(m_ledger).size();
        const std::chrono::milliseconds forSize(size * 60'000 / 1'000'000);
        m_wake.wait_until(lock, stop, last + std::clamp<std::chrono::milliseconds>(forSize, 5s, longest),
                          [] { return false; });
        const bool isLast = stop.stop_requested();
        if (isLast && (!m_isBehind || size > QuickBytes))
            return;
        m_isBehind = false;
        lock.unlock();
        (void)write(isLast ? std::stop_token() : stop);
        if (isLast)
            return;
        last = std::chrono::steady_clock::now();
    }
}

bool makeTemporary(const Layout &layout)
{
    return QDir().exists(layout.temporary()) || QDir().mkdir(layout.temporary());
}

Result<void> LedgerBackup::write(const std::stop_token &stop) const
{
    // Swept at every start, and on the same disk.
    const QString part = m_layout.temporary() + u"/ledger.backup"_s;
    if (!makeTemporary(m_layout))
        return tl::unexpected(writeError(part, errno));
    const auto written = removeFile(part).and_then([&] { return copyTo(part, stop); }).and_then([&] {
        return keepFormer().and_then([&] { return putInPlace(part, m_target); });
    });
    if (!written)
        (void)removeFile(part);
    return written;
}

Result<void> LedgerBackup::copyTo(const QString &part, const std::stop_token &stop) const
{
    const auto refused = [this] {
        return failure(
            ErrorCode::BadInput,
            u"%1 is no longer the ledger that was opened, so its backup stays as it is."_s.arg(m_ledger));
    };
    if (fileIdOf(m_ledger) != m_file)
        return refused();
    // Not read only: the last to close a ledger tidies up what SQLite keeps beside it, and a reader cannot.
    const auto copied =
        Connection::open(m_ledger, Connection::Access::ReadWrite).and_then([&](const auto &connection) {
            return schema::check(*connection).and_then([&] { return connection->copyTo(part, stop); });
        });
    if (!copied)
        return copied;
    if (fileIdOf(m_ledger) != m_file)
        return refused();
    const auto found = tallyOf(part);
    if (!found)
        return tl::unexpected(found.error());
    for (const QString &former : {m_target, m_layout.formerLedgerBackup()}) {
        const auto kept = tallyOf(former);
        if (kept && found->isFewerThan(*kept))
            return refused();
    }
    return {};
}

/// Makes room for a new backup: one that cannot be read goes aside, for somebody may yet get something out of
/// it.
Result<void> LedgerBackup::keepFormer() const
{
    constexpr qint64 day = 24 * 60 * 60;
    const QString former = m_layout.formerLedgerBackup();
    const auto kept = tallyOf(m_target);
    if (!kept)
        return kept.error().code == ErrorCode::NotFound
                   ? Result<void>()
                   : putAside(m_target, m_target + u".damaged"_s).map([](const QString &) {});
    // Of yesterday, unless that is of little use: a ledger grows fast at first.
    const auto old = tallyOf(former);
    if (old && 2 * old->clips >= kept->clips && 2 * old->judgements >= kept->judgements &&
        QFileInfo(former).lastModified().secsTo(QDateTime::currentDateTime()) < day)
        return {};
    // A second name for the backup, so that there is one at any moment.
    const QString part = m_layout.temporary() + u"/ledger.backup.1"_s;
    if (auto removed = removeFile(part); !removed)
        return removed;
    if (::link(QFile::encodeName(m_target).constData(), QFile::encodeName(part).constData()) != 0)
        return {}; // this file system has no second names: then there is one generation
    return putInPlace(part, former);
}

} // namespace earmark::workspace
