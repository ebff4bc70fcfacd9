#pragma once

#include <QByteArray>
#include <QStringList>

namespace earmark {

/// A row of CSV in UTF-8 with its line end (RFC 4180, but for the line end): a field that holds a comma, a
/// quote or a line end stands in quotes.
QByteArray csvLine(const QStringList &fields);

} // namespace earmark
