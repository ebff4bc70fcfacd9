#include "ui/settings/keysdialog.h"

#include "ui/settings/settings.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/dialogbutton.h"
#include "ui/widgets/listtable.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

QString keysText(const QAction &action)
{
    return QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText);
}

} // namespace

KeysDialog::KeysDialog(ActionRegistry &actions, Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_actions(actions)
    , m_settings(settings)
    , m_table(new QTableWidget(0, 3, this))
    , m_command(new QLabel(this))
    , m_key(new QKeySequenceEdit(this))
    , m_said(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    resize(820, 620);

    makeList(*m_table, tr("Keys"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalHeaderLabels({tr("Key"), tr("Command"), tr("What it does")});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    fill();
    m_table->resizeColumnsToContents();

    m_key->setAccessibleName(tr("New key"));
    m_key->setToolTip(tr("Press the key that the command is to have"));
    m_said->setAccessibleName(tr("Notice"));
    m_said->setWordWrap(true);
    auto *none = dialogButton(u"close"_s, tr("&No key"), tr("Let the command have no key"), this);
    auto *defaults = dialogButton(u"undo"_s, tr("&Default"), tr("Give the command its own key back"), this);
    auto *all =
        dialogButton(u"retry"_s, tr("&All defaults"), tr("Give all commands their own keys back"), this);
    auto *change = new QHBoxLayout;
    change->addWidget(m_command, 1);
    for (QWidget *each : std::initializer_list<QWidget *>{m_key, none, defaults, all})
        change->addWidget(each);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_table, 1);
    column->addLayout(change);
    column->addWidget(m_said);
    column->addWidget(buttons);

    connect(m_table, &QTableWidget::itemSelectionChanged, this, &KeysDialog::showSelected);
    connect(m_table, &QTableWidget::itemActivated, m_key, [this] { m_key->setFocus(Qt::OtherFocusReason); });
    connect(m_key, &QKeySequenceEdit::editingFinished, this, [this] {
        // The first of what was pressed: a command has one stroke.
        if (!m_key->keySequence().isEmpty())
            give(QKeySequence(m_key->keySequence()[0]));
    });
    connect(none, &QPushButton::clicked, this, [this] { give({}); });
    connect(defaults, &QPushButton::clicked, this, &KeysDialog::giveDefault);
    connect(all, &QPushButton::clicked, this, &KeysDialog::giveAllDefaults);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_table->selectRow(0);
    m_table->setFocus();
}

void KeysDialog::select(const QAction &action)
{
    const auto &actions = m_actions.all();
    const auto row = static_cast<int>(std::ranges::find(actions, &action) - actions.begin());
    m_table->selectRow(row);
    m_table->scrollTo(m_table->model()->index(row, 0), QAbstractItemView::PositionAtTop);
}

void KeysDialog::addRow(const QString &key, const QString &command, const QString &explanation)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(key));
    m_table->setItem(row, 1, new QTableWidgetItem(command));
    m_table->setItem(row, 2, new QTableWidgetItem(explanation));
}

void KeysDialog::fill()
{
    for (const QAction *action : m_actions.all())
        addRow(keysText(*action), spokenText(action->text()), action->statusTip());
    addRow(tr("Down, Return"), tr("Filter"), tr("In the filter: go on to the table"));
    addRow(tr("Esc"), tr("Filter"), tr("In the filter: clear it; once more: go on to the table"));
    addRow(tr("Ctrl+Space"), tr("Filter"), tr("In the filter: show what could stand at the cursor"));
    addRow(tr("Alt+Down"), tr("Filter"), tr("In the filter: the filters that were used last"));
    addRow(tr("Ctrl+S"), tr("Filter"), tr("In the filter: save it, or choose a saved one"));
    addRow(tr("Space, Delete"), tr("Labels"), tr("In the labels: tick a class; exclude it"));
    addRow(tr("Return"), tr("Downloads"), tr("In the running downloads: show the log"));
    addRow(tr("Return"), tr("Failures"), tr("In the failures: show the clips of the selected reasons"));
    addRow(tr("Left, Right"), tr("Picture of a clip"),
           tr("In the picture of a clip: a second back or on; with Shift a tenth"));
    addRow(tr("[, ]"), tr("Picture of a clip"),
           tr("In the picture of a clip: a loop begins or ends at the place that is heard"));
}

/// Null for a key that is not an action's.
QAction *KeysDialog::selected() const
{
    const int row = m_table->currentRow();
    const auto &actions = m_actions.all();
    return row >= 0 && row < std::ssize(actions) ? actions[static_cast<std::size_t>(row)] : nullptr;
}

void KeysDialog::showSelected()
{
    const QAction *action = selected();
    m_key->setEnabled(action);
    m_key->setKeySequence(action ? action->shortcut() : QKeySequence());
    m_command->setText(action ? tr("Key of “%1”:").arg(spokenText(action->text()))
                              : tr("This key cannot be changed."));
    m_said->clear();
}

void KeysDialog::give(const QKeySequence &key)
{
    QAction *action = selected();
    if (!action || action->shortcuts() == (key.isEmpty() ? QList<QKeySequence>() : QList{key}))
        return;
    QStringList former;
    for (QAction *other : m_actions.all()) {
        if (key.isEmpty() || other == action || !other->shortcuts().contains(key))
            continue;
        QList<QKeySequence> rest = other->shortcuts();
        rest.removeAll(key);
        other->setShortcuts(rest);
        former.append(spokenText(other->text()));
    }
    action->setShortcuts(key.isEmpty() ? QList<QKeySequence>() : QList{key});
    remember();
    m_said->setText(former.isEmpty()
                        ? QString()
                        : tr("%1 was the key of “%2”, which has it no more.")
                              .arg(key.toString(QKeySequence::NativeText), former.join(tr("” and “"))));
}

void KeysDialog::giveDefault()
{
    if (QAction *action = selected()) {
        action->setShortcuts(m_actions.defaultKeys(*action));
        remember();
    }
}

void KeysDialog::giveAllDefaults()
{
    for (QAction *action : m_actions.all())
        action->setShortcuts(m_actions.defaultKeys(*action));
    remember();
}

void KeysDialog::remember()
{
    QMap<QString, QString> changed;
    int row = 0;
    for (const QAction *action : m_actions.all()) {
        m_table->item(row++, 0)->setText(keysText(*action));
        if (action->shortcuts() != m_actions.defaultKeys(*action))
            changed.insert(action->objectName(),
                           QKeySequence::listToString(action->shortcuts(), QKeySequence::PortableText));
    }
    m_settings.keys = changed;
    showSelected();
}

} // namespace earmark::ui
