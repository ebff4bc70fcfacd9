#include "review/verdicts.h"

#include "base/format.h"
#include "classes/labellist.h"

#include <QCoreApplication>

#include <algorithm>

namespace earmark::review {

using namespace Qt::StringLiterals;

namespace {

constexpr double CommonLufs = -23;
constexpr double HighestPeak = -1; ///< dBFS
constexpr double MostGain = 40;    ///< what would be amplified beyond is noise

bool change(workspace::Workspace &workspace, std::span<const SegmentKey> clips,
            const std::function<void(Judgement &)> &apply)
{
    std::vector<std::pair<SegmentKey, Judgement>> judgements;
    judgements.reserve(clips.size());
    for (const SegmentKey &key : clips) {
        const auto clip = workspace.clips().find(key);
        if (!clip || !isPlayable(workspace.clips().status(*clip).state))
            continue;
        Judgement judgement = workspace.clips().judgement(*clip);
        apply(judgement);
        judgements.emplace_back(key, std::move(judgement));
    }
    return workspace.judge(judgements);
}

} // namespace

bool giveVerdict(workspace::Workspace &workspace, std::span<const SegmentKey> clips, Verdict verdict)
{
    return change(workspace, clips, [verdict](Judgement &judgement) { judgement.verdict = verdict; });
}

bool toggleFlag(workspace::Workspace &workspace, std::span<const SegmentKey> clips)
{
    const bool areFlagged = std::ranges::all_of(
        clips, [&workspace](const SegmentKey &key) { return workspace.record(key).judgement.isFlagged; });
    return change(workspace, clips,
                  [areFlagged](Judgement &judgement) { judgement.isFlagged = !areFlagged; });
}

bool setNote(workspace::Workspace &workspace, const SegmentKey &clip, const QString &note)
{
    return change(workspace, {&clip, 1},
                  [text = note.trimmed()](Judgement &judgement) { judgement.note = text; });
}

bool toggleDoubt(workspace::Workspace &workspace, const SegmentKey &clip, const QByteArray &label)
{
    return change(workspace, {&clip, 1}, [&label](Judgement &judgement) {
        auto doubted = classes::splitLabels(judgement.doubted);
        if (std::erase(doubted, label) == 0)
            doubted.push_back(label);
        std::ranges::sort(doubted); // doubting two in either order comes to the same
        judgement.doubted.clear();
        for (const QByteArray &each : doubted)
            classes::appendLabel(judgement.doubted, each);
    });
}

bool isDoubted(const Judgement &judgement, const QByteArray &label)
{
    return !judgement.doubted.isEmpty() &&
           std::ranges::count(classes::splitLabels(judgement.doubted), label) > 0;
}

QString describe(const JudgementStep &step)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Verdicts", text); };
    if (step.changes.empty())
        return {};
    const auto &[key, before, after] = step.changes.front();
    const bool areAlike = std::ranges::all_of(step.changes, [&step](const auto &change) {
        return change.after.verdict == step.changes.front().after.verdict;
    });
    QString text;
    if (!areAlike)
        text = tr("verdicts"); // those of a manifest
    else if (before.verdict != after.verdict)
        text = keyword(after.verdict);
    else if (before.isFlagged != after.isFlagged)
        text = after.isFlagged ? tr("flag") : tr("flag taken away");
    else if (before.doubted != after.doubted)
        text =
            after.doubted.size() > before.doubted.size() ? tr("label doubted") : tr("label believed again");
    else
        text = tr("note");
    if (step.changes.size() > 1)
        text = tr("%1, %2 clips").arg(text, countText(static_cast<qint64>(step.changes.size())));
    return text;
}

double gainToCommonLoudness(const Measures &measures)
{
    if (!measures.areKnown() || measures.loudness <= Measures::Silence) // which Unknown is below
        return 0;
    return std::min({CommonLufs - measures.lufs(), std::max(HighestPeak - measures.peakDb(), 0.0), MostGain});
}

} // namespace earmark::review
