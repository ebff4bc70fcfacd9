#include "demo/synth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace earmark::demo {

namespace {

constexpr std::size_t SineBits = 12;
constexpr double NoteAmplitude =
    12600; // with the partial and the noise the peak is just under -6 dBFS (16384)
constexpr double PartialAmplitude = 2700;
constexpr double PartialRatio = 2.76; // a struck bar's second partial: what makes a bell out of a sine
constexpr int NoiseAmplitude = 900;   // uniform noise of -36 dBFS rms

/// splitmix64's finaliser: every bit of the input changes half of the output's.
constexpr std::uint64_t scramble(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/// What all notes have in common, by sample of the second.
struct Shapes
{
    std::array<float, std::size_t{1} << SineBits> sine;
    std::vector<float> note, partial;

    Shapes()
        : note(Synth::SampleRate)
        , partial(Synth::SampleRate)
    {
        for (std::size_t i = 0; i < sine.size(); ++i)
            sine[i] = static_cast<float>(
                std::sin(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(sine.size())));
        for (std::size_t i = 0; i < note.size(); ++i) {
            const double t = static_cast<double>(i) / Synth::SampleRate;
            // Ramps at both ends of the second, so that nothing clicks.
            const double ramp = std::min({t / 0.004, (1.0 - t) / 0.02, 1.0});
            note[i] = static_cast<float>(NoteAmplitude * ramp * std::exp(-t / 0.4));
            partial[i] = static_cast<float>(PartialAmplitude * ramp * std::exp(-t / 0.12));
        }
    }
};

const Shapes &shapes()
{
    static const Shapes shared;
    return shared;
}

/// The bell of one second. Phases are 32-bit fractions of a turn: they wrap by themselves, so that sample n
/// is the same whatever was rendered before it.
class Note final
{
public:
    Note(std::uint64_t seed, std::uint64_t second)
    {
        static constexpr std::array Pentatonic{1.0, 9.0 / 8, 5.0 / 4, 3.0 / 2, 5.0 / 3};
        static constexpr std::array Octaves{0.5, 1.0, 2.0};
        const std::uint64_t hash = scramble(seed ^ scramble(second + 1));
        // The id's own base, anywhere within an octave of A3: two ids share no frequency.
        const double base = 220.0 * std::exp2(static_cast<double>(seed >> 11) * 0x1p-53);
        const double frequency = base * Pentatonic[hash % 5] * Octaves[hash / 5 % 3];
        m_phase = static_cast<std::uint32_t>(hash >> 32);
        m_step = static_cast<std::uint32_t>(frequency / Synth::SampleRate * 0x1p32);
        m_partialStep = static_cast<std::uint32_t>(frequency * PartialRatio / Synth::SampleRate * 0x1p32);
    }
    float sample(const Shapes &shape, std::uint32_t at) const
    {
        return shape.note[at] * shape.sine[(m_phase + at * m_step) >> (32 - SineBits)] +
               shape.partial[at] * shape.sine[(at * m_partialStep) >> (32 - SineBits)];
    }

private:
    std::uint32_t m_phase, m_step, m_partialStep;
};

} // namespace

Synth::Synth(const YtId &ytid)
    : m_seed(0)
{
    for (const char c : ytid.view())
        m_seed = scramble(m_seed ^ static_cast<unsigned char>(c));
}

void Synth::render(qint64 firstFrame, std::span<std::int16_t> samples) const
{
    const Shapes &shape = shapes();
    qint64 frame = firstFrame;
    auto out = samples.begin();
    while (out != samples.end()) {
        const auto room = samples.end() - out;
        if (frame < 0 || frame >= Frames) {
            const qint64 count = frame < 0 ? std::min<qint64>(room, -frame) : room;
            out = std::fill_n(out, count, std::int16_t{0});
            frame += count;
            continue;
        }
        const auto second = static_cast<std::uint64_t>(frame / SampleRate);
        auto at = static_cast<std::uint32_t>(frame % SampleRate);
        const qint64 count = std::min<qint64>(room, SampleRate - static_cast<qint64>(at));
        const Note note(m_seed, second);
        for (const auto end = out + count; out != end; ++out, ++at, ++frame) {
            const std::uint64_t noise = scramble(m_seed + static_cast<std::uint64_t>(frame)) >> 32;
            // The upper half of the hash, scaled to -NoiseAmplitude … NoiseAmplitude.
            const int hiss = static_cast<int>(noise * (2 * NoiseAmplitude + 1) >> 32) - NoiseAmplitude;
            *out = static_cast<std::int16_t>(static_cast<int>(note.sample(shape, at)) + hiss);
        }
    }
}

} // namespace earmark::demo
