#include "download/joblogs.h"

#include "base/async.h"
#include "base/descriptor.h"
#include "base/ownfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>

namespace earmark::download {

using namespace Qt::StringLiterals;

namespace {

// A title stands at the beginning of a line, the log itself is indented: nothing it says is taken for a
// title.
constexpr auto TitleMark = "== "_L1, Indent = "   "_L1;

QString currentFile(const QString &folder)
{
    return folder + u"/failures.log"_s;
}

QString formerFile(const QString &folder)
{
    return folder + u"/failures.1.log"_s;
}

QByteArray written(const JobLog &log)
{
    // Begins a line of its own, should a killed program have left one unfinished.
    QString text = u'\n' + TitleMark + log.title + u'\n';
    for (const QString &line : log.text.split(u'\n', Qt::SkipEmptyParts))
        text += Indent + line + u'\n';
    return text.toUtf8();
}

/// The file for appending, readable by this user alone: logs name what was tried and from where. What is no
/// regular file, such as a link that came with somebody's workspace, gives way to one.
Descriptor openLog(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    constexpr int Flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    constexpr mode_t UserOnly = S_IRUSR | S_IWUSR;
    Descriptor file(::open(name.constData(), Flags, UserOnly));
    struct stat about = {};
    if (!file.isOpen() || ::fstat(file.number(), &about) != 0 || !S_ISREG(about.st_mode)) {
        (void)removeFile(path);
        file = Descriptor(::open(name.constData(), Flags | O_EXCL, UserOnly));
    } else if ((about.st_mode & 0777U) != UserOnly) {
        ::fchmod(file.number(), UserOnly);
    }
    return file;
}

void append(const QString &folder, const QByteArray &bytes, qint64 limit)
{
    const QString path = currentFile(folder);
    const qint64 size = isRegularFile(path) ? QFileInfo(path).size() : 0;
    if (size > 0 && size + bytes.size() > limit &&
        std::rename(QFile::encodeName(path).constData(), QFile::encodeName(formerFile(folder)).constData()) !=
            0)
        (void)removeFile(path);
    if (!QDir().mkpath(folder))
        return;
    Descriptor opened = openLog(path);
    QFile file;
    if (opened.isOpen() &&
        file.open(opened.number(), QIODevice::WriteOnly | QIODevice::Append, QFileDevice::AutoCloseHandle)) {
        opened.release();
        file.write(bytes);
    }
}

void readFile(const QString &path, const SegmentKey &key, std::vector<JobLog> &logs)
{
    QFile file(path);
    if (!openRegularFile(file))
        return;
    const QByteArray wanted = (TitleMark + key.stem() + u' ').toUtf8();
    bool isWanted = false;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        if (line.startsWith(TitleMark.data())) {
            isWanted = line.startsWith(wanted);
            if (isWanted)
                logs.push_back({key, QString::fromUtf8(line.sliced(TitleMark.size())).trimmed(), {}});
        } else if (isWanted && line.size() > Indent.size()) {
            logs.back().text += QString::fromUtf8(line.sliced(Indent.size()));
        }
    }
}

} // namespace

JobLogs::JobLogs(QString folder, qint64 fileLimit)
    : m_folder(std::move(folder))
    , m_fileLimit(fileLimit)
{
    m_writer.setMaxThreadCount(1);
}

JobLogs::~JobLogs()
{
    m_writer.waitForDone();
}

void JobLogs::add(const SegmentKey &key, int attempt, FailureClass failure, const QString &reason,
                  const QString &text, const QDateTime &when)
{
    const bool isFailure = failure != FailureClass::None;
    QString title =
        u"%1  %2  try %3  "_s.arg(key.stem(), when.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s)).arg(attempt);
    title += isFailure ? keyword(failure) + u": "_s + reason : u"fetched"_s;
    JobLog log{key, title.simplified(), text};
    if (!log.text.isEmpty() && !log.text.endsWith(u'\n'))
        log.text += u'\n';
    if (isFailure) {
        m_lastFailed.insert_or_assign(failure, key);
        post(m_writer, [folder = m_folder, bytes = written(log), limit = m_fileLimit] {
            append(folder, bytes, limit);
        });
    }
    m_recent.push_back(std::move(log));
    if (m_recent.size() > MostInMemory)
        m_recent.pop_front();
}

std::vector<JobLog> JobLogs::recent(const SegmentKey &key) const
{
    std::vector<JobLog> logs;
    for (const JobLog &log : m_recent) {
        if (log.key == key)
            logs.push_back(log);
    }
    return logs;
}

std::optional<SegmentKey> JobLogs::lastFailed(FailureClass failure) const
{
    const auto found = m_lastFailed.find(failure);
    return found == m_lastFailed.cend() ? std::nullopt : std::optional(found->second);
}

std::vector<JobLog> readLogs(const QString &folder, const SegmentKey &key)
{
    std::vector<JobLog> logs;
    readFile(formerFile(folder), key, logs);
    readFile(currentFile(folder), key, logs);
    return logs;
}

} // namespace earmark::download
