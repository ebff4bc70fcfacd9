#include "export/carryover.h"

#include "base/descriptor.h"
#include "base/ownfiles.h"
#include "clips/segmentkey.h"
#include "export/exportrecord.h"
#include "export/report/checksums.h"
#include "export/report/datasetcard.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

constexpr int FolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
constexpr int FileFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

/// NAME, NAME.1, NAME.2, …
QByteArray numbered(const QByteArray &name, int number)
{
    return number == 0 ? name : name + '.' + QByteArray::number(number);
}

bool isSameContent(int one, int other)
{
    struct stat first = {};
    struct stat second = {};
    if (::fstat(one, &first) != 0 || ::fstat(other, &second) != 0 || !S_ISREG(first.st_mode) ||
        !S_ISREG(second.st_mode) || first.st_size != second.st_size)
        return false;
    if (first.st_dev == second.st_dev && first.st_ino == second.st_ino)
        return true;
    std::array<char, 1 << 16> left;
    std::array<char, 1 << 16> right;
    for (off_t at = 0; at < first.st_size;) {
        const ssize_t got = ::pread(one, left.data(), left.size(), at);
        if (got <= 0 || ::pread(other, right.data(), static_cast<std::size_t>(got), at) != got ||
            std::memcmp(left.data(), right.data(), static_cast<std::size_t>(got)) != 0)
            return false;
        at += got;
    }
    return true;
}

/// A clip or a shard as all exports name them.
bool isSoundName(const QByteArray &name)
{
    static const QRegularExpression shard(u"^[A-Za-z0-9_-]+-[0-9]{6}\\.tar$"_s);
    const QString text = QFile::decodeName(name);
    if (!text.endsWith(u".wav"_s))
        return shard.match(text).hasMatch();
    const QString stem = text.chopped(4);
    return SegmentKey::fromStem(stem) || SegmentKey::fromStem(u'Y' + stem);
}

/// A folder of the export that took the former one's place: opened, or made, when something goes there.
class Place final
{
public:
    explicit Place(const QString &path)
        : m_folder(::open(QFile::encodeName(path).constData(), FolderFlags))
    {
    }
    Place(Place &parent, QByteArray name)
        : m_parent(&parent)
        , m_name(std::move(name))
        , m_folder(::openat(parent.m_folder.number(), m_name.constData(), FolderFlags))
    {
    }
    bool isThere() const { return m_folder.isOpen(); }
    int number() const { return m_folder.number(); }
    /// With a '/' at its end; empty for the export's own.
    QByteArray path() const { return m_parent ? m_parent->path() + m_name + '/' : QByteArray(); }
    /// Errno, 0 when the folder is there.
    int make()
    {
        if (m_folder.isOpen() || !m_parent)
            return m_folder.isOpen() ? 0 : ENOENT;
        if (const int reason = m_parent->make(); reason != 0)
            return reason;
        const QByteArray name = m_name;
        for (int number = 0;; ++number) {
            m_name = numbered(name, number); // perhaps a file has the name
            if (::mkdirat(m_parent->number(), m_name.constData(), 0777) == 0)
                break;
            if (errno != EEXIST)
                return errno;
        }
        m_folder = Descriptor(::openat(m_parent->number(), m_name.constData(), FolderFlags));
        return m_folder.isOpen() ? 0 : errno;
    }

private:
    Place *m_parent = nullptr;
    QByteArray m_name;
    Descriptor m_folder;
};

class CarryOver final
{
public:
    CarryOver(const QString &former, const QString &target)
        : m_former(former)
        , m_target(target)
        , m_mark(former + u'/' + ExportRecord::FolderName)
        , m_record(ExportRecord::read(m_mark))
        , m_isOld(m_record.isEmpty() && isRegularFile(m_mark))
    {
    }
    Result<QStringList> run()
    {
        Place target(m_target);
        if (!target.isThere())
            return tl::unexpected(problem(QByteArray(), errno));
        auto emptied = empty(QByteArray(), target);
        if (emptied)
            emptied = removeFile(m_mark);
        // A program that is at work in the folder may have made something meanwhile: the next export finds
        // it here.
        if (emptied)
            (void)removeEmptyFolder(m_former);
        return emptied.map([this] { return m_kept; });
    }

private:
    Error problem(const QByteArray &name, int reason) const
    {
        return {
            ErrorCode::Unwritable,
            u"%1 was exported, but %2, which Earmark did not write, cannot be moved there: %3. Move it yourself, or export again."_s
                .arg(QDir::toNativeSeparators(m_target),
                     QDir::toNativeSeparators(m_former + u'/' + QFile::decodeName(name)),
                     qt_error_string(reason))};
    }

