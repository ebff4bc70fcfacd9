#pragma once

#include <QString>
#include <QStringList>

namespace earmark::cli {

/// How many columns there are for what is written to a descriptor: those of the terminal, else what COLUMNS
/// says, else 80. At least 20.
int columnsOf(int descriptor);

/// Whether what was written to a descriptor can be written over: a terminal that goes back to the start of
/// the line. One that TERM calls "dumb", or does not name, cannot. No other control character is ever used,
/// so nothing depends on NO_COLOR.
bool canRewrite(int descriptor);

/// How many columns a text takes; characters that may take two are counted as two.
int widthOf(QStringView text);
/// A text that takes at most so many columns, with an ellipsis where it was cut.
QString cutTo(const QString &text, int columns);
/// The words of a text in lines of at most so many columns; a longer word has a line for itself.
QStringList wrapped(const QString &text, int columns);

} // namespace earmark::cli
