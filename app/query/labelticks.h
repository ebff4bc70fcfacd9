#pragma once

#include "classes/classes.h"
#include "query/query.h"

#include <QHash>
#include <QString>

#include <span>
#include <vector>

namespace earmark::query {

/// Reads a query as ticks on classes, and writes changed ticks back into its text.
///
/// Of the terms that are and-ed together, the first that consists of nothing but `label:` and `under:`, or-ed
/// when they are several, holds the ticks; `-label:` and `-under:` are exclusions. All else is left as the
/// person wrote it. Classes are numbered: first the ontology's, in its order, then those outside it.
class LabelTicks final
{
public:
    enum class Tick {
        Off,
        Partly, ///< something below is ticked, or something below is excluded from it, or the query
                ///< speaks of it in a way that ticks cannot say
        On,     ///< asked for, itself or with one above it, and not excluded
    };
    /// What a tick stands for: a class with all below it, as in a tree, or the class alone, as in a list.
    enum class Reach { WithBelow, Alone };
    enum class Change {
        Tick,    ///< also takes back the exclusions that are in the way
        Untick,  ///< excludes the class when one above it stays ticked
        Exclude, ///< also takes away the ticks below
        Include, ///< takes back the exclusions of the class
        Only,    ///< ticks this and nothing else
    };

    /// `others`: mids of classes that the ontology does not have.
    explicit LabelTicks(classes::Classes classes, const std::vector<QByteArray> &others = {});

    int size() const { return static_cast<int>(m_mids.size()); }
    const QByteArray &mid(int number) const { return m_mids[static_cast<std::size_t>(number)]; }
    const QString &name(int number) const { return m_names[static_cast<std::size_t>(number)]; }
    /// Null for a class outside the ontology.
    const classes::Ontology::Node *node(int number) const;

    /// Takes the ticks from a query. A text that is no query changes nothing.
    void read(const QString &text);
    const QString &text() const { return m_text; }

    Tick tick(int number, Reach reach) const;
    bool isExcluded(int number) const { return m_excluded[static_cast<std::size_t>(number)]; }
    /// The text of the query with a change made to it.
    QString changed(Change change, int number, Reach reach) const;

private:
    using IntRange = std::vector<int>;

    IntRange named(const QString &text) const;
    IntRange covered(const QueryNode &leaf) const;
    std::span<const int> reached(int number, Reach reach) const;
    QString leaf(int number, Reach reach) const;
    void mention(const QueryNode &query);

    classes::Classes m_classes;
    std::vector<QByteArray> m_mids;
    std::vector<QString> m_names;
    std::vector<IntRange> m_below; ///< of each class: itself and all below it
    QHash<QByteArray, int> m_byMid;
    QMultiHash<QString, int> m_byName; ///< by folded name

    QString m_text;
    std::vector<bool> m_wanted;
    std::vector<bool> m_excluded;
    std::vector<bool> m_mentioned; ///< elsewhere in the query
};

} // namespace earmark::query
