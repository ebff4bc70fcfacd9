#include "ui/widgets/flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace earmark::ui {

namespace {

constexpr int UsualGap = 6;

int heightOf(const std::vector<QLayoutItem *> &line)
{
    int height = 0;
    for (const QLayoutItem *item : line)
        height = std::max(height, item->sizeHint().height());
    return height;
}

} // namespace

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
}

FlowLayout::~FlowLayout()
{
    for (const QLayoutItem *item : m_items)
        delete item;
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.push_back(item);
    invalidate();
}

void FlowLayout::insertWidget(int at, QWidget *widget)
{
    addChildWidget(widget);
    m_items.insert(m_items.begin() + at, new QWidgetItem(widget));
    if (m_tail < m_items.size())
        ++m_tail;
    invalidate();
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    QLayoutItem *item = itemAt(index);
    if (item)
        m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::gap() const
{
    const int own = spacing();
    return own >= 0 ? own : UsualGap;
}

std::vector<FlowLayout::Line> FlowLayout::lines(int width) const
{
    std::vector<Line> lines;
    int used = 0;
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const int wanted = item->sizeHint().width();
        if (lines.empty() || used + gap() + wanted > width) {
            lines.emplace_back();
            used = wanted;
        } else {
            used += gap() + wanted;
        }
        lines.back().push_back(item);
    }
    return lines;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    int height = margins.top() + margins.bottom();
    const auto all = lines(width - margins.left() - margins.right());
    for (const Line &line : all)
        height += heightOf(line);
    return height + std::max(0, static_cast<int>(all.size()) - 1) * gap();
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->sizeHint());
    }
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::sizeHint() const
{
    QSize size;
    for (const QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = {size.width() + (size.width() > 0 ? gap() : 0) + item->sizeHint().width(),
                    std::max(size.height(), item->sizeHint().height())};
    }
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &area)
{
    QLayout::setGeometry(area);
    const QRect room = area.marginsRemoved(contentsMargins());
    const auto all = lines(room.width());
    int y = room.top();
    const auto isTail = [this](const QLayoutItem *item) {
        const auto place = std::ranges::find(m_items, item) - m_items.begin();
        return static_cast<std::size_t>(place) >= m_tail;
    };
    const auto widthFrom = [this](const Line &line, std::size_t first) {
        int width = -gap();
        for (std::size_t at = first; at < line.size(); ++at)
            width += line[at]->sizeHint().width() + gap();
        return width;
    };
    for (const Line &line : all) {
        const int height = heightOf(line);
        int x = room.left();
        if (m_isCentred)
            x += std::max(0, (room.width() - widthFrom(line, 0)) / 2);
        for (std::size_t at = 0; at < line.size(); ++at) {
            QLayoutItem *item = line[at];
            const int width = std::min(item->sizeHint().width(), room.width());
            if (all.size() == 1 && isTail(item) && (at == 0 || !isTail(line[at - 1])))
                x = room.right() + 1 - widthFrom(line, at);
            const int wanted = item->sizeHint().height();
            item->setGeometry({x, y + (height - wanted) / 2, width, wanted});
            x += width + gap();
        }
        y += height + gap();
    }
}

} // namespace earmark::ui
