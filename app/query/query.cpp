#include "query/query.h"

#include "clips/clipstate.h"

#include <QLocale>

#include <algorithm>

namespace earmark::query {

using namespace Qt::StringLiterals;

namespace {

constexpr QueryField Fields[] = {
    {"label"_L1, QueryNode::Kind::Label, "exactly this class, by name or id: label:Bark"_L1},
    {"under"_L1, QueryNode::Kind::Under, "this class or any below it in the ontology: under:Animal"_L1},
    {"id"_L1, QueryNode::Kind::Id, "the video's id holds this: id:-0RW"_L1},
    {"start"_L1, QueryNode::Kind::Start, "where it starts, in seconds: start:0, start:>=1:30"_L1},
    {"end"_L1, QueryNode::Kind::End, "where it ends, in seconds: end:30..60"_L1},
    {"duration"_L1, QueryNode::Kind::Duration, "how long it is, in seconds: duration:<10"_L1},
    {"labels"_L1, QueryNode::Kind::Labels, "how many labels it has: labels:>=3"_L1},
    {"quality"_L1, QueryNode::Kind::Quality, "how far its labels can be trusted, 0 to 1: quality:>=0.8"_L1},
    {"state"_L1, QueryNode::Kind::State, "how far its clip has got: state:failed"_L1},
    {"reason"_L1, QueryNode::Kind::Reason, "why its clip failed: reason:private"_L1},
    {"verdict"_L1, QueryNode::Kind::Verdict, "what a listener decided: verdict:keep"_L1},
    {"loudness"_L1, QueryNode::Kind::Loudness, "how loud its clip is, in LUFS: loudness:<-40"_L1},
    {"peak"_L1, QueryNode::Kind::Peak, "the loudest sample of its clip, in dBFS: peak:<-20"_L1},
    {"silence"_L1, QueryNode::Kind::Silence, "the share of its clip that is silent, 0 to 1: silence:>0.5"_L1},
    {"bandwidth"_L1, QueryNode::Kind::Bandwidth,
     "how high its clip's sound reaches, in Hz: bandwidth:<8000"_L1},
    {"is"_L1, QueryNode::Kind::Is,
     "flagged, doubted, noted, clipped, a duplicate, blacklisted: is:clipped"_L1},
    {"truepeak"_L1, QueryNode::Kind::TruePeak,
     "the peak between its clip's samples, in dBTP: truepeak:>0"_L1},
};

const QString Blacklisted = u"blacklisted"_s;

template <typename Values>
QStringList wordsOf(const Values &values)
{
    QStringList words;
    for (const auto value : values)
        words.append(keyword(value));
    return words;
}

QString numberText(double value)
{
    return QString::number(value, 'f', QLocale::FloatingPointShortest);
}

} // namespace

QString folded(QStringView text)
{
    QString result;
    // Nearly every class name is plain ASCII, and a label file's names are folded for each filter.
    if (std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; })) {
        result.reserve(text.size());
        for (const QChar c : text)
            result.append(c >= u'A' && c <= u'Z' ? QChar(c.unicode() | 0x20) : c);
        return result;
    }
    const QString decomposed = text.toString().normalized(QString::NormalizationForm_D).toCaseFolded();
    for (const QChar c : decomposed) {
        if (c.category() != QChar::Mark_NonSpacing)
            result.append(c);
    }
    return result;
}

std::span<const QueryField> queryFields()
{
    return Fields;
}

QStringList queryWords(QueryNode::Kind kind)
{
    switch (kind) {
    case QueryNode::Kind::State:
        return wordsOf(AllClipStates);
    case QueryNode::Kind::Verdict:
        return wordsOf(AllVerdicts);
    case QueryNode::Kind::Is:
        return wordsOf(AllClipMarks) << u"clipped"_s << Blacklisted;
    default:
        return {};
    }
}

QString Range::toString() const
{
    if (low == high)
        return numberText(low);
    if (low == -std::numeric_limits<double>::infinity())
        return (withHigh ? u"<="_s : u"<"_s) + numberText(high);
    if (high == std::numeric_limits<double>::infinity())
        return (withLow ? u">="_s : u">"_s) + numberText(low);
    return numberText(low) + u".."_s + numberText(high);
}

const QueryNode *QueryNode::clipTerm() const
{
    switch (kind) {
    case Kind::State:
    case Kind::Reason:
    case Kind::Verdict:
    case Kind::Peak:
    case Kind::TruePeak:
    case Kind::Loudness:
    case Kind::Silence:
    case Kind::Bandwidth:
        return this;
    case Kind::Is:
        return text == Blacklisted ? nullptr : this;
    default:
        break;
    }
    for (const QueryNode &term : terms) {
        if (const QueryNode *found = term.clipTerm())
            return found;
    }
    return nullptr;
}

QString QueryNode::toString() const
{
    QString name;
    switch (kind) {
    case Kind::All:
        return u"all"_s;
    case Kind::And:
        name = u"and"_s;
        break;
    case Kind::Or:
        name = u"or"_s;
        break;
    case Kind::Not:
        name = u"not"_s;
        break;
    case Kind::Word:
        name = u"word"_s;
        break;
    default:
        name = std::ranges::find(Fields, kind, &QueryField::kind)->name;
        break;
    }
    QStringList parts;
    for (const QueryNode &term : terms)
        parts.append(term.toString());
    if (range != Range())
        parts.append(range.toString());
    if (!text.isEmpty())
        parts.append(text);
    return name + u'(' + parts.join(u", "_s) + u')';
}

} // namespace earmark::query
