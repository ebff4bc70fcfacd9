#pragma once

#include "base/async.h"
#include "ui/clip/colourmap.h"
#include "ui/clip/soundcache.h"

#include <QImage>
#include <QObject>

namespace earmark::ui {

/// How a spectrogram is drawn.
struct SpectrumLook
{
    using Axis = audio::FrequencyAxis::Kind;

    Axis axis = Axis::Mel;
    int range = 80; ///< dB below full scale that are shown, 40 to 120
    ColourMap map = ColourMap::Viridis;

    bool operator==(const SpectrumLook &) const = default;
};

/// The picture of a spectrogram, drawn for exactly the pixels of a screen, off the window's thread.
class SpectrumPicture final : public QObject
{
    Q_OBJECT

public:
    struct Wanted
    {
        ClipSoundPtr sound;
        QSize pixels; ///< of the screen
        SpectrumLook look;
        bool dark = false; ///< the palette

        bool operator==(const Wanted &) const = default;
    };

    explicit SpectrumPicture(QObject *parent = nullptr);

    /// Draws that, unless it is drawn or being drawn already; what was wanted before does not come any more.
    void want(const Wanted &wanted);
    /// The last that was drawn, of this sound: it may have another size while a new one is on its way. Null
    /// when there is none.
    QImage of(const ClipSoundPtr &sound) const;
    bool isDrawing() const { return m_drawing.isRunning(); }

Q_SIGNALS:
    void drawn();

private:
    Wanted m_wanted;
    ClipSoundPtr m_sound; ///< of the image
    QImage m_image;
    LatestTask m_drawing{this};
};

} // namespace earmark::ui
