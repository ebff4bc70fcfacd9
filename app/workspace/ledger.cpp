#include "workspace/ledger.h"

#include "workspace/connection.h"
#include "workspace/schema.h"

#include <chrono>

namespace earmark::workspace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Ledger::Ledger(QString path, Report report)
    : m_path(std::move(path))
    , m_report(std::move(report))
{
}

Result<std::unique_ptr<Ledger>> Ledger::open(const QString &path, Report report)
{
    auto connection = Connection::open(path, Connection::Access::ReadWrite);
    if (!connection)
        return tl::unexpected(connection.error());
    // WAL: readers beside the writer, and a commit that a killed program cannot tear.
    if (auto done = (*connection)->execute(u"PRAGMA journal_mode = WAL"_s); !done)
        return tl::unexpected(done.error());
    if (auto done = schema::migrate(**connection); !done)
        return tl::unexpected(done.error());
    std::unique_ptr<Ledger> ledger(new Ledger(path, std::move(report)));
    ledger->m_thread =
        std::jthread([self = ledger.get()](std::stop_token stop) { self->run(std::move(stop)); });
    return ledger;
}

Ledger::~Ledger()
{
    m_thread.request_stop();
    m_thread.join();
}

void Ledger::enqueue(std::vector<std::pair<WantedClip, ClipRecord>> clips)
{
    say(std::move(clips));
}

void Ledger::update(const SegmentKey &key, const ClipRecord &record)
{
    say(Update{key, record});
}

void Ledger::setSetting(const QString &name, const QString &value)
{
    say(Setting{name, value});
}

void Ledger::say(Change change)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.push_back(std::move(change));
        ++m_said;
    }
    m_wake.notify_one();
}

Result<void> Ledger::flush()
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t wanted = m_said;
    const std::uint64_t triesBefore = m_tries;
    m_wake.notify_one();
    // Two tries: the first may have begun before the last change was said.
    m_written.wait(lock, [&] { return m_done >= wanted || (m_error && m_tries >= triesBefore + 2); });
    if (m_done >= wanted)
        return {};
    return tl::unexpected(*m_error);
}

void Ledger::run(std::stop_token stop)
{
    std::unique_ptr<Connection> connection;
    std::vector<Change> batch;
    for (;;) {
        std::unique_lock lock(m_mutex);
        if (m_error) // give the disk a moment, but do not sleep through the end
            m_wake.wait_for(lock, stop, 1s, [] { return false; });
        else
            m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); });
        batch.insert(batch.end(), std::make_move_iterator(m_waiting.begin()),
                     std::make_move_iterator(m_waiting.end()));
        m_waiting.clear();
        const bool isLast = stop.stop_requested();
        lock.unlock();

        Result<void> result;
        if (!batch.empty()) {
            if (!connection) {
                auto opened = Connection::open(m_path, Connection::Access::ReadWrite);
                if (opened)
                    connection = std::move(*opened);
                else
                    result = tl::unexpected(opened.error());
            }
            if (connection)
                result = write(*connection, batch);
        }

        lock.lock();
        const bool failedBefore = m_error.has_value();
        ++m_tries;
        if (result) {
            m_done += batch.size();
            batch.clear();
            m_error.reset();
        } else {
            m_error = result.error();
        }
        const std::optional<Error> error = m_error;
        lock.unlock();
        m_written.notify_all();
        if (error.has_value() != failedBefore)
            m_report(error);
        if (isLast)
            return;
    }
}

Result<void> Ledger::write(Connection &connection, const std::vector<Change> &changes)
{
    QSqlDatabase &database = connection.database();
    QSqlQuery enqueue(database);
    QSqlQuery update(database);
    QSqlQuery setting(database);
    const auto run = [&](QSqlQuery &query) -> Result<void> {
        if (!query.exec())
            return tl::unexpected(connection.error(query.lastError()));
        return {};
    };
    const auto writeAll = [&]() -> Result<void> {
        if (!enqueue.prepare(schema::enqueueStatement()) || !update.prepare(schema::updateStatement()) ||
            !setting.prepare(
                u"INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"_s))
            return tl::unexpected(connection.error(database.lastError()));
        for (const Change &change : changes) {
            Result<void> done;
            if (const auto *one = std::get_if<Update>(&change)) {
                schema::bindUpdate(update, one->key, one->record);
                done = run(update);
            } else if (const auto *pair = std::get_if<Setting>(&change)) {
                setting.addBindValue(pair->name);
                setting.addBindValue(pair->value);
                done = run(setting);
            } else {
                for (const auto &[wanted, record] : std::get<Enqueue>(change)) {
                    schema::bindEnqueue(enqueue, wanted, record);
                    if (done = run(enqueue); !done)
                        break;
                }
            }
            if (!done)
                return done;
        }
        return {};
    };

    if (auto begun = connection.execute(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    Result<void> result = writeAll();
    if (result)
        result = connection.execute(u"COMMIT"_s);
    if (!result)
        (void)connection.execute(u"ROLLBACK"_s); // what failed is said already
    return result;
}

} // namespace earmark::workspace
