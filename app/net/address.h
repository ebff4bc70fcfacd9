#pragma once

#include <QString>

namespace earmark::net {

/// What keeps a text from being an address to fetch from, one sentence; empty when nothing does.
QString addressProblem(const QString &text);

} // namespace earmark::net