    /// `in` is empty or ends in '/'.
    Result<void> empty(const QByteArray &in, Place &to)
    {
        const QByteArray folder = QFile::encodeName(m_former) + '/' + in;
        const Descriptor opened(::open(folder.constData(), FolderFlags));
        QByteArrayList names = namesIn(opened);
        std::ranges::sort(names);
        for (const QByteArray &name : names) {
            struct stat about = {};
            if ((in.isEmpty() && name == ExportRecord::FolderName.data()) ||
                ::fstatat(opened.number(), name.constData(), &about, AT_SYMLINK_NOFOLLOW) != 0)
                continue;
            auto done = S_ISDIR(about.st_mode) ? takeFolder(in, name, opened.number(), to)
                                               : takeFile(in, name, opened.number(), to);
            if (!done)
                return done;
        }
        return {};
    }

    Result<void> takeFolder(const QByteArray &in, const QByteArray &name, int from, Place &to)
    {
        Place inner(to, name);
        if (!m_record.hasFolder(in + name) && !inner.isThere())
            return keep(in, name, from, to, "/");
        auto emptied = empty(in + name + '/', inner);
        if (emptied)
            (void)removeEmptyFolder(m_former + u'/' + QFile::decodeName(in + name));
        return emptied;
    }

    Result<void> takeFile(const QByteArray &in, const QByteArray &name, int from, Place &to)
    {
        if (!isOurs(in, name, from, to))
            return keep(in, name, from, to, "");
        return removeFile(m_former + u'/' + QFile::decodeName(in + name));
    }

    bool isOurs(const QByteArray &in, const QByteArray &name, int from, const Place &to) const
    {
        if (m_record.isUnchanged(m_former, in + name))
            return true;
        const Descriptor mine(::openat(from, name.constData(), FileFlags));
        const Descriptor other(::openat(to.number(), name.constData(), FileFlags));
        if (mine.isOpen() && other.isOpen() && isSameContent(mine.number(), other.number()))
            return true;
        if (!m_isOld || !mine.isOpen() || !to.isThere())
            return false;
        static const QByteArrayList edited{CardName.data(), CoverageName.data(), PartsName.data(),
                                           ChecksumsName.data()};
        return isSoundName(name) || (other.isOpen() && !edited.contains(name));
    }

    Result<void> keep(const QByteArray &in, const QByteArray &name, int from, Place &to, const char *end)
    {
        int reason = to.make();
        for (int number = 0; reason == 0; ++number) {
            const QByteArray newName = numbered(name, number);
            // Nor a name that another of the user's files has, which keeps it.
            struct stat about = {};
            if (number > 0 && ::fstatat(from, newName.constData(), &about, AT_SYMLINK_NOFOLLOW) == 0)
                continue;
            if (renameToFree(from, name, to.number(), newName)) {
                m_kept.append(QFile::decodeName(to.path() + newName + end));
                return {};
            }
            if (errno != EEXIST && errno != ENOTEMPTY)
                reason = errno;
        }
        return tl::unexpected(problem(in + name, reason));
    }

    QString m_former;
    QString m_target;
    QString m_mark;
    ExportRecord m_record;
    bool m_isOld; ///< of Earmark 0.1
    QStringList m_kept;
};

} // namespace

Result<QStringList> carryOver(const QString &former, const QString &target)
{
    return CarryOver(former, target).run();
}

Result<QString> keepAside(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    for (int number = 1;; ++number) {
        const QByteArray kept = numbered(name, number);
        int reason = ::linkat(AT_FDCWD, name.constData(), AT_FDCWD, kept.constData(), 0) == 0 ? 0 : errno;
        // Without hard links the name is free until the new file has it.
        if (reason == EPERM || reason == EOPNOTSUPP || reason == EMLINK || reason == ENOSYS)
            reason = renameToFree(AT_FDCWD, name, AT_FDCWD, kept) ? 0 : errno;
        if (reason == 0)
            return QFile::decodeName(kept);
        if (reason == ENOENT)
            return QString();
        if (reason != EEXIST)
            return failure(ErrorCode::Unwritable,
                           u"%1 was changed and cannot be kept as %2: %3. Move it, then export again."_s.arg(
                               QDir::toNativeSeparators(path),
                               QDir::toNativeSeparators(QFile::decodeName(kept)), qt_error_string(reason)));
    }
}

} // namespace earmark::exports
