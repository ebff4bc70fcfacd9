#pragma once

#include "classes/classes.h"
#include "segments/sampling.h"
#include "ui/widgets/tablemodel.h"

namespace earmark::ui {

/// What each class got of a sample, rarest first.
class OutcomeModel final : public ListModel<segments::ClassOutcome>
{
    Q_OBJECT

public:
    enum { Class, Asked, Got, Available, Reason };

    explicit OutcomeModel(const classes::Classes &classes, QObject *parent = nullptr);

    void setOutcomes(std::vector<segments::ClassOutcome> outcomes);

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace earmark::ui
