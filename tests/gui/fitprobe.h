#pragma once

#include "ui/widgets/elidedcheckbox.h"
#include "ui/widgets/elidedlabel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QScreen>
#include <QSlider>
#include <QStyleOptionComboBox>
#include <QTabBar>

namespace earmark::test {

using namespace Qt::StringLiterals;

namespace fit {

inline constexpr int Slack = 1;      ///< pixels: fractions are rounded
inline constexpr int FrameSlack = 2; ///< QDialog guesses how wide its frame will be

inline QString nameOf(const QWidget &widget)
{
    const QString name = widget.accessibleName().isEmpty() ? widget.objectName() : widget.accessibleName();
    return u"%1 “%2”"_s.arg(QString::fromLatin1(widget.metaObject()->className()), name);
}

inline QString withoutMnemonics(QString text)
{
    constexpr QChar Ampersand(1);
    text.replace(u"&&"_s, Ampersand).remove(u'&').replace(Ampersand, u'&');
    return text;
}

inline int widthOf(const QFontMetrics &metrics, const QString &text)
{
    int width = 0;
    for (const QString &line : text.split(u'\n'))
        width = std::max(width, metrics.horizontalAdvance(line));
    return width;
}

inline bool isControl(const QWidget &widget)
{
    const auto is = [&widget]<class... Kinds>() {
        return (... || (qobject_cast<const Kinds *>(&widget) != nullptr));
    };
    return is.operator()<QAbstractButton, QLabel, QLineEdit, QComboBox, QAbstractSpinBox, QSlider,
                         QProgressBar, QAbstractItemView, QTabBar, QGroupBox>();
}

/// Qt keeps a dock behind another's tab, and tabs of docks that are hidden, outside the window, and calls
/// them visible.
inline bool isBehindTab(const QWidget &window, const QWidget *widget)
{
    for (; widget && widget != &window; widget = widget->parentWidget()) {
        const bool isOfDocks = qobject_cast<const QDockWidget *>(widget) ||
                               (qobject_cast<const QTabBar *>(widget) && widget->parentWidget() == &window);
        if (isOfDocks && !window.rect().intersects(widget->geometry()))
            return true;
    }
    return false;
}

/// What holds the widget and does not show all of it; null: nothing, or it can be scrolled to.
inline const QWidget *cutBy(const QWidget &window, const QWidget &widget)
{
    for (const QWidget *holder = widget.parentWidget(); holder; holder = holder->parentWidget()) {
        const QRect place(widget.mapTo(holder, QPoint()), widget.size());
        if (qobject_cast<const QAbstractScrollArea *>(holder))
            return nullptr;
        const auto *area = qobject_cast<const QAbstractScrollArea *>(holder->parentWidget());
        if (area && area->viewport() == holder)
            return nullptr;
        if (!holder->rect().adjusted(-Slack, -Slack, Slack, Slack).contains(place))
            return holder;
        if (holder == &window)
            return nullptr;
    }
    return nullptr;
}

inline bool isLabelCut(const QLabel &label)
{
    if (qobject_cast<const ui::ElidedLabel *>(&label) || label.text().isEmpty())
        return false;
    const QSize room = label.contentsRect().size() + QSize(Slack, Slack);
    if (label.wordWrap())
        return label.heightForWidth(label.width()) > label.height() + Slack;
    const QString text = label.buddy() ? withoutMnemonics(label.text()) : label.text();
    return widthOf(label.fontMetrics(), text) > room.width();
}

inline bool isButtonCut(const QAbstractButton &button)
{
    if (qobject_cast<const ui::ElidedCheckBox *>(&button) || button.text().isEmpty())
        return false;
    if (qobject_cast<const QCheckBox *>(&button) || qobject_cast<const QRadioButton *>(&button))
        return button.sizeHint().width() > button.width() + Slack;
    const int icon = button.icon().isNull() ? 0 : button.iconSize().width() + 4;
    return widthOf(button.fontMetrics(), withoutMnemonics(button.text())) + icon > button.width();
}

inline bool isComboCut(const QComboBox &combo)
{
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    option.editable = combo.isEditable();
    const QRect field =
        combo.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &combo);
    return combo.fontMetrics().horizontalAdvance(combo.currentText()) > field.width() + Slack &&
           !combo.toolTip().contains(combo.currentText());
}

inline QStringList cutSections(const QHeaderView &header)
{
    QStringList cut;
    for (int section = 0; header.model() && section < header.count(); ++section) {
        const auto text = [&](int role) {
            return header.model()->headerData(section, Qt::Horizontal, role).toString();
        };
        const int wanted = header.fontMetrics().horizontalAdvance(text(Qt::DisplayRole));
        if (!header.isSectionHidden(section) && wanted > header.sectionSize(section) &&
            text(Qt::ToolTipRole).isEmpty())
            cut.append(text(Qt::DisplayRole));
    }
    return cut;
}

inline QStringList cutTabs(const QTabBar &tabs)
{
    QStringList cut;
    for (int tab = 0; tab < tabs.count(); ++tab) {
        const QString text = withoutMnemonics(tabs.tabText(tab));
        if (tabs.fontMetrics().horizontalAdvance(text) > tabs.tabRect(tab).width() &&
            tabs.tabToolTip(tab).isEmpty())
            cut.append(text);
    }
    return cut;
}

inline QStringList cutTexts(const QWidget &widget)
{
    if (const auto *header = qobject_cast<const QHeaderView *>(&widget))
        return header->orientation() == Qt::Horizontal ? cutSections(*header) : QStringList();
    if (const auto *tabs = qobject_cast<const QTabBar *>(&widget))
        return cutTabs(*tabs);
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget))
        return isComboCut(*combo) ? QStringList(combo->currentText()) : QStringList();
    if (!widget.toolTip().isEmpty())
        return {};
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return isLabelCut(*label) ? QStringList(label->text()) : QStringList();
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return isButtonCut(*button) ? QStringList(button->text()) : QStringList();
    if (const auto *group = qobject_cast<const QGroupBox *>(&widget))
        return group->fontMetrics().horizontalAdvance(group->title()) > group->width()
                   ? QStringList(group->title())
                   : QStringList();
    return {};
}

