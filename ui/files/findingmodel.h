#pragma once

#include "ui/widgets/tablemodel.h"
#include "verify/check.h"

namespace earmark::ui {

/// What a check found, and half a sentence that says what was done about it: "queued again".
struct CheckedFile
{
    verify::Finding finding;
    QString done;
};

/// What a check of the clips' files found, and what was done about it.
class FindingModel final : public ListModel<CheckedFile>
{
    Q_OBJECT

public:
    enum { File, Problem, Repair };

    FindingModel();

    void setFindings(const std::vector<verify::Finding> &findings);
    const verify::Finding &finding(int at) const { return row(at).finding; }
    void setDone(int row, const QString &what);
};

} // namespace earmark::ui
