#pragma once

#include "official/catalogue.h"
#include "ui/theme/theme.h"
#include "ytdlp/tools.h"

#include <QSettings>
#include <QStringList>

namespace earmark::ui {

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

    /// The official ones when nothing else was chosen.
    official::Addresses officialAddresses() const;
    void setOfficialAddresses(const official::Addresses &addresses);

    ytdlp::ToolPaths toolPaths() const;
    void setToolPaths(const ytdlp::ToolPaths &paths);

    Scheme scheme() const;
    void setScheme(Scheme scheme);

    /// The columns of the segment table, as Columns writes them.
    QByteArray columns() const;
    void setColumns(const QByteArray &json);

    QByteArray officialGeometry() const;
    void setOfficialGeometry(const QByteArray &geometry);

    QByteArray geometry() const;
    QByteArray docks() const;
    void setWindow(const QByteArray &geometry, const QByteArray &docks);

private:
    QSettings m_store;
    QString m_dataFolder;
};

} // namespace earmark::ui
