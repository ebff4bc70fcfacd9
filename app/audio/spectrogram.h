#pragma once

#include "audio/pcm.h"

#include <stop_token>

namespace earmark::audio {

/// How strong each frequency of a sound is at each time: all that pictures of it are made from.
struct SpectrumLevels
{
    static constexpr int MostColumns = 4096;
    static constexpr int StepsPerDb = 2;
    static constexpr int FullScale = 255; ///< the level of a full-scale sine; 0: at least 127.5 dB below

    int columns = 0;    ///< spread evenly over the sound
    int bins = 0;       ///< spread evenly from 0 Hz to half the sample rate, both included
    int sampleRate = 0; ///< Hz
    /// Column after column, each from 0 Hz up.
    std::vector<std::uint8_t> cells;

    const std::uint8_t *column(int number) const { return cells.data() + std::ptrdiff_t{number} * bins; }
};

/// All channels mixed, by FFTs with a Hann window of 16 to 33 ms that overlap by half or more, so that every
/// sample counts; a column is the loudest of those that it stands for. A few megabytes however long the sound
/// is; about 3 ms for ten seconds. No columns for no sound, or when stopped.
SpectrumLevels spectrumLevels(const Pcm &pcm, const std::stop_token &stop = {});

/// How frequencies are laid out from the bottom of a picture (0) to its top (1), half the sample rate.
class FrequencyAxis final
{
public:
    /// Mel: as far apart as they sound, 2595 log10(1 + f / 700) (D. O'Shaughnessy, Speech Communication,
    /// 1987).
    enum class Kind { Mel, Linear };

    FrequencyAxis(Kind kind, int sampleRate);
    double place(double hz) const;
    double hz(double place) const;
    double highest() const { return m_highest; } ///< Hz

private:
    Kind m_kind;
    double m_highest;
};

/// A picture by index, 0 (nothing) to 255 (full scale), row after row from the top.
struct IndexPicture
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;

    const std::uint8_t *row(int y) const { return pixels.data() + std::ptrdiff_t{y} * width; }
};

/// Draws levels over exactly width x height pixels. A pixel that stands for several cells shows the loudest
/// of them; where a cell has several pixels, they go over from one to the next. What is `range` dB (1 to 127)
/// or more below full scale has index 0. Without levels all are 0; empty without pixels.
IndexPicture drawSpectrum(const SpectrumLevels &levels, int width, int height, FrequencyAxis::Kind axis,
                          int range);

} // namespace earmark::audio
