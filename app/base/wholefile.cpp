#include "base/wholefile.h"

#include <QFileInfo>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace earmark {

using namespace Qt::StringLiterals;

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
    const int descriptor = ::open(from.constData(), O_RDONLY | O_CLOEXEC);
    const bool isFlushed = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int reason = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!isFlushed)
        return tl::unexpected(writeError(finished, reason));
    // Not QFile::rename(): that one does not replace.
    if (std::rename(from.constData(), to.constData()) != 0)
        return tl::unexpected(writeError(path, errno));
    return {};
}

WholeFile::WholeFile(const QString &path)
    : m_file(path)
{
}

Result<void> WholeFile::open()
{
    if (QFileInfo(m_file.fileName()).isDir())
        return tl::unexpected(writeError(m_file.fileName(), EISDIR));
    errno = 0;
    return m_file.open(QIODevice::WriteOnly) ? Result<void>()
                                             : tl::unexpected(writeError(m_file.fileName(), errno));
}

Result<void> WholeFile::write(QByteArrayView bytes)
{
    errno = 0;
    return m_file.write(bytes.data(), bytes.size()) == bytes.size()
               ? Result<void>()
               : tl::unexpected(writeError(m_file.fileName(), errno));
}

Result<void> WholeFile::commit()
{
    // Not left to commit(): Qt 6.4 overlooks there that the last buffer could not be written, and puts an
    // empty file in the place of the former one.
    errno = 0;
    if (!m_file.flush()) {
        const int reason = errno;
        m_file.cancelWriting();
        return tl::unexpected(writeError(m_file.fileName(), reason));
    }
    errno = 0;
    return m_file.commit() ? Result<void>() : tl::unexpected(writeError(m_file.fileName(), errno));
}

} // namespace earmark
