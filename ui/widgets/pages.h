#pragma once

#include <QStackedWidget>

namespace earmark::ui {

/// Pages of which one is shown, and only that one decides how large they are at least: what nobody sees does
/// not keep a window from being small.
class Pages final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit Pages(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override;

private:
    void settle();
};

} // namespace earmark::ui
