#pragma once

#include "export/exportoptions.h"

namespace earmark::exports {

class ClipTable;
struct ExportParts;
struct ExportSet;

/// How columns are written so that Hugging Face's datasets finds the same type for each in every part of an
/// audio folder. It takes the types from the first rows of each part, 10,000 of metadata.csv and 10 MB of
/// metadata.jsonl, and refuses parts that differ (folder_based_builder.py). Nothing for other formats.
struct ColumnTypes
{
    bool areFixed = false;           ///< lists that may be empty, and texts that may be missing, are texts
    std::vector<ExportColumn> texts; ///< numbers that are written as texts: a part begins without any
    std::vector<ExportColumn> fractions; ///< whole numbers that are written with a point: a clip has none

    /// Looks at what the clips have. O(clips) for each column of measures.
    static ColumnTypes of(const ClipTable &clips, const ExportSet &set, const ExportParts &parts,
                          const ExportOptions &options);
};

} // namespace earmark::exports
