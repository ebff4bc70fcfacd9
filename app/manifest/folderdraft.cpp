#include "manifest/folderdraft.h"

#include "base/wholefile.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace earmark::manifest {

using namespace Qt::StringLiterals;

namespace {

/// By this an export is known as one.
constexpr QLatin1StringView Mark = ".earmark-export"_L1;
constexpr QLatin1StringView DraftMark = ".earmark-draft-"_L1;

/// Closes itself.
class Descriptor final
{
public:
    Descriptor(const QString &path, int flags)
        : m_number(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0666))
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    int number() const { return m_number; }

private:
    int m_number;
};

/// What programs that are no more left beside the target.
void sweep(const QFileInfo &target)
{
    const QString begin = u'.' + target.fileName() + DraftMark;
    QDir parent = target.dir();
    for (const QString &name : parent.entryList({begin + u'*'}, QDir::Dirs | QDir::Hidden)) {
        const int process = QStringView(name).sliced(begin.size()).toInt();
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH)
            QDir(parent.filePath(name)).removeRecursively();
    }
}

} // namespace

FolderDraft::FolderDraft(QString target, QString draft)
    : m_target(std::move(target))
    , m_draft(std::move(draft))
{
}

FolderDraft::FolderDraft(FolderDraft &&other) noexcept
    : m_target(std::move(other.m_target))
    , m_draft(std::exchange(other.m_draft, QString()))
{
}

FolderDraft::~FolderDraft()
{
    if (!m_draft.isEmpty())
        QDir(m_draft).removeRecursively();
}

Result<FolderDraft> FolderDraft::make(const QString &path)
{
    const QFileInfo target(QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
    const QDir former(target.filePath());
    const bool isOurs =
        !target.exists() ||
        (target.isDir() &&
         (former.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot) ||
          former.exists(Mark)));
    if (!isOurs || target.isSymLink())
        return failure(
            ErrorCode::Unwritable,
            u"%1 is there already and was not written by an export, so nothing was changed: choose another name."_s
                .arg(target.filePath()));
    sweep(target);
    const QString draft =
        target.dir().filePath(u'.' + target.fileName() + DraftMark + QString::number(::getpid()));
    QDir(draft).removeRecursively();
    if (::mkdir(QFile::encodeName(draft).constData(), 0777) != 0)
        return tl::unexpected(writeError(target.filePath(), errno));
    FolderDraft made(target.filePath(), draft);
    WholeFile mark(draft + u'/' + Mark);
    auto marked = mark.open().and_then([&mark] {
        return mark.write(
            "Earmark wrote this folder and replaces it as a whole when it exports here again.\n");
    });
    if (marked)
        marked = mark.commit();
    if (!marked)
        return tl::unexpected(marked.error());
    return made;
}

Result<void> FolderDraft::addFolder(const QString &name) const
{
    const QString folder = m_draft + u'/' + name;
    if (!name.isEmpty() && ::mkdir(QFile::encodeName(folder).constData(), 0777) != 0 && errno != EEXIST)
        return tl::unexpected(writeError(folder, errno));
    return {};
}

Result<void> FolderDraft::commit()
{
    {
        // All of the file system at once: a flush for each of a million clips would take hours.
        const Descriptor folder(m_draft, O_RDONLY | O_DIRECTORY);
        if (folder.number() < 0 || ::syncfs(folder.number()) != 0)
            return tl::unexpected(writeError(m_draft, errno));
    }
    const QByteArray from = QFile::encodeName(m_draft);
    const QByteArray to = QFile::encodeName(m_target);
    // In one step also where a former one is: then that gets the draft's name, and goes.
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_EXCHANGE) == 0) {
        QDir(m_draft).removeRecursively();
    } else if (errno != ENOENT || ::rename(from.constData(), to.constData()) != 0) {
        // A file system without exchange: the former one gives way first.
        const QString old = m_draft + u"-old"_s;
        if (errno != EINVAL || !QDir().rename(m_target, old))
            return tl::unexpected(writeError(m_target, errno));
        if (::rename(from.constData(), to.constData()) != 0)
            return tl::unexpected(writeError(m_target, errno));
        QDir(old).removeRecursively();
    }
    m_draft.clear();
    return {};
}

Result<void> putClip(const QString &from, const QString &to, bool mayLink)
{
    if (mayLink && ::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0)
        return {};
    const Descriptor source(from, O_RDONLY);
    if (source.number() < 0)
        return failure(ErrorCode::NotFound,
                       u"%1 was there a moment ago and is gone: export again."_s.arg(from));
    const Descriptor target(to, O_WRONLY | O_CREAT | O_EXCL);
    if (target.number() < 0)
        return tl::unexpected(writeError(to, errno));
    for (;;) {
        constexpr std::size_t most = 1U << 30U;
        const ssize_t copied = ::copy_file_range(source.number(), nullptr, target.number(), nullptr, most, 0);
        if (copied == 0)
            return {};
        if (copied < 0 && errno != EINTR)
            break;
    }
    if (errno == ENOSPC || errno == EDQUOT)
        return tl::unexpected(writeError(to, errno));
    // Not between these two file systems.
    ::unlink(QFile::encodeName(to).constData());
    QFile file(from);
    errno = 0;
    return file.copy(to) ? Result<void>() : tl::unexpected(writeError(to, errno));
}

} // namespace earmark::manifest
