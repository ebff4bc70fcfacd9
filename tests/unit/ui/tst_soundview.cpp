#include "unit/ui/shownsound.h"

#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPaintEvent>
#include <QProcess>
#include <QScreen>

#include <cmath>

using namespace earmark;
using namespace earmark::test;
using namespace earmark::ui;
using namespace Qt::StringLiterals;

namespace {

/// Hears what is painted.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(QObject &watched) { watched.installEventFilter(this); }
    int count = 0;
    QRegion region;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            ++count;
            region += static_cast<QPaintEvent *>(event)->region();
        }
        return false;
    }
};

} // namespace

class TestSoundView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsATone_data();
    void showsATone();
    void pixelForPixel();
    void isSharpAtAnyScale_data();
    void isSharpAtAnyScale();
    void showsTheOldPictureUntilTheNewOneIsThere();
    void saysWhatIsMissing();
    void saysThatItIsTheBeginning();
    void takesKeys_data();
    void takesKeys();
    void leavesOtherKeysAlone();
    void aClickSeeksAndLeavesTheFocus();
    void thePlayheadPaintsStripsOnly();
    void saysWhereTheMouseIs();
    void followsThePalette();
    void takesAnySize_data();
    void takesAnySize();
};

void TestSoundView::showsATone_data()
{
    QTest::addColumn<SpectrumLook::Axis>("axis");
    QTest::newRow("mel") << SpectrumLook::Axis::Mel;
    QTest::newRow("linear") << SpectrumLook::Axis::Linear;
}

void TestSoundView::showsATone()
{
    QFETCH(const SpectrumLook::Axis, axis);
    Shown shown(toneSound(3000));
    VERIFY_SHOWN(shown);
    SpectrumLook look;
    look.axis = axis;
    look.map = ColourMap::Inferno;
    shown.view.setLook(look);
    QTRY_VERIFY(!shown.view.findChild<SpectrumPicture *>()->isDrawing());
    const QImage picture = shown.picture();
    const QRect &place = shown.plan.spectrum;
    const double y = place.top() + (1 - audio::FrequencyAxis(axis, Rate).place(3000)) * place.height();
    int brightest = place.top();
    for (int row = place.top(); row <= place.bottom(); ++row) {
        if (qGray(picture.pixel(place.center().x(), row)) >
            qGray(picture.pixel(place.center().x(), brightest)))
            brightest = row;
    }
    QVERIFY2(std::abs(brightest - y) <= 2, qPrintable(u"%1, not %2"_s.arg(brightest).arg(y)));
    // The waveform reaches half of its height.
    const QRect &wave = shown.plan.wave;
    const QRgb base = QApplication::palette().color(QPalette::Base).rgb();
    QVERIFY(picture.pixel(wave.center()) != base);
    QVERIFY(picture.pixel(wave.center().x(), wave.top() + wave.height() / 8) == base);
}

/// Every pixel of the screen is one that was computed for it.
void TestSoundView::pixelForPixel()
{
    audio::Pcm pcm{test::noise(Rate, 0.3, 1), Rate, 1};
    const auto sound = soundOf(pcm);
    Shown shown(sound, {401, 223});
    VERIFY_SHOWN(shown);
    const QImage picture = shown.picture();
    const double ratio = shown.view.devicePixelRatioF();
    const QRect &place = shown.plan.spectrum;
    const QSize size = (QSizeF(place.size()) * ratio).toSize();
    const auto indexes = audio::drawSpectrum(sound->levels, size.width(), size.height(), SpectrumLook().axis,
                                             SpectrumLook().range);
    const auto colours = coloursOf(ColourMap::Viridis, isDark(shown.view.palette()));
    const QPoint corner = (QPointF(place.topLeft()) * ratio).toPoint();
    // Beside the playhead, and off the border where a scale that is not whole may lose a pixel.
    const auto beside = static_cast<int>(std::ceil(8 * ratio));
    const bool fits = [&] {
        for (int y = 2; y < size.height() - 2; ++y) {
            for (int x = beside; x < size.width() - 2; ++x) {
                if (picture.pixel(corner + QPoint(x, y)) != colours[indexes.row(y)[x]])
                    return false;
            }
        }
        return true;
    }();
    QVERIFY(fits);
}

