#include "support/cliprocess.h"

#include <QJsonDocument>

namespace earmark::test {

using namespace Qt::StringLiterals;

QJsonObject CliRun::json() const
{
    return QJsonDocument::fromJson(output).object();
}

namespace {

CliRun finished(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    constexpr int mostMs = 240'000;
    const bool isDone = process.waitForFinished(mostMs) && process.exitStatus() == QProcess::NormalExit;
    return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace

CliRun runCli(const QStringList &arguments)
{
    return finished(qEnvironmentVariable("EARMARK_CLI"), arguments);
}

CliRun runShell(const QString &line, const QStringList &arguments)
{
    return finished(u"bash"_s, QStringList{u"-c"_s, u"cli=$EARMARK_CLI; "_s + line, u"bash"_s} + arguments);
}

void startCli(QProcess &process, const QStringList &arguments)
{
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(qEnvironmentVariable("EARMARK_CLI"), arguments);
}

} // namespace earmark::test
