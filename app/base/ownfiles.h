#pragma once

#include "base/descriptor.h"
#include "base/result.h"

#include <QFile>

#include <chrono>
#include <stop_token>

namespace earmark {

// The one place that deletes, and that opens what other people may have prepared. Symbolic links are never
// followed: what a received folder names "Earmark's" may point at somebody's documents.

/// Begins the names of Earmark's own temporary files and folders.
inline constexpr QLatin1StringView OwnPrefix(".earmark");

/// Removes the folder at `path` with all that is in it. Does nothing when nothing is there; a link at `path`,
/// or in the folder, is unlinked and what it points to stays. `path` or a folder above it must carry
/// Earmark's own naming (a component that contains ".earmark"): from that component on no link is followed.
/// Files and folders of other users stay, and so do the folders that hold them.
/// Errors: Unwritable when something could not be removed, or when the name is not Earmark's own.
Result<void> removeOwnFolder(const QString &path);

/// Removes all that is in the folder at `path`, which itself stays; otherwise as removeOwnFolder().
Result<void> emptyOwnFolder(const QString &path);

/// Removes the folder `name` directly in `folder`, where that keeps folders of other names for Earmark (such
/// as versions of a tool); otherwise as removeOwnFolder().
Result<void> removeFolderIn(const QString &folder, const QString &name);

/// Removes the file at `path`, or the link, but never what a link points to and never a folder. Nothing there
/// is no error. Errors: Unwritable.
Result<void> removeFile(const QString &path);

/// Removes the folder at `path` if nothing is in it; never what a link points to. Nothing there is no error.
/// Errors: Unwritable, also when something is in it.
Result<void> removeEmptyFolder(const QString &path);

/// Renames the file at `path`, or the link, to `name`, or to the first free one of `name` + ".1", ".2" and so
/// on: what was put aside before stays. Gives the name; an empty one when nothing is there. Both are on the
/// same file system. Errors: Unwritable.
Result<QString> putAside(const QString &path, const QString &name);

/// Removes the files that putAside() gave `name` and the numbers behind it, up to the first name that no
/// regular file has: a link stays, and what has a higher number. Blocks. Errors: Unwritable, for the first
/// file that could not be removed; those behind it stay.
Result<void> removePutAside(const QString &name);

/// Removes the half-written files that killed programs left in `folder`: those with a name of isPartName()
/// that are regular files of this user and were not changed for `untouched`. No other file is touched, and no
/// link followed but `folder` itself. A program that may be writing there must be kept out by a lock or by
/// `untouched`. Blocks; reads all names of the folder. Errors: none, what cannot be removed stays.
void removeAbandonedParts(const QString &folder, std::chrono::seconds untouched);

/// Names of what is in an open folder, byte for byte, in no order; the descriptor stays usable. None when it
/// cannot be read.
QByteArrayList namesIn(const Descriptor &folder);

/// Renames a file to a name that is free; what has that name stays. False, with errno EEXIST, when it is
/// taken.
bool renameToFree(const QString &from, const QString &to);
/// The same of names in two open folders, as the file system has them.
bool renameToFree(int from, const QByteArray &name, int to, const QByteArray &newName);

/// True for a regular file that is not reached through a link at `path` itself (folders above it may be
/// links).
bool isRegularFile(const QString &path);
/// The same, or that nothing is there (or can be seen to be): asked once, as another program may remove it
/// between two questions.
bool isRegularFileOrNothing(const QString &path);

/// Tells a file from every other that is there at the same time, whatever their names.
struct FileId
{
    quint64 device = 0;
    quint64 number = 0; ///< 0: no file
    bool operator==(const FileId &) const = default;
};
/// Of what lies at `path` itself: a link is not followed.
FileId fileIdOf(const QString &path);
/// Of an open file.
FileId fileIdOf(int descriptor);

/// Opens `file` (closed, named) for reading; only if its name is a regular file's: a link, folder, device or
/// FIFO is refused without being opened or waited for. Qt forgets the file's name thereby. Errors: NotFound,
/// Unreadable; the text names the file.
Result<void> openRegularFile(QFile &file);

inline constexpr qsizetype Sha256Bytes = 32;
/// SHA-256 of a regular file: Sha256Bytes. Errors: as openRegularFile(), Cancelled.
Result<QByteArray> sha256Of(const QString &path, const std::stop_token &stop = {});
/// The same of the rest of an open file. Errors: Unreadable, the text is the reason alone; Cancelled.
Result<QByteArray> sha256Of(QFile &file, const std::stop_token &stop);

/// Makes sure that names made, changed or removed in `folder` outlive a power failure. Errors: none: file
/// systems that cannot do it are left alone.
void flushFolder(const QString &folder);

} // namespace earmark
