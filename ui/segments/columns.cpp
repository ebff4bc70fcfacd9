#include "ui/segments/columns.h"

#include "ui/segments/segmentmodel.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int NarrowestColumn = 30;
constexpr int WidestColumn = 4000;

struct ColumnTexts
{
    Q_DECLARE_TR_FUNCTIONS(ColumnTexts)
};

QString titleOf(const QHeaderView &header, int column)
{
    return header.model()->headerData(column, Qt::Horizontal).toString();
}

int columnOf(const QString &name)
{
    for (int column = 0; column < SegmentModel::ColumnCount; ++column) {
        if (SegmentModel::columnName(column) == name)
            return column;
    }
    return -1;
}

} // namespace

QByteArray saveColumns(const QHeaderView &header)
{
    // The last one is as wide as there is room: remembered, that would be the least it can be the next time.
    int last = header.count() - 1;
    while (last > 0 && header.isSectionHidden(header.logicalIndex(last)))
        --last;
    QJsonArray columns;
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        QJsonObject entry{{u"name"_s, SegmentModel::columnName(column)},
                          {u"visible"_s, !header.isSectionHidden(column)}};
        if (!header.isSectionHidden(column) && !(header.stretchLastSection() && place == last))
            entry.insert(u"width"_s, header.sectionSize(column));
        if (header.sortIndicatorSection() == column)
            entry.insert(u"sort"_s, header.sortIndicatorOrder() == Qt::AscendingOrder ? u"ascending"_s
                                                                                      : u"descending"_s);
        columns.append(entry);
    }
    return QJsonDocument(columns).toJson(QJsonDocument::Compact);
}

void restoreColumns(QHeaderView &header, const QByteArray &json)
{
    const QJsonArray columns = QJsonDocument::fromJson(json).array();
    int place = 0;
    bool anyVisible = false;
    for (const auto &value : columns) {
        const QJsonObject entry = value.toObject();
        const int column = columnOf(entry.value("name"_L1).toString());
        if (column < 0)
            continue;
        header.moveSection(header.visualIndex(column), place++);
        const int width = entry.value("width"_L1).toInt();
        if (width >= NarrowestColumn && width <= WidestColumn)
            header.resizeSection(column, width);
        const bool visible = entry.value("visible"_L1).toBool(true);
        header.setSectionHidden(column, !visible);
        anyVisible = anyVisible || visible;
        const QString sort = entry.value("sort"_L1).toString();
        if (sort == "ascending"_L1 || sort == "descending"_L1)
            header.setSortIndicator(column,
                                    sort == "ascending"_L1 ? Qt::AscendingOrder : Qt::DescendingOrder);
    }
    // A table without columns has no header to bring them back with.
    for (int column = 0; place > 0 && !anyVisible && column < header.count(); ++column)
        header.showSection(column);
}

void fillColumnMenu(QMenu &menu, QHeaderView &header)
{
    menu.clear();
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        QAction *action = menu.addAction(titleOf(header, column));
        action->setCheckable(true);
        action->setChecked(!header.isSectionHidden(column));
        // The last column that shows must stay: there would be no header to ask again.
        action->setEnabled(header.isSectionHidden(column) ||
                           header.count() - header.hiddenSectionCount() > 1);
        QObject::connect(action, &QAction::toggled, &header,
                         [&header, column](bool shown) { header.setSectionHidden(column, !shown); });
    }
}

void fillSortMenu(QMenu &menu, QHeaderView &header)
{
    menu.clear();
    const auto add = [&](QActionGroup &group, const QString &text, bool checked, const auto &act) {
        QAction *action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(checked);
        group.addAction(action);
        QObject::connect(action, &QAction::triggered, &header, act);
    };
    const int sorted = header.sortIndicatorSection();
    const Qt::SortOrder order = header.sortIndicatorOrder();
    auto *columns = new QActionGroup(&menu);
    add(*columns, ColumnTexts::tr("Order of the file"), sorted < 0,
        [&header] { header.setSortIndicator(-1, Qt::AscendingOrder); });
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        add(*columns, titleOf(header, column), column == sorted, [&header, column, order, sorted] {
            header.setSortIndicator(column, sorted < 0 ? Qt::AscendingOrder : order);
        });
    }
    menu.addSeparator();
    auto *directions = new QActionGroup(&menu);
    directions->setEnabled(sorted >= 0);
    add(*directions, ColumnTexts::tr("Ascending"), order == Qt::AscendingOrder,
        [&header, sorted] { header.setSortIndicator(sorted, Qt::AscendingOrder); });
    add(*directions, ColumnTexts::tr("Descending"), order == Qt::DescendingOrder,
        [&header, sorted] { header.setSortIndicator(sorted, Qt::DescendingOrder); });
}

void sortOn(QHeaderView &header, int column)
{
    if (header.sortIndicatorSection() != column)
        header.setSortIndicator(column, Qt::AscendingOrder);
    else if (header.sortIndicatorOrder() == Qt::AscendingOrder)
        header.setSortIndicator(column, Qt::DescendingOrder);
    else
        header.setSortIndicator(-1, Qt::AscendingOrder);
}

void moveColumn(QHeaderView &header, int column, int by)
{
    const int from = header.visualIndex(column);
    int to = from + by;
    while (to >= 0 && to < header.count() && header.isSectionHidden(header.logicalIndex(to)))
        to += by;
    if (from >= 0 && to >= 0 && to < header.count())
        header.moveSection(from, to);
}

} // namespace earmark::ui
