#include "segments/shard.h"
#include "support/resulttest.h"
#include "support/testmain.h"

using namespace earmark;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

class TestShard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Fixed for ever: machines with different versions share a job.
    void isTheSameOnEveryMachine_data()
    {
        QTest::addColumn<QByteArray>("ytid");
        QTest::addColumn<QList<int>>("numbers"); // of 1, 2, 3, 16 and 100
        QTest::newRow("--PJHxphWEs") << QByteArray("--PJHxphWEs") << QList<int>{1, 1, 1, 7, 51};
        QTest::newRow("-0RWZT-miFs") << QByteArray("-0RWZT-miFs") << QList<int>{1, 2, 3, 14, 90};
        QTest::newRow("--i-y1v8Hy8") << QByteArray("--i-y1v8Hy8") << QList<int>{1, 1, 3, 11, 95};
        QTest::newRow("Agi5ySKb1tY") << QByteArray("Agi5ySKb1tY") << QList<int>{1, 1, 2, 15, 95};
        QTest::newRow("zzzzzzzzzzz") << QByteArray("zzzzzzzzzzz") << QList<int>{1, 2, 1, 14, 34};
        QTest::newRow("___________") << QByteArray("___________") << QList<int>{1, 1, 1, 13, 5};
        QTest::newRow("00000000000") << QByteArray("00000000000") << QList<int>{1, 2, 1, 8, 80};
    }
    void isTheSameOnEveryMachine()
    {
        QFETCH(QByteArray, ytid);
        QFETCH(QList<int>, numbers);
        const auto id = YtId::parse(ytid.toStdString());
        QVERIFY(id);
        const std::array<std::uint32_t, 5> wholes{1, 2, 3, 16, 100};
        for (std::size_t at = 0; at < wholes.size(); ++at) {
            for (std::uint32_t number = 1; number <= wholes[at]; ++number) {
                QCOMPARE((Shard{number, wholes[at]}.holds(*id)),
                         std::cmp_equal(number, numbers[static_cast<qsizetype>(at)]));
            }
        }
    }

    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isShard");
        for (const QString &text : {u"1/1"_s, u"3/16"_s, u"16/16"_s, u"9999/9999"_s})
            QTest::newRow(qPrintable(text)) << text << true;
        for (const QString &text : {u""_s, u"0/4"_s, u"5/4"_s, u"1/0"_s, u"1"_s, u"/4"_s, u"1/4/4"_s,
                                    u"-1/4"_s, u" 1/4"_s, u"1/10000"_s, u"a/b"_s})
            QTest::newRow(qPrintable(u"not: “%1”"_s.arg(text))) << text << false;
    }
    void reads()
    {
        QFETCH(QString, text);
        QFETCH(bool, isShard);
        const auto shard = Shard::parse(text);
        if (!isShard) {
            COMPARE_ERROR(shard, ErrorCode::BadInput);
            QVERIFY(shard.error().text.contains(text));
            return;
        }
        VERIFY_OK(shard);
        QCOMPARE(u"%1/%2"_s.arg(shard->number).arg(shard->of), text);
    }
};

QTEST_GUILESS_MAIN(TestShard)
#include "tst_shard.moc"
