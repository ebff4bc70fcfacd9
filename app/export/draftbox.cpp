#include "export/draftbox.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "export/carryover.h"
#include "export/exportrecord.h"

#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <optional>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace earmark::exports::draftbox {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView NameBegin(".earmark-draft-");
constexpr QLatin1StringView Mark("/mark");

/// Who works in a box: without locks, as on some network drives, this tells whether it still does.
QByteArray machineText()
{
    return QFile::encodeName(QSysInfo::machineHostName()) + ' ' + QSysInfo::bootUniqueId();
}

QByteArray markText(const QString &target)
{
    return "Earmark exports to the folder named in the second line.\n" +
           QFile::encodeName(QFileInfo(target).fileName()).replace('\n', ' ') + '\n' + machineText() + '\n' +
           QByteArray::number(::getpid()) + '\n';
}

bool isLocked(int file)
{
    return ::flock(file, LOCK_EX | LOCK_NB) == 0;
}

bool isThere(const QString &path)
{
    struct stat about = {};
    return ::lstat(QFile::encodeName(path).constData(), &about) == 0;
}

bool isOwnFolder(const QString &path)
{
    struct stat about = {};
    return ::lstat(QFile::encodeName(path).constData(), &about) == 0 && S_ISDIR(about.st_mode) &&
           about.st_uid == ::geteuid();
}

/// The lock of a box in which nobody works any more; none while somebody does, or may.
std::optional<Descriptor> lockOfDead(const QString &box, const QString &target)
{
    QFile mark(box + Mark);
    if (!isOwnFolder(box) || !openRegularFile(mark))
        return std::nullopt;
    constexpr qint64 LongestMark = 4'096;
    const QByteArray text = mark.read(LongestMark); // nothing: it was stopped before it began
    const QByteArrayList lines = text.split('\n');
    if (!text.isEmpty() && lines.value(1) != markText(target).split('\n').value(1))
        return std::nullopt;
    // A lock by flock() needs no right to write, but on network drives.
    Descriptor lock(
        ::open(QFile::encodeName(box + Mark).constData(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!lock.isOpen())
        return std::nullopt;
    if (isLocked(lock.number()))
        return lock;
    if (errno == EWOULDBLOCK)
        return std::nullopt;
    const pid_t process = lines.value(3).toInt();
    const bool isGone =
        lines.value(2) == machineText() && process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
    return isGone ? std::optional(std::move(lock)) : std::nullopt;
}

/// A former export that another has replaced, or whose place is empty.
Result<QStringList> settle(const QString &folder, const QString &target)
{
    if (!isOwnFolder(folder))
        return QStringList();
    if (isThere(target)) // with something else there, what was carried over could be anybody's
        return isOwnFolder(target) && isRegularFile(target + u'/' + ExportRecord::FolderName)
                   ? carryOver(folder, target)
                   : QStringList();
    if (std::rename(QFile::encodeName(folder).constData(), QFile::encodeName(target).constData()) != 0)
        return tl::unexpected(writeError(target, errno));
    return QStringList();
}

} // namespace

Result<Box> make(const QString &target)
{
    // Until its mark is locked, an export beside us may take it for one of the dead: then another is made.
    constexpr int Tries = 10;
    int reason = 0;
    for (int again = 0; again < Tries; ++again) {
        QByteArray name = QFile::encodeName(QFileInfo(target).path() + u'/' + NameBegin + u"XXXXXX"_s);
        if (::mkdtemp(name.data()) == nullptr)
            return tl::unexpected(writeError(target, errno));
        const QString path = QFile::decodeName(name);
        Descriptor lock(::open((name + Mark.data()).constData(),
                               O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        reason = errno;
        if (!lock.isOpen() || (!isLocked(lock.number()) && errno == EWOULDBLOCK) ||
            fileIdOf(lock.number()) != fileIdOf(path + Mark))
            continue;
        const QByteArray text = markText(target);
        if (::write(lock.number(), text.constData(), static_cast<std::size_t>(text.size())) == text.size())
            return Box{path, std::move(lock)};
        reason = errno;
        (void)removeOwnFolder(path);
        break;
    }
    return tl::unexpected(writeError(target, reason));
}

void clear(const QString &box)
{
    (void)removeOwnFolder(box + Part);
    if (!isThere(box + New) && !isThere(box + Old))
        (void)removeOwnFolder(box);
}

Result<QStringList> recover(const QString &target)
{
    const QDir parent = QFileInfo(target).dir();
    QStringList kept;
    for (const QString &name : parent.entryList({NameBegin + u"??????"_s}, QDir::Dirs | QDir::Hidden)) {
        const QString box = parent.filePath(name);
        const auto lock = lockOfDead(box, target);
        if (!lock) {
            if (isOwnFolder(box) && !isThere(box + Mark))
                (void)removeEmptyFolder(box); // stopped before it began, or when all was done
            continue;
        }
        for (const QLatin1StringView each : {Old, New}) {
            auto settled = settle(box + each, target);
            if (!settled)
                return settled;
            kept += *settled;
        }
        clear(box);
    }
    return kept;
}

} // namespace earmark::exports::draftbox
