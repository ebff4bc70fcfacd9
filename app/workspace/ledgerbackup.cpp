#include "workspace/ledgerbackup.h"

#include "base/wholefile.h"
#include "workspace/connection.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <chrono>

namespace earmark::workspace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Copied in less than a tenth of a second: nobody notices that at the end of the program.
constexpr qint64 QuickBytes = 16'000'000;

} // namespace

LedgerBackup::LedgerBackup(QString ledger, QString target)
    : m_ledger(std::move(ledger))
    , m_target(std::move(target))
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

Result<void> LedgerBackup::write(const std::stop_token &stop) const
{
    const QString part = m_target + u".part"_s;
    QFile::remove(part);
    // Not read only: the last to close a ledger tidies up what SQLite keeps beside it, and a reader cannot.
    const auto written = Connection::open(m_ledger, Connection::Access::ReadWrite)
                             .and_then([&](const auto &connection) { return connection->copyTo(part, stop); })
                             .and_then([&] { return putInPlace(part, m_target); });
    if (!written)
        QFile::remove(part);
    return written;
}

} // namespace earmark::workspace
