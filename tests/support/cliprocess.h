#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace earmark::test {

/// What a run of earmark-cli came to.
struct CliRun
{
    int exitCode = -1; ///< -1: it did not end by itself
    QByteArray output;
    QByteArray errors;

    QJsonObject json() const;
};

/// Runs the program to its end, for at most some minutes.
CliRun runCli(const QStringList &arguments);
/// Runs a line of bash, in which "$cli" is the program and "$1", "$2" and so on are the arguments.
CliRun runShell(const QString &line, const QStringList &arguments = {});
/// Starts it; standard error goes to the test's own.
void startCli(QProcess &process, const QStringList &arguments);

} // namespace earmark::test
