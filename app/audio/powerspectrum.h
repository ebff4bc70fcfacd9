#pragma once

#include "audio/libav.h"
#include "audio/pcm.h"

extern "C" {
#include <libavutil/tx.h>
}

#include <span>

namespace earmark::audio {

/// The power spectrum of one piece of a sound after another, by libavutil's FFT, all channels mixed.
/// An object for each thread.
class PowerSpectrum final
{
public:
    /// How a piece fades in and out. Hann: the narrowest line of a tone; Nuttall (four terms, continuous
    /// first derivative: A. H. Nuttall, IEEE Trans. ASSP 29, 1981): nothing of a tone leaks further than 93
    /// dB below it.
    enum class Window { Hann, Nuttall };

    /// `size`: samples of a piece, a power of two, 32 or more. When the window is to be `length` long, less
    /// than that, silence follows it.
    PowerSpectrum(int size, Window window, int length);
    PowerSpectrum(int size, Window window)
        : PowerSpectrum(size, window, size)
    {
    }

    int bins() const { return m_size / 2 + 1; }
    /// What white noise with a power of 1 (of a full-scale square wave) has in each bin.
    float noiseGain() const { return m_noiseGain; }

    /// Of the piece that begins with this frame, bins(), from 0 Hz up to half the sample rate; a full-scale
    /// sine in the middle of a bin has 1 there. What the piece has too much at either end of the sound is
    /// the sound mirrored: silence would make a click where a clip is cut. Valid until the next call.
    std::span<const float> at(const Pcm &pcm, qint64 frame);
    /// As at(), but the mean of the channels' powers instead of the power of their mix.
    std::span<const float> meanOfChannels(const Pcm &pcm, qint64 frame);

private:
    static constexpr int Mixed = -1;
    /// Of one channel, or Mixed.
    void transform(const Pcm &pcm, qint64 frame, int channel);
    void fill(const Pcm &pcm, qint64 frame, int channel);
    void fillMirrored(const Pcm &pcm, qint64 frame, int channel);

    template <class T>
    using Aligned = std::unique_ptr<T[], decltype(&av_free)>;

    int m_size;
    int m_length;
    float m_noiseGain = 0;
    std::vector<float> m_window;
    std::unique_ptr<AVTXContext, LibavDeleter<av_tx_uninit>> m_context;
    av_tx_fn m_transform = nullptr;
    Aligned<float> m_in;
    Aligned<AVComplexFloat> m_out;
    std::vector<float> m_power;
    std::vector<float> m_mean;
};

} // namespace earmark::audio
