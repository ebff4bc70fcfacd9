#include "support/cliprocess.h"

#include <QJsonDocument>

namespace earmark::test {

QJsonObject CliRun::json() const
{
    return QJsonDocument::fromJson(output).object();
}

CliRun runCli(const QStringList &arguments)
{
    QProcess process;
    process.start(qEnvironmentVariable("EARMARK_CLI"), arguments);
    constexpr int mostMs = 240'000;
    const bool isDone = process.waitForFinished(mostMs) && process.exitStatus() == QProcess::NormalExit;
    return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

void startCli(QProcess &process, const QStringList &arguments)
{
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(qEnvironmentVariable("EARMARK_CLI"), arguments);
}

} // namespace earmark::test
