#include "tools/toolinstallations.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "base/privatefolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QRegularExpression>
#include <QVersionNumber>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

constexpr int LockPatienceMs = 5000;

constexpr QLatin1StringView RecordFile{"record.json"};
constexpr QLatin1StringView SeenFile{"seen.json"};

/// A version names a folder.
bool isVersion(const Ware &ware, const QString &text)
{
    return QRegularExpression(ware.version).match(text).hasMatch();
}

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Result<void> writeFile(const QString &path, const QByteArray &content)
{
    AtomicFile file(path);
    return file.open().and_then([&] { return file.write(content); }).and_then([&] { return file.commit(); });
}

/// A folder for this user alone, since what is in it is run: what others could write there is thrown away.
Result<void> prepareFolder(const QString &path)
{
    auto made = makePrivateFolder(path);
    if (made && *made == FolderWas::Open) {
        const QFileInfo info(path);
        made = removeFolderIn(info.path(), info.fileName()).and_then([&] { return makePrivateFolder(path); });
    }
    return made.map([](FolderWas) {});
}

tl::unexpected<Error> locked(const Ware &ware, const QString &folder)
{
    return failure(ErrorCode::Locked,
                   u"Another Earmark is at work on %1 in %2. Try again when it is done."_s.arg(
                       ware.name, QDir::toNativeSeparators(folder)));
}

} // namespace

QString ToolInstallations::folderIn(const QString &dataFolder, const Ware &ware)
{
    return dataFolder + u"/tools/"_s + ware.name;
}

Result<void> ToolInstallations::prepare() const
{
    // The folder above is Earmark's as well: who may write there can put another in this one's place.
    return prepareFolder(QFileInfo(m_folder).path()).and_then([this] { return prepareFolder(m_folder); });
}

QString ToolInstallations::path(const QString &version) const
{
    return version.isEmpty() ? QString() : m_folder + u'/' + version + u'/' + m_ware->name;
}

QString ToolInstallations::archiveSumFile(const QString &version) const
{
    return m_folder + u'/' + version + u"/archive.sha256"_s;
}

