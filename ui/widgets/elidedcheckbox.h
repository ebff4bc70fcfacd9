#pragma once

#include <QCheckBox>

namespace earmark::ui {

/// A check box whose text is cut off with "…" where it has no room, and then stands in the tool tip, above
/// its own: see ElidedLabel.
class ElidedCheckBox final : public QCheckBox
{
    Q_OBJECT

public:
    explicit ElidedCheckBox(QWidget *parent = nullptr);

    bool isElided() const;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString shown() const;
};

} // namespace earmark::ui
