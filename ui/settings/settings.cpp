#include "ui/settings/settings.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QVariantMap>

#include <algorithm>
#include <array>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MostRecent = 10;
constexpr qsizetype MostRecentFilters = 20;
constexpr QLatin1StringView ExportKeys("export/");

/// Written in the file: never rename.
constexpr std::array Paces{"guest"_L1, "account"_L1, "own"_L1}; // by session::DownloadSettings::Pace

constexpr std::array ColourMaps{"viridis"_L1, "inferno"_L1, "grey"_L1}; // by ColourMap

struct FetchText
{
    QLatin1StringView key;
    QString ytdlp::FetchSettings::*text;
};
constexpr std::array FetchTexts{
    FetchText{"proxy"_L1, &ytdlp::FetchSettings::proxy},
    FetchText{"cookiesFile"_L1, &ytdlp::FetchSettings::cookiesFile},
    FetchText{"cookiesFromBrowser"_L1, &ytdlp::FetchSettings::cookiesFromBrowser},
    FetchText{"sourceAddress"_L1, &ytdlp::FetchSettings::sourceAddress},
    FetchText{"format"_L1, &ytdlp::FetchSettings::format},
    FetchText{"jsRuntime"_L1, &ytdlp::FetchSettings::jsRuntime},
    FetchText{"poToken"_L1, &ytdlp::FetchSettings::poToken},
};

/// Paths are remembered absolute: the next start may be from another folder.
QMap<QString, QString> textsOf(const QVariantMap &map)
{
    QMap<QString, QString> texts;
    for (auto each = map.begin(); each != map.end(); ++each)
        texts.insert(each.key(), each->toString());
    return texts;
}

QVariantMap mapOf(const QMap<QString, QString> &texts)
{
    QVariantMap map;
    for (auto each = texts.begin(); each != texts.end(); ++each)
        map.insert(each.key(), *each);
    return map;
}

} // namespace

QString absolutePath(const QString &path)
{
    return path.isEmpty() ? QString() : QFileInfo(path).absoluteFilePath();
}

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
    recent.removeAll(absolutePath(path));
    recent.prepend(absolutePath(path));
    m_store.setValue(u"recentSplits"_s, recent.mid(0, MostRecent));
}

void Settings::removeRecentSplit(const QString &path)
{
    QStringList recent = recentSplits();
    recent.removeAll(absolutePath(path));
    m_store.setValue(u"recentSplits"_s, recent);
}

QString Settings::labelFile() const
{
    return m_store.value(u"labelFile"_s).toString();
}

void Settings::setLabelFile(const QString &path)
{
    m_store.setValue(u"labelFile"_s, absolutePath(path));
}

QString Settings::workspaceOf(const QString &split) const
{
    return m_store.value(u"workspaces"_s).toMap().value(absolutePath(split)).toString();
}

void Settings::setWorkspaceOf(const QString &split, const QString &folder)
{
    QVariantMap workspaces = m_store.value(u"workspaces"_s).toMap();
    workspaces.insert(absolutePath(split), absolutePath(folder));
    m_store.setValue(u"workspaces"_s, workspaces);
}

QStringList Settings::recentFilters() const
{
    return m_store.value(u"recentFilters"_s).toStringList();
}

void Settings::addRecentFilter(const QString &text)
{
    QStringList recent = recentFilters();
    recent.removeAll(text);
    recent.prepend(text);
    m_store.setValue(u"recentFilters"_s, recent.mid(0, MostRecentFilters));
}

void Settings::clearRecentFilters()
{
    m_store.remove(u"recentFilters"_s);
}

QMap<QString, QString> Settings::savedFilters() const
{
    return textsOf(m_store.value(u"savedFilters"_s).toMap());
}

void Settings::setSavedFilters(const QMap<QString, QString> &filters)
{
    m_store.setValue(u"savedFilters"_s, mapOf(filters));
}

bool Settings::labelList() const
{
    return m_store.value(u"labels/list"_s).toBool();
}

void Settings::setLabelList(bool isList)
{
    m_store.setValue(u"labels/list"_s, isList);
}

QString Settings::labelOrder() const
{
    return m_store.value(u"labels/order"_s).toString();
}

void Settings::setLabelOrder(const QString &order)
{
    m_store.setValue(u"labels/order"_s, order);
}

official::Addresses Settings::officialAddresses() const
{
    official::Addresses addresses;
    addresses.corpus = m_store.value(u"official/corpus"_s, addresses.corpus).toUrl();
    addresses.ontology = m_store.value(u"official/ontology"_s, addresses.ontology).toUrl();
    return addresses;
}

void Settings::remember(const QString &key, const QVariant &value, const QVariant &official)
{
    if (value == official)
        m_store.remove(key);
    else
        m_store.setValue(key, value.toString());
}

