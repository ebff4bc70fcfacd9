#include "tools/shelf.h"

#include "base/ownfiles.h"
#include "base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QRegularExpression>
#include <QVersionNumber>

#include <cerrno>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

constexpr int LockPatienceMs = 5000;

/// A version names a folder.
bool isVersion(const QString &text)
{
    static const QRegularExpression form(u"^\\d{4}\\.\\d+\\.\\d+[0-9A-Za-z.+_-]{0,40}$"_s);
    return form.match(text).hasMatch();
}

/// Makes the folder, and those above it that are missing, for the user alone: what is in it is run. One that
/// is there is closed to others.
Result<void> makePrivate(const QString &folder)
{
    constexpr auto own = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const QFileInfo info(folder);
    errno = 0;
    if (!info.exists()) {
        if (const QString above = info.path(); !QFileInfo::exists(above)) {
            if (const auto made = makePrivate(above); !made)
                return made;
        }
        if (QDir().mkdir(folder, own) || errno == EEXIST)
            return {};
    } else if (QFile::setPermissions(folder, own)) {
        return {};
    }
    return tl::unexpected(writeError(folder, errno));
}

tl::unexpected<Error> locked(const QString &folder)
{
    return failure(ErrorCode::Locked,
                   u"Another Earmark is at work on yt-dlp in %1. Try again when it is done."_s.arg(
                       QDir::toNativeSeparators(folder)));
}

} // namespace

QString Shelf::folderIn(const QString &dataFolder)
{
    return dataFolder + u"/tools/yt-dlp"_s;
}

Result<void> Shelf::prepare() const
{
    // The folder above is Earmark's as well: who may write there can put another in this one's place.
    return makePrivate(QFileInfo(m_folder).path()).and_then([this] { return makePrivate(m_folder); });
}

QString Shelf::path(const QString &version) const
{
    return version.isEmpty() ? QString() : m_folder + u'/' + version + u"/yt-dlp"_s;
}

ShelfRecord Shelf::record() const
{
    QFile file(m_folder + u"/record.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    const auto isThere = [this](const QString &version) {
        return isVersion(version) && QFileInfo(path(version)).isFile();
    };
    ShelfRecord record;
    record.current = json["current"_L1].toString();
    if (!isThere(record.current))
        record.current.clear();
    record.isChosen = json["chosen"_L1].toBool() && !record.current.isEmpty();
    record.previous = json["previous"_L1].toString();
    // PATH's is always there to go back to, but not from itself.
    record.hasPrevious = json.contains("previous"_L1) && record.previous != record.current &&
                         (record.previous.isEmpty() || isThere(record.previous));
    if (!record.hasPrevious)
        record.previous.clear();
    return record;
}

Result<void> Shelf::write(const ShelfRecord &record) const
{
    QJsonObject json{{u"current"_s, record.current}, {u"chosen"_s, record.isChosen}};
    if (record.hasPrevious)
        json.insert(u"previous"_s, record.previous);
    WholeFile file(m_folder + u"/record.json"_s);
    return file.open().and_then([&] { return file.write(QJsonDocument(json).toJson()); }).and_then([&] {
        return file.commit();
    });
}

bool isOlder(const QString &version, const QString &other)
{
    return QVersionNumber::fromString(version) < QVersionNumber::fromString(other);
}

Error olderError(const QString &version, const QString &current)
{
    return {ErrorCode::TooOld,
            u"yt-dlp %1 is older than %2, which is in use. To use it anyway, run “earmark-cli tools --update "
            "--allow-older”."_s.arg(version, current)};
}

Result<QString> Shelf::put(const QString &file, bool allowOlder) const
{
    if (const auto prepared = prepare(); !prepared)
        return tl::unexpected(prepared.error());
    // Before it has its name, so that whoever finds it there can run it.
    if (!QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                         QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther |
                                         QFile::ExeOther))
        return tl::unexpected(writeError(file, 0));
    const ytdlp::Tool tool = ytdlp::inspectYtDlp(file);
    if (!tool.isUsable() || !isVersion(tool.version)) {
        static_cast<void>(removeFile(file)); // it is of no use; the next fetch replaces it
        return failure(tool.version.isEmpty() ? ErrorCode::BadInput : ErrorCode::TooOld,
                       tool.isUsable() ? u"It says that its version is “%1”."_s.arg(tool.version.left(100))
                                       : tool.problem);
    }
    QLockFile lock(m_folder + u"/.lock"_s);
    if (!lock.tryLock(LockPatienceMs))
        return locked(m_folder);
    const ShelfRecord before = record();
    if (!allowOlder && isOlder(tool.version, before.current)) {
        static_cast<void>(removeFile(file));
        return tl::unexpected(olderError(tool.version, before.current));
    }
    const QString place = path(tool.version);
    if (const auto made = makePrivate(QFileInfo(place).path()); !made)
        return tl::unexpected(made.error());
    if (const auto placed = putInPlace(file, place); !placed)
        return tl::unexpected(placed.error());
    ShelfRecord after = before;
    after.current = tool.version;
    after.isChosen = false;
    if (before.current != tool.version) {
        after.previous = before.current;
        after.hasPrevious = true;
    }
    if (const auto written = write(after); !written)
        return tl::unexpected(written.error());
    clearBut(after);
    return tool.version;
}

Result<ShelfRecord> Shelf::goBack() const
{
    QLockFile lock(m_folder + u"/.lock"_s);
    if (QDir(m_folder).exists() && !lock.tryLock(LockPatienceMs))
        return locked(m_folder);
    const ShelfRecord before = record();
    if (!before.hasPrevious)
        return failure(ErrorCode::NotFound,
                       u"There is no former yt-dlp to go back to: Earmark has fetched none yet."_s);
    ShelfRecord after{before.previous, before.current, true, !before.previous.isEmpty()};
    return write(after).map([&] { return after; });
}

void Shelf::clearBut(const ShelfRecord &record) const
{
    for (const QString &version : QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (isVersion(version) && version != record.current && version != record.previous)
            static_cast<void>(removeFolderIn(m_folder, version)); // what is left is tried again the next time
    }
}

ytdlp::Tools findTools(ytdlp::ToolPaths paths, const QString &shelfFolder)
{
    if (paths.fetchedYtDlp.isEmpty()) {
        const Shelf shelf(shelfFolder);
        const ShelfRecord record = shelf.record();
        paths.fetchedYtDlp = shelf.path(record.current);
        paths.prefersFetched = record.isChosen;
    }
    return ytdlp::findTools(paths);
}

} // namespace earmark::tools
