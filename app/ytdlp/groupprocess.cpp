#include "ytdlp/groupprocess.h"

#include "base/ownfiles.h"

#include <QFile>
#include <QPointer>
#include <QProcessEnvironment>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <poll.h>
#include <sys/prctl.h>
#endif

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

#ifdef Q_OS_LINUX
/// Leaves a process in the group that waits for the end of the pipe on which jobs are handed in, and then
/// ends the group. The end comes when this program is gone, however it went. The parent-death signal alone
/// reaches yt-dlp only, which asks its ffmpeg to stop and waits: for minutes when that one hangs on a server
/// that says nothing.
void leaveSentinel()
{
    if (::_Fork() != 0) // unlike fork(), without handlers that may wait for another thread's lock
        return;
    ::prctl(PR_SET_NAME, "earmark-guard"); // or process lists would show a second Earmark
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        std::signal(number, SIG_IGN);
    // Whoever waits for the end of these would wait for this process.
    ::close(STDOUT_FILENO);
    ::close(STDERR_FILENO);
    ::close_range(3, ~0U, 0);
    pollfd jobs{STDIN_FILENO, 0, 0}; // asks for nothing but the end
    while (::poll(&jobs, 1, -1) < 0 && errno == EINTR) {
    }
    ::kill(0, SIGKILL);
    ::_exit(0);
}
#endif

/// Process 1 of a container is the parent of all that lost theirs, and nobody else takes note of their end.
void reapGroup(pid_t group)
{
    constexpr int Tries = 50;
    for (int tried = 0; group > 0 && tried < Tries; ++tried) {
        const pid_t ended = ::waitpid(-group, nullptr, WNOHANG);
        if (ended < 0)
            return; // none is left
        if (ended == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void limit(decltype(RLIMIT_DATA) what, qint64 most)
{
    const auto bytes = static_cast<rlim_t>(most);
    const rlimit both{bytes, bytes};
    ::setrlimit(what, &both);
}

/// Between fork and exec: nothing but async-signal-safe calls.
void prepareChild(pid_t parent, const ProcessLimits &limits)
{
    ::setpgid(0, 0);
    // A program started by nohup or a job scheduler may have handed down that these are ignored.
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_PDEATHSIG, SIGINT);
    // The sockets of the demo's server are not ours to hold open.
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
#endif
    if (::getppid() != parent) // it has died before the prctl
        ::_exit(127);
#ifdef Q_OS_LINUX
    leaveSentinel();
#endif
    limit(RLIMIT_DATA, limits.memory);
    limit(RLIMIT_FSIZE, limits.file);
}

} // namespace

GroupProcess::GroupProcess(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
    m_killTimer.setSingleShot(true);
    connect(&m_killTimer, &QTimer::timeout, this, [this] { signalGroup(SIGKILL); });
    // Queued: whoever hears of it may delete this, and a QProcess must not be deleted while it signals. And
    // nobody expects an answer while start() runs.
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &GroupProcess::readLines,
            Qt::QueuedConnection);
    connect(
        &m_process, &QProcess::finished, this, [this] { onEnded({}); }, Qt::QueuedConnection);
    connect(
        &m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                onEnded(m_process.errorString());
        },
        Qt::QueuedConnection);
}

GroupProcess::~GroupProcess()
{
    m_process.disconnect(this);
    signalGroup(SIGKILL);
    if (m_process.state() != QProcess::NotRunning)
        m_process.waitForFinished(2000);
    (void)removeOwnFolder(m_folder);
}

void GroupProcess::start(const QString &program, const QStringList &arguments, const ProcessLimits &limits)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONUTF8"_s, u"1"_s); // else YouTube's apostrophes get lost in some locales
    environment.insert(u"PYTHONUNBUFFERED"_s, u"1"_s);
    environment.remove(u"YTDLP_NO_PLUGINS"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels); // keeps the order of errors and marks
    m_process.setWorkingDirectory(m_folder);
    m_process.setChildProcessModifier([parent = ::getpid(), limits] { prepareChild(parent, limits); });
    m_process.start(program, arguments);
    m_group = m_process.processId();
    if (m_group > 0)
        ::setpgid(static_cast<pid_t>(m_group), static_cast<pid_t>(m_group)); // whoever of the two is first
}

void GroupProcess::retire(std::chrono::milliseconds killAfter)
{
    disconnect(this, &GroupProcess::lineRead, nullptr, nullptr);
    disconnect(this, &GroupProcess::ended, nullptr, nullptr);
    m_isRetired = true;
    if (m_process.state() == QProcess::NotRunning) {
        deleteLater();
        return;
    }
    signalGroup(SIGINT);
    m_killTimer.start(killAfter);
}

qint64 GroupProcess::peakMemory() const
{
    QFile status(u"/proc/%1/status"_s.arg(m_process.processId()));
    if (m_process.processId() == 0 || !status.open(QIODevice::ReadOnly))
        return 0;
    constexpr QByteArrayView Peak = "VmHWM:"; // "VmHWM:\t   61234 kB"
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf(Peak);
    if (at < 0)
        return 0;
    const qsizetype from = at + Peak.size();
    return text.mid(from, text.indexOf("kB", from) - from).trimmed().toLongLong() * 1024;
}

void GroupProcess::readLines()
{
    const QByteArray bytes = m_process.readAllStandardOutput();
    if (m_isRetired)
        return;
    m_lines.append(bytes);
    const QPointer<GroupProcess> self(this); // whoever hears of a line may delete this
    while (self && !m_isRetired) {
        const auto line = m_lines.takeLine();
        if (!line)
            break;
        Q_EMIT lineRead(*line);
    }
}

void GroupProcess::onEnded(const QString &startProblem)
{
    m_killTimer.stop();
    signalGroup(SIGKILL); // what it may have left behind
    if (::getpid() == 1)
        reapGroup(static_cast<pid_t>(m_group));
    m_group = 0; // from now on the number may be another's
    if (m_isRetired) {
        deleteLater();
        return;
    }
    const QPointer<GroupProcess> self(this);
    readLines();
    if (!self || m_isRetired)
        return;
    if (const QByteArray rest = m_lines.takeRest(); !rest.isEmpty()) {
        Q_EMIT lineRead(rest);
        if (!self || m_isRetired)
            return;
    }
    Q_EMIT ended(startProblem);
}

void GroupProcess::signalGroup(int signal) const
{
    if (m_group > 0)
        ::kill(-static_cast<pid_t>(m_group), signal);
}

} // namespace earmark::ytdlp
