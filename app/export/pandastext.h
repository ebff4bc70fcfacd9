#pragma once

#include <QByteArrayView>

namespace earmark::exports {

/// Behind a text that pandas would take for something else: no-break space in UTF-8, which readers trim.
inline constexpr QByteArrayView TextMark("\xC2\xA0");

/// Whether pandas' read_csv, left to itself, takes a field for a text, and not for a number, a truth value or
/// a missing value. What might be a number counts as one. Source of the missing values: `na_values` in
/// https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html
bool isTextToPandas(QByteArrayView field);

} // namespace earmark::exports
