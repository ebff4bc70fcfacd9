#include "ui/segments/selectactions.h"

#include "query/lexer.h"
#include "segments/sampling.h"
#include "session/session.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/sampledialog.h"
#include "ui/segments/segmentpage.h"
#include "ui/segments/segmentselection.h"
#include "ui/segments/selectdialog.h"
#include "ui/window/actions.h"

#include <QAction>
#include <QMenu>
#include <QTableView>

namespace earmark::ui {

using namespace Qt::StringLiterals;

SelectActions::SelectActions(session::Session &session, SegmentPage &page, Settings &settings,
                             Actions &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_page(page)
    , m_settings(settings)
    , m_actions(actions)
    , m_window(window)
{
    auto *likeThis = new QMenu(window);
    actions.likeThis->setMenu(likeThis);
    connect(likeThis, &QMenu::aboutToShow, this, [this, likeThis] { fillLikeThis(*likeThis); });
    connect(actions.likeThis, &QAction::triggered, this, [this, likeThis] { // by its key
        QTableView &table = m_page.table();
        table.scrollTo(table.currentIndex());
        likeThis->popup(table.viewport()->mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft()));
    });
    connect(actions.likeLabels, &QAction::triggered, this, &SelectActions::likeLabels);
    connect(actions.likeVideo, &QAction::triggered, this, &SelectActions::likeVideo);
    connect(actions.likeState, &QAction::triggered, this, &SelectActions::likeState);

    connect(actions.selectAll, &QAction::triggered, &page, [this] { m_page.table().selectAll(); });
    connect(actions.selectNone, &QAction::triggered, &page,
            [this] { m_page.selection().selectRows({}, false); });
    connect(actions.invertSelection, &QAction::triggered, &page, [this] { m_page.selection().invert(); });
    connect(actions.selectByQuery, &QAction::triggered, this, &SelectActions::selectByQuery);
    connect(actions.sample, &QAction::triggered, this, &SelectActions::sample);
    connect(&page.table(), &QWidget::customContextMenuRequested, this, &SelectActions::showContextMenu);

    const auto update = [this] {
        const bool isAny = m_page.foundCount() > 0;
        const bool hasCurrent = m_page.currentRow().has_value();
        for (QAction *action : {m_actions.selectAll, m_actions.selectNone, m_actions.invertSelection,
                                m_actions.selectByQuery, m_actions.sample})
            action->setEnabled(isAny);
        for (QAction *action :
             {m_actions.likeThis, m_actions.likeLabels, m_actions.likeVideo, m_actions.likeState})
            action->setEnabled(hasCurrent);
    };
    connect(&page, &SegmentPage::currentChanged, this, update);
    connect(&page, &SegmentPage::foundChanged, this, update);
    update();
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
    menu.addActions({m_actions.likeLabels, m_actions.likeVideo, m_actions.likeState});
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
    showOnly(reason.isEmpty() ? u"state:"_s + word(table.state(*row))
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
