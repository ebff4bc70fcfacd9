#include "net/partfile.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>

namespace earmark::net {

using namespace Qt::StringLiterals;

namespace {

/// Unbuffered, so that it is the failing write that tells of a full disk.
constexpr auto Mode = QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered;

PartOrigin readOrigin(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    return {QUrl(json[u"address"_s].toString()), json[u"validator"_s].toString().toLatin1(),
            json[u"total"_s].toInteger(-1)};
}

Result<void> writeOrigin(const QString &path, const PartOrigin &origin)
{
    const QJsonObject json{{u"address"_s, origin.address.toString()},
                           {u"validator"_s, QString::fromLatin1(origin.validator)},
                           {u"total"_s, origin.total}};
    AtomicFile file(path);
    return file.open().and_then([&] { return file.write(QJsonDocument(json).toJson()); }).and_then([&] {
        return file.commit();
    });
}

} // namespace

PartFile::PartFile(const QString &path)
    : m_final(path)
    , m_part(path + u".part"_s)
    , m_note(m_part + u".json"_s)
    , m_file(m_part)
    , m_lock(m_part + u".lock"_s)
{
    m_lock.setStaleLockTime(0);
}

Result<PartFile::Left> PartFile::take()
{
    const QString folder = QFileInfo(m_final).absolutePath();
    errno = 0;
    if (!QDir().mkpath(folder))
        return tl::unexpected(writeError(folder, errno));
    // One that was given up a moment ago may still be writing its last bytes.
    constexpr int patienceMs = 2000;
    if (!m_lock.tryLock(patienceMs)) {
        if (m_lock.error() == QLockFile::LockFailedError)
            return failure(ErrorCode::Locked,
                           u"Another program is fetching %1 just now; wait until it is done."_s.arg(m_final));
        return tl::unexpected(writeError(folder, m_lock.error() == QLockFile::PermissionError ? EACCES : 0));
    }
    // A link would have what is fetched written to where it points.
    if (!isRegularFile(m_part)) {
        if (const auto removed = removeFile(m_part); !removed)
            return tl::unexpected(removed.error());
    }
    return Left{QFileInfo(m_part).size(), readOrigin(m_note)};
}

Result<void> PartFile::open(qint64 bytes, const PartOrigin &origin)
{
    m_file.close();
    errno = 0;
    if (!m_file.open(Mode) || (m_file.size() != bytes && !m_file.resize(bytes)))
        return tl::unexpected(writeError(m_part, errno));
    // After the bytes of another origin are gone: should the program be killed between the two, nothing is
    // taken for what it is not.
    return readOrigin(m_note) == origin ? Result<void>() : writeOrigin(m_note, origin);
}

Result<void> PartFile::append(QByteArrayView bytes)
{
    const qint64 before = m_file.size();
    errno = 0;
    if (m_file.write(bytes.data(), bytes.size()) == bytes.size())
        return {};
    const int reason = errno;
    m_file.resize(before);
    return tl::unexpected(writeError(m_part, reason));
}

Result<void> PartFile::finish(const QDateTime &modified)
{
    errno = 0;
    if (!m_file.isOpen() && !m_file.open(Mode))
        return tl::unexpected(writeError(m_part, errno));
    // A file system that keeps no dates is no reason to throw the file away.
    if (modified.isValid())
        m_file.setFileTime(modified, QFileDevice::FileModificationTime);
    m_file.close();
    return putInPlace(m_part, m_final).map([this] {
        static_cast<void>(removeFile(m_note)); // without a part it says nothing
    });
}

void PartFile::discard()
{
    m_file.close();
    // What cannot be removed is found by the next fetch, which has its note to judge it by.
    if (removeFile(m_part))
        static_cast<void>(removeFile(m_note));
}

} // namespace earmark::net
