#include "ui/files/findingmodel.h"

namespace earmark::ui {

FindingModel::FindingModel()
    : ListModel({
          {tr("File"), [](const CheckedFile &file) { return file.finding.file; }},
          {tr("Problem"), [](const CheckedFile &file) { return file.finding.reason; }},
          {tr("Repair"), &CheckedFile::done},
      })
{
}

void FindingModel::setFindings(const std::vector<verify::Finding> &findings)
{
    std::vector<CheckedFile> files;
    for (const verify::Finding &finding : findings)
        files.push_back({finding, {}});
    setRows(std::move(files));
}

void FindingModel::setDone(int row, const QString &what)
{
    m_rows[static_cast<std::size_t>(row)].done = what;
    Q_EMIT dataChanged(index(row, Repair), index(row, Repair));
}

} // namespace earmark::ui
