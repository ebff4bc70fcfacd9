#include "audio/powerspectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace earmark::audio {

namespace {

constexpr float FullScale = 32768;

template <class T>
auto aligned(int count)
{
    auto *memory = static_cast<T *>(av_calloc(static_cast<std::size_t>(count), sizeof(T)));
    Q_CHECK_PTR(memory);
    return std::unique_ptr<T[], decltype(&av_free)>(memory, av_free);
}

/// A sum of cosines.
std::vector<float> makeWindow(PowerSpectrum::Window shape, int length)
{
    const std::array<double, 4> terms = shape == PowerSpectrum::Window::Hann
                                            ? std::array{0.5, -0.5, 0.0, 0.0}
                                            : std::array{0.355768, -0.487396, 0.144232, -0.012604};
    std::vector<float> window(static_cast<std::size_t>(length));
    for (int i = 0; i < length; ++i) {
        // Half a step in: not even a window of one sample is 0 all over.
        const double angle = 2 * std::numbers::pi * (i + 0.5) / length;
        double value = 0;
        for (std::size_t k = 0; k < terms.size(); ++k)
            value += terms[k] * std::cos(static_cast<double>(k) * angle);
        window[static_cast<std::size_t>(i)] = static_cast<float>(value);
    }
    return window;
}

/// Where a place beyond the ends lies in the mirror.
qint64 mirrored(qint64 frame, qint64 frames)
{
    while (frame < 0 || frame >= frames)
        frame = frame < 0 ? -frame - 1 : 2 * frames - 1 - frame;
    return frame;
}

float mixed(const Pcm &pcm, qint64 frame)
{
    const std::int16_t *samples = pcm.samples.data() + frame * pcm.channels;
    return static_cast<float>(std::accumulate(samples, samples + pcm.channels, 0)) /
           static_cast<float>(pcm.channels);
}

} // namespace

PowerSpectrum::PowerSpectrum(int size, Window window, int length)
    : m_size(size)
    , m_length(length)
    , m_window(makeWindow(window, length))
    , m_in(aligned<float>(size))
    , m_out(aligned<AVComplexFloat>(size / 2 + 1))
    , m_power(static_cast<std::size_t>(size / 2 + 1))
{
    const float sum = std::accumulate(m_window.begin(), m_window.end(), 0.0F);
    // A sine's amplitude is shared by two frequencies, of which one is shown.
    for (float &value : m_window) {
        value *= 2 / sum;
        m_noiseGain += value * value;
        value /= FullScale;
    }
    AVTXContext *context = nullptr;
    const float scale = 1;
    if (av_tx_init(&context, &m_transform, AV_TX_FLOAT_RDFT, 0, size, &scale, 0) < 0)
        qBadAlloc(); // nothing else can be wrong with a power of two
    m_context.reset(context);
}

std::span<const float> PowerSpectrum::at(const Pcm &pcm, qint64 frame)
{
    transform(pcm, frame, Mixed);
    return m_power;
}

std::span<const float> PowerSpectrum::meanOfChannels(const Pcm &pcm, qint64 frame)
{
    if (pcm.channels == 1)
        return at(pcm, frame);
    m_mean.assign(m_power.size(), 0);
    const float weight = 1 / static_cast<float>(pcm.channels);
    for (int channel = 0; channel < pcm.channels; ++channel) {
        transform(pcm, frame, channel);
        for (std::size_t i = 0; i < m_mean.size(); ++i)
            m_mean[i] += m_power[i] * weight;
    }
    return m_mean;
}

void PowerSpectrum::transform(const Pcm &pcm, qint64 frame, int channel)
{
    if (frame >= 0 && frame + m_length <= pcm.frames())
        fill(pcm, frame, channel);
    else
        fillMirrored(pcm, frame, channel);
    m_transform(m_context.get(), m_out.get(), m_in.get(), sizeof(float));
    const AVComplexFloat *out = m_out.get();
    float *power = m_power.data();
    const int count = bins();
    for (int i = 0; i < count; ++i)
        power[i] = out[i].re * out[i].re + out[i].im * out[i].im;
    // These two are not shared.
    m_power.front() /= 4;
    m_power.back() /= 4;
}

void PowerSpectrum::fill(const Pcm &pcm, qint64 frame, int channel)
{
    const std::int16_t *samples = pcm.samples.data() + frame * pcm.channels;
    const float *window = m_window.data();
    float *in = m_in.get();
    if (pcm.channels == 1) {
        for (int i = 0; i < m_length; ++i)
            in[i] = static_cast<float>(samples[i]) * window[i];
    } else if (channel != Mixed) {
        for (int i = 0; i < m_length; ++i)
            in[i] = static_cast<float>(samples[i * pcm.channels + channel]) * window[i];
    } else if (pcm.channels == 2) {
        for (int i = 0; i < m_length; ++i)
            in[i] = static_cast<float>(samples[2 * i] + samples[2 * i + 1]) * 0.5F * window[i];
    } else {
        for (int i = 0; i < m_length; ++i)
            in[i] = mixed(pcm, frame + i) * window[i];
    }
}

void PowerSpectrum::fillMirrored(const Pcm &pcm, qint64 frame, int channel)
{
    const qint64 frames = pcm.frames();
    for (int i = 0; i < m_length; ++i) {
        const qint64 at = mirrored(frame + i, frames);
        const float value =
            channel == Mixed
                ? mixed(pcm, at)
                : static_cast<float>(pcm.samples[static_cast<std::size_t>(at * pcm.channels + channel)]);
        m_in[static_cast<std::size_t>(i)] = value * m_window[static_cast<std::size_t>(i)];
    }
}

} // namespace earmark::audio
