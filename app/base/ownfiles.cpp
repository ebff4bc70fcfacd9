#include "base/ownfiles.h"

#include "base/atomicfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace earmark {

using namespace Qt::StringLiterals;

namespace {

constexpr int FolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
/// Deeper than any program of ours nests: beyond it, somebody wants to exhaust the stack or the descriptors.
constexpr int MostLevels = 100;

struct DirCloser
{
    void operator()(DIR *dir) const { ::closedir(dir); }
};

/// Errno of the first thing that could not be removed, 0 when all went.
int emptyFolder(const Descriptor &folder, int level);

int removeEntry(const Descriptor &folder, const QByteArray &name, int level)
{
    struct stat about = {};
    if (::fstatat(folder.number(), name.constData(), &about, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? 0 : errno;
    if (about.st_uid != ::geteuid())
        return EPERM;
    int problem = 0;
    if (S_ISDIR(about.st_mode)) {
        const Descriptor inner(::openat(folder.number(), name.constData(), FolderFlags));
        problem = inner.isOpen() ? emptyFolder(inner, level + 1) : errno;
    }
    const int flags = S_ISDIR(about.st_mode) ? AT_REMOVEDIR : 0;
    if (problem == 0 && ::unlinkat(folder.number(), name.constData(), flags) != 0 && errno != ENOENT)
        problem = errno;
    return problem;
}

int emptyFolder(const Descriptor &folder, int level)
{
    if (level > MostLevels)
        return ELOOP;
    int problem = 0;
    for (const QByteArray &name : namesIn(folder)) {
        if (const int failed = removeEntry(folder, name, level); failed != 0 && problem == 0)
            problem = failed;
    }
    return problem;
}

Result<void> resultOf(int problem, const QString &path)
{
    if (problem == 0)
        return {};
    return failure(ErrorCode::Unwritable, u"%1 cannot be removed: %2."_s.arg(QDir::toNativeSeparators(path),
                                                                             qt_error_string(problem)));
}

/// The name that putAside() gives a file when `number` names before it are taken.
QString asideName(const QString &name, int number)
{
    return number == 0 ? name : u"%1.%2"_s.arg(name).arg(number);
}

/// A folder entry that is reached without following a link from Earmark's own name on.
struct Place
{
    Descriptor parent; ///< closed when the way ends before it
    QByteArray name;
    int problem = 0; ///< errno, when the way ends
};

Place placeOf(const QString &path)
{
    const QStringList parts =
        QDir::cleanPath(QFileInfo(path).absoluteFilePath()).split(u'/', Qt::SkipEmptyParts);
    qsizetype own = 0;
    while (own < parts.size() && !parts[own].contains(OwnPrefix))
        ++own;
    if (own == parts.size())
        return {Descriptor(), {}, EPERM};
    const QString above = u'/' + parts.first(own).join(u'/');
    Place place;
    place.parent =
        Descriptor(::open(QFile::encodeName(above).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (; place.parent.isOpen() && own + 1 < parts.size(); ++own) {
        const QByteArray name = QFile::encodeName(parts[own]);
        place.parent = Descriptor(::openat(place.parent.number(), name.constData(), FolderFlags));
    }
    if (!place.parent.isOpen())
        place.problem = errno == ENOENT ? 0 : errno;
    place.name = QFile::encodeName(parts.last());
    return place;
}

} // namespace

Result<void> removeOwnFolder(const QString &path)
{
    const Place place = placeOf(path);
    if (!place.parent.isOpen())
        return resultOf(place.problem, path);
    return resultOf(removeEntry(place.parent, place.name, 0), path);
}

Result<void> emptyOwnFolder(const QString &path)
{
    const Place place = placeOf(path);
    if (!place.parent.isOpen())
        return resultOf(place.problem, path);
    const Descriptor folder(::openat(place.parent.number(), place.name.constData(), FolderFlags));
    if (!folder.isOpen())
        return resultOf(errno == ENOENT ? 0 : errno, path);
    return resultOf(emptyFolder(folder, 0), path);
}

Result<void> removeFolderIn(const QString &folder, const QString &name)
{
    const QString path = folder + u'/' + name;
    if (name.isEmpty() || name.contains(u'/') || name == "."_L1 || name == ".."_L1)
        return resultOf(EINVAL, path);
    const Descriptor parent(
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!parent.isOpen())
        return resultOf(errno == ENOENT ? 0 : errno, path);
    return resultOf(removeEntry(parent, QFile::encodeName(name), 0), path);
}

Result<void> removeFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) == 0 || errno == ENOENT)
        return {};
    return resultOf(errno, path);
}

Result<void> removeEmptyFolder(const QString &path)
{
    if (::rmdir(QFile::encodeName(path).constData()) == 0 || errno == ENOENT)
        return {};
    return resultOf(errno, path);
}

QByteArrayList namesIn(const Descriptor &folder)
{
    QByteArrayList names;
    Descriptor own(::openat(folder.number(), ".", FolderFlags));
    if (!own.isOpen())
        return names;
    const std::unique_ptr<DIR, DirCloser> dir(::fdopendir(own.release()));
    while (const dirent *entry = dir ? ::readdir(dir.get()) : nullptr) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            names.append(name);
    }
    return names;
}

