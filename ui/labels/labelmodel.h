#pragma once

#include "query/labelticks.h"
#include "segments/labelcounts.h"
#include "segments/segmenttable.h"

#include <QAbstractItemModel>

#include <optional>

namespace earmark::ui {

/// The classes with their ticks and counts: the ontology as a tree, in which a class with several parents is
/// under each of them, or all classes as a list. A tick that somebody changes is only asked for: what is
/// shown is what the query says.
class LabelModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Class, Split, Found, Ready, ColumnCount };
    enum Role {
        NumberRole = Qt::UserRole, ///< of the class, see LabelTicks; -1 for the row "Other labels"
        MidRole,                   ///< as text; empty for "Other labels"
        SortRole,                  ///< what a column is sorted by
        ExcludedRole,              ///< bool
        BadgesRole,                ///< QStringList: "blacklisted", "abstract"
    };

    explicit LabelModel(QObject *parent = nullptr);

    /// `table`: that of the open split, for the labels outside the ontology; may be null, and is not kept.
    void setClasses(const classes::Classes &classes, const segments::SegmentTable *table);
    void setList(bool isList);
    bool isList() const { return m_isList; }

    /// Counts of the whole split, and of what was found and what is ready in it; none until they are known.
    struct Counts
    {
        std::optional<segments::LabelCounts::Counts> split;
        std::optional<segments::LabelCounts::Counts> found;
        std::optional<segments::LabelCounts::Counts> ready;
    };
    void setCounts(Counts counts);
    const Counts &counts() const { return m_counts; }

    /// Shows the ticks of a query. A text that is no query changes nothing.
    void setQuery(const QString &text);
    const query::LabelTicks &ticks() const { return m_ticks; }
    /// The row "Other labels" when the split has no others; else none.
    QModelIndex onlyOthers() const;
    /// What a tick stands for: in a tree also what is below.
    query::LabelTicks::Reach reach() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

    /// The name by which a column is remembered: not translated.
    static QString columnName(int column);

Q_SIGNALS:
    void changeWanted(earmark::query::LabelTicks::Change change, int number);

private:
    /// A row somewhere in the tree, or in the list.
    struct Item
    {
        int number; ///< of the class; -1 for "Other labels"
        int parent; ///< item; -1 for the topmost
        int row;
        std::vector<int> children = {}; ///< items
    };

    const Item &item(const QModelIndex &index) const;
    int add(int number, int parent);
    void addWithBelow(int number, int parent);
    void build();
    void announce(int firstColumn, int lastColumn, const QList<int> &roles);
    std::optional<std::uint32_t> count(const Item &item, int column) const;
    std::optional<std::uint32_t> count(const std::optional<segments::LabelCounts::Counts> &counts, int number,
                                       bool exactly) const;
    QVariant classData(const Item &item, int role) const;
    QVariant countData(const Item &item, int column, int role) const;
    QString toolTip(const Item &item) const;

    classes::Classes m_classes;
    query::LabelTicks m_ticks{m_classes};
    std::vector<std::optional<segments::LabelNumber>> m_labelNumbers; ///< in the split, by class
    bool m_isList = false;
    Counts m_counts;
    std::vector<Item> m_items;
    std::vector<int> m_tops;
    bool m_isOnlyOthers = false; ///< no label of the split is in the ontology
};

} // namespace earmark::ui
