#include "workspace/sql/journaltable.h"

#include "base/bytes.h"
#include "workspace/sql/columns.h"
#include "workspace/sql/connection.h"

namespace earmark::workspace::schema {

namespace {

/// To `parameter` and the three behind it. `note` must stay until the statement is reset.
void bindJudgement(Statement &statement, int parameter, const Judgement &judgement, const QByteArray &note)
{
    statement.bind(parameter, static_cast<int>(judgement.verdict));
    statement.bind(parameter + 1, judgement.isFlagged ? 1 : 0);
    statement.bindText(parameter + 2, viewOf(judgement.doubted));
    statement.bindText(parameter + 3, viewOf(note));
}

} // namespace

JudgementWriter::JudgementWriter(Statement judge, Statement forget, Statement append, Statement position)
    : m_judge(std::move(judge))
    , m_forget(std::move(forget))
    , m_append(std::move(append))
    , m_position(std::move(position))
{
}

Result<std::unique_ptr<JudgementWriter>> JudgementWriter::open(Connection &connection)
{
    auto judge = connection.prepare(
        "INSERT INTO judgements (ytid, start_ms, end_ms, verdict, flagged, doubted, note, judged_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET verdict = ?4, flagged = ?5, "
        "doubted = ?6, note = ?7, judged_at = ?8");
    auto forget = connection.prepare("DELETE FROM journal WHERE step >= ?1");
    auto append = connection.prepare(
        "INSERT INTO journal (step, place, at, ytid, start_ms, end_ms, verdict, flagged, doubted, note, "
        "old_verdict, old_flagged, old_doubted, old_note) "
        "VALUES (?4, ?5, ?6, ?1, ?2, ?3, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
    auto position = connection.prepare("INSERT INTO settings VALUES ('journal_position', ?1) "
                                       "ON CONFLICT DO UPDATE SET value = excluded.value");
    for (const auto *each : {&judge, &forget, &append, &position}) {
        if (!*each)
            return tl::unexpected(each->error());
    }
    return std::unique_ptr<JudgementWriter>(
        new JudgementWriter(std::move(*judge), std::move(*forget), std::move(*append), std::move(*position)));
}

Result<void> JudgementWriter::write(const JudgementStep &step, Action action, std::size_t position)
{
    const auto number = static_cast<qint64>(position) - 1; // of a new step, from 0
    if (action == Action::Apply) {
        m_forget.bind(1, number);
        if (auto done = m_forget.run(); !done)
            return done;
    }
    for (std::size_t place = 0; place < step.changes.size(); ++place) {
        const auto &change = step.changes[place];
        const Judgement &holds = action == Action::Undo ? change.before : change.after;
        const QByteArray note = holds.note.toUtf8();
        bindKey(m_judge, change.key);
        bindJudgement(m_judge, 4, holds, note);
        m_judge.bind(8, step.at);
        if (auto done = m_judge.run(); !done)
            return done;
        if (action != Action::Apply)
            continue;
        const QByteArray oldNote = change.before.note.toUtf8();
        bindKey(m_append, change.key);
        m_append.bind(4, number);
        m_append.bind(5, static_cast<qint64>(place));
        m_append.bind(6, step.at);
        bindJudgement(m_append, 7, change.after, note);
        bindJudgement(m_append, 11, change.before, oldNote);
        if (auto done = m_append.run(); !done)
            return done;
    }
    const std::string text = std::to_string(position);
    m_position.bindText(1, text);
    return m_position.run();
}

Judgement readJudgement(const Statement &row, int firstColumn)
{
    Judgement read;
    const qint64 verdict = row.integer(firstColumn);
    if (verdict >= 0 && verdict <= static_cast<int>(Verdict::Reject))
        read.verdict = static_cast<Verdict>(verdict);
    read.isFlagged = row.integer(firstColumn + 1) != 0;
    read.doubted = row.bytes(firstColumn + 2).toByteArray();
    if (const auto note = row.text(firstColumn + 3); !note.empty())
        read.note = QString::fromUtf8(note);
    return read;
}

Result<qint64> forEachJudgement(Connection &connection,
                                const std::function<void(const SegmentKey &, const Judgement &)> &visit)
{
    auto select =
        connection.prepare("SELECT ytid, start_ms, end_ms, verdict, flagged, doubted, note FROM judgements");
    if (!select)
        return tl::unexpected(select.error());
    qint64 skipped = 0;
    const auto read = select->forEachRow([&] {
        const auto key = readKey(*select, 0);
        if (key && select->text(5).size() <= LongestText && select->text(6).size() <= LongestText)
            visit(*key, readJudgement(*select, 3));
        else
            ++skipped;
        return true;
    });
    return read.map([&] { return skipped; });
}

Result<Journal> readJournal(Connection &connection)
{
    const auto position = connection.number(
        "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'journal_position'), 0)");
    if (!position)
        return tl::unexpected(position.error());
    auto select = connection.prepare(
        "SELECT step, at, ytid, start_ms, end_ms, verdict, flagged, doubted, note, "
        "old_verdict, old_flagged, old_doubted, old_note FROM journal ORDER BY step, place");
    if (!select)
        return tl::unexpected(select.error());
    std::vector<Journal::Step> steps;
    std::optional<qint64> number;
    auto step = std::make_shared<JudgementStep>();
    const auto finish = [&] {
        if (number)
            steps.push_back(std::exchange(step, std::make_shared<JudgementStep>()));
    };
    const auto read = select->forEachRow([&] {
        if (number != select->integer(0)) {
            finish();
            number = select->integer(0);
            step->at = select->integer(1);
        }
        if (const auto key = readKey(*select, 2))
            step->changes.push_back({*key, readJudgement(*select, 9), readJudgement(*select, 5)});
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    finish();
    return Journal(std::move(steps), static_cast<std::size_t>(std::max<qint64>(*position, 0)));
}

} // namespace earmark::workspace::schema
