#include "workspace/ledger.h"

#include "base/atomicfile.h"
#include "base/bytes.h"
#include "base/ownfiles.h"
#include "clips/lifecycle.h"
#include "workspace/ledgerbackup.h"
#include "workspace/sql/columns.h"
#include "workspace/sql/connection.h"
#include "workspace/sql/schema.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <chrono>

namespace earmark::workspace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A connection with what is said to it again and again.
class Ledger::Writer final
{
public:
    static Result<std::unique_ptr<Writer>> open(const QString &path)
    {
        auto connection = Connection::open(path, Connection::Access::ReadWrite);
        if (!connection)
            return tl::unexpected(connection.error());
        // WAL: readers beside the writer, and a commit that a killed program cannot tear.
        if (auto done = (*connection)->execute("PRAGMA journal_mode = WAL"); !done)
            return tl::unexpected(done.error());
        auto enqueue = (*connection)->prepare(schema::upsertText(false));
        auto update = (*connection)->prepare(schema::upsertText(true));
        auto place = (*connection)->prepare(schema::placeText());
        auto setting = (*connection)
                           ->prepare("INSERT INTO settings VALUES (?, ?) "
                                     "ON CONFLICT DO UPDATE SET value = excluded.value");
        for (const auto *each : {&enqueue, &update, &place, &setting}) {
            if (!*each)
                return tl::unexpected(each->error());
        }
        auto judgements = schema::JudgementWriter::open(**connection);
        if (!judgements)
            return tl::unexpected(judgements.error());
        return std::unique_ptr<Writer>(new Writer(std::move(*connection), std::move(*enqueue),
                                                  std::move(*update), std::move(*place), std::move(*setting),
                                                  std::move(*judgements)));
    }

    bool hasMoved() const { return m_connection->hasMoved(); }
    Result<void> copyTo(const QString &path) { return m_connection->copyTo(path, {}); }

    /// All of it or nothing.
    Result<void> write(const std::vector<Change> &changes)
    {
        if (auto begun = m_connection->execute("BEGIN IMMEDIATE"); !begun)
            return begun;
        Result<void> result;
        for (const Change &change : changes) {
            result = std::visit([this](const auto &each) { return put(each); }, change);
            if (!result)
                break;
        }
        if (result)
            result = m_connection->execute("COMMIT");
        if (!result)
            (void)m_connection->execute("ROLLBACK"); // what failed is said already
        return result;
    }

private:
    Writer(std::unique_ptr<Connection> connection, Statement enqueue, Statement update, Statement place,
           Statement setting, std::unique_ptr<schema::JudgementWriter> judgements)
        : m_connection(std::move(connection))
        , m_enqueue(std::move(enqueue))
        , m_update(std::move(update))
        , m_place(std::move(place))
        , m_setting(std::move(setting))
        , m_judgements(std::move(judgements))
    {
    }

    /// The texts of the clip are converted as long as the statement needs them.
    static Result<void> upsert(Statement &statement, const SegmentKey &key, const Clip &clip,
                               QByteArrayView labels)
    {
        std::array<QByteArray, 3> texts;
        std::size_t text = 0;
        const LedgerRow row{withTexts<std::string_view>(clip,
                                                        [&](const QString &from) {
                                                            texts[text] = from.toUtf8();
                                                            return viewOf(texts[text++]);
                                                        }),
                            key, labels};
        schema::bindUpsert(statement, row);
        return statement.run();
    }
    Result<void> put(const Update &change) { return upsert(m_update, change.key, change.record, {}); }
    Result<void> put(const Setting &change)
    {
        m_setting.bindText(1, viewOf(change.name));
        m_setting.bindText(2, viewOf(change.value));
        return m_setting.run();
    }
    Result<void> put(const Enqueue &change)
    {
        Clip queued;
        lifecycle::queue(queued);
        queued.progress.changedAt = change.changedAt;
        LedgerRow row{
            withTexts<std::string_view>(queued, [](const QString &) { return std::string_view(); }), {}, {}};
        schema::bindUpsert(m_enqueue, row); // but for key and place, the same for all of them
        return forEach(m_enqueue, row, change.clips);
    }
    Result<void> put(const Place &change)
    {
        LedgerRow row;
        return forEach(m_place, row, change.clips);
    }
    static Result<void> forEach(Statement &statement, LedgerRow &row, const std::vector<WantedClip> &clips)
    {
        for (const WantedClip &clip : clips) {
            row.key = clip.key;
            row.origin.position = clip.position;
            row.labels = clip.labels;
            schema::bindPlace(statement, row);
            if (auto done = statement.run(); !done)
                return done;
        }
        return {};
    }
    Result<void> put(const Judge &change)
    {
        return m_judgements->write(*change.step, change.action, change.position);
    }

