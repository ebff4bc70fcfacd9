#include "audio/spectrogram.h"

#include "audio/powerspectrum.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace earmark::audio {

namespace {

constexpr int FewestTransforms = 1700; ///< in a short sound: as many as a panel has pixels
constexpr int ShortestHop = 16;        ///< frames

/// The power of two next to the samples of a sixtieth of a second.
int windowFor(int sampleRate)
{
    return static_cast<int>(std::bit_ceil(static_cast<unsigned>(std::clamp(sampleRate / 60, 32, 8192))));
}

/// Within 0.03 dB, eight times as fast as the library's: the exponent as it is, a parabola over the mantissa.
float fastLog2(float value)
{
    const auto bits = std::bit_cast<std::int32_t>(value);
    const auto exponent = static_cast<float>((bits >> 23) - 128);
    const auto mantissa = std::bit_cast<float>((bits & 0x7fffff) | 0x3f800000);
    return exponent + ((-1.0F / 3) * mantissa + 2) * mantissa - 2.0F / 3;
}

void toLevels(const float *powers, std::uint8_t *levels, int count)
{
    const float perOctave = SpectrumLevels::StepsPerDb * 10 * std::log10(2.0F);
    constexpr float Least = 1e-20F; // 0 has no logarithm
    for (int i = 0; i < count; ++i) {
        const float level = SpectrumLevels::FullScale + perOctave * fastLog2(powers[i] + Least) + 0.5F;
        levels[i] = static_cast<std::uint8_t>(
            static_cast<int>(std::min(std::max(level, 0.0F), float{SpectrumLevels::FullScale})));
    }
}

/// What one row of pixels shows of a column.
struct Row
{
    int first = 0; ///< bin
    int last = 0;  ///< bin, included
    int share = 0; ///< of 256: of `last` when the row lies between the two; -1: the loudest of all
};

std::vector<Row> layRows(const SpectrumLevels &levels, int height, FrequencyAxis::Kind kind)
{
    const FrequencyAxis axis(kind, levels.sampleRate);
    const int top = levels.bins - 1;
    const auto binAt = [&](double y) { return axis.hz(1 - y / height) / axis.highest() * top; };
    std::vector<Row> rows(static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        const double low = binAt(y + 1);
        const double high = binAt(y);
        Row &row = rows[static_cast<std::size_t>(y)];
        if (high - low >= 1) {
            // A bin is half a bin wide to each side.
            row.first = std::clamp(static_cast<int>(std::lround(low)), 0, top);
            row.last = std::clamp(static_cast<int>(std::lround(high)) - 1, row.first, top);
            row.last = y == 0 ? top : row.last;
            row.share = -1;
        } else {
            const double middle = std::clamp(binAt(y + 0.5), 0.0, double(top));
            row.first = std::min(static_cast<int>(middle), top);
            row.last = std::min(row.first + 1, top);
            row.share = static_cast<int>((middle - row.first) * 256);
        }
    }
    return rows;
}

int between(int from, int to, int share)
{
    return from + ((to - from) * share + 128) / 256;
}

/// All bins at one column of pixels: the loudest of the columns that it stands for, or between two.
void pickColumn(const SpectrumLevels &levels, int x, int width, std::uint8_t *line)
{
    const std::int64_t columns = levels.columns;
    const int bins = levels.bins;
    if (columns > width) {
        const auto first = static_cast<int>(x * columns / width);
        const auto last = static_cast<int>(((x + 1) * columns + width - 1) / width);
        std::copy_n(levels.column(first), bins, line);
        for (int column = first + 1; column < last; ++column) {
            const std::uint8_t *other = levels.column(column);
            for (int bin = 0; bin < bins; ++bin)
                line[bin] = std::max(line[bin], other[bin]);
        }
        return;
    }
    const double place = std::clamp((x + 0.5) * static_cast<double>(columns) / width - 0.5, 0.0,
                                    static_cast<double>(columns - 1));
    const auto first = static_cast<int>(place);
    const std::uint8_t *from = levels.column(first);
    const std::uint8_t *to = levels.column(std::min<int>(first + 1, levels.columns - 1));
    const auto share = static_cast<int>((place - first) * 256);
    for (int bin = 0; bin < bins; ++bin)
        line[bin] = static_cast<std::uint8_t>(between(from[bin], to[bin], share));
}

int pickRow(const Row &row, const std::uint8_t *line)
{
    if (row.share >= 0)
        return between(line[row.first], line[row.last], row.share);
    return *std::max_element(line + row.first, line + row.last + 1);
}

std::array<std::uint8_t, 256> indexesFor(int range)
{
    std::array<std::uint8_t, 256> indexes{};
    const int steps = std::clamp(range, 1, 127) * SpectrumLevels::StepsPerDb;
    for (int level = 0; level < 256; ++level)
        indexes[static_cast<std::size_t>(level)] =
            static_cast<std::uint8_t>(std::max(level - (SpectrumLevels::FullScale - steps), 0) * 255 / steps);
    return indexes;
}

} // namespace

