#pragma once

#include "base/result.h"
#include "clips/segmentkey.h"

namespace earmark::segments {

/// One of so many parts of a list of segments, so that as many machines share a job. A video's segments are
/// all in one part, and the same part on every machine: that of number (h mod `of`) + 1, where h is the
/// 64-bit FNV-1a hash of the id's 11 characters.
struct Shard
{
    std::uint32_t number = 1; ///< 1 to `of`
    std::uint32_t of = 1;     ///< 1 to 9999

    bool holds(const YtId &ytid) const;
    /// "3/16". BadInput for anything else.
    static Result<Shard> parse(const QString &text);
    bool operator==(const Shard &) const = default;
};

} // namespace earmark::segments
