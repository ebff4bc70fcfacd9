#include "base/linebuffer.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;

class TestLineBuffer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<QByteArrayList>("pieces");
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("nothing") << QByteArrayList{} << QByteArrayList{} << QByteArray();
        QTest::newRow("two in one piece")
            << QByteArrayList{"a\nb\n"} << QByteArrayList{"a", "b"} << QByteArray();
        QTest::newRow("one in three pieces")
            << QByteArrayList{"a", "b", "c\nd"} << QByteArrayList{"abc"} << QByteArray("d");
        QTest::newRow("CRLF, split between")
            << QByteArrayList{"a\r", "\nb\r\n"} << QByteArrayList{"a", "b"} << QByteArray();
        QTest::newRow("blank lines") << QByteArrayList{"\n\n"} << QByteArrayList{"", ""} << QByteArray();
        QTest::newRow("too long, cut")
            << QByteArrayList{"0123456789abc\nx\n"} << QByteArrayList{"01234567", "x"} << QByteArray();
        QTest::newRow("too long, in pieces") << QByteArrayList{"01234567", "89", "abc", "\nx\n"}
                                             << QByteArrayList{"01234567", "x"} << QByteArray();
        QTest::newRow("too long, never ends")
            << QByteArrayList{"0123456789", "0123456789"} << QByteArrayList{"01234567"} << QByteArray();
    }
    void lines()
    {
        QFETCH(QByteArrayList, pieces);
        LineBuffer buffer(8);
        QByteArrayList lines;
        for (const QByteArray &piece : pieces) {
            buffer.append(piece);
            while (auto line = buffer.takeLine())
                lines.append(*line);
        }
        QTEST(lines, "lines");
        QTEST(buffer.takeRest(), "rest");
    }
};

QTEST_APPLESS_MAIN(TestLineBuffer)
#include "tst_linebuffer.moc"
