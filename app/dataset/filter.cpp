#include "dataset/filter.h"

#include <algorithm>
#include <string_view>

namespace earmark::dataset {

namespace {

/// One leaf of the query, ready for the pass over the rows.
struct Leaf
{
    std::vector<bool> sets; ///< by label set: fits; empty when labels do not matter
    QByteArray id;          ///< the id must hold this; empty when it does not matter
    ClipState state = ClipState::Absent;
};

/// The query with its leaves prepared: labels are judged once per distinct set, so that a row costs a
/// look-up.
struct Prepared
{
    Query::Kind kind;
    Leaf leaf;
    std::vector<Prepared> terms;
};

} // namespace

Filter::Filter(const SegmentTable &table, Classes classes)
    : m_table(table)
    , m_classes(std::move(classes))
{
    for (std::size_t label = 0; label < table.labelCount(); ++label)
        m_names.push_back(folded(m_classes.displayName(table.mid(static_cast<LabelNumber>(label)))));
}

std::optional<QueryError> Filter::check(const Query &) const
{
    return std::nullopt;
}

bool Filter::fits(const Query &leaf, LabelNumber label) const
{
    const QString text = folded(leaf.text);
    if (leaf.kind == Query::Kind::Word)
        return m_names[label].contains(text);
    return m_names[label] == text || m_table.mid(label) == leaf.text.toUtf8();
}

std::vector<bool> Filter::soughtLabels(const Query &query) const
{
    std::vector<bool> sought(m_names.size());
    const auto gather = [&](const auto &self, const Query &part) -> void {
        if (part.kind == Query::Kind::Label || part.kind == Query::Kind::Under ||
            part.kind == Query::Kind::Word) {
            for (std::size_t label = 0; label < sought.size(); ++label)
                sought[label] = sought[label] || fits(part, static_cast<LabelNumber>(label));
        } else if (part.kind != Query::Kind::Not) {
            for (const Query &term : part.terms)
                self(self, term);
        }
    };
    gather(gather, query);
    return sought;
}

void Filter::run(const Query &query, std::vector<Row> &rows) const
{
    const auto setsWith = [this](const auto &labelFits) {
        std::vector<bool> fits(m_names.size());
        for (std::size_t label = 0; label < fits.size(); ++label)
            fits[label] = labelFits(label);
        std::vector<bool> sets(m_table.setCount());
        for (std::uint32_t set = 0; set < sets.size(); ++set)
            sets[set] = std::ranges::any_of(m_table.setLabels(set),
                                            [&fits](LabelNumber label) { return fits[label]; });
        return sets;
    };

    const auto prepare = [this, &setsWith](const auto &self, const Query &part) -> Prepared {
        Prepared result{part.kind, {}, {}};
        switch (part.kind) {
        case Query::Kind::Word:
            result.leaf.id = part.text.toUtf8();
            [[fallthrough]];
        case Query::Kind::Label:
        case Query::Kind::Under:
            result.leaf.sets =
                setsWith([&](std::size_t label) { return fits(part, static_cast<LabelNumber>(label)); });
            break;
        case Query::Kind::Id:
            result.leaf.id = part.text.toUtf8();
            break;
        case Query::Kind::State:
            result.leaf.state = clipStateFromWord(part.text).value_or(ClipState::Absent);
            break;
        default:
            for (const Query &term : part.terms)
                result.terms.push_back(self(self, term));
        }
        return result;
    };

    const auto rowFits = [this](const auto &self, const Prepared &part, Row row) -> bool {
        const auto holds = [&] {
            const SegmentKey key = m_table.key(row);
            return key.ytid.view().find(std::string_view(part.leaf.id.constData(),
                                                         static_cast<std::size_t>(part.leaf.id.size()))) !=
                   std::string_view::npos;
        };
        const auto termFits = [&](const Prepared &term) { return self(self, term, row); };
        switch (part.kind) {
        case Query::Kind::All:
            return true;
        case Query::Kind::And:
            return std::ranges::all_of(part.terms, termFits);
        case Query::Kind::Or:
            return std::ranges::any_of(part.terms, termFits);
        case Query::Kind::Not:
            return !termFits(part.terms.front());
        case Query::Kind::Word:
            return part.leaf.sets[m_table.set(row)] || holds();
        case Query::Kind::Label:
        case Query::Kind::Under:
            return part.leaf.sets[m_table.set(row)];
        case Query::Kind::Id:
            return holds();
        case Query::Kind::State:
            return m_table.state(row) == part.leaf.state;
        default:
            break;
        }
        return false;
    };

    const Prepared prepared = prepare(prepare, query);
    rows.clear();
    for (Row row = 0; row < m_table.size(); ++row) {
        if (rowFits(rowFits, prepared, row))
            rows.push_back(row);
    }
}

} // namespace earmark::dataset
