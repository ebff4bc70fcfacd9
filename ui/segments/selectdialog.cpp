#include "ui/segments/selectdialog.h"

#include "base/format.h"
#include "query/queryparser.h"
#include "ui/segments/segmentmodel.h"
#include "ui/theme/theme.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace earmark::ui {

SelectDialog::SelectDialog(const SegmentModel &model, QWidget *parent)
    : QDialog(parent)
    , m_model(model)
    , m_edit(new QLineEdit(this))
    , m_outcome(new QLabel(this))
    , m_inAddition(new QCheckBox(tr("&Keep what is selected"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Select by query"));
    auto *text = new QLabel(tr("Select those of the rows found that also fit:"), this);
    text->setBuddy(m_edit);
    m_edit->setAccessibleName(tr("Query"));
    m_edit->setPlaceholderText(tr("for example  under:Animal duration:10"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(580);
    m_outcome->setAccessibleName(tr("Outcome"));
    m_outcome->setWordWrap(true);
    m_outcome->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_outcome->setMinimumHeight(2 * fontMetrics().lineSpacing()); // the longest mistake
    m_inAddition->setToolTip(tr("Select these rows in addition to those that are selected now"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_select = buttons->button(QDialogButtonBox::Ok);
    m_select->setText(tr("&Select"));
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(text);
    column->addWidget(m_edit);
    column->addWidget(m_outcome);
    column->addWidget(m_inAddition);
    column->addWidget(buttons);

    connect(m_edit, &QLineEdit::textChanged, this, &SelectDialog::find);
    connect(&model, &QAbstractItemModel::modelReset, this, &SelectDialog::find);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(m_rows, m_inAddition->isChecked());
        accept();
    });
    find();
}

void SelectDialog::find()
{
    const auto query = query::parseQuery(m_edit->text());
    const auto &searchable = m_model.searchable();
    const auto unknown = query && searchable ? searchable->filter.check(*query) : std::nullopt;
    m_rows.clear();
    QPalette colours = palette();
    if (!query || unknown)
        colours.setColor(QPalette::WindowText, coloursFor(colours).error);
    m_outcome->setPalette(colours);
    if (!query || unknown) {
        const auto &error = query ? *unknown : query.error();
        m_outcome->setText(tr("At character %1: %2").arg(error.position + 1).arg(error.text));
    } else if (m_edit->text().trimmed().isEmpty()) {
        m_outcome->setText(tr("%1 found").arg(countText(m_model.rowCount())));
    } else {
        m_rows = m_model.foundWith(*query);
        m_outcome->setText(
            tr("%1 of %2 found fit")
                .arg(countText(static_cast<qint64>(m_rows.size())), countText(m_model.rowCount())));
    }
    m_select->setEnabled(!m_rows.empty());
}

} // namespace earmark::ui
