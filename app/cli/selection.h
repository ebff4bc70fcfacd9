#pragma once

#include "base/result.h"
#include "cli/commands.h"
#include "dataset/labelmap.h"
#include "dataset/splitreader.h"
#include "workspace/cliprecord.h"

#include <optional>
#include <vector>

namespace earmark::cli {

/// A split that was read, and the rows of it that are meant.
struct Selection
{
    dataset::Split split;
    std::optional<dataset::LabelMap> ownLabels;
    std::vector<dataset::Row> rows;

    const dataset::LabelMap &labels() const { return ownLabels ? *ownLabels : dataset::LabelMap::builtIn(); }
    std::vector<workspace::WantedClip> wanted() const;
};

/// Reads and filters; says on standard error how many lines do not fit. A wrong query is an error with its
/// place marked.
Result<Selection> select(const SelectionOptions &options);
/// All of a split that was read already.
Selection selectAll(dataset::Split split);

} // namespace earmark::cli
