#pragma once

#include <QByteArray>

#include <string_view>
#include <vector>

namespace earmark::classes {

/// A segment's labels as one text, as the ledger keeps them and splits have them: joined by ','; a label that
/// holds a comma, a semicolon or a quote, or begins or ends with a blank, stands in quotes, as in CSV. So a
/// list of mids is just that: `/m/09x0r,/t/dd00088`.
void appendLabel(QByteArray &list, QByteArrayView label);
/// The labels of such a text. What cannot have been written by appendLabel() is cut at its commas.
std::vector<QByteArray> splitLabels(QByteArrayView list);

/// Whether it has the form of an id of AudioSet's classes: /m/09x0r, /t/dd00088, /g/122z_qxw.
bool isMid(std::string_view text);

/// The label that a text of a file means: the mid of a class that has this mid or name (upper and lower case
/// alike), else the text itself, with its control characters and repeated blanks made one blank. UTF-8.
/// Source of the names: the built-in ontology.
QByteArray labelFromText(std::string_view text);
/// The same for a text that may hold several, joined by semicolons as exports do, else by commas. Names of
/// classes may themselves hold commas ("Bee, wasp, etc."); the longest that is known counts.
std::vector<QByteArray> labelsFromText(std::string_view text);

} // namespace earmark::classes
