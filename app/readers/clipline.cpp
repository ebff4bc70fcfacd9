#include "readers/clipline.h"

#include "classes/labellist.h"

#include <algorithm>

namespace earmark::readers {

std::optional<SegmentKey> segmentOfFile(QStringView path)
{
    const qsizetype folder = std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u'\\'));
    const QStringView name = path.sliced(folder + 1);
    const QStringView stem = name.left(name.lastIndexOf(u'.'));
    const auto named = SegmentKey::fromStem(stem);
    return named ? named : SegmentKey::fromStem(u'Y' + stem.toString());
}

std::optional<SegmentKey> segmentOfVggSound(std::string_view path)
{
    std::string_view name = path.substr(path.find_last_of("/\\") + 1); // npos + 1 is 0
    if (name.starts_with('\''))
        name.remove_prefix(1);
    return SegmentKey::fromVggSoundId(name.substr(0, name.find('.')));
}

Judgement judgementFrom(QStringView verdict, bool isFlagged, QByteArrayList doubted, QStringView note)
{
    Judgement judgement;
    judgement.verdict = verdictFromKeyword(verdict).value_or(Verdict::Undecided);
    judgement.isFlagged = isFlagged;
    doubted.removeAll(QByteArray());
    std::ranges::sort(doubted); // as they are kept
    for (const QByteArray &label : doubted)
        classes::appendLabel(judgement.doubted, label);
    judgement.note = note.trimmed().toString();
    return judgement;
}

void takeJudgements(Split &split, std::map<SegmentKey, Judgement> judgements)
{
    std::erase_if(judgements, [&split](const auto &said) { return !split.table.find(said.first); });
    for (const auto &[key, judgement] : judgements)
        split.table.setClip(*split.table.find(key),
                            {.verdict = judgement.verdict, .marks = judgement.marks()});
    split.judgements = std::move(judgements);
}

} // namespace earmark::readers
