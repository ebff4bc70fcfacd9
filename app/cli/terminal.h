#pragma once

#include <QString>
#include <QStringList>

namespace earmark::cli {

/// Returns the width for a descriptor: the columns of the terminal, else COLUMNS, else 80. At least 20.
int columnsOf(int descriptor);

/// Returns whether a line on a descriptor can be overwritten: on a terminal that returns to the start of the
/// line, unless TERM is "dumb" or empty. No other control character is ever used, so NO_COLOR does not
/// matter.
bool canRewrite(int descriptor);

/// Returns the columns that a text takes; characters that may take two count as two.
int widthOf(QStringView text);
/// Cuts a text to `columns`, with an ellipsis.
QString cutTo(const QString &text, int columns);
/// Wraps a text into lines of at most `columns`; a longer word takes a whole line.
QStringList wrapped(const QString &text, int columns);

} // namespace earmark::cli
