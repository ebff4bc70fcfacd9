#include "download/joblogs.h"

#include "base/async.h"

#include <QDir>
#include <QFile>

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

void append(const QString &folder, const QByteArray &bytes, qint64 limit)
{
    QFile file(currentFile(folder));
    if (file.size() > 0 && file.size() + bytes.size() > limit) {
        QFile::remove(formerFile(folder));
        file.rename(formerFile(folder));
        file.setFileName(currentFile(folder));
    }
    if (QDir().mkpath(folder) && file.open(QIODevice::WriteOnly | QIODevice::Append))
        file.write(bytes);
}

void readFile(const QString &path, const SegmentKey &key, std::vector<JobLog> &logs)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
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
    title += isFailure ? word(failure) + u": "_s + reason : u"fetched"_s;
    JobLog log{key, title.simplified(), text};
    if (!log.text.isEmpty() && !log.text.endsWith(u'\n'))
        log.text += u'\n';
    if (isFailure)
        post(m_writer, [folder = m_folder, bytes = written(log), limit = m_fileLimit] {
            append(folder, bytes, limit);
        });
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

std::vector<JobLog> readLogs(const QString &folder, const SegmentKey &key)
{
    std::vector<JobLog> logs;
    readFile(formerFile(folder), key, logs);
    readFile(currentFile(folder), key, logs);
    return logs;
}

} // namespace earmark::download
