#include "ui/segments/segmentdelegate.h"

#include "clips/clipstate.h"
#include "ui/segments/segmentmodel.h"
#include "ui/theme/chips.h"
#include "ui/theme/icons.h"
#include "ui/theme/statestyle.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int IconSize = 14;

QRect contentOf(const QRect &cell)
{
    return cell.adjusted(CellMargin, 0, -CellMargin / 2, 0);
}

} // namespace

void paintBar(QPainter &painter, const QRect &area, double fraction, const QString &text,
              const QPalette &palette, bool selected)
{
    const Colours colours = coloursFor(palette);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.track);
    painter.drawRoundedRect(area, 4, 4);
    QRect done = area;
    done.setWidth(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * area.width()));
    painter.setClipRect(done);
    painter.setBrush(selected ? blend(palette.color(QPalette::Highlight), Qt::black, 0.35) : colours.accent);
    painter.drawRoundedRect(area, 4, 4);
    // The text is drawn twice, so that each half of it stands out from what is behind it.
    painter.setPen(Qt::white);
    painter.drawText(area, Qt::AlignCenter, text);
    painter.setClipRect(QRect(done.right() + 1, area.top(), area.right() - done.right(), area.height()));
    painter.setPen(palette.color(QPalette::Text));
    painter.drawText(area, Qt::AlignCenter, text);
    painter.restore();
}

SegmentDelegate::SegmentDelegate(const SegmentModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont))
{
}

void SegmentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter->fillRect(option.rect, option.palette.brush(groupOf(option), QPalette::Highlight));
    const segments::Row row = m_model.row(index.row());
    if (index.column() == SegmentModel::State) {
        paintState(*painter, option, index);
    } else if (index.column() == SegmentModel::Verdict) {
        paintVerdict(*painter, option, row);
    } else if (index.column() == SegmentModel::Labels) {
        const ChipTexts &known = texts(option.font);
        paintChips(*painter, chipLine(m_model.names(row), m_model.sought(row), known, contentOf(option.rect)),
                   known, option.palette, selected);
    } else {
        const QRect area = option.rect.adjusted(CellMargin, 0, -CellMargin, 0);
        painter->setPen(textColour(option));
        const TextLayoutCache &known =
            index.column() == SegmentModel::Segment ? m_fixed : texts(option.font).usual;
        known.paint(*painter, area, m_model.text(row, index.column()),
                    SegmentModel::isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.backgroundColor =
            option.palette.color(groupOf(option), selected ? QPalette::Highlight : QPalette::Base);
        const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

void SegmentDelegate::paintState(QPainter &painter, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const
{
    const segments::Row row = m_model.row(index.row());
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QString text = m_model.text(row, SegmentModel::State);
    const QRect area = contentOf(option.rect);
    if (const auto progress = m_model.progress(row)) {
        const int inset = std::max(3, (area.height() - option.fontMetrics.height() - 2) / 2);
        painter.setFont(option.font);
        paintBar(painter, area.adjusted(0, inset, 0, -inset), *progress, text, option.palette, selected);
        return;
    }
    paintLook(painter, option, lookOf(table().state(row), coloursFor(option.palette)), text);
}

void SegmentDelegate::paintVerdict(QPainter &painter, const QStyleOptionViewItem &option,
                                   segments::Row row) const
{
    const Colours colours = coloursFor(option.palette);
    const Verdict verdict = table().verdict(row);
    QStyleOptionViewItem rest = option;
    if ((table().marks(row) & Flagged) != 0) {
        paintLook(painter, rest, {"flag"_L1, colours.warning}, {});
        rest.rect.setLeft(rest.rect.left() + IconSize + 4);
    }
    if (verdict != Verdict::Undecided)
        paintLook(painter, rest, lookOf(verdict, colours), m_model.text(row, SegmentModel::Verdict));
}

void SegmentDelegate::paintLook(QPainter &painter, const QStyleOptionViewItem &option, StateStyle look,
                                const QString &text) const
{
    if (option.state.testFlag(QStyle::State_Selected))
        look.colour = textColour(option);
    const QRect area = contentOf(option.rect);
    const QRect iconArea(area.left(), area.top() + (area.height() - IconSize) / 2, IconSize, IconSize);
    painter.drawPixmap(iconArea,
                       iconPixmap(look.icon, look.colour, IconSize, painter.device()->devicePixelRatio()));
    painter.setPen(look.colour);
    texts(option.font).usual.paint(painter, area.adjusted(IconSize + 6, 0, 0, 0), text);
}

const ChipTexts &SegmentDelegate::texts(const QFont &font) const
{
    if (m_texts.usual.font() != font)
        m_texts = ChipTexts(font);
    return m_texts;
}

std::optional<qsizetype> SegmentDelegate::labelAt(const QPoint &position, const QRect &cell,
                                                  const QFont &font, const QModelIndex &index) const
{
    const segments::Row row = m_model.row(index.row());
    for (const Chip &chip : chipLine(m_model.names(row), m_model.sought(row), texts(font), contentOf(cell))) {
        if (chip.box.contains(position))
            return chip.name;
    }
    return std::nullopt;
}

} // namespace earmark::ui
