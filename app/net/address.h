#pragma once

#include <QString>

namespace earmark::net {

/// What keeps a text from being an address to fetch from, one sentence; empty when nothing does: it begins
/// with https://, or with http:// and is of this computer (localhost, 127.0.0.1, [::1]).
QString addressProblem(const QString &text);

} // namespace earmark::net
