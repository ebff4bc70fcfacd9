#pragma once

#include "clips/clipstate.h"
#include "query/query.h"

#include <cstdint>
#include <string>
#include <vector>

namespace earmark::query {

/// The whole numbers in a range, both ends included; low > high when there are none.
struct IntRange
{
    std::uint32_t low = 1;
    std::uint32_t high = 0;

    /// Of a range whose unit holds `scale` of ours, with `bias` added to each.
    static IntRange of(const Range &range, double scale, double bias = 0);
    bool hold(std::uint32_t number) const { return number - low <= high - low; } ///< unless there are none
};

/// A part of a query, ready to be asked of block after block.
struct CompiledQuery
{
    enum class Kind {
        All,
        And,
        Or,
        Not,
        Label,
        LabelCount,
        Set,
        Start,
        End,
        Duration,
        Id,
        State,
        Verdict,
        Mark,
        Measure,
        Reason
    };
    /// Which of the measures; all but the number of clipped samples in their own units.
    enum class Measure { Peak, TruePeak, Loudness, Silence, Bandwidth, Clipped };
    static constexpr std::int64_t MeasureBias = 32'768; ///< added to a measure, so that no number is negative

    Kind kind = Kind::All;
    std::vector<CompiledQuery> terms = {};
    std::vector<std::uint8_t> fits = {}; ///< by number of what `kind` says: of a label, label set, reason
    IntRange numbers = {};               ///< that are allowed: milliseconds, labels, of a state or verdict
    Measure measure = Measure::Peak;     ///< whose `numbers`, with MeasureBias, are allowed
    ClipMarks marks = 0;                 ///< one of which must be there
    std::string id = {};                 ///< that the id holds
    std::size_t place = 0;               ///< of a Label, among those of the query

    static CompiledQuery nothing() { return {.kind = Kind::Or}; } ///< any of no terms

    /// Adds a term to an And or Or. What speaks only of labels is kept together, in front, to be one look-up.
    void add(CompiledQuery term);
    /// What does not fit this one. Nots go down to what they deny, so that more of what speaks only of labels
    /// comes together.
    CompiledQuery negated() &&;
    /// Speaks only of labels, so that a label set can answer it.
    bool isOfLabels() const;
};

} // namespace earmark::query
