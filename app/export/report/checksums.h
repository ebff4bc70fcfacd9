#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <stop_token>
#include <vector>

namespace earmark::exports {

/// What the checksums of a frozen export are called; they lie beside what they are of.
inline constexpr QLatin1StringView ChecksumsName("checksums.sha256");

/// A file that belongs to an export.
struct ChecksummedFile
{
    QString path;        ///< absolute, or from the folder of the checksums on
    QByteArray sha256{}; ///< of its bytes, 32 of them; empty: nobody knows it yet, the file is read
};

/// Writes the SHA-256 of files as sha256sum does, a line a file: names relative to the folder of `path`, in
/// the order of their bytes, each once. `sha256sum -c` takes it when it is started in that folder. Written
/// whole or not at all. Files whose sum is not known are read on as many threads as there are cores; it
/// blocks. Errors: NotFound or Unreadable for such a file; Unwritable, DiskFull; Cancelled.
Result<void> writeChecksums(const QString &path, std::vector<ChecksummedFile> files, TaskProgress &progress,
                            const std::stop_token &stop = {});

/// A file that is not as it was when it was exported.
struct ChangedFile
{
    QString file;   ///< as the checksums name it
    QString reason; ///< half a sentence for the user: "is not there"
};

struct ChecksumReport
{
    qint64 checked = 0;           ///< files that the checksums name
    std::vector<ChangedFile> bad; ///< in the order of the checksums
};

/// The checksums of a frozen export, by its folder or by themselves. Empty when the folder has none.
QString checksumsFile(const QString &exported);

/// Reads every file that the checksums name, on as many threads as there are cores; it blocks. The files may
/// be sha256sum's own. Errors: NotFound, Unreadable (the checksums), BadInput when they are none; Cancelled.
Result<ChecksumReport> verifyChecksums(const QString &path, TaskProgress &progress,
                                       const std::stop_token &stop = {});

} // namespace earmark::exports
