#pragma once

#include "base/result.h"
#include "export/clipgroups.h"
#include "export/share.h"

#include <QStringList>

#include <span>
#include <stop_token>
#include <vector>

namespace earmark::exports {

/// What came out of a split.
struct Partition
{
    std::vector<std::uint8_t> partOf;      ///< by clip: number of its share
    std::vector<std::uint32_t> clips;      ///< by part
    std::vector<std::uint32_t> labelClips; ///< by label, and of each by part: clips that have the label
    std::size_t groups = 0;                ///< of clips that had to stay together, single ones included
    std::uint32_t largestGroup = 0;        ///< clips in the largest of them

    std::span<const std::uint32_t> ofLabel(std::size_t label) const
    {
        return std::span(labelClips).subspan(label * clips.size(), clips.size());
    }
};

/// Splits clips so that parts have the sizes that were asked for, within 1 % or a clip, and every class is
/// spread over them alike, see Stratifier. All clips of a video, and all that sound the same, are in one
/// part. The same seed gives the same split on every machine, whatever the order of the clips and the numbers
/// of the labels. Two million clips take two seconds. Parts may stay empty when there are few clips. Errors:
/// BadInput when the shares are not as Share says; Cancelled.
Result<Partition> partitionClips(const SplitClips &clips, std::span<const Share> shares, std::uint64_t seed,
                                 const std::stop_token &stop = {});

/// A sentence for each part that is empty, or whose size is not within 1 % or a clip of what was asked for,
/// and why: groups of clips that stay together do not come out even.
QStringList partitionNotes(const Partition &partition, std::span<const Share> shares);

/// What came out, as CSV in UTF-8: a row for all clips, then one for each class that occurs, in the order of
/// `classes` (by label number); the clips there are, and for each part those asked for (share × clips, two
/// decimals) and those it got.
QByteArray partitionCsv(const Partition &partition, std::span<const Share> shares,
                        std::span<const QString> classes);

} // namespace earmark::exports
