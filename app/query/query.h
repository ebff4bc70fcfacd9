#pragma once

#include <QString>
#include <QStringList>

#include <limits>
#include <span>
#include <vector>

namespace earmark::query {

/// What a comparison such as `duration:<10` or `end:30..60` allows.
struct Range
{
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool withLow = true;  ///< `low` itself is allowed
    bool withHigh = true; ///< `high` itself is allowed

    bool holds(double value) const
    {
        return (withLow ? value >= low : value > low) && (withHigh ? value <= high : value < high);
    }
    /// As it is written in a query: "30", "<10", ">=3", "30..60".
    QString toString() const;
    bool operator==(const Range &) const = default;
};

/// What a person asked for in the filter bar or with --where, as a tree.
/// Words are and-ed; `|` is or; `-` excludes; parentheses group; `field:value` or `field:"two words"`.
/// Between quotes everything is text, and `""` is a quote.
struct QueryNode
{
    enum class Kind {
        All,       ///< everything: the empty query
        And,       ///< all of `terms`
        Or,        ///< any of `terms`
        Not,       ///< not terms[0]
        Word,      ///< a class name or an id holds `text`
        Label,     ///< exactly the class that `text` names: a display name or a mid
        Under,     ///< the class that `text` names, or any below it in the ontology
        Id,        ///< the id holds `text`, upper and lower case told apart
        Start,     ///< seconds in `range`
        End,       ///< seconds in `range`
        Duration,  ///< seconds in `range`
        Labels,    ///< how many labels the segment has, in `range`
        Quality,   ///< quality of the segment's least reliable rated label, 0 to 1, in `range`; a segment
                   ///< without a rated label fits none
        State,     ///< the clip's state is called `text`, keyword(ClipState)
        Reason,    ///< the clip failed, and its failure class or reason holds `text`
        Verdict,   ///< the clip's verdict is called `text`, keyword(Verdict)
        Peak,      ///< the clip's loudest sample in dBFS, in `range`; as those below, none fits that is not
                   ///< measured
        TruePeak,  ///< the clip's peak between the samples in dBTP, in `range`
        Loudness,  ///< the clip's integrated loudness in LUFS, in `range`
        Silence,   ///< the share of the clip that is silent, 0 to 1, in `range`
        Bandwidth, ///< the highest frequency of the clip with something in it, Hz, in `range`
        Is, ///< `text` is one of queryWords(): a mark of the clip, keyword(ClipMark); "clipped": samples of
            ///< it are; "blacklisted": one of the labels is, in the ontology
    };
    Kind kind = Kind::All;
    QString text = {};
    Range range = {};
    std::vector<QueryNode> terms = {};
    /// Where it stands in the text it was parsed from: its first character, from 0, and how many. A group's
    /// parentheses and a Not's '-' are in it.
    qsizetype position = 0;
    qsizetype length = 0;

    static constexpr int MostTerms = 5'000; ///< words and fields
    static constexpr int MostDepth = 50;    ///< '-' and parentheses inside each other

    /// The first term that asks what became of a clip, which only a workspace knows. Null when there is none.
    const QueryNode *clipTerm() const;
    /// The tree on one line, for tests: `and(word(dog), not(label(Music)), duration(<10), end(30..60))`.
    QString toString() const;
};

/// Where a query goes wrong, and what was expected there.
struct QueryError
{
    qsizetype position = 0; ///< first character that does not fit, from 0
    qsizetype length = 0;
    QString text;
};

/// What stands before a colon, and what it asks for.
struct QueryField
{
    QLatin1StringView name; ///< lower case
    QueryNode::Kind kind;
    QLatin1StringView explanation; ///< a line for people, with an example
};
std::span<const QueryField> queryFields();
/// The only words that State, Verdict and Is know; empty for the other kinds.
QStringList queryWords(QueryNode::Kind kind);

/// For comparing names: upper and lower case and accents alike.
QString folded(QStringView text);

} // namespace earmark::query
