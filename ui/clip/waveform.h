#pragma once

#include "audio/peaks.h"

#include <QWidget>

namespace earmark::ui {

/// A clip's waveform with the place that is heard. A click or the arrow keys choose another.
class Waveform final : public QWidget
{
    Q_OBJECT

public:
    explicit Waveform(QWidget *parent = nullptr);

    /// Nothing: no sound. `seconds` is its length.
    void setSound(std::vector<audio::Peak> peaks, double seconds);
    /// Seconds from the start.
    void setPosition(double seconds);
    /// Said instead of a waveform.
    void setPlaceholder(const QString &text);

    QSize sizeHint() const override { return {320, 140}; }
    QSize minimumSizeHint() const override { return {160, 90}; }

Q_SIGNALS:
    void seeked(double seconds);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void seekTo(double seconds);
    /// The peak of a column of pixels.
    audio::Peak peakAt(int x) const;

    std::vector<audio::Peak> m_peaks;
    double m_seconds = 0;
    double m_position = 0;
    QString m_placeholder;
};

} // namespace earmark::ui
