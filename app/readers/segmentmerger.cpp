#include "readers/segmentmerger.h"

#include <algorithm>

namespace earmark::readers {

using namespace Qt::StringLiterals;

SegmentMerger::SegmentMerger(const QString &path, FileKind kind, Repeats repeats, std::size_t mostLabels)
    : m_repeats(repeats)
    , m_mostLabels(mostLabels)
{
    m_split.path = path;
    m_split.kind = kind;
}

void SegmentMerger::add(qint64 line, const SegmentKey &key, const std::vector<QByteArray> &labels)
{
    m_row.clear();
    for (const QByteArray &label : labels) {
        const auto known = number(label);
        if (!known) {
            problem(line, segments::manyDifferentLabelsText(m_mostLabels));
            return;
        }
        m_row.push_back(*known);
    }
    if (m_row.empty()) {
        problem(line, u"there is no label"_s);
        return;
    }
    Segment &gathered = segment(key);
    const std::size_t before = gathered.labels.size();
    bool isFull = false;
    for (const segments::LabelNumber label : m_row) {
        if (std::ranges::find(gathered.labels, label) != gathered.labels.end())
            continue;
        isFull = gathered.labels.size() == segments::SegmentTable::MostLabelsOfSegment;
        if (isFull)
            break;
        gathered.labels.push_back(label);
    }
    if (isFull)
        problem(line, segments::manyLabelsText());
    if (before == 0)
        gathered.line = line;
    else if (!isFull && gathered.labels.size() == before && m_repeats == Repeats::AreProblems)
        problem(line, u"nothing new: the same segment and labels as in line %1"_s.arg(gathered.line));
}

/// Nothing when there are too many.
std::optional<segments::LabelNumber> SegmentMerger::number(const QByteArray &label)
{
    const auto known = m_numbers.constFind(label);
    if (known != m_numbers.cend())
        return *known;
    if (m_labels.size() == m_mostLabels)
        return std::nullopt;
    const auto next = static_cast<segments::LabelNumber>(m_labels.size());
    m_labels.push_back(label);
    m_numbers.insert(label, next);
    return next;
}

SegmentMerger::Segment &SegmentMerger::segment(const SegmentKey &key)
{
    // The rows of a segment mostly stand together.
    if (!m_segments.empty() && m_segments.back().key == key)
        return m_segments.back();
    const auto known = m_places.constFind(key);
    if (known != m_places.cend())
        return m_segments[*known];
    m_places.insert(key, m_segments.size());
    return m_segments.emplace_back(Segment{key, 0, {}});
}

void SegmentMerger::problem(qint64 line, const QString &reason)
{
    ++m_split.problemCount;
    if (m_split.problems.size() < Split::MostProblems)
        m_split.problems.push_back({line, reason});
}

Result<Split> SegmentMerger::finish(const std::stop_token &stop)
{
    if (m_segments.empty()) {
        if (m_split.problems.empty())
            return failure(ErrorCode::BadInput, u"%1 holds no segment."_s.arg(m_split.path));
        const Problem &first = m_split.problems.front();
        return failure(ErrorCode::BadInput, u"%1 holds no segment. Line %2: %3."_s.arg(
                                                m_split.path, QString::number(first.line), first.reason));
    }
    m_split.table.reserve(m_segments.size());
    std::vector<std::string_view> labels;
    for (const Segment &gathered : m_segments) {
        if (stop.stop_requested())
            return cancelled();
        labels.clear();
        for (const segments::LabelNumber label : gathered.labels)
            labels.emplace_back(m_labels[label].constData(),
                                static_cast<std::size_t>(m_labels[label].size()));
        if (!m_split.table.append(gathered.key, labels)) // the texts take more than 4 GiB
            problem(gathered.line, segments::manyDifferentLabelsText(m_mostLabels));
    }
    m_split.table.index();
    return std::move(m_split);
}

} // namespace earmark::readers