inline QString textOf(const QRect &rect)
{
    return u"%1x%2+%3+%4"_s.arg(rect.width()).arg(rect.height()).arg(rect.x()).arg(rect.y());
}

} // namespace fit

/// What is wrong with how a window fits, a line each: it lies outside the screen; a control lies outside what
/// holds it and cannot be scrolled to; a text is cut off, and no tool tip tells it.
inline QStringList faultsOf(const QWidget &window)
{
    QStringList faults;
    const QRect screen = window.screen()->availableGeometry();
    if (!screen.adjusted(-fit::FrameSlack, -fit::FrameSlack, fit::FrameSlack, fit::FrameSlack)
             .contains(window.frameGeometry()))
        faults.append(u"%1 of %2 lies outside the screen, %3"_s.arg(
            fit::textOf(window.frameGeometry()), fit::nameOf(window), fit::textOf(screen)));
    for (const auto *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != &window || fit::isBehindTab(window, widget))
            continue;
        if (const QWidget *holder = fit::isControl(*widget) ? fit::cutBy(window, *widget) : nullptr)
            faults.append(u"%1 at %2 lies outside %3 of %4x%5"_s
                              .arg(fit::nameOf(*widget),
                                   fit::textOf({widget->mapTo(holder, QPoint()), widget->size()}),
                                   fit::nameOf(*holder))
                              .arg(holder->width())
                              .arg(holder->height()));
        for (const QString &text : fit::cutTexts(*widget))
            faults.append(u"“%1” is cut off in %2 of %3x%4"_s.arg(text, fit::nameOf(*widget))
                              .arg(widget->width())
                              .arg(widget->height()));
    }
    return faults;
}

} // namespace earmark::test
