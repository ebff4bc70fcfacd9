#include "base/privatefolder.h"

#include "base/atomicfile.h"
#include "base/descriptor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace earmark {

using namespace Qt::StringLiterals;

namespace {

constexpr mode_t WritableByOthers = S_IWGRP | S_IWOTH;

} // namespace

Result<FolderWas> makePrivateFolder(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    const QByteArray name = QFile::encodeName(path);
    const bool isNew = ::mkdir(name.constData(), S_IRWXU) == 0;
    if (!isNew && errno != EEXIST)
        return tl::unexpected(writeError(path, errno));
    const Descriptor folder(::open(name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat about = {};
    if (!folder.isOpen() || ::fstat(folder.number(), &about) != 0)
        return tl::unexpected(writeError(path, errno));
    if (about.st_uid != ::geteuid())
        return failure(ErrorCode::Unwritable,
                       u"The folder %1 belongs to another user. Remove it, or have it removed."_s.arg(
                           QDir::toNativeSeparators(path)));
    if ((about.st_mode & 0777U) != S_IRWXU && ::fchmod(folder.number(), S_IRWXU) != 0)
        return tl::unexpected(writeError(path, errno));
    if (isNew)
        return FolderWas::New;
    return (about.st_mode & WritableByOthers) != 0 ? FolderWas::Open : FolderWas::Private;
}

bool isClosedToOthers(const QString &path)
{
    struct stat about = {};
    return ::lstat(QFile::encodeName(path).constData(), &about) == 0 && S_ISDIR(about.st_mode) &&
           about.st_uid == ::geteuid() && (about.st_mode & WritableByOthers) == 0;
}

} // namespace earmark
