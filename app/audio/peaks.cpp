#include "audio/peaks.h"

#include <algorithm>

namespace earmark::audio {

std::vector<Peak> peaks(const Pcm &pcm, int columns)
{
    const qint64 frames = pcm.frames();
    if (frames <= 0 || columns <= 0)
        return {};
    std::vector<Peak> result(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
        // With more columns than frames, neighbours show the same frame.
        const qint64 first = frames * column / columns;
        const qint64 last = std::max(frames * (column + 1) / columns, first + 1);
        const std::int16_t *samples = pcm.samples.data() + first * pcm.channels;
        const qint64 count = (last - first) * pcm.channels;
        // Plainly, and not by std::minmax_element: the compiler takes eight samples at once.
        std::int16_t low = samples[0];
        std::int16_t high = samples[0];
        for (qint64 i = 1; i < count; ++i) {
            low = std::min(low, samples[i]);
            high = std::max(high, samples[i]);
        }
        result[static_cast<std::size_t>(column)] = {static_cast<float>(low) / 32768.0F,
                                                    static_cast<float>(high) / 32768.0F};
    }
    return result;
}

} // namespace earmark::audio
