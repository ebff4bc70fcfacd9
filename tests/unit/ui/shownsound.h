#pragma once

#include "support/soundmatch.h"
#include "ui/clip/soundview.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>

namespace earmark::test {

inline constexpr int Rate = 44100;
inline constexpr int Seconds = 10;

inline ui::ClipSoundPtr soundOf(audio::Pcm pcm, double wholeLength = 0)
{
    auto sound = std::make_shared<ui::ClipSound>();
    sound->sound = std::make_shared<const audio::Pcm>(std::move(pcm));
    sound->peaks = audio::peaks(*sound->sound, 4096);
    sound->levels = audio::spectrumLevels(*sound->sound);
    sound->seconds = std::max(wholeLength, sound->sound->duration());
    return sound;
}

inline ui::ClipSoundPtr toneSound(double hz = 1000)
{
    return soundOf({tone(Seconds * Rate, Rate, hz, 0.5), Rate, 1});
}

/// A view in a window, beside something that has the focus.
struct Shown
{
    explicit Shown(const ui::ClipSoundPtr &sound = toneSound(), QSize size = {640, 320})
    {
        auto *column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        column->addWidget(&edit);
        column->addWidget(&view, 1);
        window.resize(size.width(), size.height() + edit.sizeHint().height());
        window.show();
        isActive = QTest::qWaitForWindowActive(&window);
        edit.setFocus();
        QSignalSpy drawn(view.findChild<ui::SpectrumPicture *>(), &ui::SpectrumPicture::drawn);
        view.setSound(sound);
        isDrawn = !sound || drawn.wait();
        plan = ui::SoundLayout::over(view.rect(), QFontMetrics(smallFont()));
    }
    QFont smallFont() const
    {
        QFont font = view.font();
        font.setPointSizeF(font.pointSizeF() * 0.85);
        return font;
    }
    QPoint at(double seconds, int y = 40) const { return {static_cast<int>(plan.xOf(seconds, Seconds)), y}; }
    void drag(double from, double to)
    {
        QTest::mousePress(&view, Qt::LeftButton, {}, at(from));
        QTest::mouseMove(&view, at((from + to) / 2));
        QTest::mouseMove(&view, at(to));
        QTest::mouseRelease(&view, Qt::LeftButton, {}, at(to));
    }
    QImage picture() { return view.grab().toImage().convertToFormat(QImage::Format_RGB32); }

    QWidget window;
    QLineEdit edit;
    ui::SoundView view;
    ui::SoundLayout plan;
    bool isActive = false;
    bool isDrawn = false;
};

#define VERIFY_SHOWN(shown) QVERIFY((shown).isActive && (shown).isDrawn)

inline bool near(double seconds, double expected)
{
    return std::abs(seconds - expected) < 0.05;
}

} // namespace earmark::test
