#include "base/spoolfile.h"

#include "base/atomicfile.h"
#include "base/descriptor.h"
#include "base/ownfiles.h"

#include <QDir>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

namespace earmark {

using namespace Qt::StringLiterals;

namespace {

/// A file for this user alone that has no name, or none any more; not open, with errno, when there is none.
Descriptor namelessFile(const QString &folder)
{
    Descriptor made(
        ::open(QFile::encodeName(folder).constData(), O_RDWR | O_TMPFILE | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!made.isOpen()) { // a file system without such files
        QByteArray name = QFile::encodeName(folder + u'/' + OwnPrefix + u"-XXXXXX.part"_s);
        made = Descriptor(::mkostemps(name.data(), 5, O_CLOEXEC));
        if (made.isOpen())
            (void)removeFile(QFile::decodeName(name));
    }
    return made;
}

/// Waits until there is something to read; false when `stop` was asked for meanwhile.
bool waitForInput(int descriptor, const std::stop_token &stop)
{
    constexpr int EachMs = 100;
    pollfd input{descriptor, POLLIN, 0};
    while (!stop.stop_requested()) {
        if (const int ready = ::poll(&input, 1, EachMs); ready > 0 || (ready < 0 && errno != EINTR))
            return true; // what is wrong, reading says
    }
    return false;
}

} // namespace

SpoolFile::SpoolFile(QString folder)
    : m_folder(std::move(folder))
{
}

Result<std::unique_ptr<SpoolFile>> SpoolFile::make(const QString &folder)
{
    std::unique_ptr<SpoolFile> spool(new SpoolFile(folder));
    Descriptor made = namelessFile(spool->m_folder);
    if (!made.isOpen())
        return tl::unexpected(writeError(spool->m_folder, errno));
    if (!spool->m_file.open(made.number(), QIODevice::ReadWrite | QIODevice::Unbuffered,
                            QFileDevice::AutoCloseHandle))
        return tl::unexpected(writeError(spool->m_folder, 0));
    made.release();
    return spool;
}

Result<void> SpoolFile::write(QByteArrayView bytes)
{
    errno = 0;
    return m_file.write(bytes.data(), bytes.size()) == bytes.size()
               ? Result<void>()
               : tl::unexpected(writeError(m_folder, errno));
}

Result<void> SpoolFile::fill(int descriptor, const QString &name, qint64 most, const std::stop_token &stop)
{
    std::array<char, 64 * 1024> buffer{};
    for (qint64 all = 0;;) {
        if (!waitForInput(descriptor, stop))
            return cancelled();
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got < 0)
            return failure(ErrorCode::Unreadable,
                           u"%1 cannot be read: %2."_s.arg(name, qt_error_string(errno)));
        if (got == 0)
            return {};
        all += got;
        if (all > most)
            return failure(ErrorCode::BadInput,
                           u"%1 holds more than %2 MB. Save the list to a file and name that file."_s.arg(
                               name, QString::number(most / 1'000'000)));
        if (auto written = write({buffer.data(), got}); !written)
            return written;
    }
}

Result<void> SpoolFile::copyTo(int descriptor, const QString &name)
{
    QFile from(path());
    if (!from.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(ErrorCode::Unreadable, u"%1 cannot be read: %2."_s.arg(m_folder, from.errorString()));
    std::array<char, 64 * 1024> buffer{};
    for (;;) {
        const qint64 got = from.read(buffer.data(), buffer.size());
        if (got < 0)
            return failure(ErrorCode::Unreadable,
                           u"%1 cannot be read: %2."_s.arg(m_folder, from.errorString()));
        if (got == 0)
            return {};
        for (qint64 done = 0; done < got;) {
            const ssize_t put =
                ::write(descriptor, buffer.data() + done, static_cast<std::size_t>(got - done));
            if (put < 0 && errno == EINTR)
                continue;
            if (put < 0) {
                const int reason = errno;
                return failure(reason == ENOSPC || reason == EDQUOT ? ErrorCode::DiskFull
                                                                    : ErrorCode::Unwritable,
                               u"%1 could not be written: %2."_s.arg(name, qt_error_string(reason)));
            }
            done += put;
        }
    }
}

QString SpoolFile::path() const
{
    return u"/proc/self/fd/%1"_s.arg(m_file.handle());
}

} // namespace earmark