void TestSoundView::isSharpAtAnyScale_data()
{
    QTest::addColumn<QString>("scale");
    for (const char *scale : {"1", "1.25", "1.5", "2", "3"})
        QTest::newRow(scale) << QString::fromLatin1(scale);
}

void TestSoundView::isSharpAtAnyScale()
{
    QFETCH(const QString, scale);
    QProcess again;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_SCALE_FACTOR"_s, scale);
    again.setProcessEnvironment(environment);
    again.start(QCoreApplication::applicationFilePath(), {u"tst_soundview"_s, u"pixelForPixel"_s});
    QVERIFY(again.waitForFinished());
    QVERIFY2(again.exitCode() == 0, again.readAllStandardOutput().constData());
}

void TestSoundView::showsTheOldPictureUntilTheNewOneIsThere()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    const auto *picture = shown.view.findChild<SpectrumPicture *>();
    const QImage before = picture->of(shown.view.sound());
    shown.window.resize(900, 500);
    shown.view.repaint();
    QCOMPARE(picture->of(shown.view.sound()).size(), before.size()); // stretched
    QVERIFY(picture->isDrawing());
    QTRY_VERIFY(picture->of(shown.view.sound()).size() != before.size());
    // Another sound's is not shown for this one.
    const auto other = toneSound(5000);
    shown.view.setSound(other);
    QVERIFY(picture->of(other).isNull());
    QTRY_VERIFY(!picture->of(other).isNull());
}

void TestSoundView::saysWhatIsMissing()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    QCOMPARE(shown.view.accessibleName(), u"Waveform"_s);
    QVERIFY(!shown.view.accessibleDescription().isEmpty());
    shown.view.setSound(nullptr);
    const QImage empty = shown.picture();
    shown.view.setPlaceholder(u"The clip is not here yet."_s);
    QVERIFY(shown.picture() != empty);
    const QSignalSpy seeked(&shown.view, &SoundView::seeked);
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.at(5));
    QTest::keyClick(&shown.view, Qt::Key_Right);
    QVERIFY(seeked.isEmpty());
}

void TestSoundView::saysThatItIsTheBeginning()
{
    audio::Pcm pcm{test::tone(Rate, Rate, 1000, 0.5), Rate, 1};
    Shown whole(soundOf(pcm));
    Shown part(soundOf(pcm, 3 * 3600));
    VERIFY_SHOWN(whole);
    VERIFY_SHOWN(part);
    const QImage one = whole.picture();
    const QImage other = part.picture();
    const QRect &place = part.plan.spectrum;
    QVERIFY(one.copy(place.left(), place.top(), 100, 10) != other.copy(place.left(), place.top(), 100, 10));
    QCOMPARE(one.copy(part.plan.wave), other.copy(part.plan.wave));
}

void TestSoundView::takesKeys_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<bool>("shift");
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::newRow("right") << Qt::Key_Right << false << 5.0 << 6.0;
    QTest::newRow("left") << Qt::Key_Left << false << 5.0 << 4.0;
    QTest::newRow("finer right") << Qt::Key_Right << true << 5.0 << 5.1;
    QTest::newRow("finer left") << Qt::Key_Left << true << 5.0 << 4.9;
    QTest::newRow("home") << Qt::Key_Home << false << 5.0 << 0.0;
    QTest::newRow("not before the start") << Qt::Key_Left << false << 0.5 << 0.0;
    QTest::newRow("not after the end") << Qt::Key_Right << false << 9.5 << 10.0;
}

void TestSoundView::takesKeys()
{
    QFETCH(const Qt::Key, key);
    QFETCH(const bool, shift);
    QFETCH(const double, from);
    QFETCH(const double, to);
    Shown shown;
    VERIFY_SHOWN(shown);
    shown.view.setPosition(from);
    const QSignalSpy seeked(&shown.view, &SoundView::seeked);
    QTest::keyClick(&shown.view, key, shift ? Qt::ShiftModifier : Qt::NoModifier);
    QCOMPARE(seeked.count(), 1);
    QCOMPARE(seeked[0][0].toDouble(), to);
}

