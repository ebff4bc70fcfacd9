#include "download/ratelimiterfile.h"

#include "base/descriptor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace earmark::download {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// "earmark-pace 1", then a line for each fact: "limit 1764446400000 The site refuses …" and
// "start 1764446400000".
constexpr QByteArrayView Header = "earmark-pace 1", LimitWord = "limit ", StartWord = "start ";
/// Twice what an account may begin in an hour.
constexpr std::size_t MostStarts = 4'000;
constexpr qint64 MostBytes = 256 * 1024;
constexpr qsizetype MostReason = 500;
/// A program holds the lock for less than a millisecond, unless it is stopped.
constexpr int LockTries = 20;
constexpr auto LockWait = 2ms;

bool lock(const Descriptor &file)
{
    for (int tried = 0; tried < LockTries; ++tried) {
        if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
        std::this_thread::sleep_for(LockWait);
    }
    return false;
}

RateLimiterFile::Content parsed(const QByteArray &bytes)
{
    RateLimiterFile::Content content;
    const QList<QByteArray> lines = bytes.split('\n');
    if (lines.value(0) != Header)
        return content;
    for (const QByteArray &line : lines) {
        bool isNumber = false;
        if (line.startsWith(StartWord)) {
            const Moment start(line.sliced(StartWord.size()).toLongLong(&isNumber));
            if (isNumber)
                content.starts.push_back(start);
        } else if (line.startsWith(LimitWord)) {
            const QByteArray rest = line.sliced(LimitWord.size());
            const qsizetype blank = rest.indexOf(' ');
            const Moment until(rest.first(blank < 0 ? rest.size() : blank).toLongLong(&isNumber));
            if (isNumber)
                content.limit = {until, QString::fromUtf8(rest.sliced(blank < 0 ? rest.size() : blank + 1))};
        }
    }
    std::ranges::sort(content.starts);
    return content;
}

QByteArray written(const RateLimiterFile::Content &content)
{
    QByteArray bytes = Header.toByteArray() + '\n';
    if (content.limit)
        bytes += LimitWord.toByteArray() + QByteArray::number(qint64{content.limit->until.count()}) + ' ' +
                 content.limit->reason.simplified().left(MostReason).toUtf8() + '\n';
    const std::size_t skipped =
        content.starts.size() > MostStarts ? content.starts.size() - MostStarts : std::size_t{0};
    for (std::size_t at = skipped; at < content.starts.size(); ++at)
        bytes += StartWord.toByteArray() + QByteArray::number(qint64{content.starts[at].count()}) + '\n';
    return bytes;
}

} // namespace

RateLimiterFile::RateLimiterFile(QString path)
    : m_path(std::move(path))
{
}

QString RateLimiterFile::ownPath()
{
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    return cache.isEmpty() ? QString() : cache + u"/earmark/pace"_s;
}

bool RateLimiterFile::visit(const std::function<bool(Content &)> &change) const
{
    if (m_path.isEmpty() || !QDir().mkpath(QFileInfo(m_path).absolutePath()))
        return false;
    constexpr mode_t UserOnly = S_IRUSR | S_IWUSR;
    const Descriptor opened(::open(QFile::encodeName(m_path).constData(),
                                   O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, UserOnly));
    struct stat about = {};
    if (!opened.isOpen() || ::fstat(opened.number(), &about) != 0 || !S_ISREG(about.st_mode) || !lock(opened))
        return false;
    QFile file;
    if (!file.open(opened.number(), QIODevice::ReadWrite | QIODevice::Unbuffered))
        return false;
    Content content = parsed(file.read(MostBytes));
    if (!change(content))
        return true;
    const QByteArray bytes = written(content);
    return file.seek(0) && file.write(bytes) == bytes.size() && file.resize(bytes.size());
}

} // namespace earmark::download
