#pragma once

#include <QScrollArea>

class QDialogButtonBox;
class QDialog;

namespace earmark::ui {

/// Shows a widget whole where there is room, and scrolls it where there is not. It asks for the room that the
/// widget wants, and can be a few lines high; narrower than the widget's minimum it gets on a small screen
/// only. What gets the keyboard scrolls into view; the wheel changes no field that it passes over.
class ScrollBody final : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes the content, which has its layout already.
    explicit ScrollBody(QWidget &content, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void fit();
    int leastHeight(int width) const;
    void guardFields();

    QWidget &m_content;
};

/// Lays a dialog out: the content, scrolled should the screen be too small for it, and the buttons below,
/// which always show.
void layOutDialog(QDialog &dialog, QWidget &content, QDialogButtonBox &buttons);

} // namespace earmark::ui
