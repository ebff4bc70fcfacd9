#pragma once

#include "segments/segmenttable.h"

#include <QObject>

#include <optional>
#include <vector>

class QAction;
class QMenu;
class QPoint;
class QWidget;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class SegmentPage;
class Settings;

/// Chooses rows: selects them, all, by another query or by chance; shows only those like the current one;
/// goes and sorts by keys; the table's context menu.
class SelectActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what dialogs and menus belong to.
    SelectActions(session::Session &session, SegmentPage &page, Settings &settings, ActionRegistry &actions,
                  QWidget *window);

Q_SIGNALS:
    void downloadRequested(const std::vector<earmark::segments::Row> &rows, const QString &how);

private:
    void addSelecting(ActionRegistry &actions);
    void addLikeThis(ActionRegistry &actions);
    void addMoving(ActionRegistry &actions);
    void sample();
    void selectByQuery();
    /// What rows could have in common with the current one.
    void fillLikeThis(QMenu &menu);
    void showOnly(const QString &query);
    void likeLabel(const QString &name);
    void likeLabels();
    void likeVideo();
    void likeState();
    void showContextMenu(const QPoint &at);
    void moveCurrent(int by);
    int currentColumn() const;
    QString nameOf(segments::LabelNumber label) const;

    session::Session &m_session;
    SegmentPage &m_page;
    Settings &m_settings;
    QWidget *m_window;
    std::vector<QAction *> m_ofFound;   ///< what needs any row
    std::vector<QAction *> m_ofCurrent; ///< what needs the current row
    std::vector<QAction *> m_likeThis;  ///< of the menu
};

} // namespace earmark::ui
