#include "ui/segments/selectactions.h"

#include "query/lexer.h"
#include "segments/sampling.h"
#include "session/session.h"
#include "ui/segments/columns.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/sampledialog.h"
#include "ui/segments/segmentpage.h"
#include "ui/segments/segmentselection.h"
#include "ui/segments/selectdialog.h"
#include "ui/widgets/actionregistry.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

SelectActions::SelectActions(session::Session &session, SegmentPage &page, Settings &settings,
                             ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_page(page)
    , m_settings(settings)
    , m_window(window)
{
    addSelecting(actions);
    addLikeThis(actions);
    addMoving(actions);
    connect(&page.table(), &QWidget::customContextMenuRequested, this, &SelectActions::showContextMenu);

    const auto update = [this] {
        const bool isAny = m_page.foundCount() > 0;
        const bool hasCurrent = m_page.currentRow().has_value();
        for (QAction *action : m_ofFound)
            action->setEnabled(isAny);
        for (QAction *action : m_ofCurrent)
            action->setEnabled(hasCurrent);
    };
    connect(&page, &SegmentPage::currentChanged, this, update);
    connect(&page, &SegmentPage::foundChanged, this, update);
    update();
}

void SelectActions::addSelecting(ActionRegistry &actions)
{
    actions.add("segments.find"_L1, tr("&Filter"), tr("Go to the filter"), u"search"_s, {QKeySequence::Find},
                this, [this] { m_page.filter().focusFilter(); });
    actions.add("segments.clearFilter"_L1, tr("Show &everything"), tr("Clear the filter"), {},
                {Qt::CTRL | Qt::SHIFT | Qt::Key_F}, this, [this] { m_page.filter().setText({}); });
    m_ofFound = {
        actions.add("segments.selectAll"_L1, tr("Select &all"), tr("Select all rows that the filter finds"),
                    {}, {QKeySequence::SelectAll}, this, [this] { m_page.table().selectAll(); }),
        actions.add("segments.selectNone"_L1, tr("Select &none"), tr("Select no row"), {},
                    {Qt::CTRL | Qt::SHIFT | Qt::Key_A}, this,
                    [this] { m_page.selection().selectRows({}, false); }),
        actions.add("segments.invertSelection"_L1, tr("In&vert selection"),
                    tr("Select the rows found that are not selected"), {}, {Qt::CTRL | Qt::Key_I}, this,
                    [this] { m_page.selection().invert(); }),
        actions.add("segments.selectByQuery"_L1, tr("Select by &query…"),
                    tr("Select those of the rows found that fit another query"), {},
                    {Qt::CTRL | Qt::SHIFT | Qt::Key_S}, this, &SelectActions::selectByQuery),
        actions.add("segments.sample"_L1, tr("Sa&mple…"),
                    tr("Choose some of the rows found by chance, so many for each class"), {},
                    {Qt::CTRL | Qt::Key_M}, this, &SelectActions::sample),
    };
}

void SelectActions::addLikeThis(ActionRegistry &actions)
{
    auto *menu = new QMenu(m_window);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillLikeThis(*menu); });
    QAction *likeThis = actions.add(
        "segments.likeThis"_L1, tr("Show only rows &like this"),
        tr("Show only what has something in common with this row"), {}, {Qt::CTRL | Qt::SHIFT | Qt::Key_K},
        this, [this, menu] { // by its key
            QTableView &table = m_page.table();
            table.scrollTo(table.currentIndex());
            menu->popup(table.viewport()->mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft()));
        });
    likeThis->setMenu(menu);
    m_likeThis = {
        actions.add("segments.likeLabels"_L1, tr("With the same &labels"),
                    tr("Show only rows with exactly the labels of this row"), {}, {}, this,
                    &SelectActions::likeLabels),
        actions.add("segments.likeVideo"_L1, tr("Of the same &video"),
                    tr("Show only segments of this row's video"), {}, {}, this, &SelectActions::likeVideo),
        actions.add("segments.likeState"_L1, tr("In the same &state"),
                    tr("Show only rows in the state of this row, failed for the same reason"), {}, {}, this,
                    &SelectActions::likeState),
    };
    m_ofCurrent = m_likeThis;
    m_ofCurrent.push_back(likeThis);
}

void SelectActions::addMoving(ActionRegistry &actions)
{
    actions.add("segments.nextClip"_L1, tr("&Next segment"), tr("Go to the next row"), {},
                {Qt::CTRL | Qt::Key_Down}, this, [this] { moveCurrent(+1); });
    actions.add("segments.previousClip"_L1, tr("Pre&vious segment"), tr("Go to the previous row"), {},
                {Qt::CTRL | Qt::Key_Up}, this, [this] { moveCurrent(-1); });
    QHeaderView *header = m_page.table().horizontalHeader();
    actions.add("segments.sortByColumn"_L1, tr("Sort by this &column"),
                tr("Sort by the current column: ascending, descending, as in the file"), {},
                {Qt::CTRL | Qt::Key_T}, this, [this, header] { sortOn(*header, currentColumn()); });
    actions.add("segments.columnLeft"_L1, tr("Move column &left"), tr("Move the current column to the left"),
                {}, {Qt::ALT | Qt::SHIFT | Qt::Key_Left}, this,
                [this, header] { moveColumn(*header, currentColumn(), -1); });
    actions.add("segments.columnRight"_L1, tr("Move column &right"),
                tr("Move the current column to the right"), {}, {Qt::ALT | Qt::SHIFT | Qt::Key_Right}, this,
                [this, header] { moveColumn(*header, currentColumn(), +1); });
}

