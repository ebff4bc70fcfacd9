#pragma once

#include "ui/clip/loopdrag.h"
#include "ui/clip/soundlayout.h"
#include "ui/clip/spectrumpicture.h"

#include <QWidget>

#include <optional>

namespace earmark::ui {

/// A sound to look at: its spectrogram over its waveform, with axes for time and frequency, the place that is
/// heard, and the part that is played over and over. A click chooses another place, a drag marks a loop.
class SoundView final : public QWidget
{
    Q_OBJECT

public:
    explicit SoundView(QWidget *parent = nullptr);

    /// Null: nothing, but what setPlaceholder() says. The position goes to 0 and the loop away.
    void setSound(ClipSoundPtr sound);
    const ClipSoundPtr &sound() const { return m_sound; }
    void setPlaceholder(const QString &text);
    const QString &placeholder() const { return m_placeholder; }
    /// Seconds from the start. Paints what changes only.
    void setPosition(double seconds);
    /// Cut to the sound; announced by no signal.
    void setLoop(std::optional<LoopSpan> loop);
    const std::optional<LoopSpan> &loop() const { return m_loop; }
    void setLook(const SpectrumLook &look);
    const SpectrumLook &look() const { return m_look; }

    QSize sizeHint() const override { return {320, 230}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

Q_SIGNALS:
    /// The person wants to hear another place; it is shown when setPosition() says so.
    void seeked(double seconds);
    /// By the user.
    void loopChanged(std::optional<LoopSpan> loop);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    void wantPicture();
    double length() const; ///< seconds that are shown
    double secondsOf(int pixels) const;
    double secondsAt(double x) const { return m_plan.secondsAt(x, length()); }
    QRect playheadStrip() const;

    void seekTo(double seconds);
    void changeLoop(std::optional<LoopSpan> loop);
    void showHover(const QPointF &place);
    QString hoverText() const;
    QRect hoverRect() const;
    void paintPlaceholder(QPainter &painter);

    ClipSoundPtr m_sound;
    SpectrumLook m_look;
    SpectrumPicture *m_picture;
    QString m_placeholder;
    double m_position = 0;
    std::optional<LoopSpan> m_loop;
    LoopDrag m_drag;
    std::optional<QPointF> m_mouse; ///< when it is over the sound
    QFont m_labels;                 ///< of the axes
    SoundLayout m_plan;
};

} // namespace earmark::ui
