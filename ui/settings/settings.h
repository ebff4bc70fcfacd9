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

/// What the window remembers from one start to the next. Nothing here belongs to a dataset: that is the
/// ledger's.
class Settings final
{
public:
    /// Keeps everything in that file, and data beside it; in the person's own folders when it is empty.
    explicit Settings(const QString &file = {});

    /// Where the program keeps what it has fetched for itself.
    const QString &dataFolder() const { return m_dataFolder; }

    /// The splits opened last, newest first, at most ten.
    QStringList recentSplits() const;
    void addRecentSplit(const QString &path);
    void removeRecentSplit(const QString &path);

    /// Empty: the built-in table.
    QString labelFile() const;
    void setLabelFile(const QString &path);

    /// The workspace folder that belongs to a split; empty when none was chosen yet.
    QString workspaceOf(const QString &split) const;
    void setWorkspaceOf(const QString &split, const QString &folder);

    /// The filters that were settled on last, newest first, at most twenty.
    QStringList recentFilters() const;
    void addRecentFilter(const QString &text);
    void clearRecentFilters();
    /// Filters by the names that were given to them.
    QMap<QString, QString> savedFilters() const;
    void setSavedFilters(const QMap<QString, QString> &filters);

    /// How the label panel shows the classes: as a list, or as a tree; and what it sorts them by, the name of
    /// a column with "-" before it for descending, empty for the ontology's own order.
    bool labelList() const;
    void setLabelList(bool isList);
    QString labelOrder() const;
    void setLabelOrder(const QString &order);

    /// The official ones when nothing else was chosen.
    official::Addresses officialAddresses() const;
    void setOfficialAddresses(const official::Addresses &addresses);

    ytdlp::ToolPaths toolPaths() const;
    void setToolPaths(const ytdlp::ToolPaths &paths);

    /// Where releases of yt-dlp and deno are, and which of yt-dlp are fetched; the official ones when nothing
    /// else was chosen.
    tools::Addresses releaseAddresses() const;
    void setReleaseAddresses(const tools::Addresses &addresses);
    tools::Channel releaseChannel() const;
    void setReleaseChannel(tools::Channel channel);
    QByteArray toolsGeometry() const;
    void setToolsGeometry(const QByteArray &geometry);

    /// How downloads are done. They may hold passwords: once written, the file is for this person's eyes
    /// only.
    session::DownloadSettings engine() const;
    void setEngine(const session::DownloadSettings &engine);

    Scheme scheme() const;
    void setScheme(Scheme scheme);

    /// The columns of the segment table, as Columns writes them.
    QByteArray columns() const;
    void setColumns(const QByteArray &json);

    SampleOptions sampleWish() const;
    void setSampleWish(const SampleOptions &wish);

    /// What the export dialog was set to, as ExportForm has it.
    QVariantMap exportOptions() const;
    void setExportWish(const QVariantMap &wish);

    /// How clips are gone through, and how they are played.
    AuditionOptions auditionWish() const;
    void setAuditionWish(const AuditionOptions &wish);
    double volume() const; ///< 0 to 1
    void setVolume(double volume);
    QByteArray soundOutput() const; ///< empty: the system's
    void setSoundOutput(const QByteArray &id);
    bool keepPitch() const;
    void setKeepPitch(bool keep);
    bool commonLoudness() const;
    void setCommonLoudness(bool common);
    SpectrumLook spectrumLook() const;
    void setSpectrumLook(const SpectrumLook &look);

    /// The keys that the person has given to actions, by the actions' names; those that are not in it have
    /// their own.
    QMap<QString, QString> keys() const;
    void setKeys(const QMap<QString, QString> &keys);

    QByteArray officialGeometry() const;
    void setOfficialGeometry(const QByteArray &geometry);

    QByteArray geometry() const;
    QByteArray docks() const;
    void setWindow(const QByteArray &geometry, const QByteArray &docks);

private:
    /// What is official is not written down: it may be another in a later Earmark.
    void remember(const QString &key, const QVariant &value, const QVariant &official);

    QSettings m_store;
    QString m_dataFolder;
};

} // namespace earmark::ui
