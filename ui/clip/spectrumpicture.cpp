#include "ui/clip/spectrumpicture.h"

#include <algorithm>

namespace earmark::ui {

namespace {

QImage draw(const SpectrumPicture::Wanted &wanted)
{
    const auto indexes = audio::drawSpectrum(wanted.sound->levels, wanted.pixels.width(),
                                             wanted.pixels.height(), wanted.look.axis, wanted.look.range);
    const auto colours = coloursOf(wanted.look.map, wanted.dark);
    // In the form that is painted without another conversion.
    QImage image(wanted.pixels, QImage::Format_RGB32);
    for (int y = 0; y < indexes.height; ++y) {
        const std::uint8_t *row = indexes.row(y);
        std::transform(row, row + indexes.width, reinterpret_cast<QRgb *>(image.scanLine(y)),
                       [&colours](std::uint8_t index) { return colours[index]; });
    }
    return image;
}

} // namespace

SpectrumPicture::SpectrumPicture(QObject *parent)
    : QObject(parent)
{
}

void SpectrumPicture::want(const Wanted &wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    m_drawing.cancel();
    if (!wanted.sound || wanted.pixels.isEmpty()) {
        m_image = {};
        m_sound = nullptr;
        return;
    }
    m_drawing.run(
        [wanted](const std::stop_token &stop) { return stop.stop_requested() ? QImage() : draw(wanted); },
        [this](const QImage &image) {
            m_image = image;
            m_sound = m_wanted.sound;
            Q_EMIT drawn();
        });
}

QImage SpectrumPicture::of(const ClipSoundPtr &sound) const
{
    return m_sound == sound ? m_image : QImage();
}

} // namespace earmark::ui
