#pragma once

#include <QString>

namespace earmark {

/// Text that may come from a file, a ledger or a server, made safe to be shown on a terminal: control
/// characters (but for line ends and tabs) become their pictures, such as ␛; those that reorder what is
/// written (Unicode's bidirectional controls), C1 controls and halves of characters become U+FFFD.
QString terminalText(QString text);

} // namespace earmark
