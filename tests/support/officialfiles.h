#pragma once

#include <QByteArray>

namespace earmark::test {

/// Small files of the same form as the official ones.
QByteArray smallSplit(int rows);  ///< with the header that says how many
QByteArray smallLabels(int rows); ///< with the header
QByteArray smallOntology();       ///< two classes, one below the other
QByteArray smallRatings();        ///< of two classes
QByteArray smallStrong(int rows); ///< with the header
QByteArray smallStrongNames();    ///< of two classes

} // namespace earmark::test
