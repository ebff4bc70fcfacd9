#pragma once

#include "export/cliptable.h"
#include "export/exportoptions.h"
#include "query/query.h"

#include <map>
#include <span>

namespace earmark::exports {

/// A clip that goes in.
struct ExportItem
{
    segments::Row row = 0; ///< of the ClipTable
    std::uint32_t set = 0; ///< of its labels, see ExportSet::labels()
};

/// A clip that does not.
struct LeftOut
{
    segments::Row row = 0;
    QLatin1StringView why; ///< as in ExportSet::skipped
};

/// The clips that an export writes, in the order of the split, and how many do not go in.
struct ExportSet
{
    std::vector<ExportItem> items;
    /// How many of those that were asked for are left out, by why: "not queued", "queued", "failed",
    /// "rejected", "undecided", "missing" (the file), "without labels", "too short", "all labels doubted";
    /// once the files were looked at (leaveOutUnfit()) also "damaged" (other than the ledger says), "symbolic
    /// link", "not a regular file", "unreadable".
    std::map<QString, qint64> skipped;
    /// Each of them, in the order of the split.
    std::vector<LeftOut> leftOut;
    /// Those that the workspace does not know, in the order of their keys.
    std::vector<SegmentKey> notQueued;

    std::span<const segments::LabelNumber> labels(const ClipTable &clips, std::uint32_t set) const
    {
        const std::size_t own = clips.segments().setCount();
        return set < own ? clips.segments().setLabels(set) : std::span(reduced[set - own]);
    }
    /// Takes clips out of `items`, for these reasons, and counts them as left out.
    void leaveOut(const ClipTable &clips, std::span<const LeftOut> unfit);

    /// Label sets without those that are doubted, numbered on from the table's own.
    std::vector<std::vector<segments::LabelNumber>> reduced;
};

/// What is wrong with the options' query: it cannot be read, or names a class that is not known. Nothing when
/// there is no query, or a good one.
std::optional<query::QueryError> queryFault(const ClipTable &clips, const ExportOptions &options);

/// Looks at what the options ask for, in the table alone. Errors: BadInput when the
/// query is wrong or names a class that is not known; Cancelled.
Result<ExportSet> chooseClips(const ClipTable &clips, const ExportOptions &options,
                              const std::stop_token &stop = {});

} // namespace earmark::exports
