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

/// A split and the rows of it that the options select.
struct Selection
{
    readers::Split split;
    classes::Classes classes;
    std::vector<segments::Row> rows;
    std::optional<SampleReport> sample = {}; ///< of a random sample

    std::vector<WantedClip> wanted() const;
};

/// Reads the files that replace the built-in classes. Errors name file and line.
Result<classes::Classes> readClasses(const ClassOptions &options);
/// Reads a list; from a terminal, prints how to end it.
Result<readers::Split> readList(const QString &path);
/// Reads, filters and samples; prints to standard error how many lines were skipped and what each class got.
/// Errors are printed, and the exit status is returned. Query errors and unknown classes are usage errors.
tl::expected<Selection, Exit> select(const SelectionOptions &options);
/// Prints an error of a query and marks its place.
Exit refuseQuery(const QString &query, const query::QueryError &error);
/// Selects all of a split.
Selection selectAll(readers::Split split);

} // namespace earmark::cli