bool renameToFree(const QString &from, const QString &to)
{
    return renameToFree(AT_FDCWD, QFile::encodeName(from), AT_FDCWD, QFile::encodeName(to));
}

bool renameToFree(int from, const QByteArray &name, int to, const QByteArray &newName)
{
    if (::renameat2(from, name.constData(), to, newName.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    // NFS and some FUSE file systems do not know that flag.
    struct stat about = {};
    if (::fstatat(to, newName.constData(), &about, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::renameat(from, name.constData(), to, newName.constData()) == 0;
}

Result<QString> putAside(const QString &path, const QString &name)
{
    int number = 0;
    for (; !renameToFree(path, asideName(name, number)); ++number) {
        if (errno == ENOENT)
            return QString();
        if (errno != EEXIST)
            return failure(
                ErrorCode::Unwritable,
                u"%1 cannot be renamed: %2."_s.arg(QDir::toNativeSeparators(path), qt_error_string(errno)));
    }
    return asideName(name, number);
}

Result<void> removePutAside(const QString &name)
{
    for (int number = 0; isRegularFile(asideName(name, number)); ++number) {
        if (auto removed = removeFile(asideName(name, number)); !removed)
            return removed;
    }
    return {};
}

void removeAbandonedParts(const QString &folder, std::chrono::seconds untouched)
{
    const Descriptor opened(
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.isOpen())
        return;
    const time_t latest = ::time(nullptr) - untouched.count();
    for (const QByteArray &name : namesIn(opened)) {
        struct stat about = {};
        if (!name.startsWith('.') || !isPartName(QFile::decodeName(name)) ||
            ::fstatat(opened.number(), name.constData(), &about, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        const bool isAbandoned = untouched.count() == 0 || about.st_mtime <= latest;
        if (S_ISREG(about.st_mode) && about.st_uid == ::geteuid() && isAbandoned)
            ::unlinkat(opened.number(), name.constData(), 0);
    }
}

bool isRegularFile(const QString &path)
{
    struct stat about = {};
    return ::lstat(QFile::encodeName(path).constData(), &about) == 0 && S_ISREG(about.st_mode);
}

bool isRegularFileOrNothing(const QString &path)
{
    struct stat about = {};
    return ::lstat(QFile::encodeName(path).constData(), &about) != 0 || S_ISREG(about.st_mode);
}

FileId fileIdOf(const QString &path)
{
    struct stat about = {};
    if (::lstat(QFile::encodeName(path).constData(), &about) != 0)
        return {};
    return {about.st_dev, about.st_ino};
}

FileId fileIdOf(int descriptor)
{
    struct stat about = {};
    if (::fstat(descriptor, &about) != 0)
        return {};
    return {about.st_dev, about.st_ino};
}

Result<void> openRegularFile(QFile &file)
{
    const QString path = file.fileName();
    // O_NONBLOCK: a FIFO would wait for its writer. It means nothing for a regular file.
    Descriptor opened(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    const int reason = errno;
    struct stat about = {};
    const QString shown = QDir::toNativeSeparators(path);
    if (!opened.isOpen() && reason == ENOENT)
        return failure(ErrorCode::NotFound, u"%1 is missing."_s.arg(shown));
    if (!opened.isOpen() && reason == ELOOP)
        return failure(
            ErrorCode::Unreadable,
            u"%1 is a symbolic link, which Earmark does not follow here. Put the file itself there."_s.arg(
                shown));
    if (!opened.isOpen())
        return failure(ErrorCode::Unreadable,
                       u"%1 cannot be read: %2."_s.arg(shown, qt_error_string(reason)));
    if (::fstat(opened.number(), &about) != 0 || !S_ISREG(about.st_mode))
        return failure(ErrorCode::Unreadable, u"%1 is not a regular file."_s.arg(shown));
    if (!file.open(opened.number(), QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return failure(ErrorCode::Unreadable, u"%1 cannot be read: %2."_s.arg(shown, file.errorString()));
    opened.release();
    return {};
}

Result<QByteArray> sha256Of(const QString &path, const std::stop_token &stop)
{
    QFile file(path);
    if (auto opened = openRegularFile(file); !opened)
        return tl::unexpected(opened.error());
    return sha256Of(file, stop).map_error([&path](Error error) {
        if (error.code == ErrorCode::Unreadable)
            error.text = u"%1 cannot be read: %2."_s.arg(QDir::toNativeSeparators(path), error.text);
        return error;
    });
}

Result<QByteArray> sha256Of(QFile &file, const std::stop_token &stop)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(1 << 20, Qt::Uninitialized);
    qint64 got = 0;
    while (!stop.stop_requested() && (got = file.read(piece.data(), piece.size())) > 0)
        hash.addData(QByteArrayView(piece).first(got));
    if (stop.stop_requested())
        return cancelled();
    return got < 0 ? failure(ErrorCode::Unreadable, file.errorString()) : Result<QByteArray>(hash.result());
}

void flushFolder(const QString &folder)
{
    const Descriptor opened(
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.isOpen())
        ::fsync(opened.number());
}

} // namespace earmark
