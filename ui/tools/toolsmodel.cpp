#include "ui/tools/toolsmodel.h"

#include <QDir>

namespace earmark::ui {

using tools::ToolReport;

namespace {

/// The first rows, as reportOf() orders them; the others are no files that can be missing.
constexpr std::ptrdiff_t Programs = 3;

} // namespace

ToolsModel::ToolsModel()
    : ListModel({
          {tr("Tool"), &ToolReport::name,
           [](const ToolReport &report) { return tr("%1 %2").arg(report.name, report.purpose); }},
          {tr("Version"), &ToolReport::version, &ToolReport::version},
          {tr("Age"), &ToolReport::age, &ToolReport::age},
          {tr("Place"), [this](const ToolReport &report) { return place(report); },
           [this](const ToolReport &report) { return place(report); }},
          {tr("State"), &ToolReport::sentence, &ToolReport::sentence},
      })
{
}

void ToolsModel::setReports(std::vector<ToolReport> reports)
{
    update(std::move(reports), [](const ToolReport &, const ToolReport &) { return true; });
}

QString ToolsModel::place(const ToolReport &report) const
{
    return report.path.isEmpty() && &report - m_rows.data() < Programs
               ? tr("not found")
               : QDir::toNativeSeparators(report.path);
}

QVariant ToolsModel::more(const ToolReport &report, int, int role) const
{
    return role == StateRole ? QVariant(static_cast<int>(report.state)) : QVariant();
}

} // namespace earmark::ui
