#pragma once

#include "tools/toolreport.h"
#include "ui/widgets/tablemodel.h"

namespace earmark::ui {

/// The programs that Earmark works with and what else downloads need, and how they stand.
class ToolsModel final : public ListModel<tools::ToolReport>
{
    Q_OBJECT

public:
    enum { Name, Version, Age, Place, State };
    enum Role {
        StateRole = Qt::UserRole, ///< tools::ToolReport::State, as an int
    };

    ToolsModel();

    /// None until the programs were found.
    void setReports(std::vector<tools::ToolReport> reports);
    const std::vector<tools::ToolReport> &reports() const { return m_rows; }

private:
    QString place(const tools::ToolReport &report) const;
    QVariant more(const tools::ToolReport &report, int column, int role) const override;
};

} // namespace earmark::ui
