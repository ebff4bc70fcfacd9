#include "ui/clip/soundview.h"

#include "ui/clip/soundaxes.h"
#include "ui/clip/soundpainter.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace earmark::ui {

namespace {

constexpr double Step = 1.0;          ///< seconds, of the arrow keys
constexpr double FineStep = 0.1;      ///< with Shift
constexpr double ShortestLoop = 0.02; ///< seconds
constexpr int EdgeReach = 5;          ///< pixels around a loop's end
constexpr int PlayheadReach = 3;      ///< pixels to each side that the playhead may touch

} // namespace

SoundView::SoundView(QWidget *parent)
    : QWidget(parent)
    , m_picture(new SpectrumPicture(this))
{
    setAccessibleName(tr("Waveform"));
    setAccessibleDescription(
        tr("Spectrogram and waveform of the clip. Left and right arrow keys: a second back or on, "
           "with Shift a tenth; Home: the start; [ and ]: a loop begins or ends here; Escape: no "
           "loop. A click chooses a place, a drag marks a loop."));
    setFocusPolicy(Qt::TabFocus); // a click must not take the keys away from the list
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMouseTracking(true);
    connect(m_picture, &SpectrumPicture::drawn, this, qOverload<>(&QWidget::update));
}

void SoundView::setSound(ClipSoundPtr sound)
{
    if (sound == m_sound)
        return;
    m_sound = std::move(sound);
    m_position = 0;
    m_loop.reset();
    m_drag.cancel();
    setCursor(m_sound ? Qt::PointingHandCursor : Qt::ArrowCursor);
    wantPicture();
    // Not yet when a picture comes in a moment: all changes at once then.
    if (!m_picture->isDrawing())
        update();
}

void SoundView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    if (!m_sound)
        update();
}

void SoundView::setPosition(double seconds)
{
    if (seconds == m_position)
        return;
    const QRect before = playheadStrip();
    m_position = seconds;
    if (m_sound && playheadStrip() != before) {
        update(before);
        update(playheadStrip());
    }
}

void SoundView::setLoop(std::optional<LoopSpan> loop)
{
    if (loop && m_sound) {
        loop->from = std::clamp(loop->from, 0.0, length());
        loop->to = std::clamp(loop->to, 0.0, length());
    }
    if (!m_sound || (loop && loop->to - loop->from < ShortestLoop))
        loop.reset();
    if (loop == m_loop)
        return;
    m_loop = loop;
    update();
}

void SoundView::setLook(const SpectrumLook &look)
{
    if (look == m_look)
        return;
    m_look = look;
    wantPicture();
    update();
}

void SoundView::arrange()
{
    m_labels = font();
    m_labels.setPointSizeF(font().pointSizeF() * 0.85);
    m_plan = SoundLayout::over(rect(), QFontMetrics(m_labels));
}

void SoundView::wantPicture()
{
    const QSizeF size = QSizeF(m_plan.spectrum.size()) * devicePixelRatioF();
    m_picture->want({m_sound, isVisible() ? size.toSize() : QSize(), m_look, isDark(palette())});
}

double SoundView::length() const
{
    return m_sound ? m_sound->sound->duration() : 0;
}

double SoundView::secondsOf(int pixels) const
{
    return pixels * length() / std::max(m_plan.spectrum.width(), 1);
}

QRect SoundView::playheadStrip() const
{
    const QRect box = m_plan.box();
    const auto x = static_cast<int>(std::lround(m_plan.xOf(m_position, length())));
    return {x - PlayheadReach, box.top(), 2 * PlayheadReach + 1, box.height()};
}

void SoundView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (!m_sound) {
        paintPlaceholder(painter);
        return;
    }
    wantPicture(); // the window may have come to another screen, or the palette changed
    const SoundScene scene{.sound = *m_sound,
                           .plan = m_plan,
                           .palette = palette(),
                           .picture = m_picture->of(m_sound),
                           .look = m_look,
                           .position = m_position,
                           .loop = m_drag.isDragging() ? m_drag.span() : m_loop,
                           .hasFocus = hasFocus(),
                           .labels = m_labels,
                           .hover = m_mouse ? hoverText() : QString(),
                           .hoverRect = hoverRect()};
    paintSound(painter, scene, event->region());
}

void SoundView::paintPlaceholder(QPainter &painter)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(coloursFor(palette()).line);
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(10, 0, -10, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

void SoundView::resizeEvent(QResizeEvent *event)
{
    arrange();
    QWidget::resizeEvent(event);
}

void SoundView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange) {
        arrange();
        update();
    }
    QWidget::changeEvent(event);
}

