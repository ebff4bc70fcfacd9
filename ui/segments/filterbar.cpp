#include "ui/segments/filterbar.h"

#include "query/queryparser.h"
#include "ui/segments/filtermenus.h"
#include "ui/segments/mistakelabel.h"
#include "ui/segments/querycompleter.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/steadytext.h"

#include <QAction>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QTextCharFormat>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int SignSize = 16;

} // namespace

FilterBar::FilterBar(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_found(new QLabel(this))
    , m_row(new QHBoxLayout(this))
    , m_mistakeSign(m_edit->addAction(QIcon(), QLineEdit::TrailingPosition))
    , m_mistake(new MistakeLabel(*m_edit))
    , m_completer(new QueryCompleter(*m_edit))
    , m_menus(new FilterMenus(settings, *m_edit))
    , m_tell(400ms, [this] { tellError(); })
    , m_settle(2s, [this] { m_menus->settle(); })
{
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setAccessibleDescription(tr(
        "Words of class names and ids; fields such as label:, under: and duration:; -, | and parentheses"));
    m_edit->setPlaceholderText(tr("Filter:  dog bark    under:Animal    label:\"Child speech, kid speaking\" "
                                  "   -music    duration:<10"));
    m_edit->setToolTip(tr("Filter segments as you type (Ctrl+F); Ctrl+Space lists suggestions.\n\n"
                          "dog bark: class names or ids that contain both words\n"
                          "label:Bark: exactly this class, by name or id\n"
                          "under:Animal: this class or any class below it\n"
                          "id:-0RW: ids that contain this text\n"
                          "duration:<10  start:0  end:30..60  labels:>=3  quality:>=0.8: numbers\n"
                          "state:failed  reason:private  verdict:keep: the clip\n\n"
                          "-term excludes, | means or, parentheses group."));
    m_edit->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(220);
    m_edit->installEventFilter(this);
    m_found->setAccessibleName(tr("Found"));
    m_found->setForegroundRole(QPalette::PlaceholderText);
    m_found->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_mistakeSign->setText(tr("Go to the mistake"));
    m_mistakeSign->setVisible(false);

    m_row->setContentsMargins(10, 8, 10, 8);
    m_row->setSpacing(8);
    auto *line = new QHBoxLayout;
    line->setSpacing(2);
    line->addWidget(m_edit, 1);
    for (QAction *action : {&m_menus->recentAction(), &m_menus->savedAction()}) {
        auto *button = new ActionButton(*action, ActionButton::Show::IconOnly, this);
        button->setFlat(true);
        line->addWidget(button);
    }
    m_row->addLayout(line, 1);
    m_row->addWidget(m_found);

    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::read);
    connect(m_completer, &QueryCompleter::chosen, this, &FilterBar::choose);
    connect(m_mistakeSign, &QAction::triggered, this, &FilterBar::goToMistake);
    connect(m_completer, &QueryCompleter::dismissed, this, &FilterBar::showError);
    connect(m_menus, &FilterMenus::chosen, this, &FilterBar::setText);
}

FilterBar::~FilterBar()
{
    delete m_completer;
    delete m_mistake;
}

QString FilterBar::text() const
{
    return m_edit->text();
}

void FilterBar::setText(const QString &text)
{
    const QScopedValueRollback setting(m_isSetting, true);
    // As if it were typed: setText() would forget what Ctrl+Z could bring back.
    m_edit->selectAll();
    m_edit->insert(text);
}

void FilterBar::setCheck(std::function<std::optional<query::QueryError>(const query::QueryNode &)> check)
{
    m_check = std::move(check);
    readAgain();
}

void FilterBar::setClasses(const classes::Classes &classes)
{
    m_completer->setClasses(classes);
}