    std::unique_ptr<Connection> m_connection;
    Statement m_enqueue;
    Statement m_update;
    Statement m_place;
    Statement m_setting;
    std::unique_ptr<schema::JudgementWriter> m_judgements;
};

Ledger::Ledger(Layout layout, std::unique_ptr<Writer> writer, Report report)
    : m_layout(std::move(layout))
    , m_report(std::move(report))
    , m_path(m_layout.ledger())
    , m_writer(std::move(writer))
    , m_backup(std::make_unique<LedgerBackup>(m_layout))
{
}

Result<std::unique_ptr<Ledger>> Ledger::open(const Layout &layout, Report report)
{
    const QString path = layout.ledger();
    if (auto own = schema::refuseForeign(path); !own)
        return tl::unexpected(own.error());
    const auto migrated =
        Connection::open(path, Connection::Access::Create).and_then([](const auto &connection) {
            return schema::migrate(*connection);
        });
    if (!migrated)
        return tl::unexpected(migrated.error());
    auto writer = Writer::open(path);
    if (!writer)
        return tl::unexpected(writer.error());
    std::unique_ptr<Ledger> ledger(new Ledger(layout, std::move(*writer), std::move(report)));
    ledger->m_thread =
        std::jthread([self = ledger.get()](std::stop_token stop) { self->run(std::move(stop)); });
    return ledger;
}

Ledger::~Ledger()
{
    m_thread.request_stop();
    m_thread.join();
    m_writer
        .reset(); // puts all into the main file, so that the backup, which is written now, is the newer one
}

void Ledger::enqueue(std::vector<WantedClip> clips, qint64 changedAt)
{
    say(Enqueue{std::move(clips), changedAt});
}

void Ledger::place(std::vector<WantedClip> clips)
{
    say(Place{std::move(clips)});
}

void Ledger::update(const SegmentKey &key, const Clip &record)
{
    say(Update{key, record});
}

void Ledger::judge(Journal::Step step, schema::JudgementWriter::Action action, std::size_t position)
{
    say(Judge{std::move(step), action, position});
}

void Ledger::setSetting(const QString &name, const QString &value)
{
    say(Setting{name.toUtf8(), value.toUtf8()});
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

        const Result<void> result = write(batch);

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
        if (!error && m_backup)
            m_backup->changed();
        if (error.has_value() != failedBefore)
            m_report(error);
        if (isLast)
            return;
    }
}

Result<void> Ledger::write(const std::vector<Change> &changes)
{
    if (m_writer && m_writer->hasMoved()) {
        if (auto rescued = rescue(); !rescued)
            return rescued;
    }
    if (!m_writer) {
        auto opened = Writer::open(m_path);
        if (!opened)
            return tl::unexpected(opened.error());
        m_writer = std::move(*opened);
    }
    return changes.empty() ? Result<void>() : m_writer->write(changes);
}

/// SQLite still has the file open that went away: nothing of it is lost as long as the program runs.
Result<void> Ledger::rescue()
{
    const QString lost = m_path;
    if (!QFileInfo::exists(m_layout.root()))
        return failure(ErrorCode::Unwritable,
                       u"The folder %1 was moved or deleted while Earmark used it. Move it back."_s.arg(
                           m_layout.root()));
    const QString part = m_layout.temporary() + u"/ledger.rescued"_s;
    if (!makeTemporary(m_layout))
        return tl::unexpected(writeError(part, errno));
    auto copied = removeFile(part).and_then([&] { return m_writer->copyTo(part); });
    if (!copied)
        return copied;
    m_backup.reset();
    m_writer.reset(); // SQLite tidies up beside the former file, as far as that is under its name
    m_path = part;
    if (fileIdOf(lost) == FileId()) {
        // Of the former file, and would spoil the new one.
        for (const QString &beside : {u"-wal"_s, u"-shm"_s}) {
            if (auto removed = removeFile(lost + beside); !removed)
                return removed;
        }
    }
    if (renameToFree(part, lost)) {
        m_path = lost;
        if (lost == m_layout.ledger())
            m_backup = std::make_unique<LedgerBackup>(m_layout);
        m_report(Error{
            ErrorCode::NotFound,
            u"The ledger %1 was moved or deleted while Earmark used it. Earmark has written it again, with everything in it; start the downloads again."_s
                .arg(lost)});
    } else {
        auto kept = putAside(part, m_layout.ledger() + u".kept"_s);
        if (!kept)
            return tl::unexpected(kept.error());
        m_path = *kept;
        m_report(Error{
            ErrorCode::Locked,
            u"The ledger %1 was replaced by another file while Earmark used it. Earmark now writes to %2, which holds everything it knew. Close Earmark, and give the file you want to keep the name of the ledger."_s
                .arg(lost, m_path)});
    }
    flushFolder(m_layout.root());
    return {};
}

} // namespace earmark::workspace
