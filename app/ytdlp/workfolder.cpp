#include "ytdlp/workfolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace earmark::ytdlp {

void emptyFolder(const QString &path)
{
    const auto everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    for (const QFileInfo &entry : QDir(path).entryInfoList(everything)) {
        if (entry.isDir() && !entry.isSymLink())
            QDir(entry.filePath()).removeRecursively();
        else
            QFile::remove(entry.filePath());
    }
}

void removeFolder(const QString &path)
{
    if (!path.isEmpty()) // which QDir takes for the current folder
        QDir(path).removeRecursively();
}

} // namespace earmark::ytdlp
