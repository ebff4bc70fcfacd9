#include "query/completion.h"
#include "query/lexer.h"
#include "query/queryparser.h"
#include "support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace earmark::classes;
using namespace earmark::query;
using namespace Qt::StringLiterals;

namespace {

/// "dog lab^ cat" as text and cursor.
std::pair<QString, qsizetype> withCursor(QString text)
{
    const qsizetype cursor = text.indexOf(u'^');
    return {text.remove(cursor, 1), cursor};
}

std::vector<Completion> completed(const QString &marked, std::size_t most = 16)
{
    const auto [text, cursor] = withCursor(marked);
    return completions(text, cursor, Classes(), most);
}

} // namespace

class TestCompletion final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("first"); // the first choices, joined by ';'
        const auto row = [](const char *text, const char *first) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(first);
        };
        row("^", "label:;under:;id:;start:;end:;duration:;labels:;quality:;state:;reason:;verdict:;loudness:;"
                 "peak:;"
                 "silence:;bandwidth:;is:");
        row("dog -^", "label:;under:;id:;");
        row("(^", "label:;under:;id:;");
        row("dog(st^", "start:;state:;");
        row("dog|st^", "start:;state:;");
        row("du^", "duration:;Dub;Dubstep;Duck;Duck call (hunting tool);Packing tape, duct tape;Kuduro;");
        row("DUR^ation:<10", "duration:;");
        row("la^", "label:;labels:;Laughter;");
        row("label:dog^", "Dog;Canidae, dogs, wolves;Whimper (dog);");
        row("dög^", "Dog;Canidae, dogs, wolves;Whimper (dog);");
        row("label:\"child s^", "Child singing;Child speech, kid speaking;");
        row("label:spe^", "Speech;Speech synthesizer;Child speech, kid speaking;");
        row("label:^", "A capella;Accelerating, revving, vroom;Accordion;");
        // A container without segments of its own.
        row("under:\"human gr^", "Human group actions;");
        row("label:\"human gr^", "");
        row("state:^", "absent;queued;fetching;formatting;ready;short;failed;missing;damaged;");
        row("state:f^", "fetching;formatting;failed;");
        row("verdict:ep^", "keep;");
        row("is:^", "flagged;doubted;noted;duplicate;clipped;blacklisted;");
        row("reason:p^", "permanent;");
        // Nothing is known of these, or nothing is missing.
        row("label:xyzzy^", "");
        row("duration:^", "");
        row("colour:re^", "");
        row("label:\"Bark\"^", "");
        row("state:failed^", "");
        row("^dog", "");
        row("label:^dog", "");
    }
    void offers()
    {
        QFETCH(QString, text);
        QFETCH(QString, first);
        QString found;
        for (const Completion &each : completed(text))
            found += each.choice + u';';
        QVERIFY2(first.isEmpty() ? found.isEmpty() : found.startsWith(first), qUtf8Printable(found));
    }

    void takes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QString>("result");
        const auto row = [](const char *text, const char *choice, const char *result) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(choice)
                                << QString::fromUtf8(result);
        };
        row("dur^", "duration:", "duration:^");
        row("a -(d^ b)", "duration:", "a -(duration:^ b)");
        row("d^ur:<10", "duration:", "duration:^<10");
        row("dog^", "Dog", "label:Dog ^");
        row("dog^ cat", "Dog", "label:Dog^ cat");
        row("-do^g", "Dog", "-label:Dog ^");
        row("label:ba^rk|x", "Bark", "label:Bark^|x");
        row("label:child^", "Child speech, kid speaking", "label:\"Child speech, kid speaking\" ^");
        row("\"child s^", "Child speech, kid speaking", "label:\"Child speech, kid speaking\" ^");
        row("label:\"chi^ld s\" b", "Child speech, kid speaking", "label:\"Child speech, kid speaking\"^ b");
        row("label:\"chi^ b", "Child speech, kid speaking", "label:\"Child speech, kid speaking\"^ b");
        row("under:whimper^", "Whimper (dog)", "under:\"Whimper (dog)\" ^");
        row("(state:f^)", "failed", "(state:failed^)");
        row("is:b^", "blacklisted", "is:blacklisted ^");
    }
    void takes()
    {
        QFETCH(QString, text);
        QFETCH(QString, choice);
        const auto offered = completed(text);
        const auto chosen = std::ranges::find(offered, choice, &Completion::choice);
        QVERIFY(chosen != offered.end());
        QTEST(QString(chosen->text).insert(chosen->cursor, u'^'), "result");
    }

    void atMost()
    {
        QCOMPARE(completed(u"label:^"_s, 5).size(), 5);
        QVERIFY(completed(u"label:^"_s, 10'000).size() >= 527);
        QVERIFY(completed(u"label:^"_s, 0).empty());
    }

    void explains()
    {
        for (const Completion &field : completed(u"^"_s))
            QVERIFY2(!field.explanation.isEmpty(), qUtf8Printable(field.choice));
        QCOMPARE(completed(u"dog^"_s).front().mid, "/m/0bt9lr");
    }

    /// Each class can be chosen, and what is put in names just it.
    void everyClass()
    {
        for (const LabelMap::Label &label : LabelMap::builtIn().labels()) {
            const QString typed = u"-label:\""_s + label.displayName.chopped(1) + u'^';
            const auto offered = completed(typed, 10'000);
            const auto chosen = std::ranges::find(offered, label.displayName, &Completion::choice);
            QVERIFY2(chosen != offered.end(), qUtf8Printable(typed));
            const auto query = parseQuery(chosen->text);
            QVERIFY2(query.has_value(), qUtf8Printable(chosen->text));
            QCOMPARE(query->toString(), u"not(label(%1))"_s.arg(label.displayName));
        }
    }

    /// Wherever the cursor stands in whatever text: what is offered changes it, and the cursor follows.
    void randomTexts()
    {
        static const QString pieces[] = {u"dog"_s, u" "_s, u"("_s, u")"_s,     u"|"_s,     u"-"_s,
                                         u"\""_s,  u":"_s, u"é"_s, u"label"_s, u"state"_s, QString(QChar())};
        QRandomGenerator random(5);
        for (int i = 0; i < 5'000; ++i) {
            QString text;
            for (int j = random.bounded(10); j > 0; --j)
                text += pieces[random.bounded(static_cast<int>(std::size(pieces)))];
            const qsizetype cursor = random.bounded(static_cast<int>(text.size()) + 1);
            for (const Completion &each : completions(text, cursor, Classes(), 3)) {
                QVERIFY(each.cursor > 0 && each.cursor <= each.text.size());
                QVERIFY(each.text != text);
                QVERIFY(each.text.left(each.cursor).trimmed().contains(quotedIfNeeded(each.choice)) ||
                        each.kind == Completion::Kind::Field);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestCompletion)
#include "tst_completion.moc"
