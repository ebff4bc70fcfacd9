#include "cli/report.h"

#include "base/format.h"

#include <QStringList>

namespace earmark::cli {

using namespace Qt::StringLiterals;

nlohmann::ordered_json countsJson(const QString &workspace, const ClipCounts &counts)
{
    nlohmann::ordered_json json;
    json["workspace"] = workspace.toStdString();
    json["total"] = counts.total();
    json["ready"] = counts[ClipState::Ready];
    json["short"] = counts[ClipState::Short];
    json["missing"] = counts[ClipState::Missing];
    json["damaged"] = counts[ClipState::Damaged];
    json["queued"] = counts.unfinished();
    auto &failed = json["failed"];
    for (const FailureClass failure : AllFailureClasses)
        failed[keyword(failure).latin1()] = counts[failure];
    return json;
}

QString countsText(const QString &workspace, const ClipCounts &counts)
{
    QStringList parts{u"%1 ready"_s.arg(countText(counts[ClipState::Ready]))};
    for (const ClipState state : {ClipState::Short, ClipState::Missing, ClipState::Damaged}) {
        if (counts[state] > 0)
            parts.append(u"%1 %2"_s.arg(countText(counts[state]), keyword(state)));
    }
    if (counts.unfinished() > 0)
        parts.append(u"%1 queued"_s.arg(countText(counts.unfinished())));
    QStringList reasons;
    for (const FailureClass failure : AllFailureClasses) {
        if (counts[failure] > 0)
            reasons.append(u"%1 %2"_s.arg(countText(counts[failure]), keyword(failure)));
    }
    if (!reasons.isEmpty())
        parts.append(u"%1 failed (%2)"_s.arg(countText(counts[ClipState::Failed]), reasons.join(u", "_s)));
    return u"%1 in %2: %3"_s.arg(counted(counts.total(), u"clip"), workspace, parts.join(u", "_s));
}

} // namespace earmark::cli
