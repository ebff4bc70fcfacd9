#include "base/csvtext.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

class TestCsvText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines()
    {
        QCOMPARE(csvLine({u"a"_s, u"b c"_s}), QByteArray("a,b c\n"));
        QCOMPARE(csvLine({u""_s, u""_s, u"é"_s}), QByteArray(",,é\n"));
        QCOMPARE(csvLine({u"a,b"_s, u"say \"no\""_s, u"two\nlines"_s}),
                 QByteArray("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\n"));
    }

    void formulasGetAnApostrophe_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("=") << u"=1+1"_s << QByteArray("'=1+1\n");
        QTest::newRow("+") << u"+1"_s << QByteArray("'+1\n");
        QTest::newRow("-") << u"-0RWZT-miFs"_s << QByteArray("'-0RWZT-miFs\n");
        QTest::newRow("@") << u"@SUM(1,2)"_s << QByteArray("\"'@SUM(1,2)\"\n");
        QTest::newRow("a tab") << u"\t=1"_s << QByteArray("'\t=1\n");
        QTest::newRow("a line end") << u"\n=1"_s << QByteArray("\"'\n=1\"\n");
        QTest::newRow("none") << u"a=1"_s << QByteArray("a=1\n");
    }
    void formulasGetAnApostrophe()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, line);
        QCOMPARE(csvLine({text}), line);
        QCOMPARE(csvLine({text}, Formulas::Kept).replace('"', ""), text.toUtf8() + '\n');
    }
};

QTEST_APPLESS_MAIN(TestCsvText)
#include "tst_csvtext.moc"
