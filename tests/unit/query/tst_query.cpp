#include "query/queryparser.h"

#include "query/lexer.h"
#include "support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace earmark::query;
using namespace Qt::StringLiterals;

namespace {

/// A tree as text that parses to it, and as toString() prints it.
struct Sample
{
    QString text;
    QString tree;
};

template <typename Choices>
const auto &anyOf(const Choices &choices, QRandomGenerator &random)
{
    return choices[static_cast<std::size_t>(random.bounded(static_cast<int>(std::size(choices))))];
}

Sample randomLeaf(QRandomGenerator &random)
{
    static const QString names[] = {u"dog"_s,       u"Child speech, kid speaking"_s,
                                    u"24\" drum"_s, u"-0RW"_s,
                                    u"a(b)|c"_s,    u"état"_s,
                                    u"x:y"_s,       u"/m/09x0r"_s};
    static const QString fields[] = {u"label"_s, u"under"_s, u"id"_s, u"reason"_s};
    static const QString ranges[] = {u"start"_s, u"end"_s, u"duration"_s, u"labels"_s};
    static const QString comparisons[] = {u"0"_s,  u"9.5"_s, u"<10"_s,     u"<=10"_s,
                                          u">3"_s, u">=3"_s, u"2..30.25"_s};
    const QString &name = anyOf(names, random);
    switch (random.bounded(4)) {
    case 0:
        return {quotedIfNeeded(name), u"word(%1)"_s.arg(name)};
    case 1: {
        const QString &field = anyOf(ranges, random);
        const QString &comparison = anyOf(comparisons, random);
        return {field + u':' + comparison, u"%1(%2)"_s.arg(field, comparison)};
    }
    case 2:
        return {u"state:Failed"_s, u"state(failed)"_s};
    default: {
        const QString &field = anyOf(fields, random);
        return {field.toUpper() + u':' + quotedIfNeeded(name), u"%1(%2)"_s.arg(field, name)};
    }
    }
}

Sample randomTree(QRandomGenerator &random, int depth)
{
    const int kind = depth == 0 ? 3 : random.bounded(4);
    if (kind == 3)
        return randomLeaf(random);
    if (kind == 2) {
        const Sample inner = randomTree(random, depth - 1);
        return {u"-("_s + inner.text + u')', u"not(%1)"_s.arg(inner.tree)};
    }
    QStringList texts;
    QStringList trees;
    for (int i = random.bounded(2, 5); i > 0; --i) {
        const Sample term = randomTree(random, depth - 1);
        texts.append(u"("_s + term.text + u" )"_s);
        trees.append(term.tree);
    }
    return {texts.join(kind == 0 ? u" "_s : u"| "_s),
            (kind == 0 ? u"and("_s : u"or("_s) + trees.join(u", "_s) + u')'};
}

/// Every node's own text parses to that node.
bool standsWhereItSays(const QString &text, const QueryNode &query)
{
    const auto again = parseQuery(QStringView(text).sliced(query.position, query.length));
    return again && again->toString() == query.toString() &&
           std::ranges::all_of(query.terms,
                               [&](const QueryNode &term) { return standsWhereItSays(text, term); });
}

} // namespace

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
        row("label:\"24\"\" drum\"", "label(24\" drum)");
        row("-label:/m/0bt9lr", "not(label(/m/0bt9lr))");
        row("under:Animal -under:\"Domestic animals, pets\"",
            "and(under(Animal), not(under(Domestic animals, pets)))");
        row("id:-0RW", "id(-0RW)");
        row("id:a:b", "id(a:b)");
        row("state:failed", "state(failed)");
        row("state:FAILED", "state(failed)");
        row("reason:private", "reason(private)");
        row("verdict:Keep verdict:undecided", "and(verdict(keep), verdict(undecided))");
        row("-is:blacklisted", "not(is(blacklisted))");
        row("is:Flagged is:duplicate", "and(is(flagged), is(duplicate))");
        row("loudness:<-40 -peak:>-0.5", "and(loudness(<-40), not(peak(>-0.5)))");
        row("loudness:-30..-20.5", "loudness(-30..-20.5)");
        row("silence:>0.5 bandwidth:<=8000", "and(silence(>0.5), bandwidth(<=8000))");
        row("\"two words\"", "word(two words)");
        row("\"state:done\"", "word(state:done)");
        row("anti-aircraft", "word(anti-aircraft)");
        row("<10", "word(<10)");
        row("( dog )", "word(dog)");
        row("((dog) (cat))", "and(word(dog), word(cat))");
        row("dog\tbark ", "and(word(dog), word(bark))");
    }
    void trees()
    {
        QFETCH(QString, text);
        const auto query = parseQuery(text);
        QVERIFY2(query.has_value(), query.has_value() ? "" : qUtf8Printable(query.error().text));
        QTEST(query->toString(), "tree");
    }

    void comparisons_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char *text, const char *tree) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tree);
        };
        row("start:0", "start(0)");
        row("start:=30", "start(30)");
        row("start:30.000", "start(30)");
        row("start:1:30", "start(90)");
        row("start:1:02:03.5", "start(3723.5)");
        row("start:1:23.7", "start(83.7)");
        row("end:0:30..1:00", "end(30..60)");
        row("duration:<10", "duration(<10)");
        row("duration:<=10", "duration(<=10)");
        row("duration:>9.5", "duration(>9.5)");
        row("duration:>=.5", "duration(>=0.5)");
        row("duration:\"<10\"", "duration(<10)");
        row("end:30..60", "end(30..60)");
        row("end:30..", "end(>=30)");
        row("end:..60", "end(<=60)");
        row("end:60..60", "end(60)");
        row("labels:>=3", "labels(>=3)");
        row("labels:2..4", "labels(2..4)");
        row("quality:>=0.8", "quality(>=0.8)");
        row("quality:1", "quality(1)");
    }
    void comparisons() { trees(); }

    void holds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("holds");
        QTest::newRow("below") << u"end:<10"_s << 9.999 << true;
        QTest::newRow("not below") << u"end:<10"_s << 10.0 << false;
        QTest::newRow("at most") << u"end:<=10"_s << 10.0 << true;
        QTest::newRow("not above") << u"end:>10"_s << 10.0 << false;
        QTest::newRow("at least") << u"end:>=10"_s << 10.0 << true;
        QTest::newRow("milliseconds") << u"end:83.7"_s << 83'700 / 1000.0 << true;
        QTest::newRow("minutes") << u"end:1:23.7"_s << 83'700 / 1000.0 << true;
        QTest::newRow("first of range") << u"end:30..60"_s << 30.0 << true;
        QTest::newRow("last of range") << u"end:30..60"_s << 60.0 << true;
        QTest::newRow("out of range") << u"end:30..60"_s << 60.001 << false;
        QTest::newRow("open range") << u"end:30.."_s << 1e9 << true;
    }
    void holds()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        const auto query = parseQuery(text);
        QVERIFY(query.has_value());
        QTEST(query->range.holds(value), "holds");
    }

    void mistakes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *text, int position, int length, const char *says) {
            QTest::newRow(text) << QString::fromUtf8(text) << position << length << QString::fromUtf8(says);
        };
        row("(dog", 0, 1, "this “(” is not closed");
        row("dog ( ", 4, 1, "this “(” is not closed");
        row("dog)", 3, 1, "this “)” has no “(” before it");
        row("dog | ", 6, 1, "expected a word or a field");
        row("| dog", 0, 1, "expected a word or a field");
        row("()", 1, 1, "expected a word or a field");
        row("dog -", 4, 1, "what to exclude right after “-”");
        row("- dog", 0, 1, "what to exclude right after “-”");
        row("(-) dog", 1, 1, "what to exclude right after “-”");
        row("label:", 0, 6, "expected a value right after “label:”");
        row("label: Bark", 0, 6, "expected a value right after “label:”");
        row("duration:", 0, 9, "expected a value right after “duration:”");
        row("stat:failed", 0, 5, "there is no field “stat”; did you mean “state”?");
        row("Lable:Dog", 0, 6, "there is no field “Lable”; did you mean “label”?");
        row("colour:red", 0, 7, "there is no field “colour”; expected label:, under:, id:");
        row("a https://youtu.be/x", 2, 6, "quotes around what is no field");
        row("dog label:\"Bark", 10, 5, "this quote is not closed");
        row("\"\"", 0, 2, "expected a word between the quotes");
        row("label:\" \"", 6, 3, "expected a word between the quotes");
        row("\"\"\"", 0, 3, "this quote is not closed");
        row("state:done", 6, 4,
            "expected a state: absent, queued, fetching, formatting, ready, short, failed");
        row("verdict:kept", 8, 4, "expected a verdict: undecided, keep, reject");
        row("is:loud", 3, 4, "expected one of is:flagged, is:doubted, is:noted, is:duplicate, is:clipped, ");
        row("loudness:--3", 9, 3, "expected decibels such as loudness:<-40");
        row("peak:-10..-20", 5, 8, "expected decibels such as peak:<-40 or peak:-30..-20");
        row("silence:>50", 8, 3, "expected a number from 0 to 1 such as silence:>=0.8");
        row("bandwidth:8k", 10, 2, "expected Hertz such as bandwidth:<8000");
        row(":x", 0, 1, "expected a word before “:”");
        row("duration:ten", 9, 3, "expected seconds such as duration:<10, duration:30..60");
        row("dog start:-5", 10, 2, "expected seconds such as start:<10");
        row("start:1e3", 6, 3, "expected seconds");
        row("start:inf", 6, 3, "expected seconds");
        row("start:1:60", 6, 4, "expected seconds");
        row("start:1:2:3:4", 6, 7, "expected seconds");
        row("start:1.5:30", 6, 6, "expected seconds");
        row("start::30", 6, 3, "expected seconds");
        row("start:<", 6, 1, "expected seconds");
        row("start:=<3", 6, 3, "expected seconds");
        row("start:==3", 6, 3, "expected seconds");
        row("end:60..30", 4, 6, "expected seconds");
        row("end:..", 4, 2, "expected seconds");
        row("end:<1..2", 4, 5, "expected seconds");
        row("labels:many", 7, 4, "expected a number such as labels:1");
        row("labels:1:30", 7, 4, "expected a number such as labels:1");
        row("quality:>=80", 8, 4, "expected a number from 0 to 1");
    }
    void mistakes()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto query = parseQuery(text);
        QVERIFY(!query.has_value());
        QVERIFY2(query.error().text.contains(says), qUtf8Printable(query.error().text));
        QTEST(static_cast<int>(query.error().position), "position");
        QTEST(static_cast<int>(query.error().length), "length");
    }

    void numberTooLarge()
    {
        const auto query = parseQuery(u"start:"_s + QString(400, u'9'));
        QVERIFY(!query.has_value());
        QCOMPARE(query.error().position, 6);
    }

    void nesting_data()
    {
        QTest::addColumn<QString>("open");
        QTest::addColumn<QString>("close");
        QTest::newRow("parentheses") << u"("_s << u")"_s;
        QTest::newRow("minuses") << u"-"_s << QString();
    }
    void nesting()
    {
        QFETCH(QString, open);
        QFETCH(QString, close);
        const auto nested = [&](int depth) {
            return parseQuery(open.repeated(depth) + u"dog"_s + close.repeated(depth));
        };
        QVERIFY(nested(QueryNode::MostDepth).has_value());
        const auto tooDeep = nested(1'000'000);
        QVERIFY(!tooDeep.has_value());
        QCOMPARE(tooDeep.error().position, QueryNode::MostDepth);
        QVERIFY(parseQuery((open + u"dog"_s + close + u' ').repeated(QueryNode::MostDepth + 1)).has_value());
    }

    void terms()
    {
        QVERIFY(parseQuery(u"a|"_s.repeated(QueryNode::MostTerms - 1) + u'a').has_value());
        const auto tooMany = parseQuery(u"a|"_s.repeated(QueryNode::MostTerms) + u'a');
        QVERIFY(!tooMany.has_value());
        QCOMPARE(tooMany.error().position, 2 * QueryNode::MostTerms);
    }

    void positions_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("nodes");
        const auto row = [](const char *text, const char *nodes) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(nodes);
        };
        row("", "0+0");
        row(" dog ", "1+3");
        row("dog  bark", "0+9 0+3 5+4");
        row(" (dog | cat)", "1+11 2+3 8+3");
        row("a -label:\"b c\" | id:d", "0+21 0+14 0+1 2+12 3+11 17+4");
        row("-( end:3 )", "0+10 1+9");
    }
    void positions()
    {
        QFETCH(QString, text);
        const auto query = parseQuery(text);
        QVERIFY(query.has_value());
        QStringList nodes;
        const auto visit = [&nodes](const auto &self, const QueryNode &node) -> void {
            nodes.append(u"%1+%2"_s.arg(node.position).arg(node.length));
            for (const QueryNode &term : node.terms)
                self(self, term);
        };
        visit(visit, *query);
        QTEST(nodes.join(u' '), "nodes");
    }

    void randomTrees()
    {
        QRandomGenerator random(3);
        for (int i = 0; i < 2'000; ++i) {
            const Sample sample = randomTree(random, 4);
            const auto query = parseQuery(sample.text);
            QVERIFY2(query.has_value(), qUtf8Printable(sample.text));
            QCOMPARE(query->toString(), sample.tree);
            QVERIFY2(standsWhereItSays(sample.text, *query), qUtf8Printable(sample.text));
        }
    }

    /// Whatever is typed is a tree whose nodes stand in the text, or a mistake that does.
    void randomTexts()
    {
        static const QString pieces[] = {u"dog"_s, u" "_s,  u"("_s,  u")"_s,     u"|"_s,
                                         u"-"_s,   u"\""_s, u":"_s,  u"end"_s,   u"3"_s,
                                         u"."_s,   u"<"_s,  u">="_s, u"label"_s, u"state"_s};
        QRandomGenerator random(4);
        int good = 0;
        for (int i = 0; i < 20'000; ++i) {
            QString text;
            for (int j = random.bounded(12); j > 0; --j)
                text += anyOf(pieces, random);
            const auto query = parseQuery(text);
            if (query) {
                ++good;
                QVERIFY2(standsWhereItSays(text, *query), qUtf8Printable(text));
                continue;
            }
            const QueryError &error = query.error();
            QVERIFY2(error.position >= 0 && error.length > 0 &&
                         error.position + error.length <= text.size() + 1,
                     qUtf8Printable(text));
            QVERIFY(!error.text.isEmpty());
        }
        QVERIFY(good > 1'000);
    }

    void quoting_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("written");
        QTest::newRow("plain") << u"Bark"_s << u"Bark"_s;
        QTest::newRow("mid") << u"/m/0bt9lr"_s << u"/m/0bt9lr"_s;
        QTest::newRow("blank") << u"Vehicle horn, car horn"_s << u"\"Vehicle horn, car horn\""_s;
        QTest::newRow("parentheses") << u"Crowing(x)"_s << u"\"Crowing(x)\""_s;
        QTest::newRow("bar") << u"a|b"_s << u"\"a|b\""_s;
        QTest::newRow("colon") << u"a:b"_s << u"\"a:b\""_s;
        QTest::newRow("minus") << u"-a"_s << u"\"-a\""_s;
        QTest::newRow("minus inside") << u"a-b"_s << u"a-b"_s;
        QTest::newRow("quote") << u"24\""_s << u"\"24\"\"\""_s;
        QTest::newRow("other script") << u"犬"_s << u"犬"_s;
    }
    void quoting()
    {
        QFETCH(QString, name);
        QTEST(quotedIfNeeded(name), "written");
        for (const QString &prefix : {u""_s, u"label:"_s}) {
            const auto query = parseQuery(prefix + quotedIfNeeded(name));
            QVERIFY(query.has_value());
            QCOMPARE(query->text, name);
        }
    }

    void folding_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result");
        QTest::newRow("empty") << u""_s << u""_s;
        QTest::newRow("ASCII") << u"Dog [Z@z{_1"_s << u"dog [z@z{_1"_s;
        QTest::newRow("accents") << u"État À l'œuvre"_s << u"etat a l'œuvre"_s;
        QTest::newRow("combining") << u"e\u0301"_s << u"e"_s;
        QTest::newRow("Greek") << u"ΣΊΣΥΦΟΣ"_s << u"σισυφοσ"_s;
    }
    void folding()
    {
        QFETCH(QString, text);
        QTEST(folded(text), "result");
    }
};

QTEST_APPLESS_MAIN(TestQuery)
#include "tst_query.moc"