void SoundView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_sound) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_drag.press(secondsAt(event->position().x()), m_loop, secondsOf(EdgeReach),
                 secondsOf(QApplication::startDragDistance()));
}

void SoundView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_sound)
        return;
    const double seconds = secondsAt(event->position().x());
    if (m_drag.isPressed()) {
        m_drag.move(seconds);
        if (m_drag.isDragging())
            update();
    } else {
        const bool isAtEdge = LoopDrag::isAtEdge(seconds, m_loop, secondsOf(EdgeReach));
        setCursor(isAtEdge ? Qt::SizeHorCursor : Qt::PointingHandCursor);
    }
    showHover(event->position());
}

void SoundView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_drag.isPressed())
        return;
    const bool wasDragging = m_drag.isDragging();
    const LoopSpan span = m_drag.span();
    m_drag.cancel();
    if (wasDragging) {
        update();
        changeLoop(span);
        return;
    }
    const double seconds = secondsAt(event->position().x());
    if (m_loop && (seconds < m_loop->from || seconds > m_loop->to))
        changeLoop(std::nullopt);
    seekTo(seconds);
}

void SoundView::leaveEvent(QEvent *)
{
    if (m_mouse)
        update(hoverRect());
    m_mouse.reset();
}

void SoundView::keyPressEvent(QKeyEvent *event)
{
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? FineStep : Step;
    if (event->key() == Qt::Key_Left)
        seekTo(m_position - step);
    else if (event->key() == Qt::Key_Right)
        seekTo(m_position + step);
    else if (event->key() == Qt::Key_Home)
        seekTo(0);
    else if (event->key() == Qt::Key_BracketLeft)
        changeLoop(LoopSpan{m_position, m_loop && m_loop->to > m_position ? m_loop->to : length()});
    else if (event->key() == Qt::Key_BracketRight)
        changeLoop(LoopSpan{m_loop && m_loop->from < m_position ? m_loop->from : 0, m_position});
    else if (event->key() == Qt::Key_Escape && m_drag.isPressed()) {
        m_drag.cancel();
        update();
    } else if (event->key() == Qt::Key_Escape && m_loop)
        changeLoop(std::nullopt);
    else
        QWidget::keyPressEvent(event);
}

void SoundView::seekTo(double seconds)
{
    if (m_sound)
        Q_EMIT seeked(std::clamp(seconds, 0.0, length()));
}

void SoundView::changeLoop(std::optional<LoopSpan> loop)
{
    const auto before = m_loop;
    setLoop(loop);
    if (m_loop != before)
        Q_EMIT loopChanged(m_loop);
}

void SoundView::showHover(const QPointF &place)
{
    if (m_mouse)
        update(hoverRect());
    const bool isOver = m_plan.box().contains(place.toPoint());
    m_mouse = isOver || m_drag.isDragging() ? std::optional(place) : std::nullopt;
    if (m_mouse)
        update(hoverRect());
}

QString SoundView::hoverText() const
{
    if (m_drag.isDragging()) {
        const LoopSpan span = m_drag.span();
        return tr("%1 – %2, %3 s")
            .arg(timeText(span.from), timeText(span.to), QString::number(span.to - span.from, 'f', 2));
    }
    const QString time = timeText(secondsAt(m_mouse->x()));
    if (m_mouse->y() >= m_plan.wave.top())
        return time;
    const audio::FrequencyAxis axis(m_look.axis, m_sound->sound->sampleRate);
    const double place = 1 - (m_mouse->y() - m_plan.spectrum.top()) / std::max(m_plan.spectrum.height(), 1);
    return tr("%1  ·  %2").arg(time, frequencyText(axis.hz(std::clamp(place, 0.0, 1.0))));
}

QRect SoundView::hoverRect() const
{
    const QFontMetrics metrics(m_labels);
    const QSize size(std::min(metrics.horizontalAdvance(QStringLiteral("00:00.00 – 00:00.00, 00.00 s")) + 12,
                              m_plan.spectrum.width()),
                     metrics.height() + 4);
    QRect place(m_plan.spectrum.topRight() - QPoint(size.width() - 1, 0), size);
    if (m_mouse && place.adjusted(-20, 0, 0, 20).contains(m_mouse->toPoint()))
        place.moveTop(m_plan.spectrum.bottom() - size.height() + 1); // not under the mouse
    return place;
}

} // namespace earmark::ui
