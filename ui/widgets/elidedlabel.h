#pragma once

#include <QLabel>

namespace earmark::ui {

/// A label of one line that is cut off with "…" where it has no room for its text, and then has all of it in
/// its tool tip, above its own. It can be as narrow as a few letters: however long its text becomes, no
/// window grows with it.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    bool isElided() const;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace earmark::ui
