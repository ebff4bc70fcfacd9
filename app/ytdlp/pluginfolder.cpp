#include "ytdlp/pluginfolder.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

Result<QString> preparePluginFolder()
{
    QFile resource(u":/earmark/earmark_jobs.py"_s);
    if (!resource.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal,
                       u"Earmark was built without its yt-dlp plugin: install it again."_s);
    const QByteArray plugin = resource.readAll();

    const QString root =
        QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/yt-dlp-plugins"_s;
    const QString folder = root + u"/earmark/yt_dlp_plugins/extractor"_s;
    const QString path = folder + u"/earmark_jobs.py"_s;
    QFile present(path);
    if (present.open(QIODevice::ReadOnly) && present.readAll() == plugin)
        return root;

    // Another Earmark may start at this moment: the file appears whole or not at all.
    QSaveFile file(path);
    if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) || file.write(plugin) != plugin.size() ||
        !file.commit()) {
        const auto code =
            file.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::Unwritable;
        return failure(
            code, u"Earmark's plugin for yt-dlp cannot be written to %1 (%2). Make room there, or make the "
                  "folder writable."_s.arg(QDir::toNativeSeparators(folder), file.errorString()));
    }
    return root;
}

} // namespace earmark::ytdlp
