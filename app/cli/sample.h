#pragma once

#include "base/result.h"
#include "classes/classes.h"
#include "cli/commands.h"
#include "query/filter.h"
#include "segments/sampling.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace earmark::cli {

/// The outcome of a random sample.
struct SampleReport
{
    std::uint64_t seed = 0;
    segments::Row found = 0;                          ///< what could be chosen
    segments::Row chosen = 0;                         ///< of all classes together
    std::vector<segments::ClassOutcome> classes = {}; ///< rarest first; empty unless the sample is per class
};

/// Reduces `rows` to the sample that the options ask for, and reports it; nothing when they ask for none.
/// Errors: BadInput for an unknown class.
Result<std::optional<SampleReport>> sample(const SampleOptions &options, const segments::SegmentTable &table,
                                           const classes::Classes &classes, const query::Filter &filter,
                                           const query::QueryNode &query, std::vector<segments::Row> &rows);

/// Returns one line, and one per class: asked, got, available, name, reason for fewer.
QString sampleText(const SampleReport &report, const classes::Classes &classes);
nlohmann::ordered_json sampleJson(const SampleReport &report, const classes::Classes &classes);

} // namespace earmark::cli
