#include "ui/segments/querycompleter.h"

#include "ui/segments/textplace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/textdelegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostRows = 12;

/// Explanations stand back.
class CompletionDelegate final : public TextDelegate
{
public:
    using TextDelegate::TextDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return TextDelegate::sizeHint(option, index) + QSize(0, 5);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        TextDelegate::initStyleOption(option, index);
        if (index.column() == CompletionModel::Explanation)
            option->palette.setColor(QPalette::Text, coloursFor(option->palette).muted);
    }
};

/// Where the word or field begins in which the cursor stands.
qsizetype termStart(QStringView text, qsizetype cursor)
{
    qsizetype start = 0;
    bool isQuoted = false;
    for (qsizetype at = 0; at < cursor; ++at) {
        if (text[at] == u'"')
            isQuoted = !isQuoted;
        else if (!isQuoted && (text[at].isSpace() || u"()|"_s.contains(text[at])))
            start = at + 1;
    }
    return start;
}

} // namespace

QueryCompleter::QueryCompleter(QLineEdit &edit)
    : QTreeView(edit.window())
    , m_edit(edit)
{
    hide();
    setAccessibleName(tr("Suggestions"));
    setAccessibleDescription(tr("What could stand at the cursor of the filter"));
    setFocusPolicy(Qt::NoFocus);
    setModel(&m_model);
    setItemDelegate(new CompletionDelegate(this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHeaderHidden(true);
    header()->setStretchLastSection(true);
    setSelectionBehavior(SelectRows);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::Box);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) { take(index.row()); });
}

void QueryCompleter::offer()
{
    const QString text = m_edit.text();
    const int cursor = m_edit.cursorPosition();
    auto completions = query::completions(text, cursor, m_classes, MostRows);
    // Between two words everything could stand: to offer it at every blank would be noise.
    const bool isBetween = cursor == 0 || text[cursor - 1].isSpace() || u"()|-"_s.contains(text[cursor - 1]);
    if (isBetween && !completions.empty() && completions.front().kind == query::Completion::Kind::Field)
        completions.clear();
    present(std::move(completions));
}

void QueryCompleter::offerAll()
{
    present(query::completions(m_edit.text(), m_edit.cursorPosition(), m_classes, MostRows));
}

void QueryCompleter::present(std::vector<query::Completion> completions)
{
    if (completions.empty()) {
        withdraw();
        return;
    }
    m_model.setRows(std::move(completions));
    setCurrentIndex({});

    // Below what is being typed and inside the window, whichever of its parents that is by now.
    QWidget *window = m_edit.window();
    if (parentWidget() != window)
        setParent(window);
    const int margin = fontMetrics().averageCharWidth() * 2;
    const int choices = std::max(sizeHintForColumn(CompletionModel::Choice) + margin, 160);
    setColumnWidth(CompletionModel::Choice, choices);
    const int wanted = choices + sizeHintForColumn(CompletionModel::Explanation) + margin;
    const int width = std::clamp(wanted, 320, std::max(320, window->width() - 16));
    const qsizetype start = termStart(m_edit.text(), m_edit.cursorPosition());
    QPoint corner = m_edit.mapTo(window, QPoint(leftOf(m_edit, start), m_edit.height() + 1));
    corner.setX(std::max(0, std::min(corner.x() - margin, window->width() - width - 8)));
    const int height = m_model.rowCount() * sizeHintForRow(0) + 2 * frameWidth();
    setGeometry(QRect(corner, QSize(width, std::min(height, window->height() - corner.y()))));
    raise();
    setVisible(true);
}

void QueryCompleter::withdraw()
{
    setVisible(false);
}

void QueryCompleter::dismiss()
{
    if (!isOffering())
        return;
    withdraw();
    Q_EMIT dismissed();
}

void QueryCompleter::markFirst()
{
    mark(0);
}

void QueryCompleter::mark(int row)
{
    setCurrentIndex(m_model.index(row, 0)); // none for a row that is not there
    if (!currentIndex().isValid())
        clearSelection();
}

void QueryCompleter::take(int row)
{
    const query::Completion choice = m_model.row(row);
    withdraw();
    Q_EMIT chosen(choice.text, choice.cursor);
}

bool QueryCompleter::takesKey(const QKeyEvent &event)
{
    const bool isPlain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (event.key() == Qt::Key_Space && event.modifiers() == Qt::ControlModifier) {
        offerAll();
        return true;
    }
    if (!isOffering() || !isPlain)
        return false;
    const int row = currentIndex().isValid() ? currentIndex().row() : -1;
    switch (event.key()) {
    case Qt::Key_Down:
        mark(std::min(row + 1, m_model.rowCount() - 1));
        return true;
    case Qt::Key_Up:
        mark(row - 1);
        return true;
    case Qt::Key_Tab:
        take(std::max(row, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row >= 0)
            take(row);
        else
            dismiss();
        return row >= 0;
    case Qt::Key_Escape:
        dismiss();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        dismiss();
        return false;
    default:
        return false;
    }
}

} // namespace earmark::ui
