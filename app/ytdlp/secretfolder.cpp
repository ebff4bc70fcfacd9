#include "ytdlp/secretfolder.h"

#include "base/ownfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// Sweeping another program may take a folder away between its making and its locking.
constexpr int MostTries = 10;

QString prefix()
{
    return OwnPrefix + u"-secrets-"_s;
}

/// Where secret folders may be, the better first. The runtime folder is another user's after su. yt-dlp would
/// take a dollar for a variable's.
QStringList places()
{
    QStringList all{QDir::tempPath(), u"/tmp"_s};
    if (const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
        QFileInfo(runtime).ownerId() == ::geteuid())
        all.prepend(runtime);
    all.removeIf([](const QString &path) {
        return !QDir::isAbsolutePath(path) || path.contains(u'$') || !QFileInfo(path).isDir();
    });
    all.removeDuplicates();
    return all;
}

/// The folder, locked: nobody else uses it. Not open: somebody does, or it is none of ours.
Descriptor lockedFolder(const QByteArray &path)
{
    Descriptor folder(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat about = {};
    struct stat present = {};
    const bool isOurs = folder.isOpen() && ::flock(folder.number(), LOCK_EX | LOCK_NB) == 0 &&
                        ::fstat(folder.number(), &about) == 0 && about.st_uid == ::geteuid() &&
                        ::lstat(path.constData(), &present) == 0 && present.st_ino == about.st_ino &&
                        present.st_dev == about.st_dev;
    return isOurs ? std::move(folder) : Descriptor();
}

} // namespace

Result<SecretFolder> SecretFolder::make()
{
    for (const QString &place : places()) {
        for (int each = 0; each < MostTries; ++each) {
            QByteArray path = QFile::encodeName(place + u'/' + prefix() + u"XXXXXX"_s);
            if (::mkdtemp(path.data()) == nullptr)
                break;
            if (Descriptor held = lockedFolder(path); held.isOpen())
                return SecretFolder(QFile::decodeName(path), std::move(held));
        }
    }
    return failure(
        ErrorCode::Unwritable,
        u"No private folder for the settings of yt-dlp can be made in %1. Check who may write there, "
        "and that the disk is not full."_s.arg(QDir::toNativeSeparators(QDir::tempPath())));
}

SecretFolder::SecretFolder(QString path, Descriptor held)
    : m_path(std::move(path))
    , m_held(std::move(held))
{
}

SecretFolder::SecretFolder(SecretFolder &&other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_held(std::move(other.m_held))
{
}

SecretFolder &SecretFolder::operator=(SecretFolder &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_held, other.m_held);
    return *this;
}

SecretFolder::~SecretFolder()
{
    if (!m_path.isEmpty())
        (void)removeOwnFolder(m_path);
}

void sweepSecretFolders()
{
    for (const QString &place : places()) {
        const auto kinds = QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks;
        for (const QString &name : QDir(place).entryList({prefix() + u'*'}, kinds)) {
            const QString path = place + u'/' + name;
            if (const Descriptor held = lockedFolder(QFile::encodeName(path)); held.isOpen())
                (void)removeOwnFolder(path);
        }
    }
}

} // namespace earmark::ytdlp
