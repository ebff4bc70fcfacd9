#include "export/exportset.h"

#include "classes/labellist.h"
#include "query/filter.h"
#include "query/queryparser.h"

#include <algorithm>
#include <numeric>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using segments::LabelNumber;
using segments::Row;

namespace {

/// The rows of the query's and the keys' clips, whatever their states and verdicts.
Result<std::vector<Row>> rowsOf(const ClipTable &clips, const ExportOptions &options)
{
    std::vector<Row> rows;
    if (options.query.isEmpty()) {
        rows.resize(clips.size());
        std::iota(rows.begin(), rows.end(), Row{0});
    } else {
        if (const auto fault = queryFault(clips, options))
            return failure(ErrorCode::BadInput,
                           u"The query “%1” is wrong at character %2: %3."_s.arg(
                               options.query, QString::number(fault->position + 1), fault->text));
        query::Filter(clips.segments(), options.classes).run(*query::parseQuery(options.query), rows);
    }
    if (options.keys)
        std::erase_if(rows, [&](Row row) { return !options.keys->contains(clips.segments().key(row)); });
    return rows;
}

/// The label sets of clips with doubted labels.
class Reducer final
{
public:
    Reducer(const ClipTable &clips, ExportSet &set)
        : m_clips(clips)
        , m_set(set)
    {
    }
    /// Nothing when no label is left.
    std::optional<std::uint32_t> setOf(Row row)
    {
        const QByteArray &doubted = m_clips.judgement(row).doubted;
        const segments::SegmentTable &table = m_clips.segments();
        if (doubted.isEmpty())
            return table.set(row);
        const auto mids = classes::splitLabels(doubted);
        std::vector<LabelNumber> left;
        for (const LabelNumber label : table.labels(row)) {
            if (std::ranges::find(mids, table.mid(label)) == mids.end())
                left.push_back(label);
        }
        if (left.empty())
            return std::nullopt;
        const auto [at, isNew] =
            m_numbers.try_emplace(left, static_cast<std::uint32_t>(m_set.reduced.size()));
        if (isNew)
            m_set.reduced.push_back(std::move(left));
        return static_cast<std::uint32_t>(table.setCount()) + at->second;
    }

private:
    const ClipTable &m_clips;
    ExportSet &m_set;
    std::map<std::vector<LabelNumber>, std::uint32_t> m_numbers;
};

constexpr QLatin1StringView NotQueued("not queued");

/// Those of the keys that have no row; `rows` are those of the others.
std::vector<SegmentKey> unknown(const ClipTable &clips, QSet<SegmentKey> keys, const std::vector<Row> &rows)
{
    for (const Row row : rows)
        keys.remove(clips.segments().key(row));
    std::vector<SegmentKey> left(keys.cbegin(), keys.cend());
    std::ranges::sort(left);
    return left;
}

/// Why a clip does not go in; empty when it does.
QLatin1StringView whyNot(const ClipTable &clips, const ExportOptions &options, Row row)
{
    const segments::SegmentTable &table = clips.segments();
    const Verdict verdict = table.verdict(row);
    if (!isPlayable(table.state(row)))
        return keyword(table.state(row));
    if (verdict == Verdict::Reject && options.scope != ExportScope::All)
        return "rejected"_L1;
    if (verdict == Verdict::Undecided && options.scope == ExportScope::Kept)
        return "undecided"_L1;
    // Known by its file alone, since the ledger was made anew; a manifest must not say that it has no labels.
    if (table.labels(row).empty())
        return "without labels"_L1;
    if (clips.duration(row) < options.shortest)
        return "too short"_L1;
    return clips.hasFile(row) ? QLatin1StringView() : "missing"_L1;
}

} // namespace

std::optional<query::QueryError> queryFault(const ClipTable &clips, const ExportOptions &options)
{
    const auto query = query::parseQuery(options.query);
    if (!query)
        return query.error();
    return query::Filter(clips.segments(), options.classes).check(*query);
}

Result<ExportSet> chooseClips(const ClipTable &clips, const ExportOptions &options,
                              const std::stop_token &stop)
{
    auto rows = rowsOf(clips, options);
    if (!rows)
        return tl::unexpected(rows.error());
    clips.sortBySplit(*rows);
    ExportSet set;
    set.items.reserve(rows->size());
    Reducer reducer(clips, set);
    for (const Row row : *rows) {
        if (stop.stop_requested())
            return cancelled();
        const bool isAbsent = clips.segments().state(row) == ClipState::Absent;
        if (isAbsent && options.query.isEmpty() && !options.keys)
            continue;
        QLatin1StringView reason = isAbsent ? NotQueued : whyNot(clips, options, row);
        std::optional<std::uint32_t> labels;
        if (reason.isEmpty()) {
            labels = options.withDoubted ? clips.segments().set(row) : reducer.setOf(row);
            if (!labels)
                reason = "all labels doubted"_L1;
        }
        if (labels)
            set.items.push_back({row, *labels});
        else
            set.leftOut.push_back({row, reason});
    }
    if (options.keys && options.query.isEmpty())
        set.notQueued = unknown(clips, *options.keys, *rows);
    for (const LeftOut &each : set.leftOut)
        ++set.skipped[each.why];
    if (!set.notQueued.empty())
        set.skipped[NotQueued] += std::ssize(set.notQueued);
    return set;
}

void ExportSet::leaveOut(const ClipTable &clips, std::span<const LeftOut> unfit)
{
    if (unfit.empty())
        return;
    QHash<Row, QLatin1StringView> reasons;
    for (const LeftOut &each : unfit) {
        reasons.insert(each.row, each.why);
        ++skipped[each.why];
    }
    std::erase_if(items, [&reasons](const ExportItem &item) { return reasons.contains(item.row); });
    std::vector<Row> rows;
    for (const LeftOut &each : leftOut) {
        reasons.insert(each.row, each.why);
        rows.push_back(each.row);
    }
    for (const LeftOut &each : unfit)
        rows.push_back(each.row);
    clips.sortBySplit(rows);
    leftOut.clear();
    for (const Row row : rows)
        leftOut.push_back({row, reasons.value(row)});
}

} // namespace earmark::exports
