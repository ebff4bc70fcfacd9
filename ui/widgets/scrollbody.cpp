#include "ui/widgets/scrollbody.h"

#include "ui/widgets/fit.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QBoxLayout>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QEvent>
#include <QPointer>
#include <QScrollBar>

#include <algorithm>

namespace earmark::ui {

namespace {

constexpr int LeastLines = 5;

} // namespace

ScrollBody::ScrollBody(QWidget &content, QWidget *parent)
    : QScrollArea(parent)
    , m_content(content)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(&content);
    setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    content.setAutoFillBackground(false); // setWidget() had it filled
    content.installEventFilter(this);
    guardFields();
    connect(qApp, &QApplication::focusChanged, this,
            [this, alive = QPointer<QWidget>(&content)](const QWidget *, QWidget *now) {
                // What was clicked stays under the mouse.
                if (now && alive && alive->isAncestorOf(now) && QApplication::mouseButtons() == Qt::NoButton)
                    ensureWidgetVisible(now, 0, fontMetrics().height());
            });
}

/// Fields take the wheel without being clicked first: scrolling past a field would change it.
void ScrollBody::guardFields()
{
    for (auto *field : m_content.findChildren<QWidget *>()) {
        if (qobject_cast<QComboBox *>(field) || qobject_cast<QAbstractSpinBox *>(field)) {
            field->setFocusPolicy(Qt::StrongFocus);
            field->installEventFilter(this);
        }
    }
}

int ScrollBody::leastHeight(int width) const
{
    const QLayout *layout = m_content.layout();
    const bool isByWidth = layout && layout->hasHeightForWidth();
    return std::max(isByWidth ? layout->totalMinimumHeightForWidth(width) : 0,
                    isByWidth ? 0 : m_content.minimumSizeHint().height());
}

/// QScrollArea itself would scroll as soon as there is less than the preferred height.
void ScrollBody::fit()
{
    QSize room = maximumViewportSize();
    const int least = m_content.minimumSizeHint().width();
    if (leastHeight(room.width()) > room.height())
        room.rwidth() -= verticalScrollBar()->sizeHint().width();
    if (least > room.width())
        room.rheight() -= horizontalScrollBar()->sizeHint().height();
    const int width = std::max(room.width(), least);
    m_content.resize(width, std::max(room.height(), leastHeight(width)));
}

QSize ScrollBody::sizeHint() const
{
    const QSize wanted = m_content.sizeHint();
    const QLayout *layout = m_content.layout();
    if (layout && layout->hasHeightForWidth())
        return {wanted.width(), std::max(wanted.height(), layout->totalHeightForWidth(wanted.width()))};
    return wanted;
}

QSize ScrollBody::minimumSizeHint() const
{
    const QSize least = m_content.minimumSizeHint();
    const int bar = verticalScrollBar()->sizeHint().width();
    const int margins = 2 * style()->pixelMetric(QStyle::PM_LayoutLeftMargin, nullptr, this);
    return {std::min(least.width() + bar, roomFor(*window()).width() - margins),
            std::min(least.height(), LeastLines * fontMetrics().lineSpacing())};
}

bool ScrollBody::eventFilter(QObject *object, QEvent *event)
{
    if (object == &m_content && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        fit();
    }
    if (object != &m_content && event->type() == QEvent::Wheel &&
        !static_cast<const QWidget *>(object)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QScrollArea::eventFilter(object, event);
}

void ScrollBody::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

void ScrollBody::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    fit();
}

void layOutDialog(QDialog &dialog, QWidget &content, QDialogButtonBox &buttons)
{
    if (content.layout())
        content.layout()->setContentsMargins({});
    auto *body = new ScrollBody(content, &dialog);
    auto *column = new QVBoxLayout(&dialog);
    column->addWidget(body, 1);
    column->addWidget(&buttons);
}

} // namespace earmark::ui
