#include "ui/segments/mistakelabel.h"

#include "ui/segments/textplace.h"
#include "ui/theme/theme.h"

#include <QLineEdit>

#include <algorithm>

namespace earmark::ui {

namespace {

constexpr int PopupMargin = 8;
constexpr int Widest = 640; ///< longer sentences are broken into lines

} // namespace

MistakeLabel::MistakeLabel(QLineEdit &edit)
    : QLabel(edit.window())
    , m_edit(edit)
{
    hide();
    setAccessibleName(tr("Mistake in the filter"));
    setWordWrap(true);
    setMargin(PopupMargin / 2);
    setIndent(PopupMargin / 2);
    setFrameShape(QFrame::Box);
    setAutoFillBackground(true);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void MistakeLabel::showAt(qsizetype position, const QString &text)
{
    const Colours colours = coloursFor(m_edit.palette());
    QPalette red = m_edit.palette();
    red.setColor(QPalette::WindowText, colours.error);
    red.setColor(QPalette::Window, blend(red.color(QPalette::Base), colours.error, 0.08));
    setPalette(red);
    setText(text);

    QWidget *window = m_edit.window();
    if (parentWidget() != window)
        setParent(window);
    const int sides = 2 * (margin() + indent() + frameWidth());
    const int widest = std::min(Widest, window->width() - 2 * PopupMargin - sides);
    const QSize size =
        fontMetrics().boundingRect(0, 0, widest, QWIDGETSIZE_MAX, Qt::TextWordWrap, text).size() +
        QSize(sides + 1, 2 * (margin() + frameWidth()));
    const QPoint corner = m_edit.mapTo(window, QPoint(leftOf(m_edit, position), m_edit.height() + 2));
    const int x = std::clamp(corner.x() - PopupMargin, PopupMargin,
                             std::max(PopupMargin, window->width() - size.width() - PopupMargin));
    setGeometry({{x, corner.y()}, size});
    raise();
    show();
}

} // namespace earmark::ui
