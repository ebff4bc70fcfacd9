#include "ui/theme/style.h"

#include "ui/theme/controls.h"

#include <QLabel>
#include <QPainter>
#include <QStyleOption>
#include <QTreeView>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int TreeCellMargin = 5; ///< arrows and boxes give room enough
constexpr int SortArrow = 12;     ///< width
constexpr int TitleMargin = 7;
constexpr int GroupTitleMargin = 3; ///< Fusion's

bool isInTree(const QWidget *widget)
{
    return qobject_cast<const QTreeView *>(widget) ||
           (widget && qobject_cast<const QTreeView *>(widget->parentWidget()));
}

int cellMargin(const QWidget *widget)
{
    return isInTree(widget) ? TreeCellMargin : CellMargin;
}

} // namespace

Style::Style()
    : QProxyStyle(u"Fusion"_s)
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_HeaderMargin:
        return cellMargin(widget);
    case PM_FocusFrameHMargin: // from a cell's side to its text, but for one pixel
        return cellMargin(widget) - 1;
    case PM_DockWidgetTitleMargin:
        return TitleMargin;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons: // Fusion's are black, on dark too
    case SH_EtchDisabledText:                 // a shadow below the text makes it harder to read
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
        paintTickBox(*painter, *option);
        break;
    case PE_IndicatorRadioButton:
        paintRadioButton(*painter, *option);
        break;
    case PE_PanelButtonCommand: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const auto features = button ? button->features : QStyleOptionButton::None;
        paintButton(*painter, *option, features.testFlag(QStyleOptionButton::DefaultButton),
                    features.testFlag(QStyleOptionButton::Flat));
        break;
    }
    case PE_FrameLineEdit:
        paintFieldOutline(*painter, *option);
        break;
    case PE_FrameGroupBox: { // Fusion has the title above the frame
        QStyleOption frame(*option);
        frame.rect.setTop(
            frame.rect.top() + GroupTitleMargin +
            std::max(pixelMetric(PM_IndicatorHeight, option, widget), option->fontMetrics.height()));
        paintFrame(*painter, frame, 3);
        break;
    }
    case PE_Frame:
        paintFrame(*painter, *option, 0);
        break;
    case PE_FrameMenu: // part of the panel
        break;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        paintPanel(*painter, *option);
        break;
    case PE_FrameFocusRect:
        if (option->state.testFlag(State_KeyboardFocusChange)) // who works with the mouse sees where it is
            paintFocus(*painter, *option);
        break;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_SpinBox || control == CC_ComboBox)
        paintFieldOutline(*painter, *option);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    if (element == CE_ProgressBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            paintProgress(*painter, *bar);
            return;
        }
    }
    if (element == CE_Header) {
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeaderV2 *>(option)) {
            drawHeader(*header, *painter, widget);
            return;
        }
    }
    if (element == CE_MenuItem) {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty()) {
            paintSeparator(*painter, *item);
            return;
        }
    }
    if (element == CE_ToolBar) // no shades: what lies in it is part of the window
        return;
    if (element == CE_DockWidgetTitle) { // in line with what the dock holds
        if (const auto *dock = qstyleoption_cast<const QStyleOptionDockWidget *>(option)) {
            QStyleOptionDockWidget moved(*dock);
            moved.rect.setLeft(moved.rect.left() + CellMargin);
            QProxyStyle::drawControl(element, &moved, painter, widget);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
    if (element == CE_PushButton) { // a flat one has no outline that could tell
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const State keys = State_HasFocus | State_KeyboardFocusChange;
        if (button && button->features.testFlag(QStyleOptionButton::Flat) && (button->state & keys) == keys)
            paintFocus(*painter, *button);
    }
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    // Before a label is laid out for the first time, so that nothing is loaded for a text that looks like
    // HTML.
    if (auto *label = qobject_cast<QLabel *>(widget); label && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
}

/// Beside the title, the arrow would take the room that narrow columns have for it.
void Style::drawHeader(const QStyleOptionHeaderV2 &header, QPainter &painter, const QWidget *widget) const
{
    drawControl(CE_HeaderSection, &header, &painter, widget);
    QStyleOptionHeaderV2 part(header);
    part.rect = header.rect.adjusted(cellMargin(widget), 0, -cellMargin(widget), 0);
    drawControl(CE_HeaderLabel, &part, &painter, widget);
    if (header.sortIndicator == QStyleOptionHeader::None)
        return;
    part.rect = {header.rect.center().x() - SortArrow / 2, header.rect.top() + 1, SortArrow, SortArrow / 2};
    drawPrimitive(PE_IndicatorHeaderArrow, &part, &painter, widget);
}

} // namespace earmark::ui
