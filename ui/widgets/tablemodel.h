#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

namespace earmark::ui {

/// A table whose columns are declared: what they are called, and what they say of a row.
template <class Row>
class TableModel : public QAbstractTableModel
{
public:
    using Text = std::function<QVariant(const Row &)>;
    struct Column
    {
        QString title;
        Text text;
        Text toolTip{};
        Qt::Alignment alignment = Qt::AlignLeft;
        QVariant titleTip{};
    };

    const Row &row(int row) const { return rows()[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(rows().size());
    }
    int columnCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    QVariant data(const QModelIndex &index, int role) const final
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        const Column &column = this->column(index.column());
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row(index.row()));
        case Qt::ToolTipRole:
            return column.toolTip ? column.toolTip(row(index.row())) : QVariant();
        case Qt::TextAlignmentRole:
            return QVariant(column.alignment | Qt::AlignVCenter);
        default:
            return more(row(index.row()), index.column(), role);
        }
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        if (role == Qt::DisplayRole)
            return column(section).title;
        return role == Qt::ToolTipRole ? column(section).titleTip : QVariant();
    }

protected:
    explicit TableModel(std::vector<Column> columns, QObject *parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
    {
    }
    virtual std::span<const Row> rows() const = 0;
    /// What other roles have.
    virtual QVariant more(const Row &, int, int) const { return {}; }
    const Column &column(int at) const { return m_columns[static_cast<std::size_t>(at)]; }
    /// All cells may have changed; the rows are the same.
    void refresh()
    {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

private:
    std::vector<Column> m_columns;
};

/// One that holds its rows.
template <class Row>
class ListModel : public TableModel<Row>
{
public:
    void setRows(std::vector<Row> rows)
    {
        this->beginResetModel();
        m_rows = std::move(rows);
        this->endResetModel();
    }

protected:
    using TableModel<Row>::TableModel;
    std::span<const Row> rows() const final { return m_rows; }
    /// No reset while the rows are about the same things: a view keeps its place and selection. True when it
    /// was one.
    template <class IsSame>
    bool update(std::vector<Row> rows, IsSame isSame)
    {
        if (!std::ranges::equal(m_rows, rows, isSame)) {
            setRows(std::move(rows));
            return true;
        }
        m_rows = std::move(rows);
        this->refresh();
        return false;
    }

    std::vector<Row> m_rows;
};

} // namespace earmark::ui
