#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

namespace earmark::exports {

/// Which files an export wrote into a folder, and how they were then: by it the next one knows the user's
/// own files, and those that the user has changed. It lies among them as a hidden file.
class ExportRecord final
{
public:
    /// Of an export that has a folder of its own: the folder is known as one by it.
    static constexpr QLatin1StringView FolderName{".earmark-export"};
    /// Of what is written beside an export that is one file: card, coverage, parts, checksums.
    static constexpr QLatin1StringView BesideName{".earmark-files"};

    /// Reads the record of this name. What it does not name counts as the user's: so it is empty when there
    /// is none, or only one that names no files, as Earmark 0.1 wrote them.
    static ExportRecord read(const QString &path);
    /// All files below `folder`. Errors: Unreadable.
    static Result<ExportRecord> of(const QString &folder);

    /// Adds the file `name` (as the file system has it, relative to `folder`) as it is now; what is not a
    /// regular file is passed over. Errors: Unreadable.
    Result<void> add(const QString &folder, const QByteArray &name);
    /// Errors: DiskFull, Unwritable.
    Result<void> write(const QString &path) const;

    bool isEmpty() const { return m_entries.isEmpty(); }
    /// A folder in which, or below which, files of the record lie.
    bool hasFolder(const QByteArray &name) const { return m_folders.contains(name); }
    /// Whether the file is there as it was recorded: it has the same size, and the same time of change or the
    /// same content.
    bool isUnchanged(const QString &folder, const QByteArray &name) const;

private:
    struct Entry
    {
        qint64 size = 0;        ///< bytes
        qint64 modified = 0;    ///< nanoseconds since 1970
        QByteArray sha256 = {}; ///< 32 bytes; empty for clips, shards and what is very large
    };
    void insert(const QByteArray &name, const Entry &entry);

    QHash<QByteArray, Entry> m_entries; ///< by name
    QSet<QByteArray> m_folders;
};

} // namespace earmark::exports