void Settings::setOfficialAddresses(const official::Addresses &addresses)
{
    const official::Addresses official;
    remember(u"official/corpus"_s, addresses.corpus, official.corpus);
    remember(u"official/ontology"_s, addresses.ontology, official.ontology);
}

ytdlp::ToolPaths Settings::toolPaths() const
{
    return {m_store.value(u"tools/yt-dlp"_s).toString(), m_store.value(u"tools/ffmpeg"_s).toString(),
            m_store.value(u"tools/js-runtime"_s).toString()};
}

void Settings::setToolPaths(const ytdlp::ToolPaths &paths)
{
    m_store.setValue(u"tools/yt-dlp"_s, absolutePath(paths.ytdlp));
    m_store.setValue(u"tools/ffmpeg"_s, absolutePath(paths.ffmpeg));
    m_store.setValue(u"tools/js-runtime"_s, absolutePath(paths.jsRuntime));
}

tools::Addresses Settings::releaseAddresses() const
{
    tools::Addresses addresses;
    addresses.stable = m_store.value(u"tools/stable"_s, addresses.stable).toUrl();
    addresses.nightly = m_store.value(u"tools/nightly"_s, addresses.nightly).toUrl();
    addresses.key = m_store.value(u"tools/key"_s, addresses.key).toString();
    addresses.deno = m_store.value(u"tools/deno"_s, addresses.deno).toUrl();
    return addresses;
}

void Settings::setReleaseAddresses(const tools::Addresses &addresses)
{
    const tools::Addresses official;
    remember(u"tools/stable"_s, addresses.stable, official.stable);
    remember(u"tools/nightly"_s, addresses.nightly, official.nightly);
    remember(u"tools/key"_s, addresses.key, official.key);
    remember(u"tools/deno"_s, addresses.deno, official.deno);
}

tools::Channel Settings::releaseChannel() const
{
    return tools::channelFromWord(m_store.value(u"tools/channel"_s).toString())
        .value_or(tools::Channel::Stable);
}

void Settings::setReleaseChannel(tools::Channel channel)
{
    m_store.setValue(u"tools/channel"_s, tools::word(channel));
}

QByteArray Settings::toolsGeometry() const
{
    return m_store.value(u"tools/geometry"_s).toByteArray();
}

void Settings::setToolsGeometry(const QByteArray &geometry)
{
    m_store.setValue(u"tools/geometry"_s, geometry);
}

