#pragma once

#include <QLayout>

#include <vector>

namespace earmark::ui {

/// Puts widgets side by side, and what has no room any more into further lines.
class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    /// What is added from now on stands at the end of the line, as long as one line is enough.
    void beginTail() { m_tail = m_items.size(); }
    /// Lines stand in the middle.
    void setCentred() { m_isCentred = true; }
    void insertWidget(int at, QWidget *widget);

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSize() const override;
    QSize sizeHint() const override;
    void setGeometry(const QRect &area) override;

private:
    using Line = std::vector<QLayoutItem *>;
    std::vector<Line> lines(int width) const;
    int gap() const;

    std::vector<QLayoutItem *> m_items; ///< owned
    std::size_t m_tail = static_cast<std::size_t>(-1);
    bool m_isCentred = false;
};

} // namespace earmark::ui
