#include "ui/clip/colourmap.h"

#include <QColor>

#include <cmath>

namespace earmark::ui {

namespace {

/// Ten even steps of the maps that S. van der Walt and N. Smith gave to everybody (CC0) with matplotlib 1.5:
/// lightness rises evenly, for the colour-blind too.
constexpr std::array<QRgb, 10> ViridisSteps{0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e,
                                            0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725};
constexpr std::array<QRgb, 10> InfernoSteps{0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60,
                                            0xcf4446, 0xed6925, 0xfb9b06, 0xf7d13d, 0xfcffa4};
constexpr std::array<QRgb, 2> GreySteps{0x16181c, 0xf4f5f7};
constexpr std::array<QRgb, 2> PaperSteps{0xffffff, 0x101215};

template <std::size_t Count>
std::array<QRgb, 256> spread(const std::array<QRgb, Count> &steps)
{
    std::array<QRgb, 256> colours{};
    for (std::size_t i = 0; i < colours.size(); ++i) {
        const double place = static_cast<double>(i) * (Count - 1) / 255;
        const auto first = std::min(static_cast<std::size_t>(place), Count - 2);
        const double share = place - static_cast<double>(first);
        const auto mix = [&](int from, int to) {
            return static_cast<int>(std::lround(from + share * (to - from)));
        };
        const QRgb from = steps[first];
        const QRgb to = steps[first + 1];
        colours[i] =
            qRgb(mix(qRed(from), qRed(to)), mix(qGreen(from), qGreen(to)), mix(qBlue(from), qBlue(to)));
    }
    return colours;
}

} // namespace

std::array<QRgb, 256> coloursOf(ColourMap map, bool dark)
{
    switch (map) {
    case ColourMap::Viridis:
        return spread(ViridisSteps);
    case ColourMap::Inferno:
        return spread(InfernoSteps);
    case ColourMap::Grey:
        return spread(dark ? GreySteps : PaperSteps);
    }
    return {};
}

} // namespace earmark::ui
