#pragma once

#include <QRgb>

#include <array>

namespace earmark::ui {

/// What a spectrogram's levels are painted in. The first two are told apart by everybody: their lightness
/// alone says which of two is louder.
enum class ColourMap {
    Viridis, ///< dark blue to yellow
    Inferno, ///< black to pale yellow
    Grey,    ///< loud is what stands out: black on white, or white on black
};

/// For every index of a picture, 0 silent. `dark`: the palette that it stands in.
std::array<QRgb, 256> coloursOf(ColourMap map, bool dark);

} // namespace earmark::ui
