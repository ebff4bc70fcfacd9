#pragma once

#include "ui/tools/toolscontroller.h"
#include "ui/tools/toolsmodel.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableView;

namespace earmark::tools {
class ToolStore;
}

namespace earmark::ui {

class ScriptPanel;
class SelfTestPanel;
class UpdatePanel;

/// Shows what downloads need and how it stands, repairs what Earmark can, updates yt-dlp and deno, and tries
/// them out. Does not hold up the window; an update goes on when it is closed.
class ToolsPage final : public QDialog
{
    Q_OBJECT

public:
    /// The finder must outlive the page.
    ToolsPage(ToolsController &finder, tools::ToolStore &store, tools::ToolStore &denos,
              QWidget *parent = nullptr);
    ~ToolsPage() override;

private:
    void onFound();
    void showReports();
    /// Does what there is to do about the current row.
    void fix();
    void update();
    /// Row of the table; -1: none.
    int current() const;
    /// The program in the current row; nothing: none, or something else.
    std::optional<ToolsController::Kind> kind() const;

    ToolsController &m_finder;
    ToolsModel m_model;
    QTableView *m_view;
    QLabel *m_details;
    QPushButton *m_fix;
    QPushButton *m_choose;
    QPushButton *m_forget;
    QPushButton *m_copyPlace;
    QPushButton *m_lookAgain;
    UpdatePanel *m_update;
    ScriptPanel *m_script;
    SelfTestPanel *m_selfTest;
};

} // namespace earmark::ui
