#include "ui/clip/waveform.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace earmark::ui {

Waveform::Waveform(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Waveform"));
    setAccessibleDescription(
        tr("Click, or use the left and right arrow keys, to hear another place of the clip"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void Waveform::setSound(std::vector<audio::Peak> peaks, double seconds)
{
    m_peaks = std::move(peaks);
    m_seconds = seconds;
    m_position = 0;
    setCursor(m_peaks.empty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
}

void Waveform::setPosition(double seconds)
{
    m_position = seconds;
    update();
}

void Waveform::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    update();
}

void Waveform::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours colours = coloursFor(palette());
    painter.setPen(QPen(hasFocus() ? colours.accent : colours.line, 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    if (m_peaks.empty() || m_seconds <= 0) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(10, 0, -10, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double middle = height() / 2.0;
    const double reach = middle - 6;
    const int playhead = static_cast<int>(m_position / m_seconds * width());
    const QColor ahead = blend(palette().color(QPalette::Base), colours.accent, 0.45);
    for (int x = 2; x < width() - 2; ++x) {
        const audio::Peak peak = peakAt(x);
        painter.setPen(x <= playhead ? colours.accent : ahead);
        painter.drawLine(QPointF(x, middle - peak.high * reach), QPointF(x, middle - peak.low * reach));
    }
    painter.fillRect(QRectF(playhead, 3, 2, height() - 6), palette().color(QPalette::Text));
}

audio::Peak Waveform::peakAt(int x) const
{
    const auto count = static_cast<std::int64_t>(m_peaks.size());
    const std::int64_t from = x * count / width();
    const std::int64_t to = std::max(from + 1, (x + 1) * count / width());
    audio::Peak peak = m_peaks[static_cast<std::size_t>(from)];
    for (std::int64_t i = from + 1; i < std::min(to, count); ++i) {
        const audio::Peak &one = m_peaks[static_cast<std::size_t>(i)];
        peak.low = std::min(peak.low, one.low);
        peak.high = std::max(peak.high, one.high);
    }
    return peak;
}

void Waveform::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        seekTo(event->position().x() / width() * m_seconds);
}

void Waveform::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        seekTo(event->position().x() / width() * m_seconds);
}

void Waveform::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left)
        seekTo(m_position - 1);
    else if (event->key() == Qt::Key_Right)
        seekTo(m_position + 1);
    else if (event->key() == Qt::Key_Home)
        seekTo(0);
    else
        QWidget::keyPressEvent(event);
}

void Waveform::seekTo(double seconds)
{
    if (!m_peaks.empty())
        Q_EMIT seeked(std::clamp(seconds, 0.0, m_seconds));
}

} // namespace earmark::ui
