#include "ui/settings.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QVariantMap>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MostRecent = 10;

/// Paths are remembered absolute: the next start may be from another folder.
QString absolute(const QString &path)
{
    return path.isEmpty() ? QString() : QFileInfo(path).absoluteFilePath();
}

} // namespace

Settings::Settings(const QString &file)
    : m_store(file.isEmpty() ? QSettings().fileName() : file, QSettings::IniFormat)
    , m_dataFolder(file.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                  : QFileInfo(file).absolutePath() + u"/data"_s)
{
}

QStringList Settings::recentSplits() const
{
    return m_store.value(u"recentSplits"_s).toStringList();
}

void Settings::addRecentSplit(const QString &path)
{
    QStringList recent = recentSplits();
    recent.removeAll(absolute(path));
    recent.prepend(absolute(path));
    m_store.setValue(u"recentSplits"_s, recent.mid(0, MostRecent));
}

void Settings::removeRecentSplit(const QString &path)
{
    QStringList recent = recentSplits();
    recent.removeAll(absolute(path));
    m_store.setValue(u"recentSplits"_s, recent);
}

QString Settings::labelFile() const
{
    return m_store.value(u"labelFile"_s).toString();
}

void Settings::setLabelFile(const QString &path)
{
    m_store.setValue(u"labelFile"_s, absolute(path));
}

QString Settings::workspaceOf(const QString &split) const
{
    return m_store.value(u"workspaces"_s).toMap().value(absolute(split)).toString();
}

void Settings::setWorkspaceOf(const QString &split, const QString &folder)
{
    QVariantMap workspaces = m_store.value(u"workspaces"_s).toMap();
    workspaces.insert(absolute(split), absolute(folder));
    m_store.setValue(u"workspaces"_s, workspaces);
}

official::Addresses Settings::officialAddresses() const
{
    official::Addresses addresses;
    addresses.corpus = m_store.value(u"official/corpus"_s, addresses.corpus).toUrl();
    addresses.ontology = m_store.value(u"official/ontology"_s, addresses.ontology).toUrl();
    return addresses;
}

void Settings::setOfficialAddresses(const official::Addresses &addresses)
{
    // What is official is not written down: it may be another in a later Earmark.
    const auto remember = [this](const QString &key, const QUrl &address, const QUrl &official) {
        if (address == official)
            m_store.remove(key);
        else
            m_store.setValue(key, address.toString());
    };
    const official::Addresses official;
    remember(u"official/corpus"_s, addresses.corpus, official.corpus);
    remember(u"official/ontology"_s, addresses.ontology, official.ontology);
}

ytdlp::ToolPaths Settings::toolPaths() const
{
    return {m_store.value(u"tools/yt-dlp"_s).toString(), m_store.value(u"tools/ffmpeg"_s).toString()};
}

void Settings::setToolPaths(const ytdlp::ToolPaths &paths)
{
    m_store.setValue(u"tools/yt-dlp"_s, absolute(paths.ytdlp));
    m_store.setValue(u"tools/ffmpeg"_s, absolute(paths.ffmpeg));
}

Scheme Settings::scheme() const
{
    return schemeFromWord(m_store.value(u"colours"_s).toString()).value_or(Scheme::System);
}

void Settings::setScheme(Scheme scheme)
{
    m_store.setValue(u"colours"_s, word(scheme));
}

QByteArray Settings::columns() const
{
    return m_store.value(u"columns"_s).toByteArray();
}

void Settings::setColumns(const QByteArray &json)
{
    m_store.setValue(u"columns"_s, json);
}

QByteArray Settings::officialGeometry() const
{
    return m_store.value(u"official/geometry"_s).toByteArray();
}

void Settings::setOfficialGeometry(const QByteArray &geometry)
{
    m_store.setValue(u"official/geometry"_s, geometry);
}

QByteArray Settings::geometry() const
{
    return m_store.value(u"window/geometry"_s).toByteArray();
}

QByteArray Settings::docks() const
{
    return m_store.value(u"window/docks"_s).toByteArray();
}

void Settings::setWindow(const QByteArray &geometry, const QByteArray &docks)
{
    m_store.setValue(u"window/geometry"_s, geometry);
    m_store.setValue(u"window/docks"_s, docks);
}

} // namespace earmark::ui
