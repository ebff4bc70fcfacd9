#include "support/resulttest.h"

#include <QFile>

namespace earmark::test {

QString sharedData(const QString &name)
{
    const QString path = QStringLiteral(EARMARK_SOURCE_DIR "/../shared/data/") + name;
    return QFile::exists(path) ? path : QString();
}

QString writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qUtf8Printable(path));
    return path;
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace earmark::test
