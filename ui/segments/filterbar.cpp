#include "ui/segments/filterbar.h"

#include "base/format.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QTextCharFormat>

namespace earmark::ui {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_found(new QLabel(this))
    , m_error(new QLabel(this))
    , m_row(new QHBoxLayout)
{
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setAccessibleDescription(
        tr("Words of class names and ids; label:, id:, state:, -, | and parentheses"));
    m_edit->setPlaceholderText(
        tr("Filter:  dog bark    label:\"Child speech, kid speaking\"    -music    state:ready"));
    m_edit->setToolTip(
        tr("<p>Finds segments as you type (Ctrl+F).</p><p><b>dog bark</b>: class names or ids that hold "
           "both words<br><b>label:Bark</b>: exactly that class, by name or id<br><b>id:-0RW</b>: ids "
           "that hold this<br><b>state:failed</b>: clips in that state<br><b>-term</b> excludes, "
           "<b>|</b> is or, parentheses group</p>"));
    m_edit->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(220);
    m_edit->installEventFilter(this);
    m_found->setAccessibleName(tr("Found"));
    m_found->setForegroundRole(QPalette::PlaceholderText);
    m_error->setAccessibleName(tr("Mistake in the filter"));
    m_error->setWordWrap(true);
    m_error->hide();

    m_row->setContentsMargins({});
    m_row->setSpacing(8);
    m_row->addWidget(m_edit, 1);
    m_row->addWidget(m_found);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(4);
    column->addLayout(m_row);
    column->addWidget(m_error);

    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::read);
}

void FilterBar::setText(const QString &text)
{
    m_edit->setText(text);
}

void FilterBar::setFound(qint64 count)
{
    m_found->setText(tr("%1 found").arg(countText(count)));
}

void FilterBar::focusFilter()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::addButton(QWidget *button)
{
    m_row->addWidget(button);
}

void FilterBar::read()
{
    if (m_isUnderlining)
        return;
    const auto query = dataset::parseQuery(m_edit->text());
    m_error->setVisible(!query.has_value());
    if (!query) {
        const auto &error = query.error();
        QPalette red;
        red.setColor(QPalette::WindowText, coloursFor(palette()).error);
        m_error->setPalette(red);
        m_error->setText(tr("At character %1: %2").arg(error.position + 1).arg(error.text));
        underline(error.position, std::max<qsizetype>(error.length, 1));
        return;
    }
    underline(0, 0);
    m_query = *query;
    Q_EMIT queryChanged();
}

/// A line edit has no character formats of its own; what an input method marks is the one way to give it
/// some.
void FilterBar::underline(qsizetype position, qsizetype length)
{
    const QScopedValueRollback underlining(m_isUnderlining, true);
    QList<QInputMethodEvent::Attribute> attributes;
    if (length > 0) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(coloursFor(palette()).error);
        format.setForeground(coloursFor(palette()).error);
        attributes.append({QInputMethodEvent::TextFormat,
                           static_cast<int>(position - m_edit->cursorPosition()), static_cast<int>(length),
                           format});
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(m_edit, &event);
}

bool FilterBar::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            if (m_edit->text().isEmpty())
                Q_EMIT left();
            m_edit->clear();
            return true;
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT left();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(object, event);
}

} // namespace earmark::ui
