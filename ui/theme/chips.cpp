#include "ui/theme/chips.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPixmapCache>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int Padding = 7; ///< from the text to the box's left and right
constexpr int Gap = 5;     ///< between two chips

int chipWidth(const QString &text, const TextLayoutCache &texts)
{
    return texts.width(text) + 2 * Padding;
}

/// Chips are the same again and again, and a smooth box costs more to paint than all else in a row: they are
/// kept as pictures. `look` tells pictures in other fonts and colours from one another.
QPixmap chipPicture(const Chip &chip, const TextLayoutCache &texts, const QColor &text, const QColor &box,
                    const QColor &frame, qreal pixelRatio, const QString &look)
{
    const QString key = look + QString::number(chip.box.width()) + (chip.isSought ? u'!' : u' ') + chip.text;
    QPixmap picture;
    if (QPixmapCache::find(key, &picture))
        return picture;
    picture = QPixmap((QSizeF(chip.box.size()) * pixelRatio).toSize());
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect area(QPoint(), chip.box.size());
    painter.setBrush(box);
    painter.setPen(chip.isSought ? QPen(frame, 1.5) : QPen(Qt::NoPen));
    const double inset = chip.isSought ? 0.75 : 0;
    painter.drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), 5, 5);
    painter.setPen(text);
    texts.paint(painter, area, chip.text, Qt::AlignHCenter);
    painter.end();
    QPixmapCache::insert(key, picture);
    return picture;
}

} // namespace

ChipTexts::ChipTexts(const QFont &font)
    : usual(font)
{
    QFont bold = font;
    bold.setBold(true);
    sought = TextLayoutCache(bold);
}

std::vector<Chip> chipLine(const QStringList &names, const QList<bool> &sought, const ChipTexts &texts,
                           const QRect &area)
{
    std::vector<Chip> chips;
    const int height = std::min(texts.height(), area.height());
    int x = area.left();
    const int top = area.top() + (area.height() - height) / 2;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const bool isSought = i < sought.size() && sought[i];
        const qsizetype after = names.size() - i - 1;
        // What must stay free for the chip that tells how many more there are.
        const int reserve = after > 0 ? Gap + chipWidth(u"+%1"_s.arg(after), texts.usual) : 0;
        const int room = area.right() + 1 - x - reserve;
        const int width = chipWidth(names[i], texts(isSought));
        if (width <= room) {
            chips.push_back({QRect(x, top, width, height), names[i], i, isSought});
            x += width + Gap;
            continue;
        }
        const QString elided = texts(isSought).elided(names[i], room - 2 * Padding);
        const bool worthIt = chips.empty() || elided.size() > 6;
        if (worthIt && elided.size() > 1) {
            chips.push_back({QRect(x, top, chipWidth(elided, texts(isSought)), height), elided, i, isSought});
            x += chips.back().box.width() + Gap;
        }
        const qsizetype first = worthIt ? i + 1 : i;
        if (first < names.size()) {
            const QString more = u"+%1"_s.arg(names.size() - first);
            // It stands out when one of those stands out that it hides.
            const bool hidesSought = sought.indexOf(true, first) >= 0;
            chips.push_back(
                {QRect(x, top, chipWidth(more, texts(hidesSought)), height), more, first, hidesSought});
        }
        break;
    }
    return chips;
}

void paintChips(QPainter &painter, const std::vector<Chip> &chips, const ChipTexts &texts,
                const QPalette &palette, bool selected)
{
    const Colours colours = coloursFor(palette);
    const QColor text = palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor highlight = palette.color(QPalette::Highlight);
    const QColor box = selected ? blend(highlight, text, 0.18) : colours.chip;
    const QColor soughtBox = blend(box, selected ? text : colours.accent, 0.2);
    const QColor frame = selected ? text : colours.accent;
    const qreal ratio = painter.device()->devicePixelRatio();
    const QString look =
        u"earmark/chip/%1/%2/%3/%4/%5/"_s.arg(texts.usual.font().key(), box.name(), text.name(), frame.name())
            .arg(ratio);
    for (const Chip &chip : chips)
        painter.drawPixmap(chip.box.topLeft(),
                           chipPicture(chip, texts(chip.isSought), text, chip.isSought ? soughtBox : box,
                                       frame, ratio, look));
}

} // namespace earmark::ui
