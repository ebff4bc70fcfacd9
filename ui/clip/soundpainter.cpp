#include "ui/clip/soundpainter.h"

#include "base/format.h"
#include "ui/clip/soundaxes.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace earmark::ui {

namespace {

constexpr int TickLength = 4;
const QColor Plate(0, 0, 0, 165);      ///< behind words on the picture
const QColor OnPicture(255, 255, 255); ///< reads on every colour of it when there is a plate
const QColor LineEdge(0, 0, 0, 130);   ///< keeps lines apart from the picture

double lengthOf(const SoundScene &scene)
{
    return scene.sound.sound->duration();
}

void paintSpectrum(QPainter &painter, const SoundScene &scene)
{
    const QRect &place = scene.plan.spectrum;
    const double ratio = painter.device()->devicePixelRatioF();
    if (scene.picture.isNull()) {
        painter.fillRect(place, QColor(coloursOf(scene.look.map, isDark(scene.palette)).front()));
    } else if (scene.picture.size() == (QSizeF(place.size()) * ratio).toSize()) {
        QImage picture = scene.picture;
        picture.setDevicePixelRatio(ratio); // pixel for pixel
        painter.drawImage(place.topLeft(), picture);
    } else {
        painter.drawImage(place, scene.picture);
    }
}

/// A line for each pixel of the screen, from its lowest to its highest sample.
void paintWave(QPainter &painter, const SoundScene &scene, const QRect &strip)
{
    const QRect &place = scene.plan.wave;
    painter.fillRect(place & strip, scene.palette.color(QPalette::Base));
    const auto count = static_cast<std::int64_t>(scene.sound.peaks.size());
    const double ratio = painter.device()->devicePixelRatioF();
    const auto columns = static_cast<std::int64_t>(std::lround(place.width() * ratio));
    if (count == 0 || columns == 0)
        return;
    const QRect part = place & strip;
    const auto from = static_cast<std::int64_t>(std::floor((part.left() - place.left()) * ratio));
    const auto to = static_cast<std::int64_t>(std::ceil((part.right() + 1 - place.left()) * ratio));
    const double middle = place.top() + place.height() / 2.0;
    const double reach = place.height() / 2.0 - 2;
    const QColor colour = coloursFor(scene.palette).accent;
    for (std::int64_t x = std::max<std::int64_t>(from, 0); x < std::min(to, columns); ++x) {
        const auto first = scene.sound.peaks.begin() + x * count / columns;
        const auto last =
            scene.sound.peaks.begin() + std::max((x + 1) * count / columns, x * count / columns + 1);
        audio::Peak peak = *first;
        for (auto each = first + 1; each < last; ++each) {
            peak.low = std::min(peak.low, each->low);
            peak.high = std::max(peak.high, each->high);
        }
        const double top = middle - static_cast<double>(peak.high) * reach;
        const double bottom = middle - static_cast<double>(peak.low) * reach;
        painter.fillRect(QRectF(place.left() + static_cast<double>(x) / ratio, top, 1 / ratio,
                                std::max(bottom - top, 1 / ratio)),
                         colour);
    }
}

/// What is not in the loop steps back.
void paintLoop(QPainter &painter, const SoundScene &scene)
{
    if (!scene.loop)
        return;
    const QRectF box = scene.plan.box();
    const double from = scene.plan.xOf(scene.loop->from, lengthOf(scene));
    const double to = scene.plan.xOf(scene.loop->to, lengthOf(scene));
    QColor veil = scene.palette.color(QPalette::Window);
    veil.setAlpha(150);
    painter.fillRect(QRectF(box.left(), box.top(), from - box.left(), box.height()), veil);
    painter.fillRect(QRectF(to, box.top(), box.right() - to, box.height()), veil);
    const QColor edge = coloursFor(scene.palette).accent;
    for (const double x : {from, to}) {
        painter.fillRect(QRectF(x - 1.5, box.top(), 3, box.height()), LineEdge);
        painter.fillRect(QRectF(x - 1, box.top(), 2, box.height()), edge);
    }
}

void paintPlayhead(QPainter &painter, const SoundScene &scene)
{
    const auto x = static_cast<int>(std::lround(scene.plan.xOf(scene.position, lengthOf(scene))));
    const QRect &above = scene.plan.spectrum;
    painter.fillRect(QRect(x - 1, above.top(), 3, above.height()), LineEdge);
    painter.fillRect(QRect(x, above.top(), 1, above.height()), OnPicture);
    const QRect &below = scene.plan.wave;
    painter.fillRect(QRect(x, below.top(), 1, below.height()), scene.palette.color(QPalette::Text));
}

void paintTimeAxis(QPainter &painter, const SoundScene &scene)
{
    const QRect &place = scene.plan.timeAxis;
    const QFontMetrics metrics(scene.labels);
    const double length = lengthOf(scene);
    const int room =
        metrics.horizontalAdvance(length < 60 ? QStringLiteral("00.0") : QStringLiteral("00:00")) + 14;
    painter.setPen(coloursFor(scene.palette).muted);
    for (const Tick &tick : timeTicks(length, place.width(), room)) {
        const auto x = static_cast<int>(scene.plan.xOf(tick.value, length));
        painter.drawLine(std::min(x, place.right()), place.top(), std::min(x, place.right()),
                         place.top() + TickLength - 1);
        const int width = metrics.horizontalAdvance(tick.label);
        const int left = std::clamp(x - width / 2, place.left(), place.right() - width + 1);
        painter.drawText(left, place.top() + TickLength + metrics.ascent() - 1, tick.label);
    }
}

void paintFrequencyAxis(QPainter &painter, const SoundScene &scene)
{
    const QRect &place = scene.plan.frequencyAxis;
    const QFontMetrics metrics(scene.labels);
    const audio::FrequencyAxis axis(scene.look.axis, scene.sound.sound->sampleRate);
    painter.setPen(coloursFor(scene.palette).muted);
    for (const Tick &tick : frequencyTicks(axis, place.height(), metrics.height())) {
        const int y =
            place.bottom() + 1 - static_cast<int>(std::lround(axis.place(tick.value) * place.height()));
        painter.drawLine(place.right() - TickLength + 2, y, place.right(), y);
        painter.drawText(
            QRect(place.left(), y - metrics.height() / 2, place.width() - TickLength - 1, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
}

void paintNote(QPainter &painter, const QRect &place, const QString &text)
{
    painter.fillRect(place, Plate);
    painter.setPen(OnPicture);
    painter.drawText(place, Qt::AlignCenter, text);
}

void paintNotes(QPainter &painter, const SoundScene &scene)
{
    const QFontMetrics metrics(scene.labels);
    const double shown = lengthOf(scene);
    if (scene.sound.seconds > shown + 0.5) {
        const QString text = QCoreApplication::translate("Sound", "The first %1 of %2")
                                 .arg(spanText(std::llround(shown * 1000)),
                                      clockText(std::llround(scene.sound.seconds) * 1000));
        paintNote(painter,
                  QRect(scene.plan.spectrum.topLeft(),
                        QSize(metrics.horizontalAdvance(text) + 12, metrics.height() + 4)),
                  text);
    }
    if (!scene.hover.isEmpty()) {
        QRect place = scene.hoverRect;
        place.setLeft(std::max(place.left(), place.right() - metrics.horizontalAdvance(scene.hover) - 12));
        paintNote(painter, place, scene.hover);
    }
}

} // namespace

void paintSound(QPainter &painter, const SoundScene &scene, const QRegion &region)
{
    const SoundLayout &plan = scene.plan;
    const QRect box = plan.box();
    const Colours colours = coloursFor(scene.palette);
    painter.setFont(scene.labels);
    painter.setPen(scene.hasFocus ? colours.accent : colours.line);
    painter.drawRect(box.adjusted(-1, -1, 0, 0));
    painter.fillRect(QRect(box.left(), plan.spectrum.bottom() + 1, box.width(), 1), colours.line);
    if (region.intersects(plan.timeAxis))
        paintTimeAxis(painter, scene);
    if (region.intersects(plan.frequencyAxis))
        paintFrequencyAxis(painter, scene);
    for (const QRect &strip : region) {
        painter.setClipRect(strip & box);
        paintSpectrum(painter, scene);
        paintWave(painter, scene, strip);
        paintLoop(painter, scene);
        paintPlayhead(painter, scene);
        paintNotes(painter, scene);
    }
}

} // namespace earmark::ui