SpectrumLevels spectrumLevels(const Pcm &pcm, const std::stop_token &stop)
{
    SpectrumLevels levels;
    const qint64 frames = pcm.frames();
    if (frames <= 0 || pcm.sampleRate <= 0)
        return levels;
    const int size = windowFor(pcm.sampleRate);
    // At least half of each window overlaps the next; no more of a long sound than that.
    const qint64 hop = std::clamp<qint64>(frames / FewestTransforms, ShortestHop, size / 2);
    const qint64 wanted = (frames + hop - 1) / hop;
    const qint64 together = (wanted + SpectrumLevels::MostColumns - 1) / SpectrumLevels::MostColumns;
    const qint64 columns = (wanted + together - 1) / together;
    const qint64 transforms = columns * together;

    // A window longer than the sound would show more of the mirror than of the sound.
    PowerSpectrum spectrum(size, PowerSpectrum::Window::Hann,
                           static_cast<int>(std::min<qint64>(size, frames)));
    const qint64 half = std::min<qint64>(size, frames) / 2;
    const int bins = spectrum.bins();
    levels.cells.resize(static_cast<std::size_t>(columns * bins));
    std::vector<float> loudest(static_cast<std::size_t>(bins));
    for (qint64 column = 0; column < columns; ++column) {
        if (stop.stop_requested())
            return {};
        std::span<const float> powers;
        for (qint64 i = column * together; i < (column + 1) * together; ++i) {
            powers = spectrum.at(pcm, (2 * i + 1) * frames / (2 * transforms) - half);
            if (together == 1)
                break;
            if (i == column * together)
                std::copy(powers.begin(), powers.end(), loudest.begin());
            else
                std::transform(powers.begin(), powers.end(), loudest.begin(), loudest.begin(),
                               [](float a, float b) { return std::max(a, b); });
        }
        toLevels(together == 1 ? powers.data() : loudest.data(), levels.cells.data() + column * bins, bins);
    }
    levels.columns = static_cast<int>(columns);
    levels.bins = bins;
    levels.sampleRate = pcm.sampleRate;
    return levels;
}

FrequencyAxis::FrequencyAxis(Kind kind, int sampleRate)
    : m_kind(kind)
    , m_highest(sampleRate / 2.0)
{
}

double FrequencyAxis::place(double hz) const
{
    return m_kind == Kind::Linear ? hz / m_highest : std::log1p(hz / 700) / std::log1p(m_highest / 700);
}

double FrequencyAxis::hz(double place) const
{
    return m_kind == Kind::Linear ? place * m_highest : 700 * std::expm1(place * std::log1p(m_highest / 700));
}

IndexPicture drawSpectrum(const SpectrumLevels &levels, int width, int height, FrequencyAxis::Kind axis,
                          int range)
{
    if (width <= 0 || height <= 0)
        return {};
    IndexPicture picture{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height)};
    if (levels.columns <= 0)
        return picture;
    const auto rows = layRows(levels, height, axis);
    const auto indexes = indexesFor(range);
    // Made a few columns at a time, so that the rows are written a cache line at once.
    constexpr int Together = 64;
    std::vector<std::uint8_t> line(static_cast<std::size_t>(levels.bins));
    std::vector<std::uint8_t> strip(static_cast<std::size_t>(Together) * height);
    for (int left = 0; left < width; left += Together) {
        const int count = std::min(Together, width - left);
        for (int i = 0; i < count; ++i) {
            pickColumn(levels, left + i, width, line.data());
            std::uint8_t *out = strip.data() + i;
            for (const Row &row : rows) {
                *out = indexes[static_cast<std::size_t>(pickRow(row, line.data()))];
                out += Together;
            }
        }
        for (int y = 0; y < height; ++y)
            std::copy_n(strip.data() + std::ptrdiff_t{y} * Together, count,
                        picture.pixels.data() + std::ptrdiff_t{y} * width + left);
    }
    return picture;
}

} // namespace earmark::audio
