#include "ui/theme/textlayoutcache.h"

#include <QPainter>

#include <cmath>

namespace earmark::ui {

namespace {

/// Some screens full; then all are forgotten.
constexpr qsizetype MostTexts = 4'000;

} // namespace

TextLayoutCache::TextLayoutCache(const QFont &font)
    : m_font(font)
    , m_metrics(font)
{
}

int TextLayoutCache::width(const QString &text) const
{
    return static_cast<int>(std::ceil(laidOut(text).size().width()));
}

QString TextLayoutCache::elided(const QString &text, int width) const
{
    return this->width(text) <= width ? text : m_metrics.elidedText(text, Qt::ElideRight, width);
}

void TextLayoutCache::paint(QPainter &painter, const QRect &area, const QString &text,
                            Qt::Alignment alignment) const
{
    const QStaticText &line = laidOut(elided(text, area.width()));
    const QSizeF size = line.size();
    double left = area.left();
    if (alignment.testFlag(Qt::AlignRight))
        left += std::floor(area.width() - size.width());
    else if (alignment.testFlag(Qt::AlignHCenter))
        left += std::floor((area.width() - size.width()) / 2);
    painter.setFont(m_font);
    painter.drawStaticText(QPointF(left, area.top() + std::floor((area.height() - size.height()) / 2)), line);
}

const QStaticText &TextLayoutCache::laidOut(const QString &text) const
{
    if (const auto known = m_laidOut.constFind(text); known != m_laidOut.constEnd())
        return *known;
    if (m_laidOut.size() >= MostTexts)
        m_laidOut.clear();
    QStaticText line(text);
    line.setTextFormat(Qt::PlainText);
    line.setPerformanceHint(QStaticText::AggressiveCaching);
    line.prepare({}, m_font);
    return *m_laidOut.insert(text, line);
}

} // namespace earmark::ui
