#pragma once

#include "base/result.h"
#include "cli/commands.h"
#include "dataset/classes.h"
#include "dataset/filter.h"
#include "dataset/sampling.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace earmark::cli {

/// The outcome of a random sample.
struct SampleReport
{
    std::uint64_t seed = 0;
    dataset::Row found = 0;                          ///< what could be chosen
    dataset::Row chosen = 0;                         ///< of all classes together
    std::vector<dataset::ClassOutcome> classes = {}; ///< rarest first; empty when the wish was for no class
};

/// Leaves in `rows` what the options choose, and tells what came of it; nothing when they do not ask for a
/// sample. A class that is not known is an error that names it.
Result<std::optional<SampleReport>> sample(const SampleOptions &options, const dataset::SegmentTable &table,
                                           const dataset::Classes &classes, const dataset::Filter &filter,
                                           const dataset::Query &query, std::vector<dataset::Row> &rows);

/// A line, and one for each class: asked, got, available, name, why fewer.
QString sampleText(const SampleReport &report, const dataset::Classes &classes);
nlohmann::ordered_json sampleJson(const SampleReport &report, const dataset::Classes &classes);

} // namespace earmark::cli
