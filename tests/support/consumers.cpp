#include "support/consumers.h"

#include <QProcess>

namespace earmark::test {

using namespace Qt::StringLiterals;

QByteArray runPython(const QStringList &arguments)
{
    constexpr int patience = 60'000; // ms
    QProcess python;
    python.start(u"/usr/bin/python3"_s, arguments);
    if (!python.waitForFinished(patience) || python.exitCode() != 0)
        return "failed: " + python.readAllStandardError();
    return python.readAllStandardOutput();
}

QStringList consumed(const QString &format, const QString &out, const QStringList &more)
{
    const QByteArray read =
        runPython(QStringList{u"" EARMARK_SOURCE_DIR "/tests/support/consumers.py"_s, format, out} + more);
    QStringList lines = QString::fromUtf8(read).split(u'\n');
    if (lines.back().isEmpty())
        lines.removeLast();
    return lines;
}

} // namespace earmark::test