void TestSoundView::leavesOtherKeysAlone()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    const QSignalSpy seeked(&shown.view, &SoundView::seeked);
    for (const auto key : {Qt::Key_Space, Qt::Key_K, Qt::Key_Escape, Qt::Key_Down}) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(&shown.view, &event);
        QVERIFY(!event.isAccepted());
    }
    QVERIFY(seeked.isEmpty());
}

void TestSoundView::aClickSeeksAndLeavesTheFocus()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    const QSignalSpy seeked(&shown.view, &SoundView::seeked);
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.at(7));
    QTest::mouseClick(&shown.view, Qt::RightButton, {}, shown.at(3));
    QCOMPARE(seeked.count(), 1);
    QVERIFY(near(seeked[0][0].toDouble(), 7));
    QVERIFY(shown.edit.hasFocus());
    QVERIFY(!shown.view.loop());
    QTest::keyClick(&shown.edit, Qt::Key_Tab);
    QVERIFY(shown.view.hasFocus());
}

void TestSoundView::thePlayheadPaintsStripsOnly()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    shown.view.setPosition(2);
    QCoreApplication::processEvents();
    PaintWatch watch(shown.view);
    shown.view.setPosition(8);
    QTRY_COMPARE(watch.count, 1);
    int area = 0;
    for (const QRect &rect : watch.region)
        area += rect.width() * rect.height();
    QVERIFY2(area <= 2 * 8 * shown.view.height(), qPrintable(QString::number(area)));
    QVERIFY(watch.region.contains(shown.at(2)) && watch.region.contains(shown.at(8)));
    QVERIFY(!watch.region.contains(shown.at(5)));
    // Less than a pixel on.
    shown.view.setPosition(8.0001);
    QCoreApplication::processEvents();
    QCOMPARE(watch.count, 1);
    // What the strips leave on the screen is what a whole painting makes.
    const auto onScreen = [&shown] {
        QCoreApplication::processEvents();
        return shown.window.screen()->grabWindow(shown.window.winId()).toImage();
    };
    const QImage before = onScreen();
    for (int i = 0; i < 50; ++i) {
        shown.view.setPosition(8 - i * 0.15);
        QCoreApplication::processEvents();
    }
    const QImage strips = onScreen();
    QVERIFY(!strips.isNull() && strips != before);
    shown.window.update();
    shown.view.update();
    QCOMPARE(onScreen(), strips);
}

void TestSoundView::saysWhereTheMouseIs()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    const QImage before = shown.picture();
    QTest::mouseMove(&shown.view, shown.at(3, 100));
    const QImage inside = shown.picture();
    QVERIFY(inside != before);
    QTest::mouseMove(&shown.view, shown.at(6, 100));
    QVERIFY(shown.picture() != inside);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&shown.view, &leave);
    QCOMPARE(shown.picture(), before);
}

void TestSoundView::followsThePalette()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    SpectrumLook look;
    look.map = ColourMap::Grey;
    shown.view.setLook(look);
    const auto corner = [&shown] {
        return qGray(shown.picture().pixel(shown.plan.spectrum.center() -
                                           QPoint(0, shown.plan.spectrum.height() / 3)));
    };
    shown.window.setPalette(paletteFor(false));
    QTRY_VERIFY(corner() > 200);
    shown.window.setPalette(paletteFor(true));
    QTRY_VERIFY(corner() < 60);
}

void TestSoundView::takesAnySize_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(0, 0), QSize(1, 1), QSize(5, 300), QSize(300, 5), QSize(3000, 40)})
        QTest::addRow("%d x %d", size.width(), size.height()) << size;
}

void TestSoundView::takesAnySize()
{
    QFETCH(const QSize, size);
    SoundView view;
    view.setSound(toneSound());
    view.setLoop(LoopSpan{2, 3});
    view.resize(size);
    view.show();
    view.grab();
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(0, 0));
    QTRY_VERIFY(!view.findChild<SpectrumPicture *>()->isDrawing());
    view.grab();
}

QTEST_MAIN(TestSoundView)
#include "tst_soundview.moc"
