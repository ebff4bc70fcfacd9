#include "ui/segments/columns.h"

#include "ui/models/segmentmodel.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int NarrowestColumn = 30;
constexpr int WidestColumn = 4000;

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
    QJsonArray columns;
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        QJsonObject entry{{u"name"_s, SegmentModel::columnName(column)},
                          {u"visible"_s, !header.isSectionHidden(column)}};
        if (!header.isSectionHidden(column))
            entry.insert(u"width"_s, header.sectionSize(column));
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
    }
    // A table without columns has no header to bring them back with.
    for (int column = 0; place > 0 && !anyVisible && column < header.count(); ++column)
        header.showSection(column);
}

} // namespace earmark::ui
