#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace earmark::test {

/// What Debian's own Python writes to standard output, beyond which no program is needed; "failed: " and its
/// errors when it fails.
QByteArray runPython(const QStringList &arguments);

/// The lines in which consumers.py tells of an export, or one with its errors. `more`: its further arguments.
QStringList consumed(const QString &format, const QString &out, const QStringList &more = {});

} // namespace earmark::test
