#include "ytdlp/askedtool.h"

#include "base/processoutput.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// yt-dlp takes one second of a processor, which may be busy. The longest answer, that of ffmpeg, has 2,000
/// bytes.
constexpr ProcessBounds AnswerBounds{.time = 30s, .bytes = 100'000};

} // namespace

AskedTool::AskedTool(const QString &name, const QString &given, const QStringList &arguments)
    : m_tool{name, given, {}, {}, given.isEmpty() ? Tool::Origin::Path : Tool::Origin::Chosen}
{
    if (given.isEmpty())
        m_tool.path = QStandardPaths::findExecutable(name);
    else if (!given.contains(u'/'))
        m_tool.path = QStandardPaths::findExecutable(given);
    const QFileInfo file(m_tool.path);
    if (m_tool.path.isEmpty() || !file.exists()) {
        m_tool.problem = given.isEmpty()
                             ? u"%1 was not found on this computer."_s.arg(name)
                             : u"There is no %1 at %2."_s.arg(name, QDir::toNativeSeparators(given));
        m_tool.path.clear();
    } else if (!file.isFile() || !file.isExecutable()) {
        m_tool.problem = u"%1 is not a program that may be run."_s.arg(QDir::toNativeSeparators(m_tool.path));
    } else {
        m_tool.path = file.absoluteFilePath(); // it is started in other folders
        m_process = std::make_unique<QProcess>();
        m_process->setStandardInputFile(QProcess::nullDevice());
        m_process->setProcessChannelMode(QProcess::MergedChannels);
        m_process->start(m_tool.path, arguments, QIODevice::ReadOnly);
    }
}

AskedTool::AskedTool(AskedTool &&) noexcept = default;

AskedTool::~AskedTool()
{
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->kill(); // its answer is not needed
        m_process->waitForFinished(1000);
    }
}

Tool AskedTool::answer()
{
    if (m_process) {
        if (const QString reason = trouble(); !reason.isEmpty())
            m_tool.problem = u"%1 (%2) %3."_s.arg(m_tool.name, QDir::toNativeSeparators(m_tool.path), reason);
    }
    return m_tool;
}

/// Takes what the program prints; what went wrong, or nothing.
QString AskedTool::trouble()
{
    QByteArray answer;
    const ProcessEnd end = readToEnd(*m_process, answer, AnswerBounds);
    if (end == ProcessEnd::NotStarted)
        return u"does not start (%1)"_s.arg(m_process->errorString());
    if (end != ProcessEnd::Ended) {
        m_process->kill();
        m_process->waitForFinished(1000);
        return end == ProcessEnd::TooMuch
                   ? u"prints too much when asked for its version"_s
                   : u"did not say its version within %1 s"_s.arg(QString::number(AnswerBounds.time / 1s));
    }
    const QString text = QString::fromUtf8(answer).trimmed();
    // quickjs knows no other way to be asked than for help, which ends with 1
    const bool isFine = m_process->exitStatus() == QProcess::NormalExit &&
                        (m_process->exitCode() == 0 || m_tool.name == "quickjs"_L1);
    if (!isFine)
        return u"ends with an error when asked for its version (%1)"_s.arg(text.left(200));
    if (text.isEmpty())
        return u"does not say its version"_s;
    m_tool.version = text;
    return {};
}

} // namespace earmark::ytdlp
