#include "query/compiledquery.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace earmark::query {

IntRange IntRange::of(const Range &range, double scale, double bias)
{
    constexpr double slack = 1e-6; // 1.005 s times 1000 is a little less than 1005
    const double from = range.low * scale + bias;
    const double to = range.high * scale + bias;
    const double low = range.withLow ? std::ceil(from - slack) : std::floor(from + slack) + 1;
    const double high = range.withHigh ? std::floor(to + slack) : std::ceil(to - slack) - 1;
    if (!(low <= high && low <= 0xFFFF'FFFF && high >= 0))
        return {};
    return {static_cast<std::uint32_t>(std::max(low, 0.0)),
            static_cast<std::uint32_t>(std::min<double>(high, 0xFFFF'FFFF))};
}

void CompiledQuery::add(CompiledQuery term)
{
    if (term.kind == kind) {
        for (CompiledQuery &each : term.terms)
            add(std::move(each));
    } else if (!term.isOfLabels()) {
        terms.push_back(std::move(term));
    } else if (terms.empty() || !terms.front().isOfLabels()) {
        terms.insert(terms.begin(), {.kind = kind, .terms = {std::move(term)}});
    } else {
        auto &labels = terms.front().terms;
        if (kind == Kind::Or && term.kind == Kind::Label && labels.back().kind == Kind::Label)
            std::ranges::transform(labels.back().fits, term.fits, labels.back().fits.begin(), std::bit_or());
        else
            labels.push_back(std::move(term));
    }
}

CompiledQuery CompiledQuery::negated() &&
{
    if (kind == Kind::Not)
        return std::move(terms.front());
    if (kind != Kind::And && kind != Kind::Or)
        return {.kind = Kind::Not, .terms = {std::move(*this)}};
    CompiledQuery list{.kind = kind == Kind::And ? Kind::Or : Kind::And};
    for (CompiledQuery &each : terms)
        list.add(std::move(each).negated());
    return list;
}

bool CompiledQuery::isOfLabels() const
{
    return kind == Kind::Label || kind == Kind::LabelCount ||
           (!terms.empty() && std::ranges::all_of(terms, &CompiledQuery::isOfLabels));
}

} // namespace earmark::query
