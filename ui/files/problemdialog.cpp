#include "ui/files/problemdialog.h"

#include "base/format.h"
#include "ui/files/problemmodel.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/listtable.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

namespace earmark::ui {

using namespace Qt::StringLiterals;

ProblemDialog::ProblemDialog(const readers::Split &split, QWidget *parent)
    : QDialog(parent)
    , m_view(new QTableView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Lines that do not fit – %1").arg(nameOf(split.path)));
    resize(680, 420);

    m_view->setModel(new ProblemModel(split.problems, m_view));
    makeList(*m_view, tr("Lines that do not fit"));
    m_view->selectRow(0);

    const auto shown = static_cast<qint64>(split.problems.size());
    auto *text =
        new QLabel(split.problemCount > shown ? tr("%1 lines were left out; these are the first %2.")
                                                    .arg(countText(split.problemCount), countText(shown))
                                              : tr("These lines were left out; all others are in the table."),
                   this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copyButton->setToolTip(tr("Copy the selected lines, or all when fewer than two are selected"));
    connect(copyButton, &QPushButton::clicked, this, &ProblemDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addWidget(m_view, 1);
    column->addWidget(buttons);
}

void ProblemDialog::copy() const
{
    const auto *model = m_view->model();
    const bool all = m_view->selectionModel()->selectedRows().size() < 2;
    QString text;
    for (int row = 0; row < model->rowCount(); ++row) {
        if (all || m_view->selectionModel()->isRowSelected(row))
            text += u"%1\t%2\n"_s.arg(model->index(row, ProblemModel::Line).data().toString(),
                                      model->index(row, ProblemModel::Reason).data().toString());
    }
    QGuiApplication::clipboard()->setText(text);
}

} // namespace earmark::ui
