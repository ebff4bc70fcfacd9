#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace soundtouch {
class SoundTouch;
}

namespace earmark::playback {

/// Gives so many frames of 16 bit, channels interleaved, and never fewer.
using Pull = std::function<void(std::int16_t *samples, std::int64_t frames)>;

/// Makes a sound slower or faster with its pitch kept (SoundTouch), as it streams by, in pieces of 40 ms.
/// What comes out at n comes from within 20 ms of n * tempo of what went in, at tempos from 0.5 to 1.5; at
/// 0.25 from within 30 ms. Sped up more, pieces are left out.
class Stretcher final
{
public:
    /// Hz; `tempo` 0.25 to 4, 2 is twice as fast.
    Stretcher(int sampleRate, int channels, double tempo);
    ~Stretcher();

    void read(std::int16_t *samples, std::int64_t frames, const Pull &pull);

private:
    std::unique_ptr<soundtouch::SoundTouch> m_touch;
    std::size_t m_channels;
    std::vector<std::int16_t> m_in;
    std::vector<float> m_block;
};

} // namespace earmark::playback
