#include "readers/csvrecords.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::readers;
using namespace Qt::StringLiterals;

/// Records of CSV whose quotes are wrong, as damage or malice makes them.
class TestCsvRecords final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Each line is looked at a few times at most, however many there are.
    void workIsLinear_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("count");
        const auto rows = [](const char *name, const QByteArray &line) {
            for (const int count : {1'000, 10'000, 100'000})
                QTest::addRow("%s, %d lines", name, count) << line + '\n' << count;
        };
        rows("each closes one quote and opens another", "a\",\"b");
        rows("each opens one", "\"a");
        rows("each opens one that the next breaks", "\"a\"\"");
        rows("an open quote, then none", "x");
        rows("empty fields", "\"\",\"");
        rows("long", "\"" + QByteArray(300, 'a'));
    }
    void workIsLinear()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, count);
        LineSource source(file("\"begin\n" + line.repeated(count)), {});
        CsvRecords records(source, ',');
        qint64 found = 0;
        while (records.next())
            ++found;
        VERIFY_OK(source.outcome());
        QVERIFY(found > 0);
        QVERIFY2(records.visits() <= 3 * (qint64{count} + 1) + 1,
                 qPrintable(u"%1 visits for %2 lines"_s.arg(records.visits()).arg(count)));
    }

    /// What is wrong costs its own line alone.
    void keepsWhatIsRight_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("records"); // "line: field|field", "line!" for one with a problem
        QTest::newRow("over lines") << QByteArray("a,\"b\nc\"\nd,e\n")
                                    << QStringList{u"1: a|b\nc"_s, u"3: d|e"_s};
        QTest::newRow("a stray quote, then a record over lines")
            << QByteArray("a,\"b\nc,\"d\ne\"\nf,g\n") << QStringList{u"1!"_s, u"2: c|d\ne"_s, u"4: f|g"_s};
        QTest::newRow("two stray quotes, then a record over lines")
            << QByteArray("a,\"b\nx\nc,\"d\ne,\"f\ng\"\nh,i\n")
            << QStringList{u"1!"_s, u"2: x"_s, u"3!"_s, u"4: e|f\ng"_s, u"6: h|i"_s};
        QTest::newRow("never closed") << QByteArray("a,\"b\nc,d\n,\"e\nf,g\n")
                                      << QStringList{u"1!"_s, u"2: c|d"_s, u"3!"_s, u"4: f|g"_s};
        QTest::newRow("closed beyond the limit") << "a,\"b\n" + QByteArray("c,d\n").repeated(20'000) + "e\"\n"
                                                 << QStringList{u"1!"_s, u"2: c|d"_s, u"3: c|d"_s};
        QTest::newRow("quotes doubled over lines")
            << QByteArray("\"a\"\"\n\"\"b\",c\n") << QStringList{u"1: a\"\n\"b|c"_s};
        QTest::newRow("separators within, over lines")
            << QByteArray("\"a,b\nc,d\",e\n") << QStringList{u"1: a,b\nc,d|e"_s};
    }
    void keepsWhatIsRight()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, records);
        LineSource source(file(text), {});
        CsvRecords reader(source, ',');
        QStringList found;
        while (found.size() < records.size() && reader.next()) {
            QStringList fields;
            for (int field = 0; std::cmp_less(field, reader.fields().size()); ++field)
                fields.append(QString::fromUtf8(bytesOf(reader.fields()[field])));
            found.append(reader.problem().isEmpty()
                             ? u"%1: %2"_s.arg(QString::number(reader.line()), fields.join(u'|'))
                             : u"%1!"_s.arg(reader.line()));
        }
        QCOMPARE(found, records);
    }

    /// Lines that are read again are no reason to read on.
    void stopsBetweenTwoLines()
    {
        std::stop_source stop;
        LineSource source(file("\"a\n" + QByteArray("b\n").repeated(1'000)), stop.get_token());
        CsvRecords records(source, ',');
        QVERIFY(records.next()); // has looked at all of them
        QVERIFY(records.next());
        stop.request_stop();
        const qint64 before = records.visits();
        QVERIFY(!records.next());
        QVERIFY(records.visits() <= before + 1);
        COMPARE_ERROR(source.outcome(), ErrorCode::Cancelled);
    }

private:
    QString file(const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(u"list.csv"_s), content);
    }

    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestCsvRecords)
#include "tst_csvrecords.moc"
