#include "support/pulsesink.h"

#include "support/soundfiles.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cmath>
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
    for (auto &[output, recorder] : m_recorders) {
        recorder.process.kill();
        recorder.process.waitForFinished(PatienceMs);
    }
    m_server.terminate();
    if (!m_server.waitForFinished(PatienceMs))
        kill();
}

bool PulseSink::isAvailable()
{
    return !QStandardPaths::findExecutable(u"pulseaudio"_s).isEmpty() &&
           !QStandardPaths::findExecutable(u"parec"_s).isEmpty() &&
           !QStandardPaths::findExecutable(u"pactl"_s).isEmpty();
}

bool PulseSink::start()
{
    if (!m_dir.isValid())
        return false;
    const QString socket = m_dir.filePath(u"ear.socket"_s);
    QFile::remove(socket); // of one that was killed
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_dir.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_dir.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_dir.path());
    m_server.setProcessEnvironment(environment);
    m_server.setStandardErrorFile(m_dir.filePath(u"server.log"_s));
    endWithThisProcess(m_server);
    m_server.start(
        u"pulseaudio"_s,
        {u"-n"_s, u"--daemonize=no"_s, u"--use-pid-file=no"_s, u"--exit-idle-time=-1"_s,
         u"--disable-shm=yes"_s, u"-L"_s,
         u"module-null-sink sink_name=%1 rate=%2 channels=1 format=s16le"_s.arg(QLatin1StringView(Usual))
             .arg(Rate),
         u"-L"_s, u"module-native-protocol-unix socket=%1 auth-anonymous=1"_s.arg(socket)});
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

bool PulseSink::control(const QStringList &order, QByteArray *answer) const
{
    QProcess pactl;
    pactl.start(u"pactl"_s, order);
    if (!pactl.waitForFinished(PatienceMs) || pactl.exitCode() != 0)
        return false;
    if (answer)
        *answer = pactl.readAllStandardOutput().trimmed();
    return true;
}

bool PulseSink::plugIn(const QByteArray &name)
{
    return control({u"load-module"_s, u"module-null-sink"_s, u"sink_name="_s + QString::fromLatin1(name),
                    u"rate=%1"_s.arg(Rate), u"channels=1"_s, u"format=s16le"_s});
}

bool PulseSink::unplug(const QByteArray &name)
{
    QByteArray modules;
    if (!control({u"list"_s, u"short"_s, u"modules"_s}, &modules))
        return false;
    for (const QByteArray &line : modules.split('\n')) {
        if (line.contains("sink_name=" + name + ' '))
            return control({u"unload-module"_s, QString::fromLatin1(line.split('\t').front())});
    }
    return false;
}

bool PulseSink::record(const QByteArray &output)
{
    Recorder &recorder = m_recorders[output];
    // One recorder for all: the server takes two seconds to turn to a new one.
    if (recorder.process.state() == QProcess::NotRunning) {
        recorder.mark = 0;
        recorder.process.setStandardOutputFile(recording(output));
        endWithThisProcess(recorder.process);
        recorder.process.start(u"parec"_s, {u"--raw"_s, u"-d"_s, QString::fromLatin1(output) + u".monitor"_s,
                                            u"--format=s16le"_s, u"--rate=%1"_s.arg(Rate), u"--channels=1"_s,
                                            u"--latency-msec=1"_s});
        if (!recorder.process.waitForStarted(PatienceMs))
            return false;
    }
    // What was played before must have ended.
    constexpr std::size_t Quiet = Rate / 20;
    return QTest::qWaitFor(
        [this, &recorder, output] {
            const std::vector<std::int16_t> all = samplesFrom(output, recorder.mark);
            const bool quiet =
                all.size() >= Quiet &&
                std::all_of(all.end() - Quiet, all.end(), [](std::int16_t sample) { return sample == 0; });
            if (quiet)
                recorder.mark += static_cast<qint64>(all.size()) * 2;
            return quiet;
        },
        PatienceMs);
}

std::vector<std::int16_t> PulseSink::heard(const QByteArray &output) const
{
    const auto recorder = m_recorders.find(output);
    return recorder == m_recorders.end() ? std::vector<std::int16_t>()
                                         : samplesFrom(output, recorder->second.mark);
}

qint64 PulseSink::heardCount(const QByteArray &output) const
{
    const auto recorder = m_recorders.find(output);
    return recorder == m_recorders.end() ? 0
                                         : (QFileInfo(recording(output)).size() - recorder->second.mark) / 2;
}

QString PulseSink::recording(const QByteArray &output) const
{
    return m_dir.filePath(QString::fromLatin1(output) + u".raw"_s);
}

std::vector<std::int16_t> PulseSink::samplesFrom(const QByteArray &output, qint64 byte) const
{
    QFile file(recording(output));
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

Samples PulseSink::part(const std::vector<std::int16_t> &heard, const Stretch &stretch)
{
    return Samples(heard).subspan(stretch.first, stretch.last - stretch.first);
}

QByteArray PulseSink::difference(Samples piece, Samples heard)
{
    const double lost = static_cast<double>(piece.size()) - static_cast<double>(heard.size());
    if (std::abs(lost) > Rate * 0.0025)
        return "samples missing: " + QByteArray::number(lost);
    const std::size_t little = std::min({piece.size(), heard.size(), std::size_t(Rate / 5)});
    const double offset = offsetMs(piece.first(little), heard.first(little), Rate, 3);
    if (!(std::abs(offset) < 2.5))
        return "shifted by ms: " + QByteArray::number(offset);
    const auto head = static_cast<std::size_t>(std::lround(std::max(-offset, 0.0) * Rate / 1000));
    const double alike = correlation(piece.subspan(head), heard);
    return alike > 0.99 ? QByteArray() : "unlike: " + QByteArray::number(alike);
}

QByteArray PulseSink::differenceAtEnd(Samples piece, Samples heard)
{
    return difference(piece, heard.last(std::min(heard.size(), piece.size())));
}

} // namespace earmark::test
