#pragma once

#include "audio/spectrogram.h"

#include <QString>

#include <vector>

namespace earmark::ui {

/// A place on an axis that has a label.
struct Tick
{
    double value = 0; ///< seconds or Hz
    QString label;
};

/// Even steps from 0 to `seconds`, as many as have room when each takes `room` of `length` pixels.
std::vector<Tick> timeTicks(double seconds, int length, int room);
/// The frequencies that people think in, as many as have room; those that matter most go first.
std::vector<Tick> frequencyTicks(const audio::FrequencyAxis &axis, int length, int room);

/// "3.42 s", from a minute on "1:03.42".
QString timeText(double seconds);
/// "850 Hz", "1,234 Hz".
QString frequencyText(double hz);

} // namespace earmark::ui
