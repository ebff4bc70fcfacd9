#include "dataset/classnames.h"

#include "dataset/query.h"

#include <QSet>

#include <algorithm>
#include <numeric>

namespace earmark::dataset {

namespace {

/// How many characters must be changed, added, left out or swapped with the next to make one text of the
/// other.
int distanceBetween(const QString &a, const QString &b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> before(width);
    std::vector<int> above(width);
    std::vector<int> row(width);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = static_cast<int>(i) + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j) + 1;
            row[at] = std::min({above[at] + 1, row[at - 1] + 1, above[at - 1] + (a[i] == b[j] ? 0 : 1)});
            if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j])
                row[at] = std::min(row[at], before[at - 2] + 1);
        }
    }
    return row.back();
}

/// Tells of each class whether `text` is its name or mid.
auto isCalled(QStringView text)
{
    return [mid = text.toUtf8(), name = folded(text)](const auto &entry) {
        return entry.folded == name || entry.mid == mid;
    };
}

} // namespace

ClassNames::ClassNames(const SegmentTable &table, Classes classes)
    : m_classes(std::move(classes))
    , m_labelCount(table.labelCount())
{
    QSet<QByteArray> seen;
    const auto add = [this, &seen](const QByteArray &mid) {
        if (!seen.contains(mid))
            m_entries.push_back({mid, folded(m_classes.displayName(mid)), m_classes.ontology->find(mid)});
        seen.insert(mid);
    };
    for (std::size_t label = 0; label < m_labelCount; ++label)
        add(table.mid(static_cast<LabelNumber>(label)));
    for (const LabelMap::Label &label : m_classes.labels->labels())
        add(label.mid);
    for (const Ontology::Node &node : m_classes.ontology->nodes())
        add(node.mid);
}

template <class Fits>
std::vector<std::uint8_t> ClassNames::labels(const Fits &fits) const
{
    std::vector<std::uint8_t> result(m_labelCount);
    for (std::size_t label = 0; label < m_labelCount; ++label)
        result[label] = fits(m_entries[label]) ? 1 : 0;
    return result;
}

std::vector<std::uint8_t> ClassNames::holding(QStringView text) const
{
    return labels([text = folded(text)](const Entry &entry) { return entry.folded.contains(text); });
}

std::vector<std::uint8_t> ClassNames::called(QStringView text) const
{
    return labels(isCalled(text));
}

std::vector<std::uint8_t> ClassNames::under(QStringView text) const
{
    const auto isIt = isCalled(text);
    const Ontology &ontology = *m_classes.ontology;
    std::vector<bool> isBelow(ontology.nodes().size()); // or is one of those that are called so
    for (const Entry &entry : m_entries) {
        if (entry.node < 0 || !isIt(entry))
            continue;
        for (const QByteArray &mid : ontology.under(entry.node))
            isBelow[static_cast<std::size_t>(ontology.find(mid))] = true;
    }
    return labels([&](const Entry &entry) {
        return entry.node < 0 ? isIt(entry) : isBelow[static_cast<std::size_t>(entry.node)];
    });
}

std::vector<std::uint8_t> ClassNames::blacklisted() const
{
    const auto &nodes = m_classes.ontology->nodes();
    return labels([&nodes](const Entry &entry) {
        return entry.node >= 0 && nodes[static_cast<std::size_t>(entry.node)].blacklisted;
    });
}

bool ClassNames::isKnown(QStringView text) const
{
    return std::ranges::any_of(m_entries, isCalled(text));
}

QString ClassNames::nearest(QStringView text) const
{
    const QString wanted = folded(text);
    if (wanted.isEmpty())
        return {};
    // Half a name is most often the beginning of the one that is meant: of the shortest, the first.
    const Entry *whole = nullptr;
    for (const Entry &entry : m_entries) {
        if (entry.folded.startsWith(wanted) && (!whole || entry.folded.size() < whole->folded.size()))
            whole = &entry;
    }
    if (whole)
        return m_classes.displayName(whole->mid);
    int least = 2 + static_cast<int>(wanted.size()) / 4; // what is as far away is another word
    const Entry *best = nullptr;
    for (const Entry &entry : m_entries) {
        if (std::abs(entry.folded.size() - wanted.size()) >= least)
            continue;
        if (const int distance = distanceBetween(wanted, entry.folded); distance < least) {
            least = distance;
            best = &entry;
        }
    }
    return best ? m_classes.displayName(best->mid) : QString();
}

} // namespace earmark::dataset
