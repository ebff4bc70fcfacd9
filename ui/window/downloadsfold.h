#pragma once

#include "ui/widgets/debounce.h"

#include <QObject>

class QDockWidget;
class QMainWindow;

namespace earmark::ui {

class DownloadPanel;
class Settings;

/// Folds the dock of downloads to one line while there is nothing to list, and gives it back the height that
/// the user chose as soon as there is. Behind the other tab nothing is folded: that one needs the room.
class DownloadsFold final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `failures` is the other tab; both docks have their place already.
    DownloadsFold(QMainWindow &window, QDockWidget &downloads, QDockWidget &failures,
                  const DownloadPanel &panel, Settings &settings);

    /// Remembers the height that the user chose.
    void save();

private:
    void watch(const QDockWidget &dock, bool &isShown);
    void apply();
    void setHeight(int height);
    int height() const;

    QMainWindow &m_window;
    QDockWidget &m_downloads;
    QDockWidget &m_failures;
    const DownloadPanel &m_panel;
    Settings &m_settings;
    bool m_showsDownloads = false; ///< as a tab that is in front
    bool m_showsFailures = false;
    bool m_isFolded = false;
    int m_height;     ///< of the unfolded dock
    Debounce m_apply; ///< when the layouts know what has changed
};

} // namespace earmark::ui
