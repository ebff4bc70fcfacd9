#include "base/nearest.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

/// What somebody meant to type.
class TestNearest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void guesses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("meant"); // empty: nobody knows
        const auto row = [](const char *name, const QString &typed, const QString &meant) {
            QTest::newRow(name) << typed << meant;
        };
        row("a letter left out", u"lst"_s, u"list"_s);
        row("two letters swapped", u"fecth"_s, u"fetch"_s);
        row("a letter too many", u"exxport"_s, u"export"_s);
        row("another letter", u"ststus"_s, u"status"_s);
        row("the beginning", u"ins"_s, u"inspect"_s);
        row("the beginning of two", u"s"_s, u"status"_s);
        row("another word", u"download"_s, QString());
        row("nothing", QString(), QString());
    }
    void guesses()
    {
        QFETCH(QString, typed);
        QFETCH(QString, meant);
        const std::vector<QString> names{u"list"_s,   u"fetch"_s,      u"export"_s,
                                         u"status"_s, u"statistics"_s, u"inspect"_s};
        const auto found = nearestName(typed, names);
        QCOMPARE(found ? names[*found] : QString(), meant);
        QCOMPARE(guessText(typed, names), meant.isEmpty() ? QString() : u"; did you mean “%1”?"_s.arg(meant));
    }
};

QTEST_GUILESS_MAIN(TestNearest)
#include "tst_nearest.moc"
