#pragma once

#include "base/clipstate.h"
#include "dataset/query.h"

#include <cstdint>
#include <string>
#include <vector>

namespace earmark::dataset {

/// The whole numbers in a range, both ends included; low > high when there are none.
struct Numbers
{
    std::uint32_t low = 1;
    std::uint32_t high = 0;

    /// Of a range whose unit holds `scale` of ours, with `bias` added to each.
    static Numbers of(const Range &range, double scale, double bias = 0);
    bool hold(std::uint32_t number) const { return number - low <= high - low; } ///< unless there are none
};

/// A part of a query, ready to be asked of block after block.
struct Term
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
    std::vector<Term> terms = {};
    std::vector<std::uint8_t> fits = {}; ///< by number of what `kind` says: of a label, label set, reason
    Numbers numbers = {};                ///< that are allowed: milliseconds, labels, of a state or verdict
    Measure measure = Measure::Peak;     ///< whose `numbers`, with MeasureBias, are allowed
    ClipMarks marks = 0;                 ///< one of which must be there
    std::string id = {};                 ///< that the id holds
    std::size_t place = 0;               ///< of a Label, among those of the query

    static Term nothing() { return {.kind = Kind::Or}; } ///< any of no terms

    /// Adds a term to an And or Or. What speaks only of labels is kept together, in front, to be one look-up.
    void add(Term term);
    /// What does not fit this one. Nots go down to what they deny, so that more of what speaks only of labels
    /// comes together.
    Term negated() &&;
    /// Speaks only of labels, so that a label set can answer it.
    bool isOfLabels() const;
};

} // namespace earmark::dataset
