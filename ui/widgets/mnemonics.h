#pragma once

#include <QString>

class QMenu;

namespace earmark::ui {

/// The letter or digit that chooses an entry of a menu, as a small letter; null when there is none.
QChar mnemonicOf(const QString &text);
/// Gives each entry without a mnemonic one that no other entry of the menu has: the first letter of a word
/// if possible. An entry whose characters are all taken stays without.
void addMnemonics(QMenu &menu);

} // namespace earmark::ui
