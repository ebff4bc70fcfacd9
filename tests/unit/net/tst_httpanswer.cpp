#include "net/httpanswer.h"

#include "support/testmain.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using earmark::net::ContentRange;
using earmark::net::parseRetryAfter;

class TestHttpAnswer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRanges_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<qint64>>("range"); // first, last, total
        QTest::newRow("part") << QByteArray("bytes 100-199/200") << QList<qint64>{100, 199, 200};
        QTest::newRow("blanks") << QByteArray(" bytes  0-0/1 ") << QList<qint64>{0, 0, 1};
        QTest::newRow("unknown total") << QByteArray("bytes 100-199/*") << QList<qint64>{100, 199, -1};
        QTest::newRow("total only") << QByteArray("bytes */200") << QList<qint64>{-1, -1, 200};
        QTest::newRow("nothing") << QByteArray() << QList<qint64>{};
        QTest::newRow("nothing known") << QByteArray("bytes */*") << QList<qint64>{};
        QTest::newRow("other unit") << QByteArray("lines 1-2/3") << QList<qint64>{};
        QTest::newRow("no total") << QByteArray("bytes 1-2") << QList<qint64>{};
        QTest::newRow("no end") << QByteArray("bytes 1-/3") << QList<qint64>{};
        QTest::newRow("backwards") << QByteArray("bytes 2-1/3") << QList<qint64>{};
        QTest::newRow("beyond") << QByteArray("bytes 1-3/3") << QList<qint64>{};
        QTest::newRow("signs") << QByteArray("bytes -1-3/9") << QList<qint64>{};
        QTest::newRow("too large") << QByteArray("bytes 1-2/99999999999999999999") << QList<qint64>{};
    }
    void readsRanges()
    {
        QFETCH(QByteArray, text);
        const auto range = ContentRange::parse(text);
        QTEST(range ? (QList<qint64>{range->first, range->last, range->total}) : QList<qint64>(), "range");
    }

    void readsRetryAfter_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1: none
        QTest::newRow("seconds") << QByteArray("120") << qint64{120'000};
        QTest::newRow("at once") << QByteArray("0") << qint64{0};
        QTest::newRow("date") << QByteArray("Wed, 21 Oct 2015 07:28:00 GMT") << qint64{60'000};
        QTest::newRow("past") << QByteArray("Tue, 20 Oct 2015 07:28:00 GMT") << qint64{0};
        QTest::newRow("never") << QByteArray("999999999999999999") << qint64{1'000'000'000'000};
        QTest::newRow("none") << QByteArray() << qint64{-1};
        QTest::newRow("negative") << QByteArray("-3") << qint64{-1};
        QTest::newRow("words") << QByteArray("soon") << qint64{-1};
    }
    void readsRetryAfter()
    {
        QFETCH(QByteArray, text);
        const QDateTime now({2015, 10, 21}, {7, 27}, QTimeZone::utc());
        QTEST(qint64{parseRetryAfter(text, now).value_or(-1ms).count()}, "milliseconds");
    }
};

QTEST_GUILESS_MAIN(TestHttpAnswer)
#include "tst_httpanswer.moc"
