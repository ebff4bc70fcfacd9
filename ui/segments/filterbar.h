#pragma once

#include "dataset/query.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace earmark::ui {

/// The line in which a query is typed, how many it found, and where it is wrong.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    /// The last query that was right.
    const dataset::Query &query() const { return m_query; }
    void setText(const QString &text);
    void setFound(qint64 count);
    void focusFilter();
    /// Something to the right of the count.
    void addButton(QWidget *button);

Q_SIGNALS:
    /// At each keystroke that leaves a query that can be understood.
    void queryChanged();
    /// The person wants to go on to what was found.
    void left();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void read();
    void underline(qsizetype position, qsizetype length);

    QLineEdit *m_edit;
    QLabel *m_found;
    QLabel *m_error;
    QHBoxLayout *m_row;
    dataset::Query m_query;
    bool m_isUnderlining = false;
};

} // namespace earmark::ui
