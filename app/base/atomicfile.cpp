#include "base/atomicfile.h"

#include "base/descriptor.h"
#include "base/ownfiles.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace earmark {

using namespace Qt::StringLiterals;

namespace {

constexpr int NameLetters = 6;

QString partName()
{
    static constexpr QLatin1StringView letters("abcdefghijklmnopqrstuvwxyz0123456789");
    QString name = OwnPrefix + u'-';
    for (int each = 0; each < NameLetters; ++each)
        name += letters[QRandomGenerator::system()->bounded(static_cast<int>(letters.size()))];
    return name + u".part"_s;
}

/// Why nothing may be put there, as an error number; 0 when a new, regular or linked file may be replaced.
int refusal(const QString &path)
{
    struct stat about = {};
    if (::stat(QFile::encodeName(path).constData(), &about) != 0)
        return 0; // a link to nothing is replaced as any other
    if (S_ISDIR(about.st_mode))
        return EISDIR;
    // /dev/stdout is a link, too.
    return S_ISREG(about.st_mode) && !path.startsWith("/dev/"_L1) && !path.startsWith("/proc/"_L1) ? 0
                                                                                                   : EINVAL;
}

} // namespace

Error writeError(const QString &path, int reason)
{
    if (reason == ENOSPC || reason == EDQUOT)
        return {ErrorCode::DiskFull,
                u"There is no room left to write %1; free some space on that disk."_s.arg(path)};
    return {ErrorCode::Unwritable,
            u"%1 cannot be written: %2."_s.arg(path, reason != 0 ? qt_error_string(reason)
                                                                 : u"the system does not say why"_s)};
}

Result<void> putInPlace(const QString &finished, const QString &path)
{
    const QByteArray from = QFile::encodeName(finished);
    const QByteArray to = QFile::encodeName(path);
    {
        const Descriptor file(::open(from.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        if (!file.isOpen() || ::fsync(file.number()) != 0)
            return tl::unexpected(writeError(finished, errno));
    }
    // Not QFile::rename(): that one does not replace.
    if (std::rename(from.constData(), to.constData()) != 0)
        return tl::unexpected(writeError(path, errno));
    flushFolder(QFileInfo(path).path());
    return {};
}

bool isPartName(const QString &name)
{
    static const QRegularExpression form(u"\\A\\.earmark-[a-z0-9]{6}\\.part\\z"_s);
    return form.match(name).hasMatch();
}

AtomicFile::AtomicFile(const QString &path, Access access)
    : m_path(QFileInfo(path).absoluteFilePath())
    , m_access(access)
{
}

AtomicFile::~AtomicFile()
{
    if (m_file.isOpen()) {
        m_file.close();
        dropPart();
    }
}

Result<void> AtomicFile::open()
{
    if (const int reason = refusal(m_path); reason != 0)
        return tl::unexpected(writeError(m_path, reason));
    const mode_t mode = m_access == Access::Private ? 0600 : 0666;
    const QString folder = QFileInfo(m_path).path();
    // Without a name nothing of it is left when the program is killed; it gets one to be renamed.
    Descriptor made(::open(QFile::encodeName(folder).constData(), O_WRONLY | O_TMPFILE | O_CLOEXEC, mode));
    m_part.clear();
    while (!made.isOpen() && (m_part.isEmpty() || errno == EEXIST)) {
        m_part = folder + u'/' + partName();
        made = Descriptor(::open(QFile::encodeName(m_part).constData(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    }
    if (!made.isOpen())
        return tl::unexpected(writeError(m_path, errno));
    struct stat former = {};
    if (m_access == Access::Usual && ::lstat(QFile::encodeName(m_path).constData(), &former) == 0 &&
        S_ISREG(former.st_mode))
        ::fchmod(made.number(), former.st_mode & 0777U);
    if (!m_file.open(made.number(), QIODevice::WriteOnly, QFileDevice::AutoCloseHandle))
        return tl::unexpected(writeError(m_path, 0));
    made.release();
    return {};
}

Result<void> AtomicFile::write(QByteArrayView bytes)
{
    errno = 0;
    return m_file.write(bytes.data(), bytes.size()) == bytes.size()
               ? Result<void>()
               : tl::unexpected(writeError(m_path, errno));
}

void AtomicFile::dropPart()
{
    if (!m_part.isEmpty())
        (void)removeFile(m_part);
}

/// Errno, 0 when the file has its temporary name.
int AtomicFile::namePart()
{
    const QByteArray opened = "/proc/self/fd/" + QByteArray::number(m_file.handle());
    int reason = m_part.isEmpty() ? EEXIST : 0;
    while (reason == EEXIST) {
        m_part = QFileInfo(m_path).path() + u'/' + partName();
        reason = ::linkat(AT_FDCWD, opened.constData(), AT_FDCWD, QFile::encodeName(m_part).constData(),
                          AT_SYMLINK_FOLLOW) == 0
                     ? 0
                     : errno;
    }
    return reason;
}

Result<void> AtomicFile::commit()
{
    errno = 0;
    int reason = 0;
    if (!m_file.flush())
        reason = errno != 0 ? errno : EIO;
    else
        reason = namePart();
    m_file.close();
    auto done = reason == 0 ? putInPlace(m_part, m_path) : tl::unexpected(writeError(m_path, reason));
    if (!done)
        dropPart();
    return done;
}

Result<void> writeWhole(const QString &path, QByteArrayView bytes)
{
    AtomicFile file(path);
    return file.open().and_then([&] { return file.write(bytes); }).and_then([&] { return file.commit(); });
}

} // namespace earmark
