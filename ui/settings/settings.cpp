#include "ui/settings/settings.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <functional>
#include <type_traits>
#include <vector>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using session::DownloadSettings;
using ytdlp::FetchSettings;

namespace {

constexpr qsizetype MostRecent = 10;
constexpr qsizetype MostRecentFilters = 20;
constexpr QLatin1StringView ExportKeys("export/");

// Written in the file: never rename.
QLatin1StringView keyword(DownloadSettings::RateLimiter pace)
{
    return std::array{"guest"_L1, "account"_L1, "own"_L1}[static_cast<std::size_t>(pace)];
}

QLatin1StringView keyword(ColourMap map)
{
    return std::array{"viridis"_L1, "inferno"_L1, "grey"_L1}[static_cast<std::size_t>(map)];
}

QLatin1StringView keyword(SpectrumLook::Axis axis)
{
    return axis == SpectrumLook::Axis::Linear ? "linear"_L1 : "mel"_L1;
}

/// How many values an enum has.
template <class E>
constexpr int ValueCount = 3;
template <>
constexpr int ValueCount<tools::Channel> = 2;
template <>
constexpr int ValueCount<SpectrumLook::Axis> = 2;
template <>
constexpr int ValueCount<review::Order> = static_cast<int>(review::AllOrders.size());

template <class T>
QVariant written(const T &value)
{
    if constexpr (std::is_enum_v<T>) {
        return QString(keyword(value));
    } else if constexpr (std::is_same_v<T, QUrl>) {
        return value.toString();
    } else if constexpr (std::is_same_v<T, Settings::Texts>) {
        QVariantMap map;
        for (auto each = value.begin(); each != value.end(); ++each)
            map.insert(each.key(), *each);
        return map;
    } else {
        return QVariant::fromValue(value);
    }
}

/// What the file says; as it is when that means nothing.
template <class T>
void read(T &value, const QVariant &text)
{
    if constexpr (std::is_enum_v<T>) {
        for (int each = 0; each < ValueCount<T>; ++each) {
            if (keyword(static_cast<T>(each)) == text.toString())
                value = static_cast<T>(each);
        }
    } else if constexpr (std::is_same_v<T, Settings::Texts>) {
        const QVariantMap map = text.toMap();
        for (auto each = map.begin(); each != map.end(); ++each)
            value.insert(each.key(), each->toString());
    } else {
        value = text.value<T>();
    }
}

/// A part of T that has a key of its own.
template <class T>
struct Field
{
    QLatin1StringView key;
    std::function<void(T &, const QVariant &)> read;
    std::function<QVariant(const T &)> written;
};

template <class T, class Part>
Field<T> field(QLatin1StringView key, Part T::*part)
{
    return {key, [part](T &whole, const QVariant &text) { read(whole.*part, text); },
            [part](const T &whole) { return written(whole.*part); }};
}

template <class T>
Field<T> field(QLatin1StringView key, int T::*part, int least, int most)
{
    return {key, [=](T &whole, const QVariant &text) { whole.*part = std::clamp(text.toInt(), least, most); },
            [part](const T &whole) { return QVariant(whole.*part); }};
}

template <class Part>
Field<DownloadSettings> fetchField(QLatin1StringView key, Part FetchSettings::*part)
{
    return {key, [part](DownloadSettings &engine, const QVariant &text) { read(engine.fetch.*part, text); },
            [part](const DownloadSettings &engine) { return written(engine.fetch.*part); }};
}

std::vector<Field<SampleOptions>> fieldsOf(const SampleOptions &)
{
    return {field("isPerClass"_L1, &SampleOptions::isPerClass),
            field("perClass"_L1, &SampleOptions::perClass), field("random"_L1, &SampleOptions::random),
            field("allClasses"_L1, &SampleOptions::allClasses), field("seed"_L1, &SampleOptions::seed)};
}

std::vector<Field<AuditionOptions>> fieldsOf(const AuditionOptions &)
{
    return {field("order"_L1, &AuditionOptions::order), field("seed"_L1, &AuditionOptions::seed),
            field("blind"_L1, &AuditionOptions::isBlind)};
}

std::vector<Field<SpectrumLook>> fieldsOf(const SpectrumLook &)
{
    return {field("axis"_L1, &SpectrumLook::axis), field("range"_L1, &SpectrumLook::range, 40, 120),
            field("colours"_L1, &SpectrumLook::map)};
}

std::vector<Field<official::Addresses>> fieldsOf(const official::Addresses &)
{
    return {field("corpus"_L1, &official::Addresses::corpus),
            field("ontology"_L1, &official::Addresses::ontology)};
}

std::vector<Field<tools::Addresses>> fieldsOf(const tools::Addresses &)
{
    return {field("stable"_L1, &tools::Addresses::stable), field("nightly"_L1, &tools::Addresses::nightly),
            field("key"_L1, &tools::Addresses::key), field("deno"_L1, &tools::Addresses::deno)};
}

std::vector<Field<ytdlp::ToolPaths>> fieldsOf(const ytdlp::ToolPaths &)
{
    return {field("yt-dlp"_L1, &ytdlp::ToolPaths::ytdlp), field("ffmpeg"_L1, &ytdlp::ToolPaths::ffmpeg),
            field("js-runtime"_L1, &ytdlp::ToolPaths::jsRuntime)};
}

std::vector<Field<DownloadSettings>> fieldsOf(const DownloadSettings &)
{
    return {field("pace"_L1, &DownloadSettings::pace),
            field("perHour"_L1, &DownloadSettings::ownPerHour, 1, 100'000),
            field("workers"_L1, &DownloadSettings::workers, 1, 16),
            field("source"_L1, &DownloadSettings::source),
            fetchField("proxy"_L1, &FetchSettings::proxy),
            fetchField("cookiesFile"_L1, &FetchSettings::cookiesFile),
            fetchField("cookiesFromBrowser"_L1, &FetchSettings::cookiesFromBrowser),
            fetchField("sourceAddress"_L1, &FetchSettings::sourceAddress),
            fetchField("format"_L1, &FetchSettings::format),
            fetchField("jsRuntime"_L1, &FetchSettings::jsRuntime),
            fetchField("poToken"_L1, &FetchSettings::poToken),
            fetchField("solverScript"_L1, &FetchSettings::allowsSolverScript),
            fetchField("extraArguments"_L1, &FetchSettings::extraArguments)};
}

template <class T>
constexpr bool HasFields = requires(const T &value)
{
    fieldsOf(value);
};

void remember(QSettings &store, const QString &key, const QVariant &value, const QVariant &otherwise)
{
    if (value == otherwise)
        store.remove(key);
    else
        store.setValue(key, value);
}

QStringList withNewest(QStringList recent, const QString &newest, qsizetype most)
{
    recent.removeAll(newest);
    recent.prepend(newest);
    return recent.mid(0, most);
}

} // namespace

template <class T>
T Setting<T>::operator()() const
{
    T value = m_default;
    if constexpr (HasFields<T>) {
        for (const auto &field : fieldsOf(value)) {
            if (const QString key = QString(m_key) + field.key; m_store.contains(key))
                field.read(value, m_store.value(key));
        }
    } else if (m_store.contains(m_key)) {
        read(value, m_store.value(m_key));
        if constexpr (std::is_arithmetic_v<T>) {
            if (m_range)
                value = std::clamp(value, m_range->first, m_range->second);
        }
    }
    return value;
}

template <class T>
void Setting<T>::operator=(const T &value)
{
    if constexpr (HasFields<T>) {
        for (const auto &field : fieldsOf(value))
            remember(m_store, QString(m_key) + field.key, field.written(value), field.written(m_default));
    } else {
        remember(m_store, m_key, written(value), written(m_default));
    }
}

template class Setting<bool>;
template class Setting<double>;
template class Setting<QByteArray>;
template class Setting<QString>;
template class Setting<QStringList>;
template class Setting<Settings::Texts>;
template class Setting<Scheme>;
template class Setting<tools::Channel>;
template class Setting<SampleOptions>;
template class Setting<AuditionOptions>;
template class Setting<SpectrumLook>;
template class Setting<official::Addresses>;
template class Setting<tools::Addresses>;
template class Setting<ytdlp::ToolPaths>;
template class Setting<DownloadSettings>;

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

void Settings::addRecentSplit(const QString &path)
{
    recentSplits = withNewest(recentSplits(), absolutePath(path), MostRecent);
}

void Settings::removeRecentSplit(const QString &path)
{
    QStringList recent = recentSplits();
    recent.removeAll(absolutePath(path));
    recentSplits = recent;
}

void Settings::addRecentFilter(const QString &text)
{
    recentFilters = withNewest(recentFilters(), text, MostRecentFilters);
}

QString Settings::workspaceOf(const QString &split) const
{
    return m_workspaces().value(absolutePath(split));
}

void Settings::setWorkspaceOf(const QString &split, const QString &folder)
{
    Texts workspaces = m_workspaces();
    workspaces.insert(absolutePath(split), absolutePath(folder));
    m_workspaces = workspaces;
}

void Settings::setEngine(const DownloadSettings &engine)
{
    m_engine = engine;
    m_store.sync();
    QFile::setPermissions(m_store.fileName(), QFile::ReadOwner | QFile::WriteOwner);
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

} // namespace earmark::ui
