#pragma once

#include "base/result.h"
#include "clips/journal.h"
#include "workspace/sql/statement.h"

#include <functional>

namespace earmark::workspace {

class Connection;

/// The ledger's tables of what listeners said: the only place that knows their columns.
namespace schema {

/// Writes review steps, undone and redone ones included.
class JudgementWriter final
{
public:
    enum class Action {
        Apply, ///< a new step, which replaces the undone ones
        Undo,  ///< the judgements before the step hold again
        Redo,  ///< the judgements after the step hold again
    };

    static Result<std::unique_ptr<JudgementWriter>> open(Connection &connection);
    /// `position`: how many steps hold after that, at least 1 unless it is an Undo.
    Result<void> write(const JudgementStep &step, Action action, std::size_t position);

private:
    JudgementWriter(Statement judge, Statement forget, Statement append, Statement position);

    Statement m_judge;
    Statement m_forget;
    Statement m_append;
    Statement m_position;
};

/// Calls `visit` for every clip of which something was said. How many rows were skipped as damaged.
Result<qint64> forEachJudgement(Connection &connection,
                                const std::function<void(const SegmentKey &, const Judgement &)> &visit);
Result<Journal> readJournal(Connection &connection);

/// How a judgement is read where it stands in other rows: the columns, and what makes one of them. Out of
/// range: undecided.
inline constexpr std::string_view JudgementColumns = "verdict, flagged, doubted, note";
Judgement readJudgement(const Statement &row, int firstColumn);

} // namespace schema

} // namespace earmark::workspace
