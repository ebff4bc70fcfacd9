#include "verify/shortclips.h"

#include "base/ownfiles.h"
#include "clips/lifecycle.h"

namespace earmark::verify {

using namespace Qt::StringLiterals;

QString sentence(ShortProof proof)
{
    switch (proof) {
    case ShortProof::Stated:
        return u"The source states that the video ends there."_s;
    case ShortProof::Repeated:
        return u"Two downloads ended at the same sample."_s;
    case ShortProof::None:
        break;
    }
    return {};
}

ShortProof shortProof(const Clip &record)
{
    for (const ShortProof proof : {ShortProof::Stated, ShortProof::Repeated}) {
        if (record.progress.reason == sentence(proof))
            return proof;
    }
    return ShortProof::None;
}

std::vector<SegmentKey> unprovenShortClips(const workspace::Workspace &workspace)
{
    std::vector<SegmentKey> found;
    if (workspace.counts()[ClipState::Short] == 0)
        return found;
    for (auto clip = workspace.clips().cbegin(); clip != workspace.clips().cend(); ++clip) {
        if (clip->state == ClipState::Short && shortProof(*clip) == ShortProof::None)
            found.push_back(clip.key());
    }
    return found;
}

qsizetype doubtShortClips(workspace::Workspace &workspace, std::span<const SegmentKey> clips)
{
    return workspace.change({clips.begin(), clips.end()}, [&workspace](const SegmentKey &key, Clip &clip) {
        // The files first: a program that is killed in between leaves a clip whose file is missing, which the
        // next check tells.
        const auto isAside = [](const QString &path) {
            return putAside(path, workspace::Layout::refused(path)).has_value();
        };
        return clip.progress.state == ClipState::Short && isAside(workspace.layout().rawClip(key)) &&
               isAside(workspace.layout().clip(key)) && lifecycle::queueFromScratch(clip);
    });
}

} // namespace earmark::verify
