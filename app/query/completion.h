#pragma once

#include "classes/classes.h"

#include <QString>

#include <vector>

namespace earmark::query {

/// Something that could stand where the cursor is in a query.
struct Completion
{
    enum class Kind { Field, Class, Word };

    Kind kind = Kind::Field;
    QString choice;           ///< "duration:", "Child speech, kid speaking", "failed"
    QString explanation = {}; ///< a line for people; may be empty
    QByteArray mid = {};      ///< of a class
    QString text = {};        ///< the query with the choice put in, with quotes if it needs them
    qsizetype cursor = 0;     ///< where to go on in `text`
};

/// What could stand at the cursor (0 to the length of the text), best first: fields; classes after label:,
/// under: or as they are; the words of state:, verdict:, is: and reason:. What begins as what was typed up to
/// the cursor comes first, then what has a word that does, then what holds it; upper and lower case and
/// accents alike. A class chosen for a mere word becomes `label:…`: that class and no other.
std::vector<Completion> completions(const QString &text, qsizetype cursor, const classes::Classes &classes,
                                    std::size_t most = 16);

} // namespace earmark::query
