#pragma once

#include "base/descriptor.h"
#include "export/exportset.h"

namespace earmark::exports {

/// A clip's file, opened for an export.
struct OpenedClip
{
    Descriptor file;         ///< open only when there is no fault
    QLatin1StringView fault; ///< as in ExportSet::skipped: "missing", "symbolic link", …; empty: none
};

/// How much of a clip's file is compared with the ledger.
enum class Compared {
    Size,   ///< kind and size of the file; its header, too, when the size is not that of a plain 16-bit WAV
    Header, ///< kind of the file, sample rate, frames, and that all of them are there
    Bytes,  ///< also the SHA-256 (where the ledger has one)
};

/// The clips in a workspace's folder, as exports take them: regular files that are as the ledger says. The
/// folder itself may be a link; a clip may not, since its sender decides what it points to. Any thread.
class ClipSource final
{
public:
    explicit ClipSource(const ClipTable &clips);

    /// Why the clip's file does not go into an export; empty when it does. `sha256` as open() gives it.
    QLatin1StringView fault(segments::Row row, Compared compared, const std::stop_token &stop = {},
                            QByteArray *sha256 = nullptr) const;
    /// Opens a clip's file and compares it (at least by its header). `sha256`, when given, gets that of the
    /// file where bytes are compared. What is stopped counts as the same.
    OpenedClip open(segments::Row row, Compared compared, const std::stop_token &stop = {},
                    QByteArray *sha256 = nullptr) const;
    /// Makes `to` a hard link to a clip, or a copy whose bytes were compared. Gives the fault, and then
    /// nothing is there. Errors: DiskFull, Unwritable.
    Result<QLatin1StringView> put(segments::Row row, const QString &to, bool mayLink,
                                  const std::stop_token &stop = {}) const;

private:
    QByteArray nameOf(segments::Row row) const;
    bool hasContent(int file, segments::Row row, const std::stop_token &stop, QByteArray *sha256) const;

    const ClipTable &m_clips;
    Descriptor m_folder;
};

/// Whether a clip is left out for its file: it is missing, differs from the ledger, or cannot be read.
bool isFileFault(QLatin1StringView why);

/// Leaves clips out of a set whose files are not as the ledger says. `sums`, when given, gets the SHA-256 of
/// the files that stay, by item (for Compared::Bytes). On all cores; blocks. Errors: Cancelled.
Result<void> leaveOutUnfit(const ClipTable &clips, ExportSet &set, Compared compared,
                           std::vector<QByteArray> *sums, const std::stop_token &stop);

} // namespace earmark::exports
