#pragma once

#include "official/catalogue.h"
#include "session/downloadsettings.h"
#include "tools/release.h"
#include "ui/clip/spectrumpicture.h"
#include "ui/review/auditionoptions.h"
#include "ui/theme/theme.h"
#include "ytdlp/tools.h"

#include <QMap>
#include <QSettings>
#include <QStringList>
#include <QVariantMap>

#include <optional>
#include <utility>

namespace earmark::ui {

/// Empty stays empty.
QString absolutePath(const QString &path);

/// What the sampling dialog was set to.
struct SampleOptions
{
    bool isPerClass = true;
    int perClass = 100;      ///< segments for each class, at least 1
    int random = 1'000;      ///< segments of all, at least 1
    bool allClasses = false; ///< also those that the filter does not ask for
    int seed = 1;
    bool operator==(const SampleOptions &) const = default;
};

/// A value that is remembered: read by a call, written by an assignment. The key never changes; a struct is
/// written under several that begin with it. The default is not written: a later Earmark may have another.
template <class T>
class Setting final
{
public:
    using Range = std::pair<T, T>; ///< what the file says is clamped to it

    Setting(QSettings &store, const char *key)
        : m_store(store)
        , m_key(key)
        , m_default()
    {
    }
    Setting(QSettings &store, const char *key, const T &otherwise, const std::optional<Range> &range = {})
        : m_store(store)
        , m_key(key)
        , m_default(otherwise)
        , m_range(range)
    {
    }
    T operator()() const;
    void operator=(const T &value);

private:
    QSettings &m_store;
    QLatin1StringView m_key;
    T m_default;
    std::optional<Range> m_range;
};

/// What the window remembers from one start to the next. Nothing here belongs to a dataset: that is the
/// ledger's.
class Settings final
{
    QSettings m_store;
    QString m_dataFolder;

public:
    using Texts = QMap<QString, QString>;

    /// Keeps everything in that file, and data beside it; in the user's own folders when it is empty.
    explicit Settings(const QString &file = {});

    /// Where the program keeps what it has fetched for itself.
    const QString &dataFolder() const { return m_dataFolder; }

    /// The splits opened last, newest first, at most ten.
    Setting<QStringList> recentSplits{m_store, "recentSplits"};
    void addRecentSplit(const QString &path);
    void removeRecentSplit(const QString &path);
    /// The filters that were settled on last, newest first, at most twenty.
    Setting<QStringList> recentFilters{m_store, "recentFilters"};
    void addRecentFilter(const QString &text);
    /// Filters by the names that were given to them.
    Setting<Texts> savedFilters{m_store, "savedFilters"};

    /// Absolute; empty: the built-in table.
    Setting<QString> labelFile{m_store, "labelFile"};
    /// The workspace folder that belongs to a split; empty when none was chosen yet.
    QString workspaceOf(const QString &split) const;
    void setWorkspaceOf(const QString &split, const QString &folder);

    /// How the label panel shows the classes: as a list, or as a tree; and what it sorts them by, the name of
    /// a column with "-" before it for descending, empty for the ontology's own order.
    Setting<bool> labelList{m_store, "labels/list"};
    Setting<QString> labelOrder{m_store, "labels/order"};
    /// The columns of the segment table, as Columns writes them.
    Setting<QByteArray> columns{m_store, "columns"};
    Setting<SampleOptions> sampleOptions{m_store, "sample/"};

    Setting<official::Addresses> officialAddresses{m_store, "official/"};
    Setting<QByteArray> officialGeometry{m_store, "official/geometry"};

    /// Absolute: the next start may be from another folder.
    Setting<ytdlp::ToolPaths> toolPaths{m_store, "tools/"};
    /// Where releases of yt-dlp and deno are, and which of yt-dlp are fetched.
    Setting<tools::Addresses> releaseAddresses{m_store, "tools/"};
    Setting<tools::Channel> releaseChannel{m_store, "tools/channel"};
    Setting<QByteArray> toolsGeometry{m_store, "tools/geometry"};

    /// How downloads are done. They may hold passwords: once written, the file is for this user's eyes only.
    session::DownloadSettings engine() const { return m_engine(); }
    void setEngine(const session::DownloadSettings &engine);

    /// What the export dialog was set to, as ExportForm has it.
    QVariantMap exportOptions() const;
    void setExportWish(const QVariantMap &wish);

    /// How clips are gone through, and how they are played.
    Setting<AuditionOptions> auditionOptions{m_store, "audition/"};
    Setting<double> volume{m_store, "sound/volume", 1.0, {{0.0, 1.0}}};
    Setting<QByteArray> soundOutput{m_store, "sound/output"}; ///< empty: the system's
    Setting<bool> keepPitch{m_store, "sound/keepPitch", true};
    Setting<bool> commonLoudness{m_store, "sound/commonLoudness"};
    Setting<SpectrumLook> spectrumLook{m_store, "spectrum/"};

    Setting<Scheme> scheme{m_store, "colours"};
    /// The keys that the user has given to actions, by the actions' names; those that are not in it have
    /// their own.
    Setting<Texts> keys{m_store, "keys"};
    Setting<QByteArray> geometry{m_store, "window/geometry"};
    Setting<QByteArray> docks{m_store, "window/docks"};

private:
    Setting<Texts> m_workspaces{m_store, "workspaces"};
    Setting<session::DownloadSettings> m_engine{m_store, "downloads/"};
};

} // namespace earmark::ui
