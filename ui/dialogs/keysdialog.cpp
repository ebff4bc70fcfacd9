#include "ui/dialogs/keysdialog.h"

#include "ui/widgets/actionbutton.h"
#include "ui/widgets/listtable.h"

#include <QAction>
#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QTableWidget>

namespace earmark::ui {

KeysDialog::KeysDialog(const std::vector<QAction *> &actions, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    resize(780, 560);

    auto *table = new QTableWidget(0, 3, this);
    makeList(*table, tr("Keys"));
    table->setHorizontalHeaderLabels({tr("Key"), tr("Command"), tr("What it does")});
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    const auto add = [table](const QString &key, const QString &command, const QString &explanation) {
        const int row = table->rowCount();
        table->insertRow(row);
        table->setItem(row, 0, new QTableWidgetItem(key));
        table->setItem(row, 1, new QTableWidgetItem(command));
        table->setItem(row, 2, new QTableWidgetItem(explanation));
    };
    for (const QAction *action : actions) {
        if (!action->shortcut().isEmpty())
            add(action->shortcut().toString(QKeySequence::NativeText), spokenText(action->text()),
                action->statusTip());
    }
    add(tr("Down, Return"), tr("Filter"), tr("In the filter: go on to the table"));
    add(tr("Esc"), tr("Filter"), tr("In the filter: clear it; once more: go on to the table"));
    add(tr("Ctrl+Space"), tr("Filter"), tr("In the filter: show what could stand at the cursor"));
    add(tr("Alt+Down"), tr("Filter"), tr("In the filter: the filters that were used last"));
    add(tr("Ctrl+S"), tr("Filter"), tr("In the filter: save it, or choose a saved one"));
    add(tr("Space, Delete"), tr("Labels"), tr("In the labels: tick a class; exclude it"));
    add(tr("Return"), tr("Downloads"), tr("In the running downloads: show the log"));
    add(tr("Return"), tr("Failures"), tr("In the failures: show the clips of the selected reasons"));
    add(tr("Left, Right"), tr("Waveform"), tr("In the waveform: a second back or on; with Shift a tenth"));
    add(tr("[, ]"), tr("Waveform"), tr("In the waveform: a loop begins or ends at the place that is heard"));
    table->resizeColumnsToContents();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(table, 1);
    column->addWidget(buttons);
}

} // namespace earmark::ui
