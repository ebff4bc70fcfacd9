#include "support/pulsesink.h"

#include "support/soundfiles.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <csignal>

#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace earmark::test {

namespace {

constexpr int PatienceMs = 10'000;

/// A test that crashes leaves nothing running.
void endWithThisProcess(QProcess &process)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

} // namespace

PulseSink::~PulseSink()
{
    m_recorder.kill();
    m_recorder.waitForFinished(PatienceMs);
    m_server.terminate();
    if (!m_server.waitForFinished(PatienceMs))
        kill();
}

bool PulseSink::isAvailable()
{
    return !QStandardPaths::findExecutable(u"pulseaudio"_s).isEmpty() &&
           !QStandardPaths::findExecutable(u"parec"_s).isEmpty();
}

bool PulseSink::start()
{
    if (!m_dir.isValid())
        return false;
    const QString socket = m_dir.filePath(u"ear.socket"_s);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_dir.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_dir.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_dir.path());
    m_server.setProcessEnvironment(environment);
    m_server.setStandardErrorFile(m_dir.filePath(u"server.log"_s));
    endWithThisProcess(m_server);
    m_server.start(u"pulseaudio"_s,
                   {u"-n"_s, u"--daemonize=no"_s, u"--use-pid-file=no"_s, u"--exit-idle-time=-1"_s,
                    u"--disable-shm=yes"_s, u"-L"_s,
                    u"module-null-sink sink_name=ear rate=%1 channels=1 format=s16le"_s.arg(Rate), u"-L"_s,
                    u"module-native-protocol-unix socket=%1 auth-anonymous=1"_s.arg(socket)});
    if (!m_server.waitForStarted(PatienceMs))
        return false;
    qputenv("PULSE_SERVER", "unix:" + QFile::encodeName(socket));
    // The socket is the last thing that the server makes.
    return QTest::qWaitFor(
               [&] { return QFileInfo::exists(socket) || m_server.state() == QProcess::NotRunning; },
               PatienceMs) &&
           m_server.state() == QProcess::Running;
}

void PulseSink::kill()
{
    m_server.kill();
    m_server.waitForFinished(PatienceMs);
}

bool PulseSink::record()
{
    // One recorder for all: the server takes two seconds to turn to a new one.
    if (m_recorder.state() == QProcess::NotRunning) {
        m_recorder.setStandardOutputFile(m_dir.filePath(u"heard.raw"_s));
        endWithThisProcess(m_recorder);
        m_recorder.start(u"parec"_s, {u"--raw"_s, u"-d"_s, u"ear.monitor"_s, u"--format=s16le"_s,
                                      u"--rate=%1"_s.arg(Rate), u"--channels=1"_s, u"--latency-msec=1"_s});
        if (!m_recorder.waitForStarted(PatienceMs))
            return false;
    }
    // What was played before must have ended.
    constexpr std::size_t Quiet = Rate / 20;
    return QTest::qWaitFor(
        [this] {
            const std::vector<std::int16_t> all = samplesFrom(m_mark);
            const bool quiet =
                all.size() >= Quiet &&
                std::all_of(all.end() - Quiet, all.end(), [](std::int16_t sample) { return sample == 0; });
            if (quiet)
                m_mark += static_cast<qint64>(all.size()) * 2;
            return quiet;
        },
        PatienceMs);
}

std::vector<std::int16_t> PulseSink::heard()
{
    return samplesFrom(m_mark);
}

std::vector<std::int16_t> PulseSink::samplesFrom(qint64 byte) const
{
    QFile file(m_dir.filePath(u"heard.raw"_s));
    if (!file.open(QIODevice::ReadOnly) || !file.seek(byte))
        return {};
    return samplesOf(file.readAll());
}

std::vector<PulseSink::Stretch> PulseSink::stretches(const std::vector<std::int16_t> &heard)
{
    constexpr std::size_t Apart = Rate / 200;
    std::vector<Stretch> result;
    for (std::size_t i = 0; i < heard.size(); ++i) {
        if (heard[i] == 0)
            continue;
        if (result.empty() || i - result.back().last > Apart)
            result.push_back({i, i});
        result.back().last = i + 1;
    }
    return result;
}

} // namespace earmark::test
