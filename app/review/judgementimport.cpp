#include "review/judgementimport.h"

#include "base/format.h"

#include <QCoreApplication>
#include <QSet>

namespace earmark::review {

using namespace Qt::StringLiterals;

namespace {

/// A manifest need not say all that there is: what it does not say is no contradiction.
bool contradicts(const Judgement &said, const Judgement &here)
{
    return (said.verdict != Verdict::Undecided && said.verdict != here.verdict) ||
           (said.isFlagged && !here.isFlagged) || (!said.doubted.isEmpty() && said.doubted != here.doubted) ||
           (!said.note.isEmpty() && said.note != here.note);
}

} // namespace

JudgementImport judgementImport(const std::map<SegmentKey, Judgement> &said, const ClipStore &clips,
                                const Journal &journal)
{
    QSet<SegmentKey> judged; // once and since undecided again: that was decided, too
    for (const auto &step : journal.steps()) {
        for (const auto &change : step->changes)
            judged.insert(change.key);
    }
    JudgementImport result;
    for (const auto &[key, judgement] : said) {
        const auto clip = clips.find(key);
        if (!clip) {
            ++result.waiting;
            continue;
        }
        const Judgement here = clips.judgement(*clip);
        if (here == Judgement() && !judged.contains(key))
            result.fresh.emplace_back(key, judgement);
        else if (contradicts(judgement, here))
            ++result.differing;
    }
    return result;
}

void apply(workspace::Workspace &workspace, const JudgementImport &judgementImport)
{
    auto fresh = judgementImport.fresh;
    std::erase_if(fresh, [&workspace](const auto &said) {
        const auto clip = workspace.clips().find(said.first);
        return !clip || workspace.clips().judgement(*clip) != Judgement();
    });
    workspace.judge(fresh);
}

QString describe(const JudgementImport &judgementImport, const QString &manifest)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("JudgementImport", text); };
    const auto clips = [&tr](qint64 count) {
        return count == 1 ? tr("1 clip") : tr("%1 clips").arg(countText(count));
    };
    QStringList parts;
    if (!judgementImport.fresh.empty())
        parts.append(tr("what listeners said of %1 was taken over from %2")
                         .arg(clips(std::ssize(judgementImport.fresh)), manifest));
    if (judgementImport.differing > 0)
        parts.append(
            tr("what was decided here of %1 stays, though %2 says otherwise: judge again where it is "
               "right, else export anew")
                .arg(clips(judgementImport.differing), manifest));
    if (judgementImport.waiting > 0)
        parts.append(tr("what %2 says of %1 is taken over when they are downloaded here")
                         .arg(clips(judgementImport.waiting), manifest));
    if (parts.isEmpty())
        return {};
    QString text = parts.join(u"; "_s) + u'.';
    text[0] = text[0].toUpper();
    return text;
}

} // namespace earmark::review
