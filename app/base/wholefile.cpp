#include "base/wholefile.h"

#include <QFileInfo>

#include <cerrno>

namespace earmark {

using namespace Qt::StringLiterals;

WholeFile::WholeFile(const QString &path)
    : m_file(path)
{
}

Result<void> WholeFile::open()
{
    if (QFileInfo(m_file.fileName()).isDir())
        return failed(EISDIR);
    errno = 0;
    return m_file.open(QIODevice::WriteOnly) ? Result<void>() : failed(errno);
}

Result<void> WholeFile::write(QByteArrayView bytes)
{
    errno = 0;
    return m_file.write(bytes.data(), bytes.size()) == bytes.size() ? Result<void>() : failed(errno);
}

Result<void> WholeFile::commit()
{
    // Not left to commit(): Qt 6.4 overlooks there that the last buffer could not be written, and puts an
    // empty file in the place of the former one.
    errno = 0;
    if (!m_file.flush()) {
        const int reason = errno;
        m_file.cancelWriting();
        return failed(reason);
    }
    errno = 0;
    return m_file.commit() ? Result<void>() : failed(errno);
}

/// `reason` is the system's error number, 0 when there is none: QSaveFile says "Unknown error" to a full
/// disk.
Result<void> WholeFile::failed(int reason) const
{
    if (reason == ENOSPC || reason == EDQUOT)
        return failure(
            ErrorCode::DiskFull,
            u"There is no room left to write %1; free some space on that disk."_s.arg(m_file.fileName()));
    return failure(ErrorCode::Unwritable,
                   u"%1 cannot be written: %2."_s.arg(m_file.fileName(),
                                                      reason != 0 ? qt_error_string(reason)
                                                                  : u"the system does not say why"_s));
}

} // namespace earmark
