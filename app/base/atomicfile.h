#pragma once

#include "base/result.h"

#include <QFile>

namespace earmark {

/// What there is to say when the system did not let a file be written; `reason` is its error number, 0 when
/// there is none. DiskFull or Unwritable; the text names the file.
Error writeError(const QString &path, int reason);

/// Gives a finished file its final name, in place of what lay there: the file is flushed to the disk before,
/// its folder after, so that not even a power failure leaves half a file under that name. A link of that name
/// is replaced, not followed. Both are on the same file system. Errors: DiskFull, Unwritable.
Result<void> putInPlace(const QString &finished, const QString &path);

/// True for the name of a file in progress as AtomicFile makes them: ".earmark-", six letters or digits,
/// ".part".
bool isPartName(const QString &name);

/// A file that appears under its name whole or not at all: written without a name (under a temporary one
/// where the file system wants it so) in the same folder, flushed, renamed. What lay there before stays until
/// then; a link of that name is replaced, not followed. Errors of all functions: DiskFull, Unwritable; the
/// text names the file.
class AtomicFile final
{
public:
    /// Who may read the file; a file that is replaced keeps its own permissions.
    enum class Access {
        Usual,   ///< as the user's umask says
        Private, ///< the user alone, whatever was there before
    };

    explicit AtomicFile(const QString &path, Access access = Access::Usual);
    ~AtomicFile();
    Q_DISABLE_COPY_MOVE(AtomicFile)

    Result<void> open();
    Result<void> write(QByteArrayView bytes);
    /// Without it, nothing appears.
    Result<void> commit();

private:
    int namePart();
    void dropPart();

    QString m_path;
    Access m_access;
    QString m_part; ///< its temporary name; empty while it needs none
    QFile m_file;   ///< of that name; Qt forgets it when a descriptor is opened
};

/// Writes a file as AtomicFile does. Errors: the same.
Result<void> writeWhole(const QString &path, QByteArrayView bytes);

} // namespace earmark
