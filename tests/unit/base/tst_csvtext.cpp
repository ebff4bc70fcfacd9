#include "base/csvtext.h"

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
};

QTEST_APPLESS_MAIN(TestCsvText)
#include "tst_csvtext.moc"
