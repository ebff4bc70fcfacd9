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
    std::vector<segments::ClassOutcome> classes = {}; ///< rarest first; empty when the wish was for no class
};

/// Leaves in `rows` what the options choose, and tells what came of it; nothing when they do not ask for a
/// sample. A class that is not known is an error that names it.
Result<std::optional<SampleReport>> sample(const SampleOptions &options, const segments::SegmentTable &table,
                                           const classes::Classes &classes, const query::Filter &filter,
                                           const query::QueryNode &query, std::vector<segments::Row> &rows);

/// A line, and one for each class: asked, got, available, name, why fewer.
QString sampleText(const SampleReport &report, const classes::Classes &classes);
nlohmann::ordered_json sampleJson(const SampleReport &report, const classes::Classes &classes);

} // namespace earmark::cli
