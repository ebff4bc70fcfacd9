#include "ytdlp/groupprocess.h"

#include <QDir>
#include <QPointer>
#include <QProcessEnvironment>

#include <csignal>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

/// Between fork and exec: nothing but async-signal-safe calls.
void prepareChild(pid_t parent)
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
}

} // namespace

GroupProcess::GroupProcess(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
    m_killTimer.setSingleShot(true);
    connect(&m_killTimer, &QTimer::timeout, this, [this] { signalGroup(SIGKILL); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &GroupProcess::readLines);
    connect(&m_process, &QProcess::finished, this, [this] { onEnded({}); });
    // Queued: nobody expects an answer while start() runs.
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
    QDir(m_folder).removeRecursively();
}

void GroupProcess::start(const QString &program, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONUTF8"_s, u"1"_s); // else YouTube's apostrophes get lost in some locales
    environment.insert(u"PYTHONUNBUFFERED"_s, u"1"_s);
    environment.remove(u"YTDLP_NO_PLUGINS"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels); // keeps the order of errors and marks
    m_process.setWorkingDirectory(m_folder);
    m_process.setChildProcessModifier([parent = ::getpid()] { prepareChild(parent); });
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
    m_group = 0;          // from now on the number may be another's
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
