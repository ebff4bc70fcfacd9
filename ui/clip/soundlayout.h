#pragma once

#include <QFontMetrics>
#include <QRect>

namespace earmark::ui {

/// Where the parts of a SoundView are, in its pixels: the spectrogram over the waveform, axes left and below.
struct SoundLayout
{
    QRect spectrum;
    QRect wave;
    QRect timeAxis;      ///< empty when there is no room for axes
    QRect frequencyAxis; ///< likewise

    static SoundLayout over(const QRect &whole, const QFontMetrics &labels);

    /// Both parts of the sound.
    QRect box() const { return spectrum.united(wave); }
    double xOf(double seconds, double length) const;
    /// Of a place that may be outside; 0 to `length`.
    double secondsAt(double x, double length) const;
};

} // namespace earmark::ui
