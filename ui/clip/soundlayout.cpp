#include "ui/clip/soundlayout.h"

#include <algorithm>

namespace earmark::ui {

namespace {

constexpr double WaveShare = 0.27;   ///< of the height, for the waveform
constexpr int LowestForAxes = 100;   ///< pixels
constexpr int FrequencyTickRoom = 8; ///< beside a label

} // namespace

SoundLayout SoundLayout::over(const QRect &whole, const QFontMetrics &labels)
{
    const bool hasAxes = whole.height() >= LowestForAxes;
    const int left = hasAxes ? labels.horizontalAdvance(QStringLiteral("100")) + FrequencyTickRoom : 0;
    const int below = hasAxes ? labels.height() + 4 : 0;
    const QRect box = whole.adjusted(left + 1, 1, -1, -below - 1); // a line around it
    const int wave = static_cast<int>(box.height() * WaveShare);
    SoundLayout plan;
    plan.spectrum = QRect(box.left(), box.top(), box.width(), box.height() - wave - 1);
    plan.wave = QRect(box.left(), box.bottom() - wave + 1, box.width(), wave);
    plan.timeAxis = QRect(box.left(), box.bottom() + 2, box.width(), below);
    plan.frequencyAxis = QRect(whole.left(), box.top(), left, plan.spectrum.height());
    return plan;
}

double SoundLayout::xOf(double seconds, double length) const
{
    return spectrum.left() + (length > 0 ? seconds / length : 0) * spectrum.width();
}

double SoundLayout::secondsAt(double x, double length) const
{
    return std::clamp((x - spectrum.left()) / std::max(spectrum.width(), 1), 0.0, 1.0) * length;
}

} // namespace earmark::ui
