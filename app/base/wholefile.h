#pragma once

#include "base/result.h"

#include <QSaveFile>

namespace earmark {

/// What there is to say when the system did not let a file be written; `reason` is its error number, 0 when
/// there is none. DiskFull or Unwritable; the text names the file.
Error writeError(const QString &path, int reason);

/// Gives a finished file its final name, in place of what lay there: flushed to the disk before, so that not
/// even a power failure leaves half a file under that name. Both are in the same folder.
/// Errors: DiskFull, Unwritable.
Result<void> putInPlace(const QString &finished, const QString &path);

/// A file that appears under its name whole or not at all: written under a temporary one in the same folder,
/// flushed, renamed. What lay there before stays until then. Errors of all functions: DiskFull, Unwritable;
/// the text names the file.
class WholeFile final
{
public:
    explicit WholeFile(const QString &path);

    Result<void> open();
    Result<void> write(QByteArrayView bytes);
    /// Without it, nothing appears.
    Result<void> commit();

private:
    QSaveFile m_file;
};

} // namespace earmark
