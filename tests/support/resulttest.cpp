#include "support/resulttest.h"

#include <QDirIterator>
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

QMap<QString, QByteArray> readFiles(const QString &path)
{
    QMap<QString, QByteArray> content;
    if (QFileInfo(path).isFile())
        content.insert(QString(), readFile(path));
    QDirIterator files(path, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        content.insert(file.mid(path.size()), readFile(file));
    }
    return content;
}

} // namespace earmark::test
