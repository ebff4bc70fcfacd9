#include "dataset/query.h"

#include "base/clipstate.h"

#include <QLocale>

#include <algorithm>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

constexpr QueryField Fields[] = {
    {"label"_L1, Query::Kind::Label},     {"under"_L1, Query::Kind::Under},
    {"id"_L1, Query::Kind::Id},           {"start"_L1, Query::Kind::Start},
    {"end"_L1, Query::Kind::End},         {"duration"_L1, Query::Kind::Duration},
    {"labels"_L1, Query::Kind::Labels},   {"quality"_L1, Query::Kind::Quality},
    {"state"_L1, Query::Kind::State},     {"reason"_L1, Query::Kind::Reason},
    {"verdict"_L1, Query::Kind::Verdict}, {"is"_L1, Query::Kind::Is},
};

template <typename Values>
QStringList wordsOf(const Values &values)
{
    QStringList words;
    for (const auto value : values)
        words.append(word(value));
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

QStringList queryWords(Query::Kind kind)
{
    switch (kind) {
    case Query::Kind::State:
        return wordsOf(AllClipStates);
    case Query::Kind::Verdict:
        return wordsOf(AllVerdicts);
    case Query::Kind::Is:
        return {u"blacklisted"_s};
    default:
        return {};
    }
}

QString quotedIfNeeded(const QString &name)
{
    const auto separates = [](QChar c) { return c.isSpace() || u"()|:\""_s.contains(c); };
    if (!name.isEmpty() && !name.startsWith(u'-') && std::ranges::none_of(name, separates))
        return name;
    return u'"' + QString(name).replace(u'"', u"\"\""_s) + u'"';
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

QString Query::toString() const
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
    for (const Query &term : terms)
        parts.append(term.toString());
    if (range != Range())
        parts.append(range.toString());
    if (!text.isEmpty())
        parts.append(text);
    return name + u'(' + parts.join(u", "_s) + u')';
}

} // namespace earmark::dataset
