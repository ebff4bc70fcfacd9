#include "support/processes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace earmark::test {

using namespace Qt::StringLiterals;

QList<qint64> processesIn(const QString &folder)
{
    const QString wanted = QFileInfo(folder).absoluteFilePath();
    QList<qint64> ids;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        bool isNumber = false;
        const qint64 id = name.toLongLong(&isNumber);
        if (!isNumber)
            continue;
        const QString place = QFile::symLinkTarget(u"/proc/%1/cwd"_s.arg(id));
        if (place == wanted || place.startsWith(wanted + u'/') || place == wanted + u" (deleted)"_s)
            ids += id;
    }
    return ids;
}

QList<qint64> workersIn(const QString &folder)
{
    QList<qint64> ids;
    for (const qint64 id : processesIn(folder)) {
        if (processName(id) != "earmark-guard"_L1)
            ids += id;
    }
    return ids;
}

QString processName(qint64 id)
{
    QFile file(u"/proc/%1/comm"_s.arg(id));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

} // namespace earmark::test
