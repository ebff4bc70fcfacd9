#include "review/facts.h"

namespace earmark::review {

segments::ClipFacts factsOf(const ClipStore &clips, const Duplicates &duplicates, ClipStore::Index clip)
{
    const ClipState state = clips.status(clip).state;
    const bool isDuplicate = isPlayable(state) && duplicates.isDuplicate(clip);
    return {.state = state,
            .verdict = clips.verdict(clip),
            .reason = hasWhy(state) ? clips.record(clip).why() : QString(),
            .marks = static_cast<ClipMarks>(clips.marks(clip) | (isDuplicate ? Duplicate : 0)),
            .measures = clips.audio(clip).measures};
}

AllFacts allFacts(const segments::SegmentTable &table, const ClipStore &clips, const std::stop_token &stop)
{
    AllFacts all{segments::ClipColumn(table.size()), {}, Duplicates(clips)};
    qint64 known = 0;
    for (ClipStore::Index clip = 0; clip < clips.size() && !stop.stop_requested(); ++clip) {
        const auto row = table.find(clips.key(clip));
        if (!row)
            continue;
        const auto facts = factsOf(clips, all.duplicates, clip);
        all.clips.set(*row, facts);
        ++all.counts[static_cast<std::size_t>(facts.state)];
        ++known;
    }
    all.counts[static_cast<std::size_t>(ClipState::Absent)] += table.size() - known;
    return all;
}

} // namespace earmark::review
