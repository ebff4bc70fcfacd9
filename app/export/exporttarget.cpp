#include "export/exporttarget.h"

#include "base/ownfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

/// Where a file lies, or would: links resolved as far as there is something.
QString placeOf(const QString &path)
{
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    if (const QString real = QFileInfo(absolute).canonicalFilePath(); !real.isEmpty())
        return real;
    const QFileInfo info(absolute);
    const QString folder = QFileInfo(info.path()).canonicalFilePath();
    return folder.isEmpty() ? absolute : QDir::cleanPath(folder + u'/' + info.fileName());
}

/// Also by another name of the same file.
bool isSame(const QString &one, const QString &other)
{
    struct stat first = {};
    struct stat second = {};
    return placeOf(one) == placeOf(other) || (::stat(QFile::encodeName(one).constData(), &first) == 0 &&
                                              ::stat(QFile::encodeName(other).constData(), &second) == 0 &&
                                              first.st_dev == second.st_dev && first.st_ino == second.st_ino);
}

bool isBelow(const QString &path, const QString &folder)
{
    return placeOf(path).startsWith(placeOf(folder) + u'/');
}

tl::unexpected<Error> refused(const QString &path, const QString &why)
{
    return failure(ErrorCode::Unwritable, u"%1 %2, so nothing was written there. Choose another name."_s.arg(
                                              QDir::toNativeSeparators(path), why));
}

} // namespace

Result<void> checkTarget(const QString &path, const workspace::Layout &layout, const QStringList &sources)
{
    const QString name = QFileInfo(placeOf(path)).fileName();
    if (name.startsWith(OwnPrefix))
        return refused(path, u"has a name that Earmark uses for its own files"_s);
    const QDir root(layout.root());
    QStringList kept = root.entryList({QFileInfo(layout.ledger()).fileName() + u'*', OwnPrefix + u'*'},
                                      QDir::AllEntries | QDir::Hidden | QDir::System);
    for (QString &each : kept)
        each = root.filePath(each);
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
        kept.append(layout.ledger() + suffix);
    kept.append(layout.ledgerBackup());
    for (const QString &each : kept) {
        if (isSame(path, each))
            return refused(path, u"belongs to the workspace's ledger"_s);
    }
    const QString place = placeOf(path);
    if (QFileInfo(place).path() == placeOf(layout.root()) &&
        name.startsWith(QFileInfo(layout.ledger()).fileName()))
        return refused(path, u"has a name that the workspace's ledger uses"_s);
    for (const QString &folder :
         {layout.downloaded(), layout.processed(), layout.logs(), layout.temporary()}) {
        if (isSame(path, folder) || isBelow(path, folder))
            return refused(path, u"lies in the workspace's folder of clips or logs"_s);
        if (isBelow(folder, path))
            return refused(path, u"holds the workspace"_s);
    }
    for (const QString &source : sources) {
        if (isSame(path, source))
            return refused(path, u"is the list of segments that you export from"_s);
    }
    return {};
}

} // namespace earmark::exports
