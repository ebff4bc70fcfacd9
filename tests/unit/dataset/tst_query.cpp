#include "dataset/query.h"

#include <QTest>

using namespace earmark::dataset;
using namespace Qt::StringLiterals;

class TestQuery final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trees_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char *text, const char *tree) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tree);
        };
        row("", "all");
        row("   ", "all");
        row("dog", "word(dog)");
        row("dog bark", "and(word(dog), word(bark))");
        row("dog|cat", "or(word(dog), word(cat))");
        row("dog bark | cat", "or(and(word(dog), word(bark)), word(cat))");
        row("dog (bark | cat)", "and(word(dog), or(word(bark), word(cat)))");
        row("-dog", "not(word(dog))");
        row("--dog", "not(not(word(dog)))");
        row("-(dog|cat) bark", "and(not(or(word(dog), word(cat))), word(bark))");
        row("label:Bark", "label(Bark)");
        row("LABEL:Bark", "label(Bark)");
        row("label:\"Child speech, kid speaking\"", "label(Child speech, kid speaking)");
        row("-label:/m/0bt9lr", "not(label(/m/0bt9lr))");
        row("id:-0RW", "id(-0RW)");
        row("state:failed", "state(failed)");
        row("\"two words\"", "word(two words)");
        row("anti-aircraft", "word(anti-aircraft)");
        row("( dog )", "word(dog)");
    }
    void trees()
    {
        QFETCH(QString, text);
        const auto query = parseQuery(text);
        QVERIFY2(query.has_value(), query.has_value() ? "" : qUtf8Printable(query.error().text));
        QTEST(query->toString(), "tree");
    }

    void mistakes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        const auto row = [](const char *text, int position, int length) {
            QTest::newRow(text) << QString::fromUtf8(text) << position << length;
        };
        row("(dog", 0, 1);
        row("dog)", 3, 1);
        row("dog | ", 6, 1);
        row("| dog", 0, 1);
        row("()", 1, 1);
        row("dog -", 4, 1);
        row("- dog", 0, 1);
        row("label:", 0, 6);
        row("label: Bark", 0, 6);
        row("colour:red", 0, 7);
        row("dog label:\"Bark", 10, 5);
        row("\"\"", 0, 2);
        row("state:done", 6, 4);
        row(":x", 0, 1);
    }
    void mistakes()
    {
        QFETCH(QString, text);
        const auto query = parseQuery(text);
        QVERIFY(!query.has_value());
        QVERIFY(!query.error().text.isEmpty());
        QTEST(static_cast<int>(query.error().position), "position");
        QTEST(static_cast<int>(query.error().length), "length");
    }
};

QTEST_APPLESS_MAIN(TestQuery)
#include "tst_query.moc"
