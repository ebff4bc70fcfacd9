#include "query/classnames.h"

#include "base/nearest.h"
#include "query/query.h"

#include <QSet>

#include <algorithm>

namespace earmark::query {

namespace {

/// Tells of each class whether `text` is its name or mid.
auto isCalled(QStringView text)
{
    return [mid = text.toUtf8(), name = folded(text)](const auto &entry) {
        return entry.folded == name || entry.mid == mid;
    };
}

} // namespace

ClassNames::ClassNames(const segments::SegmentTable &table, classes::Classes classes)
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
        add(table.mid(static_cast<segments::LabelNumber>(label)));
    for (const classes::LabelMap::Label &label : m_classes.labels->labels())
        add(label.mid);
    for (const classes::Ontology::Node &node : m_classes.ontology->nodes())
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
    const classes::Ontology &ontology = *m_classes.ontology;
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
    std::vector<QString> names;
    names.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        names.push_back(entry.folded);
    const auto found = nearestName(folded(text), names);
    return found ? m_classes.displayName(m_entries[*found].mid) : QString();
}

} // namespace earmark::query
