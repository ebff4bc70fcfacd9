#pragma once

#include "base/result.h"
#include "classes/classes.h"
#include "cli/commands.h"
#include "cli/sample.h"
#include "clips/clip.h"
#include "readers/splitreader.h"

#include <optional>
#include <vector>

namespace earmark::cli {

/// A split that was read, and the rows of it that are meant.
struct Selection
{
    readers::Split split;
    classes::Classes classes;
    std::vector<segments::Row> rows;
    std::optional<SampleReport> sample = {}; ///< when they were chosen at random

    std::vector<WantedClip> wanted() const;
};

/// What the options name instead of what the program itself knows. Errors name file and line.
Result<classes::Classes> readClasses(const ClassOptions &options);
/// Reads a list. Says what it waits for when that is typed.
Result<readers::Split> readList(const QString &path);
/// Reads, filters and samples; says on standard error how many lines were skipped and what each class got.
/// Errors have been told: the exit status. A wrong query and an unknown class are wrong usage.
tl::expected<Selection, Exit> select(const SelectionOptions &options);
/// Tells what is wrong with a query, its place marked.
Exit refuseQuery(const QString &query, const query::QueryError &error);
/// All of a split that was read already.
Selection selectAll(readers::Split split);

} // namespace earmark::cli
