#pragma once

#include "ui/tools/toolsmodel.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableView;

namespace earmark::tools {
class YtDlpStore;
}

namespace earmark::ui {

class SelfTestPanel;
class ToolFinder;
class UpdatePanel;

/// Shows the programs that Earmark works with, updates yt-dlp and tries them out. Does not hold up the
/// window; an update goes on when it is closed.
class ToolsPage final : public QDialog
{
    Q_OBJECT

public:
    /// The finder must outlive the page.
    ToolsPage(ToolFinder &finder, tools::YtDlpStore &store, QWidget *parent = nullptr);
    ~ToolsPage() override;

private:
    void showTools();
    void update();
    /// Row of the table, as reportOf() orders them; -1: none.
    int current() const;

    ToolFinder &m_finder;
    ToolsModel m_model;
    QTableView *m_view;
    QLabel *m_details;
    QPushButton *m_choose;
    QPushButton *m_forget;
    QPushButton *m_copyPlace;
    QPushButton *m_lookAgain;
    UpdatePanel *m_update;
    SelfTestPanel *m_selfTest;
};

} // namespace earmark::ui
