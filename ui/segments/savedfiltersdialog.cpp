#include "ui/segments/savedfiltersdialog.h"

#include "ui/segments/savedfiltermodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/listtable.h"

#include <QAction>
#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace earmark::ui {

SavedFiltersDialog::SavedFiltersDialog(SavedFilterModel &model, QWidget *parent)
    : QDialog(parent)
    , m_model(model)
    , m_view(new QTableView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Saved filters"));
    resize(560, 360);

    m_view->setModel(&model);
    makeList(*m_view, tr("Saved filters"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setColumnWidth(SavedFilterModel::Name, 180);
    m_view->selectRow(0);

    auto *refusal = new QLabel(this);
    refusal->setAccessibleName(tr("Why the name was not taken"));
    refusal->setWordWrap(true);
    refusal->hide();
    connect(&model, &SavedFilterModel::refused, this, [refusal](const QString &reason) {
        QPalette red;
        red.setColor(QPalette::WindowText, coloursFor(refusal->palette()).error);
        refusal->setPalette(red);
        refusal->setText(reason);
        refusal->show();
    });
    connect(&model, &QAbstractItemModel::dataChanged, refusal, &QLabel::hide);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [&](const QString &text, const QString &explanation, const QKeySequence &keys,
                         auto slot) {
        auto *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setToolTip(keys.isEmpty()
                               ? explanation
                               : tr("%1 (%2)").arg(explanation, keys.toString(QKeySequence::NativeText)));
        connect(button, &QPushButton::clicked, this, slot);
        if (!keys.isEmpty()) {
            auto *action = new QAction(m_view);
            action->setShortcut(keys);
            action->setShortcutContext(Qt::WidgetShortcut);
            connect(action, &QAction::triggered, this, slot);
            m_view->addAction(action);
        }
        return button;
    };
    const QList<QPushButton *> forOne{
        add(tr("Use"), tr("Filter by the selected one"), {}, &SavedFiltersDialog::use),
        add(tr("Rename"), tr("Give the selected one another name"), Qt::Key_F2, &SavedFiltersDialog::rename),
        add(tr("Delete"), tr("Forget the selected one"), Qt::Key_Delete, &SavedFiltersDialog::remove)};
    const auto enable = [this, forOne] {
        for (QPushButton *button : forOne)
            button->setEnabled(m_view->currentIndex().isValid());
    };
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, enable);
    enable();
    connect(m_view, &QAbstractItemView::doubleClicked, this, &SavedFiltersDialog::use);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_view, 1);
    column->addWidget(refusal);
    column->addWidget(buttons);
}

void SavedFiltersDialog::use()
{
    if (!m_view->currentIndex().isValid())
        return;
    Q_EMIT chosen(m_model.filter(m_view->currentIndex().row()));
    accept();
}

void SavedFiltersDialog::rename()
{
    if (m_view->currentIndex().isValid())
        m_view->edit(m_view->currentIndex().siblingAtColumn(SavedFilterModel::Name));
}

void SavedFiltersDialog::remove()
{
    const int row = m_view->currentIndex().row();
    if (row < 0)
        return;
    m_model.remove(row);
    m_view->selectRow(std::min(row, m_model.rowCount() - 1));
}

} // namespace earmark::ui
