#include "review/takeover.h"

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

Takeover takeover(const std::map<SegmentKey, Judgement> &said, const workspace::ClipStore &clips,
                  const workspace::Journal &journal)
{
    QSet<SegmentKey> judged; // once and since undecided again: that was decided, too
    for (const auto &step : journal.steps()) {
        for (const auto &change : step->changes)
            judged.insert(change.key);
    }
    Takeover result;
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

void putDown(workspace::Workspace &workspace, const Takeover &takeover)
{
    auto fresh = takeover.fresh;
    std::erase_if(fresh, [&workspace](const auto &said) {
        const auto clip = workspace.clips().find(said.first);
        return !clip || workspace.clips().judgement(*clip) != Judgement();
    });
    workspace.judge(fresh);
}

QString describe(const Takeover &takeover, const QString &manifest)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Takeover", text); };
    const auto clips = [&tr](qint64 count) {
        return count == 1 ? tr("1 clip") : tr("%1 clips").arg(countText(count));
    };
    QStringList parts;
    if (!takeover.fresh.empty())
        parts.append(tr("what listeners said of %1 was taken over from %2")
                         .arg(clips(std::ssize(takeover.fresh)), manifest));
    if (takeover.differing > 0)
        parts.append(
            tr("what was decided here of %1 stays, though %2 says otherwise: judge again where it is "
               "right, else export anew")
                .arg(clips(takeover.differing), manifest));
    if (takeover.waiting > 0)
        parts.append(tr("what %2 says of %1 is taken over when they are downloaded here")
                         .arg(clips(takeover.waiting), manifest));
    if (parts.isEmpty())
        return {};
    QString text = parts.join(u"; "_s) + u'.';
    text[0] = text[0].toUpper();
    return text;
}

} // namespace earmark::review
