#pragma once

#include "query/completion.h"
#include "ui/widgets/tablemodel.h"

namespace earmark::ui {

/// What could stand at the cursor of the filter, best first.
class CompletionModel final : public ListModel<query::Completion>
{
    Q_OBJECT

public:
    enum { Choice, Explanation };

    explicit CompletionModel(QObject *parent = nullptr);

private:
    QVariant more(const query::Completion &one, int column, int role) const override;
};

} // namespace earmark::ui