void FilterBar::setFound(std::optional<qint64> count)
{
    setSteadyText(*m_found, foundText(count), foundText(88'888));
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
    if (m_isSetting) {
        m_completer->withdraw();
        m_settle.start(); // ticks come one after the other
    } else {
        m_completer->offer();
        m_settle.stop();
    }
    const bool isOther = readAgain();
    markFirst();
    if (isOther)
        Q_EMIT queryChanged();
}

bool FilterBar::readAgain()
{
    const QString text = m_edit->text();
    const QString before = errorText();
    auto query = query::parseQuery(text);
    m_error = query ? (m_check ? m_check(*query) : std::nullopt) : query.error();
    showError();
    if (errorText() != before)
        Q_EMIT errorChanged();
    m_menus->setCurrent(m_error ? QString() : text);
    const bool was = m_query.has_value();
    if (m_error) {
        m_query.reset();
        return was;
    }
    if (was && text == m_text)
        return false;
    m_text = text;
    m_query = std::move(*query);
    return true;
}

/// A query that is right as it stands is what Return goes on with; one that is not needs the choice.
void FilterBar::markFirst()
{
    if (m_error && m_completer->isOffering())
        m_completer->markFirst();
}

void FilterBar::choose(const QString &text, qsizetype cursor)
{
    setText(text);
    m_edit->setCursorPosition(static_cast<int>(cursor));
    // After a field its values are wanted, and at once.
    if (!text.first(cursor).endsWith(u' ')) {
        m_completer->offer();
        showError();
        markFirst();
    }
}

/// Where it stands, what it is; only a sign while somebody is at something else: the text lies over the
/// table.
void FilterBar::showError()
{
    const bool isMistake = m_error && !isBeingCompleted(*m_error);
    const bool isTold = isMistake && m_hasFocus && !m_completer->isOffering();
    m_mistakeSign->setVisible(isMistake);
    if (!isTold) {
        m_tell.stop();
        m_mistake->hide();
    }
    if (!isMistake) {
        underline(0, 0);
        return;
    }
    const QColor red = coloursFor(palette()).error;
    m_mistakeSign->setIcon(iconPixmap(u"error"_s, red, SignSize, devicePixelRatioF()));
    m_mistakeSign->setToolTip(errorText());
    underline(m_error->position, std::max<qsizetype>(m_error->length, 1));
    if (isTold && m_mistake->isVisible())
        tellError();
    else if (isTold)
        m_tell.start();
}

void FilterBar::tellError()
{
    m_mistake->showAt(m_error->position, errorText());
}

QString FilterBar::errorText() const
{
    if (!m_error)
        return {};
    return tr("At character %1: %2").arg(m_error->position + 1).arg(m_error->text);
}

void FilterBar::goToMistake()
{
    m_edit->setFocus(Qt::OtherFocusReason);
    m_edit->setCursorPosition(static_cast<int>(m_error ? m_error->position : 0));
}

/// Half a name is no mistake yet while the whole one is on offer.
bool FilterBar::isBeingCompleted(const query::QueryError &error) const
{
    const qsizetype cursor = m_edit->cursorPosition();
    return m_completer->isOffering() && error.position <= cursor && cursor <= error.position + error.length;
}

/// A line edit has no character formats of its own; what an input method marks is the one way to give it
/// some.
void FilterBar::underline(qsizetype position, qsizetype length)
{
    if (length == 0 && !m_isUnderlined)
        return;
    m_isUnderlined = length > 0;
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
    switch (event->type()) {
    case QEvent::KeyPress:
        return takesKey(*static_cast<QKeyEvent *>(event));
    case QEvent::MouseButtonPress:
        m_completer->dismiss();
        break;
    case QEvent::FocusIn:
        m_hasFocus = true;
        showError();
        break;
    case QEvent::FocusOut: {
        // A menu or another window is no farewell.
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        m_hasFocus = false;
        m_completer->dismiss();
        showError();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            m_menus->settle();
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(object, event);
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showError(); // stands where the mistake does
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showError(); // in the red of these colours
}

bool FilterBar::takesKey(const QKeyEvent &event)
{
    if (m_completer->takesKey(event))
        return true;
    const bool isPlain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    switch (isPlain ? event.key() : 0) {
    case Qt::Key_Escape:
        if (m_edit->text().isEmpty())
            Q_EMIT left();
        else
            setText({});
        return true;
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_menus->settle();
        Q_EMIT left();
        return true;
    default:
        return false;
    }
}

} // namespace earmark::ui
