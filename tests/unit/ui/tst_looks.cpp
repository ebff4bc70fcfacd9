#include "support/testmain.h"
#include "ui/theme/chips.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/formatting.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;

/// What decides whether the window can be read.
class TestLooks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textStandsOut_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textStandsOut()
    {
        QFETCH(bool, dark);
        const QPalette palette = ui::paletteFor(dark);
        QCOMPARE(ui::isDark(palette), dark);
        const auto colours = ui::coloursFor(palette);
        const QColor base = palette.color(QPalette::Base);
        for (const QColor &colour : {palette.color(QPalette::Text), colours.ok, colours.warning,
                                     colours.error, colours.muted, palette.color(QPalette::PlaceholderText)})
            QVERIFY2(
                contrast(colour, base) >= 4.5 && contrast(colour, palette.color(QPalette::Window)) >= 4.5,
                qPrintable(u"%1 on %2: %3"_s.arg(colour.name(), base.name()).arg(contrast(colour, base))));
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >=
                4.5);
        QVERIFY(contrast(palette.color(QPalette::Text), colours.chip) >= 4.5);
    }

    void controlsCanBeTold_data()
    {
        QTest::addColumn<bool>("dark");
        for (const bool dark : {false, true})
            QTest::newRow(dark ? "dark" : "light") << dark;
    }
    void controlsCanBeTold()
    {
        QFETCH(bool, dark);
        ui::Theme theme(*qApp);
        theme.apply(dark ? ui::Scheme::Dark : ui::Scheme::Light);
        const auto tell = [](QWidget &widget, const char *what, double least) {
            widget.resize(60, 30);
            const double most = mostContrast(widget);
            QVERIFY2(most >= least, qPrintable(u"%1: %2"_s.arg(QLatin1StringView(what)).arg(most)));
        };
        QRadioButton radio;
        QCheckBox box;
        QLineEdit edit;
        QSpinBox spin;
        QComboBox combo;
        QPushButton button;
        tell(radio, "radio button", 3);
        tell(box, "tick box", 3);
        tell(edit, "line edit", 1.8);
        tell(spin, "spin box", 1.8);
        tell(combo, "combo box", 1.8);
        tell(button, "button", 1.8);

        // What is on can be told from what is off.
        const QImage off = button.grab().toImage();
        button.setCheckable(true);
        button.setChecked(true);
        const QImage on = button.grab().toImage();
        QVERIFY(contrast(off.pixelColor(30, 15), on.pixelColor(30, 15)) > 1.3);
    }

    void iconsTakeTheTextsColour()
    {
        for (const bool dark : {false, true}) {
            QApplication::setPalette(ui::paletteFor(dark));
            const QImage image = ui::icon(u"stop"_s).pixmap(24, 24).toImage();
            QCOMPARE(image.pixelColor(12, 12).name(),
                     QApplication::palette().color(QPalette::ButtonText).name());
        }
    }

    void everyIconCanBeDrawn()
    {
        const QStringList names = QDir(u":/earmark/icons"_s).entryList();
        QVERIFY(names.size() > 20);
        for (const QString &name : names) {
            const QImage image = ui::iconPixmap(name.chopped(4), Qt::black, 24, 1).toImage();
            QCOMPARE(image.size(), QSize(24, 24));
            int drawn = 0;
            for (int y = 0; y < 24; ++y) {
                for (int x = 0; x < 24; ++x)
                    drawn += image.pixelColor(x, y).alpha() > 0 ? 1 : 0;
            }
            QVERIFY2(drawn > 10, qPrintable(name));
        }
    }

    void chipsStayInside_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("allFit");
        QTest::newRow("wide") << 2000 << true;
        QTest::newRow("middling") << 260 << false;
        QTest::newRow("narrow") << 90 << false;
    }
    void chipsStayInside()
    {
        QFETCH(int, width);
        QFETCH(bool, allFit);
        const QStringList names{u"Child speech, kid speaking"_s, u"Music"_s, u"Inside, small room"_s,
                                u"Dog"_s};
        const ui::ChipTexts texts(QApplication::font());
        const QRect area(10, 0, width, 30);
        const auto chips = ui::chipLine(names, {false, false, true, false}, texts, area);
        QVERIFY(!chips.empty());
        for (const auto &chip : chips)
            QVERIFY(area.contains(chip.box));
        QCOMPARE(chips.back().text.startsWith(u'+'), !allFit);
        if (allFit)
            QCOMPARE(chips.size(), 4U);
        // What is sought stands out, also when it is among those that "+2" stands for.
        QVERIFY(std::ranges::any_of(chips, &ui::Chip::isSought));
    }

    void shortCounts_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << u"0"_s;
        QTest::newRow("in full") << qint64(9'999) << u"9,999"_s;
        QTest::newRow("thousands") << qint64(10'000) << u"10.0k"_s;
        QTest::newRow("rounded to a hundred") << qint64(99'960) << u"100k"_s;
        QTest::newRow("hundreds of thousands") << qint64(118'649) << u"119k"_s;
        QTest::newRow("just below a million") << qint64(999'499) << u"999k"_s;
        QTest::newRow("rounded to a million") << qint64(999'500) << u"1.00M"_s;
        QTest::newRow("millions") << qint64(2'041'789) << u"2.04M"_s;
        QTest::newRow("many millions") << qint64(20'417'890) << u"20.4M"_s;
    }
    void shortCounts()
    {
        QFETCH(qint64, count);
        QTEST(ui::shortCountText(count), "text");
    }

    void saysHowLong_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("seconds") << qint64(20'000) << u"less than a minute"_s;
        QTest::newRow("minutes") << qint64(200'000) << u"about 3 min"_s;
        QTest::newRow("hours") << qint64(5 * 3'600'000) << u"about 5 h"_s;
    }
    void saysHowLong()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, text);
        QCOMPARE(ui::etaText(ms), text);
    }

private:
    /// How far anything in the widget stands out from the window around it.
    static double mostContrast(QWidget &widget)
    {
        const QImage image = widget.grab().toImage();
        double most = 1;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                most = std::max(most,
                                contrast(image.pixelColor(x, y), widget.palette().color(QPalette::Window)));
        }
        return most;
    }
    /// WCAG 2.1's contrast ratio.
    static double contrast(const QColor &a, const QColor &b)
    {
        const auto luminance = [](const QColor &colour) {
            const auto linear = [](double part) {
                return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
                   0.0722 * linear(colour.blueF());
        };
        const double lighter = std::max(luminance(a), luminance(b));
        const double darker = std::min(luminance(a), luminance(b));
        return (lighter + 0.05) / (darker + 0.05);
    }
};

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"
