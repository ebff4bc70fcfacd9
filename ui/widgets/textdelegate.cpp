#include "ui/widgets/textdelegate.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace earmark::ui {

namespace {

const QStyle &styleOf(const QStyleOptionViewItem &item)
{
    return item.widget ? *item.widget->style() : *QApplication::style();
}

} // namespace

TextLayoutCache &TextDelegate::texts(const QFont &font) const
{
    const auto known = std::ranges::find(m_texts, font, &TextLayoutCache::font);
    return known != m_texts.end() ? *known : m_texts.emplace_back(font);
}

QRect TextDelegate::textArea(const QStyleOptionViewItem &item)
{
    const QStyle &style = styleOf(item);
    const int margin = style.pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    return style.subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget)
        .adjusted(margin, 0, -margin, 0);
}

void TextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, {});
    styleOf(item).drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    if (text.isEmpty())
        return;
    painter->setPen(textColour(item));
    texts(item.font).paint(*painter, textArea(item), text, item.displayAlignment);
}

QSize TextDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, {});
    const QSize around = styleOf(item).sizeFromContents(QStyle::CT_ItemViewItem, &item, QSize(), item.widget);
    return {around.width() + texts(item.font).width(text), around.height()};
}

} // namespace earmark::ui
