#include "verify/shortclips.h"

#include "base/ownfiles.h"

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
        if (record.reason == sentence(proof))
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
    std::vector<std::pair<SegmentKey, Clip>> doubted;
    for (const SegmentKey &key : clips) {
        Clip record = workspace.record(key);
        if (record.state != ClipState::Short)
            continue;
        // The files first: a program that is killed in between leaves a clip whose file is missing, which the
        // next check tells.
        const auto isAside = [](const QString &path) {
            return putAside(path, workspace::Layout::refused(path)).has_value();
        };
        if (!isAside(workspace.layout().rawClip(key)) || !isAside(workspace.layout().clip(key)))
            continue;
        record.state = ClipState::Queued;
        record.failure = FailureClass::None;
        record.reason.clear();
        record.attempts = 0;
        record.samples = 0;
        record.sampleRate = 0;
        record.sha256.clear();
        record.measures = {};
        doubted.emplace_back(key, std::move(record));
    }
    workspace.update(doubted);
    return std::ssize(doubted);
}

} // namespace earmark::verify
