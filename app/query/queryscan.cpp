#include "query/queryscan.h"

#include "query/idsearch.h"

#include <algorithm>
#include <array>

namespace earmark::query {

QueryScan::QueryScan(const segments::SegmentTable &table, CompiledQuery term)
    : m_table(table)
    , m_term(std::move(term))
{
    judgeSets();
}

void QueryScan::judgeSets()
{
    std::vector<CompiledQuery *> parts;
    gather(m_term, parts);
    for (std::size_t first = 0; !parts.empty() && first < m_table.setCount(); first += BlockSize) {
        const std::size_t count = std::min(BlockSize, m_table.setCount() - first);
        for (std::size_t group = 0; group < m_bits.size(); ++group) {
            for (std::size_t i = 0; i < count; ++i) {
                std::uint64_t held = 0;
                for (const segments::LabelNumber label :
                     m_table.setLabels(static_cast<std::uint32_t>(first + i)))
                    held |= m_bits[group][label];
                m_held[group][i] = held;
            }
        }
        for (CompiledQuery *part : parts) {
            Block block = withFirst(count);
            narrow(*part, first, count, block);
            part->fits.insert(part->fits.end(), block.begin(), block.begin() + count);
        }
    }
    for (CompiledQuery *part : parts)
        part->kind = CompiledQuery::Kind::Set;
}

void QueryScan::keepMeasures(const CompiledQuery &term, std::size_t first, const auto &keep) const
{
    const auto keepValue = [&](const auto &valueOf) {
        keep([valueOf, numbers = term.numbers,
              measures = m_table.allMeasures().data() + first](std::size_t i) {
            const auto value = valueOf(measures[i]);
            return measures[i].areKnown() && value != Measures::Unknown &&
                   numbers.hold(static_cast<std::uint32_t>(value + CompiledQuery::MeasureBias));
        });
    };
    const auto keepField = [&](auto Measures::*field) {
        keepValue([field](const Measures &measures) { return std::int64_t{measures.*field}; });
    };
    switch (term.measure) {
    case CompiledQuery::Measure::Peak:
        return keepField(&Measures::peak);
    case CompiledQuery::Measure::TruePeak:
        return keepField(&Measures::truePeak);
    case CompiledQuery::Measure::Loudness:
        return keepField(&Measures::loudness);
    case CompiledQuery::Measure::Silence:
        return keepValue([](const Measures &measures) { return std::int64_t{measures.silentSteps()}; });
    case CompiledQuery::Measure::Bandwidth:
        return keepField(&Measures::bandwidth);
    case CompiledQuery::Measure::Clipped:
        return keepField(&Measures::clipped);
    }
}

void QueryScan::narrow(const CompiledQuery &term, std::size_t first, std::size_t count, Block &block) const
{
    using Kind = CompiledQuery::Kind;
    const auto keep = [&block, count](const auto &fits) {
        for (std::size_t i = 0; i < count; ++i)
            block[i] &= static_cast<std::uint8_t>(fits(i));
    };
    const auto keepInRange = [&keep, numbers = term.numbers](const auto &valueOf) {
        keep([=](std::size_t i) { return numbers.hold(valueOf(i)); });
    };
    const auto starts = m_table.starts().data() + first;
    const auto ends = m_table.ends().data() + first;
    const auto clips = m_table.clips().data() + first;
    switch (term.kind) {
    case Kind::All:
        break;
    case Kind::And:
        for (const CompiledQuery &each : term.terms)
            narrow(each, first, count, block);
        break;
    case Kind::Or: {
        Block rest = block; // fits none of the terms so far
        for (const CompiledQuery &each : term.terms) {
            Block found = rest;
            narrow(each, first, count, found);
            takeOut(found, rest);
        }
        takeOut(rest, block);
        break;
    }
    case Kind::Not: {
        Block found = block;
        narrow(term.terms.front(), first, count, found);
        takeOut(found, block);
        break;
    }
    case Kind::Label:
        keep([held = m_held[term.place / 64].data(), place = term.place % 64](std::size_t i) {
            return held[i] >> place & 1;
        });
        break;
    case Kind::LabelCount:
        keepInRange([&](std::size_t i) {
            return static_cast<std::uint32_t>(
                m_table.setLabels(static_cast<std::uint32_t>(first + i)).size());
        });
        break;
    case Kind::Set:
        keep([fits = fitsOfRows(term, first)](std::size_t i) { return fits(i); });
        break;
    case Kind::Start:
        keepInRange([=](std::size_t i) { return starts[i]; });
        break;
    case Kind::End:
        keepInRange([=](std::size_t i) { return ends[i]; });
        break;
    case Kind::Duration:
        keepInRange([=](std::size_t i) { return ends[i] - starts[i]; });
        break;
    case Kind::Id:
        keepIdsHolding(term.id, m_table.ids().subspan(first, count), block);
        break;
    case Kind::State:
        keepInRange([=](std::size_t i) { return std::uint32_t{clips[i]} & 0xF; });
        break;
    case Kind::Verdict:
        keepInRange([=](std::size_t i) { return std::uint32_t{clips[i]} >> 4; });
        break;
    case Kind::Mark:
        keep([marks = m_table.allMarks().data() + first, wanted = term.marks](std::size_t i) {
            return (marks[i] & wanted) != 0;
        });
        break;
    case Kind::Measure:
        keepMeasures(term, first, keep);
        break;
    case Kind::Reason:
        keep([&, reasons = m_table.reasons()](std::size_t i) {
            return !reasons.empty() && term.fits[reasons[first + i]];
        });
        break;
    }
}

void QueryScan::gather(CompiledQuery &term, std::vector<CompiledQuery *> &parts)
{
    if (term.isOfLabels()) {
        parts.push_back(&term);
        number(term);
    } else {
        for (CompiledQuery &each : term.terms)
            gather(each, parts);
    }
}

void QueryScan::number(CompiledQuery &term)
{
    if (term.kind == CompiledQuery::Kind::Label) {
        const std::uint64_t bit = std::uint64_t{1} << m_places % 64;
        if (bit == 1) {
            m_bits.emplace_back(m_table.labelCount());
            m_held.emplace_back();
        }
        for (std::size_t label = 0; label < term.fits.size(); ++label)
            m_bits.back()[label] |= term.fits[label] ? bit : 0;
        term.fits.clear();
        term.place = m_places++;
    }
    for (CompiledQuery &each : term.terms)
        number(each);
}

void QueryScan::run(std::vector<segments::Row> &rows) const
{
    rows.clear();
    rows.reserve(m_table.size());
    std::array<segments::Row, BlockSize> found;
    for (std::size_t first = 0; first < m_table.size(); first += BlockSize) {
        const std::size_t count = std::min(BlockSize, m_table.size() - first);
        const auto collect = [&](const auto &fits) { // without a branch that could be mispredicted
            std::size_t hits = 0;
            for (std::size_t i = 0; i < count; ++i) {
                found[hits] = static_cast<segments::Row>(first + i);
                hits += fits(i);
            }
            rows.insert(rows.end(), found.begin(), found.begin() + static_cast<std::ptrdiff_t>(hits));
        };
        if (m_term.kind == CompiledQuery::Kind::Set) {
            collect(fitsOfRows(m_term, first));
        } else {
            Block block = withFirst(count);
            narrow(m_term, first, count, block);
            collect([&block](std::size_t i) { return block[i]; });
        }
    }
}

} // namespace earmark::query
