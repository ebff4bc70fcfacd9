#include "ytdlp/pluginfolder.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "base/privatefolder.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

const QString FolderName = u"yt-dlp-plugins"_s;

/// Puts the plugin into its folder in `place`, and gives that folder.
Result<QString> pluginIn(const QString &place, const QByteArray &plugin)
{
    const QString root = place + u'/' + FolderName;
    auto made = makePrivateFolder(root);
    if (made && *made == FolderWas::Open) { // yt-dlp would run what others have put there
        made = removeFolderIn(place, FolderName).and_then([&] { return makePrivateFolder(root); });
    }
    if (!made)
        return tl::unexpected(made.error());

    const QString folder = root + u"/earmark/yt_dlp_plugins/extractor"_s;
    const QString path = folder + u"/earmark_jobs.py"_s;
    QFile present(path);
    if (present.open(QIODevice::ReadOnly) && present.readAll() == plugin)
        return root;

    // Another Earmark may start at this moment: the file appears whole or not at all.
    QDir().mkpath(folder);
    AtomicFile file(path);
    const auto written =
        file.open().and_then([&] { return file.write(plugin); }).and_then([&] { return file.commit(); });
    if (!written)
        return tl::unexpected(written.error());
    return root;
}

} // namespace

Result<QString> preparePluginFolder(const QString &elsewhere)
{
    QFile resource(u":/earmark/earmark_jobs.py"_s);
    if (!resource.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal,
                       u"Earmark was built without its yt-dlp plugin: install it again."_s);
    const QByteArray plugin = resource.readAll();

    const QString cache = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    auto prepared = pluginIn(cache, plugin);
    if (!prepared) // a home that nobody may write to, as in containers
        prepared = pluginIn(elsewhere, plugin);
    return prepared;
}

} // namespace earmark::ytdlp