InstalledVersions ToolInstallations::record() const
{
    // A program that others could have exchanged is not run.
    if (!isClosedToOthers(QFileInfo(m_folder).path()) || !isClosedToOthers(m_folder))
        return {};
    const QJsonObject json = readObject(m_folder + u'/' + RecordFile);
    const auto isThere = [this](const QString &version) {
        return isVersion(*m_ware, version) && isClosedToOthers(QFileInfo(path(version)).path()) &&
               QFileInfo(path(version)).isFile();
    };
    InstalledVersions record;
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

Result<void> ToolInstallations::write(const InstalledVersions &record) const
{
    QJsonObject json{{u"current"_s, record.current}, {u"chosen"_s, record.isChosen}};
    if (record.hasPrevious)
        json.insert(u"previous"_s, record.previous);
    return writeFile(m_folder + u'/' + RecordFile, QJsonDocument(json).toJson());
}

bool isOlder(const QString &version, const QString &other)
{
    return QVersionNumber::fromString(version) < QVersionNumber::fromString(other);
}

Error olderError(const Ware &ware, const QString &version, const QString &current)
{
    return {ErrorCode::TooOld,
            u"%1 %2 is older than %3, which is in use. To use it anyway, run “earmark-cli tools %4 "
            "--allow-older”."_s.arg(ware.name, version, current, ware.updateHint)};
}

Result<QString> ToolInstallations::put(const QString &file, bool allowOlder,
                                       const QByteArray &archiveSum) const
{
    if (const auto prepared = prepare(); !prepared)
        return tl::unexpected(prepared.error());
    // Before it has its name, so that whoever finds it there can run it.
    if (!QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                         QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther |
                                         QFile::ExeOther))
        return tl::unexpected(writeError(file, 0));
    const ytdlp::Tool tool = m_ware->inspect(file);
    if (!tool.isUsable() || !isVersion(*m_ware, tool.version)) {
        static_cast<void>(removeFile(file)); // it is of no use; the next fetch replaces it
        return failure(tool.version.isEmpty() ? ErrorCode::BadInput : ErrorCode::TooOld,
                       tool.isUsable() ? u"It says that its version is “%1”."_s.arg(tool.version.left(100))
                                       : tool.problem);
    }
    QLockFile lock(m_folder + u"/.lock"_s);
    if (!lock.tryLock(LockPatienceMs))
        return locked(*m_ware, m_folder);
    const InstalledVersions before = record();
    if (!allowOlder && isOlder(tool.version, before.current)) {
        static_cast<void>(removeFile(file));
        return tl::unexpected(olderError(*m_ware, tool.version, before.current));
    }
    const QString place = path(tool.version);
    if (const auto made = prepareFolder(QFileInfo(place).path()); !made)
        return tl::unexpected(made.error());
    if (const auto placed = putInPlace(file, place); !placed)
        return tl::unexpected(placed.error());
    if (!archiveSum.isEmpty()) {
        if (const auto noted = writeFile(archiveSumFile(tool.version), archiveSum); !noted)
            return tl::unexpected(noted.error());
    }
    InstalledVersions after = before;
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

Result<QByteArray> ToolInstallations::sumOf(const QString &version, const std::stop_token &stop) const
{
    if (!m_ware->isZipped)
        return sha256Of(path(version), stop).map([](const QByteArray &sum) { return sum.toHex(); });
    QFile file(archiveSumFile(version));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable,
                       u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
    return file.readAll().trimmed();
}

Result<void> ToolInstallations::noteNewest(Channel channel, const QString &version) const
{
    const QString path = m_folder + u'/' + SeenFile;
    QJsonObject json = readObject(path);
    json[keyword(channel)] =
        QJsonObject{{u"version"_s, version}, {u"seen"_s, QDate::currentDate().toString(Qt::ISODate)}};
    return writeFile(path, QJsonDocument(json).toJson());
}

SeenRelease ToolInstallations::newest(Channel channel) const
{
    const QJsonObject json = readObject(m_folder + u'/' + SeenFile)[keyword(channel)].toObject();
    const QString version = json["version"_L1].toString();
    if (!isVersion(*m_ware, version))
        return {};
    return {version, QDate::fromString(json["seen"_L1].toString(), Qt::ISODate)};
}

Result<InstalledVersions> ToolInstallations::goBack() const
{
    QLockFile lock(m_folder + u"/.lock"_s);
    if (QDir(m_folder).exists() && !lock.tryLock(LockPatienceMs))
        return locked(*m_ware, m_folder);
    const InstalledVersions before = record();
    if (!before.hasPrevious)
        return failure(
            ErrorCode::NotFound,
            u"There is no former %1 to go back to: Earmark has fetched none yet."_s.arg(m_ware->name));
    InstalledVersions after{before.previous, before.current, true, !before.previous.isEmpty()};
    return write(after).map([&] { return after; });
}

void ToolInstallations::clearBut(const InstalledVersions &record) const
{
    for (const QString &version : QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (isVersion(*m_ware, version) && version != record.current && version != record.previous)
            static_cast<void>(removeFolderIn(m_folder, version)); // what is left is tried again the next time
    }
}

ytdlp::Tools findTools(ytdlp::ToolPaths paths, const QString &dataFolder)
{
    const ToolInstallations shelf(ToolInstallations::folderIn(dataFolder));
    if (paths.fetchedYtDlp.isEmpty()) {
        const InstalledVersions record = shelf.record();
        paths.fetchedYtDlp = shelf.path(record.current);
        paths.prefersFetched = record.isChosen;
    }
    if (paths.fetchedDeno.isEmpty()) {
        const ToolInstallations denos(ToolInstallations::folderIn(dataFolder, denoWare()), denoWare());
        paths.fetchedDeno = denos.path(denos.record().current);
    }
    ytdlp::Tools tools = ytdlp::findTools(paths);
    // "2026.10.26.232830": nightly builds have a time.
    const bool isNightly = tools.ytdlp.version.count(u'.') > 2;
    const SeenRelease seen = shelf.newest(isNightly ? Channel::Nightly : Channel::Stable);
    tools.newestYtDlp = seen.version;
    tools.newestSeen = seen.seen;
    return tools;
}

} // namespace earmark::tools