void SelectActions::moveCurrent(int by)
{
    QTableView &table = m_page.table();
    const QModelIndex current = table.currentIndex();
    const int row = current.isValid() ? current.row() + by : 0;
    if (row >= 0 && row < table.model()->rowCount())
        table.selectRow(row);
}

int SelectActions::currentColumn() const
{
    return std::max(0, m_page.table().currentIndex().column());
}

void SelectActions::selectByQuery()
{
    if (!m_session.split())
        return;
    auto *dialog = new SelectDialog(m_page.model(), m_window);
    connect(&m_session, &session::Session::splitChanged, dialog, &QDialog::reject);
    connect(dialog, &SelectDialog::chosen, this,
            [this](const std::vector<segments::Row> &rows, bool inAddition) {
                m_page.selection().selectRows(rows, inAddition);
                m_page.focusTable();
            });
    dialog->open();
}

void SelectActions::sample()
{
    if (m_page.foundCount() == 0)
        return;
    auto *dialog = new SampleDialog(m_session.split(), m_session.classes(), m_page.foundRows(),
                                    *m_page.filter().query(), m_settings, m_window);
    connect(&m_session, &session::Session::splitChanged, dialog, &QDialog::reject);
    connect(dialog, &SampleDialog::selectRequested, this, [this](const std::vector<segments::Row> &rows) {
        m_page.selection().selectRows(rows, false);
        m_page.focusTable();
    });
    connect(dialog, &SampleDialog::downloadRequested, this,
            [this](const std::vector<segments::Row> &rows, const SampleOptions &wish) {
                Q_EMIT downloadRequested(
                    rows,
                    segments::choiceText(m_page.filter().text(),
                                         static_cast<segments::Row>(wish.isPerClass ? wish.perClass : 0),
                                         static_cast<segments::Row>(wish.isPerClass ? 0 : wish.random),
                                         static_cast<std::uint64_t>(wish.seed)));
            });
    dialog->open();
}

void SelectActions::fillLikeThis(QMenu &menu)
{
    menu.clear();
    const auto row = m_page.currentRow();
    if (!row)
        return;
    for (const segments::LabelNumber label : m_session.split()->table.labels(*row))
        menu.addAction(tr("With the label “%1”").arg(nameOf(label).replace(u'&', u"&&"_s)), this,
                       [this, name = nameOf(label)] { likeLabel(name); });
    menu.addSeparator();
    menu.addActions({m_likeThis.begin(), m_likeThis.end()});
}

void SelectActions::showOnly(const QString &query)
{
    m_page.filter().setText(query);
    m_page.focusTable();
}

void SelectActions::likeLabel(const QString &name)
{
    showOnly(u"label:"_s + query::quotedIfNeeded(name));
}

void SelectActions::likeLabels()
{
    const auto row = m_page.currentRow();
    if (!row)
        return;
    QStringList terms;
    for (const segments::LabelNumber label : m_session.split()->table.labels(*row))
        terms.append(u"label:"_s + query::quotedIfNeeded(nameOf(label)));
    terms.append(u"labels:%1"_s.arg(terms.size()));
    showOnly(terms.join(u' '));
}

void SelectActions::likeVideo()
{
    if (const auto row = m_page.currentRow())
        showOnly(u"id:"_s + query::quotedIfNeeded(m_session.split()->table.key(*row).ytid.toString()));
}

void SelectActions::likeState()
{
    const auto row = m_page.currentRow();
    if (!row)
        return;
    const auto &table = m_session.split()->table;
    // "permanent: This video is private." The class alone would bring together what failed differently.
    const QString reason = table.reason(*row).section(u": "_s, 1);
    showOnly(reason.isEmpty() ? u"state:"_s + keyword(table.state(*row))
                              : u"reason:"_s + query::quotedIfNeeded(reason));
}

void SelectActions::showContextMenu(const QPoint &at)
{
    auto *menu = new QMenu(&m_page.table());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto label = m_page.labelAt(at)) {
        menu->addAction(tr("Show only “%1”").arg(nameOf(*label).replace(u'&', u"&&"_s)), this,
                        [this, name = nameOf(*label)] { likeLabel(name); });
        menu->addSeparator();
    }
    menu->addActions(m_page.table().actions());
    menu->popup(m_page.table().viewport()->mapToGlobal(at));
}

QString SelectActions::nameOf(segments::LabelNumber label) const
{
    return m_session.searchable()->names[label];
}

} // namespace earmark::ui
