#pragma once

#include "base/result.h"

#include <QDir>
#include <QFile>

#include <stop_token>

namespace earmark {

/// A private temporary file without a name, for what must be whole before it is used: a pipe that is read
/// more than once, or an output that may not break off. Nothing of it is left when it goes, or when the
/// program is killed.
class SpoolFile final
{
public:
    /// In `folder`, which must exist. Errors: Unwritable, DiskFull; the text names the folder.
    static Result<std::unique_ptr<SpoolFile>> make(const QString &folder = QDir::tempPath());

    /// Errors: DiskFull, Unwritable.
    Result<void> write(QByteArrayView bytes);
    /// Reads `descriptor` to its end. `name` is for errors: Unreadable; BadInput when there are more bytes
    /// than `most`; DiskFull, Unwritable; Cancelled. Waits for what is slow, and stops waiting at `stop`.
    Result<void> fill(int descriptor, const QString &name, qint64 most, const std::stop_token &stop = {});
    /// Writes all of it to `descriptor`; `name` is for errors: DiskFull, Unwritable.
    Result<void> copyTo(int descriptor, const QString &name);
    /// Opens the file by this path for reading, as often as wanted, as long as it lives and in this process.
    QString path() const;

private:
    explicit SpoolFile(QString folder);

    QString m_folder;
    QFile m_file;
};

} // namespace earmark
