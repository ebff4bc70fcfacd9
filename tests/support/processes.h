#pragma once

#include <QList>
#include <QString>

namespace earmark::test {

/// The ids of all processes of this computer whose working folder is this one or lies in it, also when it has
/// been removed. Linux only: reads /proc.
QList<qint64> processesIn(const QString &folder);
/// The same without the guards, which only wait to end the others.
QList<qint64> workersIn(const QString &folder);
/// The name of a process's program: "yt-dlp", "ffmpeg"; empty when there is no such process.
QString processName(qint64 id);

} // namespace earmark::test
