#include "ui/segments/completionmodel.h"

namespace earmark::ui {

using namespace Qt::StringLiterals;

CompletionModel::CompletionModel(QObject *parent)
    : ListModel({{{}, &query::Completion::choice}, {{}, &query::Completion::explanation}}, parent)
{
}

QVariant CompletionModel::more(const query::Completion &one, int, int role) const
{
    if (role != Qt::AccessibleTextRole)
        return {};
    return one.explanation.isEmpty() ? one.choice : one.choice + u", "_s + one.explanation;
}

} // namespace earmark::ui
