#pragma once

#include <QSortFilterProxyModel>

namespace earmark::ui {

/// The label model sorted, and only those classes whose names hold what is searched for, with all that stands
/// above and below them.
class LabelFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit LabelFilter(QObject *parent = nullptr);

    /// Words that a name must hold, upper and lower case and accents alike; or a mid.
    void setSearch(const QString &text);
    bool isSearching() const { return !m_words.empty(); }
    /// Whether a row is there for itself, and not for one above or below it.
    bool isMatch(const QModelIndex &proxyIndex) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    bool matches(const QModelIndex &index) const;

    QStringList m_words; ///< folded
    QString m_mid;
};

} // namespace earmark::ui