session::DownloadSettings Settings::engine() const
{
    const session::DownloadSettings defaults;
    const auto value = [this](QLatin1StringView key, const QVariant &otherwise) {
        return m_store.value("downloads/"_L1 + key, otherwise);
    };
    session::DownloadSettings engine;
    const auto *const pace = std::ranges::find(Paces, value("pace"_L1, {}).toString());
    if (pace != Paces.end())
        engine.pace = static_cast<session::DownloadSettings::RateLimiter>(pace - Paces.begin());
    engine.ownPerHour = std::clamp(value("perHour"_L1, defaults.ownPerHour).toInt(), 1, 100'000);
    engine.workers = std::clamp(value("workers"_L1, defaults.workers).toInt(), 1, 16);
    engine.source = value("source"_L1, defaults.source).toString();
    for (const auto &[key, text] : FetchTexts)
        engine.fetch.*text = value(key, {}).toString();
    engine.fetch.allowsSolverScript = value("solverScript"_L1, false).toBool();
    engine.fetch.extraArguments = value("extraArguments"_L1, {}).toStringList();
    return engine;
}

void Settings::setEngine(const session::DownloadSettings &engine)
{
    // What is as usual is not written down: it may be another in a later Earmark.
    const session::DownloadSettings defaults;
    const auto remember = [this](QLatin1StringView key, const QVariant &value, bool isUsual) {
        const QString path = "downloads/"_L1 + key;
        if (isUsual)
            m_store.remove(path);
        else
            m_store.setValue(path, value);
    };
    remember("pace"_L1, QString(Paces[static_cast<std::size_t>(engine.pace)]), engine.pace == defaults.pace);
    remember("perHour"_L1, engine.ownPerHour, engine.ownPerHour == defaults.ownPerHour);
    remember("workers"_L1, engine.workers, engine.workers == defaults.workers);
    remember("source"_L1, engine.source, engine.source == defaults.source);
    for (const auto &[key, text] : FetchTexts)
        remember(key, engine.fetch.*text, (engine.fetch.*text).isEmpty());
    remember("solverScript"_L1, engine.fetch.allowsSolverScript, !engine.fetch.allowsSolverScript);
    remember("extraArguments"_L1, engine.fetch.extraArguments, engine.fetch.extraArguments.isEmpty());
    m_store.sync();
    QFile::setPermissions(m_store.fileName(), QFile::ReadOwner | QFile::WriteOwner);
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

SampleOptions Settings::sampleWish() const
{
    const SampleOptions defaults;
    return {.isPerClass = m_store.value(u"sample/isPerClass"_s, defaults.isPerClass).toBool(),
            .perClass = m_store.value(u"sample/perClass"_s, defaults.perClass).toInt(),
            .random = m_store.value(u"sample/random"_s, defaults.random).toInt(),
            .allClasses = m_store.value(u"sample/allClasses"_s, defaults.allClasses).toBool(),
            .seed = m_store.value(u"sample/seed"_s, defaults.seed).toInt()};
}

void Settings::setSampleWish(const SampleOptions &wish)
{
    m_store.setValue(u"sample/isPerClass"_s, wish.isPerClass);
    m_store.setValue(u"sample/perClass"_s, wish.perClass);
    m_store.setValue(u"sample/random"_s, wish.random);
    m_store.setValue(u"sample/allClasses"_s, wish.allClasses);
    m_store.setValue(u"sample/seed"_s, wish.seed);
}

QVariantMap Settings::exportOptions() const
{
    QVariantMap wish;
    for (const QString &key : m_store.allKeys()) {
        if (key.startsWith(ExportKeys))
            wish.insert(key.sliced(ExportKeys.size()), m_store.value(key));
    }
    return wish;
}

void Settings::setExportWish(const QVariantMap &wish)
{
    for (auto each = wish.cbegin(); each != wish.cend(); ++each)
        m_store.setValue(ExportKeys + each.key(), each.value());
}

AuditionOptions Settings::auditionWish() const
{
    AuditionOptions wish;
    wish.order = review::orderFromWord(m_store.value(u"audition/order"_s).toString()).value_or(wish.order);
    wish.seed = m_store.value(u"audition/seed"_s, wish.seed).toUInt();
    wish.isBlind = m_store.value(u"audition/blind"_s).toBool();
    return wish;
}

void Settings::setAuditionWish(const AuditionOptions &wish)
{
    m_store.setValue(u"audition/order"_s, QString(word(wish.order)));
    m_store.setValue(u"audition/seed"_s, wish.seed);
    m_store.setValue(u"audition/blind"_s, wish.isBlind);
}

double Settings::volume() const
{
    return std::clamp(m_store.value(u"sound/volume"_s, 1.0).toDouble(), 0.0, 1.0);
}

void Settings::setVolume(double volume)
{
    m_store.setValue(u"sound/volume"_s, volume);
}

QByteArray Settings::soundOutput() const
{
    return m_store.value(u"sound/output"_s).toByteArray();
}

void Settings::setSoundOutput(const QByteArray &id)
{
    m_store.setValue(u"sound/output"_s, id);
}

bool Settings::keepPitch() const
{
    return m_store.value(u"sound/keepPitch"_s, true).toBool();
}

void Settings::setKeepPitch(bool keep)
{
    m_store.setValue(u"sound/keepPitch"_s, keep);
}

bool Settings::commonLoudness() const
{
    return m_store.value(u"sound/commonLoudness"_s).toBool();
}

void Settings::setCommonLoudness(bool common)
{
    m_store.setValue(u"sound/commonLoudness"_s, common);
}

SpectrumLook Settings::spectrumLook() const
{
    SpectrumLook look;
    look.axis = m_store.value(u"spectrum/axis"_s).toString() == u"linear"_s ? SpectrumLook::Axis::Linear
                                                                            : SpectrumLook::Axis::Mel;
    look.range = std::clamp(m_store.value(u"spectrum/range"_s, look.range).toInt(), 40, 120);
    const auto map = std::ranges::find(ColourMaps, m_store.value(u"spectrum/colours"_s).toString());
    if (map != ColourMaps.end())
        look.map = static_cast<ColourMap>(map - ColourMaps.begin());
    return look;
}

void Settings::setSpectrumLook(const SpectrumLook &look)
{
    m_store.setValue(u"spectrum/axis"_s, look.axis == SpectrumLook::Axis::Linear ? u"linear"_s : u"mel"_s);
    m_store.setValue(u"spectrum/range"_s, look.range);
    m_store.setValue(u"spectrum/colours"_s, QString(ColourMaps[static_cast<std::size_t>(look.map)]));
}

QMap<QString, QString> Settings::keys() const
{
    return textsOf(m_store.value(u"keys"_s).toMap());
}

void Settings::setKeys(const QMap<QString, QString> &keys)
{
    m_store.setValue(u"keys"_s, mapOf(keys));
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
