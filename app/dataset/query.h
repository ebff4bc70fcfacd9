#pragma once

#include <QString>

#include <optional>
#include <vector>

#include <tl/expected.hpp>

namespace earmark::dataset {

/// What a person asked for in the filter bar or with --where, as a tree.
/// Words are and-ed; `|` is or; `-` excludes; parentheses group; `field:value` or `field:"two words"`.
struct Query
{
    enum class Kind {
        All,   ///< everything: the empty query
        And,   ///< all of `terms`
        Or,    ///< any of `terms`
        Not,   ///< not terms[0]
        Word,  ///< a class name or an id holds `text`
        Label, ///< exactly the class that `text` names: a display name or a mid
        Id,    ///< the id holds `text`, upper and lower case told apart
        State, ///< the clip's state is called `text`
    };
    Kind kind = Kind::All;
    QString text;
    std::vector<Query> terms;

    /// The tree on one line, for tests: `and(word(dog), not(label(Music)))`.
    QString toString() const;
};

/// Where a query goes wrong, and what was expected there.
struct QueryError
{
    qsizetype position = 0; ///< first character that does not fit, from 0
    qsizetype length = 0;
    QString text;
};

tl::expected<Query, QueryError> parseQuery(QStringView text);

} // namespace earmark::dataset
