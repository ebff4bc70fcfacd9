#pragma once

#include "clips/duplicates.h"
#include "segments/segmenttable.h"

#include <array>
#include <stop_token>

namespace earmark::review {

/// What the ledger knows of a clip, as segment tables hold it.
segments::ClipFacts factsOf(const ClipStore &clips, const Duplicates &duplicates, ClipStore::Index clip);

/// The same for all rows of a split.
struct AllFacts
{
    using Counts = std::array<qint64, AllClipStates.size()>;

    segments::ClipColumn clips;
    Counts counts{}; ///< rows by ClipState
    Duplicates duplicates;
};
/// Blocks: 0.3 s for two million. When it is asked to stop, what it gives is of no use.
AllFacts allFacts(const segments::SegmentTable &table, const ClipStore &clips,
                  const std::stop_token &stop = {});

} // namespace earmark::review
