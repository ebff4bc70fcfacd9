#include "workspace/lock.h"

#include "base/atomicfile.h"
#include "base/descriptor.h"
#include "base/ownfiles.h"

#include <QFileInfo>
#include <QStorageInfo>
#include <QSysInfo>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace earmark::workspace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// True after it has removed a lock into which a program that was killed did not come to write its name: for
/// QLockFile such a one is held for ever. A program that has just made its lock writes that at once.
bool isLeftEmpty(const QString &path)
{
    constexpr auto patience = 1s;
    for (auto waited = 0ms; waited < patience; waited += 50ms) {
        const QFileInfo lock(path);
        if (!lock.exists() || lock.size() > 0)
            return !lock.exists();
        std::this_thread::sleep_for(50ms);
    }
    return QFileInfo(path).size() == 0 && removeFile(path).has_value();
}

/// File systems that one kernel alone mounts, so that its locks say all there is to say (statfs(2)).
bool isOnDiskOfThisComputer(const Descriptor &file)
{
    constexpr std::array<std::uint32_t, 15> known{
        0xEF53,     // ext2 to ext4
        0x58465342, // XFS
        0x9123683E, // btrfs
        0x01021994, // tmpfs
        0x858458F6, // ramfs
        0x794C7630, // overlayfs: containers
        0xF2F52010, // F2FS
        0x2FC12FC1, // ZFS
        0xCA451A4E, // bcachefs
        0x3153464A, // JFS
        0x52654973, // ReiserFS
        0x2011BAB0, // exFAT
        0x00004D44, // FAT
        0x7366746E, // NTFS
        0x00003434, // NILFS
    };
    struct statfs about = {};
    return ::fstatfs(file.number(), &about) == 0 &&
           std::ranges::find(known, static_cast<std::uint32_t>(about.f_type)) != known.end();
}

/// True after it has removed a lock that no process holds.
bool isHeldByNobody(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const Descriptor file(::open(name.constData(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() || !isOnDiskOfThisComputer(file) || ::flock(file.number(), LOCK_EX | LOCK_NB) != 0)
        return false;
    // Still the file of that name: another program may have been quicker. From here on nobody else removes
    // it, for that takes the lock that is held here.
    struct stat held = {};
    struct stat named = {};
    return ::fstat(file.number(), &held) == 0 && ::lstat(name.constData(), &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev && held.st_size > 0 &&
           removeFile(path).has_value();
}

/// Whose name is in a lock.
struct Holder
{
    QString text = QStringLiteral("another program");
    bool isSeenToBeGone = false; ///< a process of this host that has ended, as after any kill
};

Holder holderOf(const QLockFile &lock)
{
    qint64 process = 0;
    QString host;
    QString program;
    Holder holder;
    if (!lock.getLockInfo(&process, &host, &program))
        return holder;
    holder.text = u"%1 (process %2 on %3)"_s.arg(program.isEmpty() ? holder.text : program,
                                                 QString::number(process), host);
    holder.isSeenToBeGone =
        host == QSysInfo::machineHostName() && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
    return holder;
}

} // namespace

Result<Lock> takeLock(const Layout &layout)
{
    const QString path = layout.lock();
    // The second is QLockFile's while it removes the first.
    for (const QString &name : {path, path + u".rmlock"_s}) {
        if (!isRegularFileOrNothing(name))
            return failure(
                ErrorCode::Unwritable,
                u"%1 is a symbolic link or no regular file; Earmark follows no link out of a workspace. Remove it."_s
                    .arg(name));
    }
    Lock taken{std::make_unique<QLockFile>(path), {}};
    QLockFile &lock = *taken.file;
    // Never stale by age, only when its holder is gone: a download runs for weeks.
    lock.setStaleLockTime(0);
    if (lock.tryLock(0) || (isLeftEmpty(path) && lock.tryLock(0)))
        return taken;
    const Holder holder = holderOf(lock);
    // On a disk that is mounted read-only, the lock of a program that was killed stays for ever.
    if (!QFileInfo(layout.root()).isWritable())
        return failure(
            ErrorCode::Unwritable,
            u"The folder %1 cannot be written to, or is on a disk that is mounted read-only. Choose another, or change its permissions."_s
                .arg(layout.root()));
    if (lock.error() == QLockFile::LockFailedError && isHeldByNobody(path) && lock.tryLock(0)) {
        taken.takenFrom = holder.isSeenToBeGone ? QString() : holder.text;
        return taken;
    }
    if (lock.error() == QLockFile::LockFailedError)
        return failure(
            ErrorCode::Locked,
            u"The workspace %1 is in use by %2. Close it there first, or choose another folder. If that program no longer runs, remove the file %3."_s
                .arg(layout.root(), holder.text, path));
    if (QStorageInfo(layout.root()).bytesAvailable() == 0)
        return tl::unexpected(writeError(path, ENOSPC));
    return failure(ErrorCode::Unwritable,
                   u"The folder %1 cannot be written to. Choose another, or change its permissions."_s.arg(
                       layout.root()));
}

} // namespace earmark::workspace
