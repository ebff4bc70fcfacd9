#include "ui/files/problemmodel.h"

namespace earmark::ui {

ProblemModel::ProblemModel(std::vector<readers::Problem> problems, QObject *parent)
    : ListModel(
          {
              {tr("Line"), &readers::Problem::line, &readers::Problem::reason},
              {tr("What is wrong with it"), &readers::Problem::reason, &readers::Problem::reason},
          },
          parent)
{
    setRows(std::move(problems));
}

} // namespace earmark::ui
