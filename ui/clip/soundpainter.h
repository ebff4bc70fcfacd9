#pragma once

#include "ui/clip/loopdrag.h"
#include "ui/clip/soundlayout.h"
#include "ui/clip/spectrumpicture.h"

#include <QFont>
#include <QPalette>

class QPainter;

namespace earmark::ui {

/// What a SoundView shows; references to what outlives the painting.
struct SoundScene
{
    const ClipSound &sound;
    const SoundLayout &plan;
    const QPalette &palette;
    QImage picture; ///< may be null, or of another size
    SpectrumLook look;
    double position = 0; ///< seconds
    std::optional<LoopSpan> loop;
    bool hasFocus = false;
    QFont labels;
    QString hover; ///< where the mouse is; empty when it is not here
    QRect hoverRect;
};

/// Paints what of it is in the region: while a sound plays, that is two narrow strips thirty times a second.
void paintSound(QPainter &painter, const SoundScene &scene, const QRegion &region);

} // namespace earmark::ui
