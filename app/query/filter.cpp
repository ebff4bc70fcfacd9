#include "query/filter.h"

#include "query/queryscan.h"

#include <algorithm>

namespace earmark::query {

using namespace Qt::StringLiterals;

Filter::Filter(const segments::SegmentTable &table, classes::Classes classes)
    : m_table(table)
    , m_names(table, classes)
{
    for (std::size_t label = 0; label < table.labelCount(); ++label)
        m_qualities.push_back(classes.ratings->quality(table.mid(static_cast<segments::LabelNumber>(label))));
}

std::optional<QueryError> Filter::check(const QueryNode &query) const
{
    const bool namesClass = query.kind == QueryNode::Kind::Label || query.kind == QueryNode::Kind::Under;
    if (namesClass && !m_names.isKnown(query.text)) {
        const QString nearest = m_names.nearest(query.text);
        const QString text = u"there is no class “%1”"_s.arg(query.text);
        return QueryError{query.position, query.length,
                          nearest.isEmpty() ? text : text + u"; did you mean “%1”?"_s.arg(nearest)};
    }
    for (const QueryNode &term : query.terms) {
        if (auto error = check(term))
            return error;
    }
    return std::nullopt;
}

std::vector<bool> Filter::soughtLabels(const QueryNode &query) const
{
    std::vector<bool> sought(m_table.labelCount());
    if (query.kind == QueryNode::Kind::Not)
        return sought;
    const auto add = [&sought](const auto &labels) {
        for (std::size_t label = 0; label < labels.size(); ++label)
            sought[label] = sought[label] || labels[label];
    };
    add(labelsOf(query));
    for (const QueryNode &term : query.terms)
        add(soughtLabels(term));
    return sought;
}

std::vector<std::uint8_t> Filter::labelsOf(const QueryNode &query) const
{
    switch (query.kind) {
    case QueryNode::Kind::Word:
        return m_names.holding(query.text);
    case QueryNode::Kind::Label:
        return m_names.called(query.text);
    case QueryNode::Kind::Under:
        return m_names.under(query.text);
    default:
        return {};
    }
}

CompiledQuery Filter::termOf(const QueryNode &query) const
{
    using Kind = CompiledQuery::Kind;
    const auto ofLabels = [](std::vector<std::uint8_t> fits) {
        return CompiledQuery{.kind = Kind::Label, .fits = std::move(fits)};
    };
    const auto rated = [&](const auto &fits) {
        std::vector<std::uint8_t> labels;
        for (const auto &quality : m_qualities)
            labels.push_back(quality && fits(*quality) ? 1 : 0);
        return ofLabels(std::move(labels));
    };
    const auto inRange = [&query](Kind kind, double scale) {
        const IntRange numbers = IntRange::of(query.range, scale);
        return numbers.low > numbers.high ? CompiledQuery::nothing()
                                          : CompiledQuery{.kind = kind, .numbers = numbers};
    };
    const auto measured = [this](CompiledQuery::Measure measure, const Range &range, double scale) {
        const IntRange numbers = IntRange::of(range, scale, CompiledQuery::MeasureBias);
        if (numbers.low > numbers.high || m_table.allMeasures().empty())
            return CompiledQuery::nothing();
        return CompiledQuery{.kind = Kind::Measure, .numbers = numbers, .measure = measure};
    };
    const auto isWord = [](Kind kind, auto value) {
        if (!value)
            return CompiledQuery::nothing();
        const auto number = static_cast<std::uint32_t>(*value);
        return CompiledQuery{.kind = kind, .numbers = {number, number}};
    };
    switch (query.kind) {
    case QueryNode::Kind::All:
        break;
    case QueryNode::Kind::And:
    case QueryNode::Kind::Or: {
        CompiledQuery list{.kind = query.kind == QueryNode::Kind::And ? Kind::And : Kind::Or};
        for (const QueryNode &each : query.terms)
            list.add(termOf(each));
        return list;
    }
    case QueryNode::Kind::Not:
        return termOf(query.terms.front()).negated();
    case QueryNode::Kind::Word: {
        CompiledQuery list{.kind = Kind::Or, .terms = {{.kind = Kind::Id, .id = query.text.toStdString()}}};
        auto labels = labelsOf(query);
        if (std::ranges::count(labels, 1) > 0)
            list.add(ofLabels(std::move(labels)));
        return list;
    }
    case QueryNode::Kind::Label:
    case QueryNode::Kind::Under:
        return ofLabels(labelsOf(query));
    case QueryNode::Kind::Id:
        return {.kind = Kind::Id, .id = query.text.toStdString()};
    case QueryNode::Kind::Start:
        return inRange(Kind::Start, 1000);
    case QueryNode::Kind::End:
        return inRange(Kind::End, 1000);
    case QueryNode::Kind::Duration:
        return inRange(Kind::Duration, 1000);
    case QueryNode::Kind::Labels:
        return inRange(Kind::LabelCount, 1);
    case QueryNode::Kind::Quality: {
        // The least reliable is in the range when none is below it and one is not above it.
        Range above{.low = query.range.low, .withLow = query.range.withLow};
        Range below{.high = query.range.high, .withHigh = query.range.withHigh};
        CompiledQuery isTooLow = rated([&above](double quality) { return !above.holds(quality); });
        return {.kind = Kind::And,
                .terms = {rated([&below](double quality) { return below.holds(quality); }),
                          std::move(isTooLow).negated()}};
    }
    case QueryNode::Kind::State:
        return isWord(Kind::State, clipStateFromKeyword(query.text));
    case QueryNode::Kind::Reason: {
        CompiledQuery term{.kind = Kind::Reason};
        for (const QString &reason : m_table.reasonTexts())
            term.fits.push_back(!reason.isEmpty() && folded(reason).contains(folded(query.text)) ? 1 : 0);
        return term;
    }
    case QueryNode::Kind::Verdict:
        return isWord(Kind::Verdict, verdictFromKeyword(query.text));
    case QueryNode::Kind::Peak:
        return measured(CompiledQuery::Measure::Peak, query.range, Measures::Hundredths);
    case QueryNode::Kind::TruePeak:
        return measured(CompiledQuery::Measure::TruePeak, query.range, Measures::Hundredths);
    case QueryNode::Kind::Loudness:
        return measured(CompiledQuery::Measure::Loudness, query.range, Measures::Hundredths);
    case QueryNode::Kind::Silence:
        return measured(CompiledQuery::Measure::Silence, query.range, Measures::ShareSteps);
    case QueryNode::Kind::Bandwidth:
        return measured(CompiledQuery::Measure::Bandwidth, query.range, 1 / Measures::BandwidthStep);
    case QueryNode::Kind::Is:
        if (query.text == u"blacklisted"_s)
            return ofLabels(m_names.blacklisted());
        if (query.text == u"clipped"_s)
            return measured(CompiledQuery::Measure::Clipped, {.low = 1}, 1);
        if (m_table.allMarks().empty())
            return CompiledQuery::nothing();
        return {.kind = Kind::Mark, .marks = clipMarkFromKeyword(query.text)};
    }
    return {};
}

void Filter::run(const QueryNode &query, std::vector<segments::Row> &rows) const
{
    QueryScan(m_table, termOf(query)).run(rows);
}

} // namespace earmark::query
