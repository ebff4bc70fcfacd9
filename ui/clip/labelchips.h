#pragma once

#include <QStringList>
#include <QWidget>

namespace earmark::ui {

/// Label names as chips, in as many lines as they need.
class LabelChips final : public QWidget
{
    Q_OBJECT

public:
    explicit LabelChips(QWidget *parent = nullptr);
    void setNames(const QStringList &names);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {200, heightForWidth(200)}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList m_names;
};

} // namespace earmark::ui
