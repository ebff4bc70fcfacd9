#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace earmark {

/// What becomes of texts that a spreadsheet would compute.
enum class Formulas {
    Defused, ///< an apostrophe before them, as spreadsheets want it
    Kept     ///< as they are: for programs
};
/// Whether a spreadsheet takes a text for a formula (https://owasp.org/www-community/attacks/CSV_Injection),
/// or would but for apostrophes before it: a text that has one of its own gets another, so that reading can
/// take one off.
bool isFormula(QByteArrayView utf8);

/// A row of CSV in UTF-8 with its line end (RFC 4180, but for the line end): a field that holds a comma, a
/// quote or a line end stands in quotes.
QByteArray csvLine(const QStringList &fields, Formulas formulas = Formulas::Defused);

} // namespace earmark
