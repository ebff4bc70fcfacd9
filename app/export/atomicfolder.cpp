#include "export/atomicfolder.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "export/carryover.h"
#include "export/draftbox.h"
#include "export/exportrecord.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

int renameFolder(const QString &from, const QString &to, unsigned flags)
{
    return ::renameat2(AT_FDCWD, QFile::encodeName(from).constData(), AT_FDCWD,
                       QFile::encodeName(to).constData(), flags) == 0
               ? 0
               : errno;
}

bool isNoSuchFlag(int reason)
{
    return reason == EINVAL || reason == ENOSYS;
}

} // namespace

AtomicFolder::AtomicFolder(QString target, QString box, Descriptor lock, QStringList kept)
    : m_target(std::move(target))
    , m_box(std::move(box))
    , m_lock(std::move(lock))
    , m_kept(std::move(kept))
{
}

AtomicFolder::AtomicFolder(AtomicFolder &&other) noexcept
    : m_target(std::move(other.m_target))
    , m_box(std::exchange(other.m_box, QString()))
    , m_lock(std::move(other.m_lock))
    , m_kept(std::move(other.m_kept))
{
}

AtomicFolder::~AtomicFolder()
{
    if (!m_box.isEmpty())
        draftbox::clear(m_box);
}

QString AtomicFolder::path() const
{
    return m_box + draftbox::Part;
}

Result<void> AtomicFolder::check(const QString &path)
{
    const QString target = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    struct stat about = {};
    if (::lstat(QFile::encodeName(target).constData(), &about) != 0)
        return {};
    const QDir folder(target);
    const bool isEmpty =
        folder.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    const bool isMarked = isRegularFile(folder.filePath(ExportRecord::FolderName));
    if (!S_ISDIR(about.st_mode) || !(isEmpty || isMarked))
        return failure(
            ErrorCode::Unwritable,
            u"%1 exists and was not written by an export, so nothing was changed. Choose another name."_s.arg(
                target));
    if (about.st_uid != ::geteuid())
        return failure(
            ErrorCode::Unwritable,
            u"%1 belongs to another user, so nothing was changed. Choose another name."_s.arg(target));
    return {};
}

Result<AtomicFolder> AtomicFolder::make(const QString &path)
{
    const QString target = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    auto kept = draftbox::recover(target);
    if (!kept)
        return tl::unexpected(kept.error());
    if (auto checked = check(target); !checked)
        return tl::unexpected(checked.error());
    auto box = draftbox::make(target);
    if (!box)
        return tl::unexpected(box.error());
    AtomicFolder draft(target, box->path, std::move(box->lock), std::move(*kept));
    if (::mkdir(QFile::encodeName(draft.path()).constData(), 0777) != 0)
        return tl::unexpected(writeError(target, errno));
    return draft;
}

Result<void> AtomicFolder::addFolder(const QString &name) const
{
    const QString folder = path() + u'/' + name;
    if (!name.isEmpty() && ::mkdir(QFile::encodeName(folder).constData(), 0777) != 0 && errno != EEXIST)
        return tl::unexpected(writeError(folder, errno));
    return {};
}

Result<QString> AtomicFolder::moveInPlace() const
{
    const QString finished = m_box + draftbox::New;
    const QString former = m_box + draftbox::Old;
    int reason = renameFolder(path(), finished, 0);
    if (reason != 0)
        return tl::unexpected(writeError(m_target, reason));
    // In one step also where a former one is: then that gets the draft's name.
    reason = renameFolder(finished, m_target, RENAME_EXCHANGE);
    if (reason == 0)
        return finished;
    bool isAside = false;
    if (isNoSuchFlag(reason)) { // the former one gives way first
        reason = renameFolder(m_target, former, 0);
        isAside = reason == 0;
    }
    if (isAside || reason == ENOENT)
        reason = renameFolder(finished, m_target, 0);
    if (reason == 0)
        return isAside ? former : QString();
    if (isAside)
        (void)renameFolder(former, m_target, 0); // else the next export does
    (void)renameFolder(finished, path(), 0);
    return tl::unexpected(writeError(m_target, reason));
}

Result<QStringList> AtomicFolder::commit()
{
    const auto record = ExportRecord::of(path());
    if (!record)
        return tl::unexpected(record.error());
    if (auto written = record->write(path() + u'/' + ExportRecord::FolderName); !written)
        return tl::unexpected(written.error());
    {
        // All of the file system at once: a flush for each of a million clips would take hours.
        const Descriptor folder(
            ::open(QFile::encodeName(path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder.isOpen() || ::syncfs(folder.number()) != 0)
            return tl::unexpected(writeError(m_target, errno));
    }
    const auto former = moveInPlace();
    if (!former)
        return tl::unexpected(former.error());
    flushFolder(QFileInfo(m_target).path());
    if (!former->isEmpty()) {
        auto carried = carryOver(*former, m_target);
        if (!carried)
            return tl::unexpected(carried.error());
        m_kept += *carried;
    }
    return m_kept;
}

} // namespace earmark::exports
