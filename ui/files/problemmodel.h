#pragma once

#include "readers/splitreader.h"
#include "ui/widgets/tablemodel.h"

namespace earmark::ui {

/// The lines of a split that do not fit, and why.
class ProblemModel final : public ListModel<readers::Problem>
{
    Q_OBJECT

public:
    enum { Line, Reason };

    explicit ProblemModel(std::vector<readers::Problem> problems, QObject *parent = nullptr);
};

} // namespace earmark::ui
