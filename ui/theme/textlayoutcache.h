#pragma once

#include <QFont>
#include <QFontMetrics>
#include <QHash>
#include <QStaticText>

class QPainter;

namespace earmark::ui {

/// Measures and paints lines of text in one font. Each is laid out once and remembered: shaping text costs
/// more than all else that is done to paint a table.
class TextLayoutCache final
{
public:
    explicit TextLayoutCache(const QFont &font = {});

    const QFont &font() const { return m_font; }
    const QFontMetrics &metrics() const { return m_metrics; }
    /// In logical pixels.
    int width(const QString &text) const;
    /// The text, or its beginning and "…" when it is wider than that.
    QString elided(const QString &text, int width) const;
    /// In the painter's pen, one line, in the middle of the height; elided where it does not fit.
    void paint(QPainter &painter, const QRect &area, const QString &text,
               Qt::Alignment alignment = Qt::AlignLeft) const;

private:
    const QStaticText &laidOut(const QString &text) const;

    QFont m_font;
    QFontMetrics m_metrics;
    mutable QHash<QString, QStaticText> m_laidOut;
};

} // namespace earmark::ui
