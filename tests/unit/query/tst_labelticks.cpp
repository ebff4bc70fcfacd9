#include "query/labelticks.h"

#include "query/lexer.h"
#include "query/queryparser.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::query;
using namespace Qt::StringLiterals;

using Change = LabelTicks::Change;
using Reach = LabelTicks::Reach;
using Tick = LabelTicks::Tick;

namespace {

/// Animal > Pets > Dog, Cat; Animal > Wild > Cat, "Big, wild cat"; Music; and two classes called "Twin".
const QByteArray SmallOntology = R"([
    {"id": "/m/animal", "name": "Animal", "child_ids": ["/m/pets", "/m/wild"]},
    {"id": "/m/pets", "name": "Pets", "child_ids": ["/m/dog", "/m/cat"]},
    {"id": "/m/wild", "name": "Wild", "child_ids": ["/m/cat", "/m/big"]},
    {"id": "/m/dog", "name": "Dog", "child_ids": []},
    {"id": "/m/cat", "name": "Cat", "child_ids": []},
    {"id": "/m/big", "name": "Big, wild cat", "child_ids": []},
    {"id": "/m/music", "name": "Music", "child_ids": []},
    {"id": "/m/twin1", "name": "Twin", "child_ids": []},
    {"id": "/m/twin2", "name": "twin", "child_ids": []}])";

Classes smallClasses()
{
    Classes classes;
    classes.ontology = std::make_shared<const Ontology>(*Ontology::parse(SmallOntology, u"ontology.json"_s));
    return classes;
}

LabelTicks smallTicks()
{
    return LabelTicks(smallClasses(), {"/x/other"});
}

int numberOf(const LabelTicks &ticks, const QString &name)
{
    for (int number = 0; number < ticks.size(); ++number) {
        if (ticks.name(number) == name)
            return number;
    }
    qFatal("There is no class %s.", qPrintable(name));
}

/// What a tree shows: "Animal~ Pets+ Dog-": partly, ticked, excluded; what is off is left out.
QString shown(const LabelTicks &ticks, Reach reach)
{
    QStringList parts;
    for (int number = 0; number < ticks.size(); ++number) {
        const Tick tick = ticks.tick(number, reach);
        const QString mark = (tick == Tick::On       ? u"+"_s
                              : tick == Tick::Partly ? u"~"_s
                                                     : QString()) +
                             (ticks.isExcluded(number) ? u"-"_s : QString());
        if (!mark.isEmpty())
            parts.append(ticks.name(number) + mark);
    }
    return parts.join(u' ');
}

/// Texts of queries by chance: leaves of every kind, groups, exclusions, odd blanks.
class Chance final
{
public:
    Chance(quint32 seed, const LabelTicks &ticks)
        : m_random(seed)
        , m_ticks(ticks)
    {
    }
    int below(int most) { return m_random.bounded(most); }
    /// Most often one of a few that stand above and below each other.
    int number() { return below(below(3) == 0 ? m_ticks.size() : std::min(m_ticks.size(), 24)); }
    QString query()
    {
        QString text;
        for (int count = below(5); count > 0; --count)
            text += (below(8) == 0 ? u"  "_s : u" "_s) + term(0);
        return below(5) == 0 && !text.isEmpty() ? text + u" | "_s + term(0) : text;
    }

private:
    QString term(int depth)
    {
        switch (below(depth > 2 ? 6 : 9)) {
        case 0:
            return u"dog"_s;
        case 1:
            return u"duration:<10"_s;
        case 2:
        case 3:
            return leaf();
        case 4:
        case 5:
            return u'-' + leaf();
        case 6:
            return u'(' + leaf() + u" | "_s + leaf() + (below(2) ? u" |("_s + leaf() + u")"_s : QString()) +
                   u')';
        case 7:
            return u'-' + term(depth + 1);
        default:
            return u"( "_s + term(depth + 1) + (below(2) ? u" "_s : u"|"_s) + term(depth + 1) + u')';
        }
    }
    QString leaf()
    {
        const int one = number();
        const QString named = below(4) == 0 ? QString::fromUtf8(m_ticks.mid(one)) : m_ticks.name(one);
        return (below(2) ? u"label:"_s : u"under:"_s) + quotedIfNeeded(named);
    }

    QRandomGenerator m_random;
    const LabelTicks &m_ticks;
};

/// The and-ed terms that have nothing to do with ticks, in their order.
QStringList foreignTerms(const QueryNode &query)
{
    if (query.kind == QueryNode::Kind::All)
        return {};
    if (query.kind == QueryNode::Kind::And) {
        QStringList terms;
        for (const QueryNode &term : query.terms)
            terms += foreignTerms(term);
        return terms;
    }
    const QString tree = query.toString();
    const bool isForeign = !tree.contains(u"label("_s) && !tree.contains(u"under("_s);
    return isForeign ? QStringList{tree} : QStringList();
}

} // namespace

class TestLabelTicks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char *text, const char *tree) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tree);
        };
        row("", "");
        row("dog", "");
        row("label:Dog", "Animal~ Pets~ Dog+");
        row("LABEL:dOG", "Animal~ Pets~ Dog+");
        row("label:/m/dog", "Animal~ Pets~ Dog+");
        row("label:Dog | label:Music", "Animal~ Pets~ Dog+ Music+");
        row("(label:Dog | (label:Music)) x", "Animal~ Pets~ Dog+ Music+");
        row("under:Pets", "Animal~ Pets+ Wild~ Dog+ Cat+");
        row("label:Animal", "Animal+");
        row("under:Dog", "Animal~ Pets~ Dog+");
        row("under:Animal -label:Dog", "Animal~ Pets~ Wild+ Dog- Cat+ Big, wild cat+");
        row("-(label:Dog) under:Animal", "Animal~ Pets~ Wild+ Dog- Cat+ Big, wild cat+");
        row("under:Animal -under:Pets", "Animal~ Pets- Wild~ Dog- Cat- Big, wild cat+");
        row("-label:Music", "Music-");
        row("-under:Pets", "Pets- Dog- Cat-");
        row("(label:Dog x) y", "Animal~ Pets~ Dog+");
        row("label:Twin", "Twin+ twin+");
        row("label:/x/other", "/x/other+");
        row("label:Nothing", "");
        // What ticks cannot say is shown as partly.
        row("label:Dog label:Music", "Animal~ Pets~ Dog+ Music~");
        row("label:Dog | x", "Animal~ Pets~ Dog~");
        row("-(label:Dog | label:Music)", "Animal~ Pets~ Dog~ Music~");
        row("--label:Music", "Music~");
        row("label:Music | label:Dog x", "Animal~ Pets~ Dog~ Music~");
    }
    void reads()
    {
        QFETCH(QString, text);
        LabelTicks ticks = smallTicks();
        ticks.read(text);
        QCOMPARE(ticks.text(), text);
        QTEST(shown(ticks, Reach::WithBelow), "tree");
    }

    void readsAlone()
    {
        LabelTicks ticks = smallTicks();
        ticks.read(u"under:Pets -label:Dog"_s);
        QCOMPARE(shown(ticks, Reach::Alone), u"Pets+ Dog- Cat+"_s);
    }

    void keepsWhatItHadWhenATextIsNoQuery()
    {
        LabelTicks ticks = smallTicks();
        ticks.read(u"label:Dog"_s);
        ticks.read(u"label:Dog ("_s);
        QCOMPARE(ticks.text(), u"label:Dog"_s);
        QCOMPARE(ticks.tick(numberOf(ticks, u"Dog"_s), Reach::WithBelow), Tick::On);
    }

    void writes_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("name");
        QTest::addColumn<Reach>("reach");
        QTest::addColumn<QString>("after");
        const auto row = [](Change change, const char *name, const char *before, const char *after,
                            Reach reach = Reach::WithBelow) {
            QTest::addRow("%d %s: %s", static_cast<int>(change), name, before)
                << QString::fromUtf8(before) << change << QString::fromUtf8(name) << reach
                << QString::fromUtf8(after);
        };
        row(Change::Tick, "Dog", "", "label:Dog");
        row(Change::Tick, "Pets", "", "under:Pets");
        row(Change::Tick, "Pets", "", "label:Pets", Reach::Alone);
        row(Change::Tick, "Big, wild cat", "", "label:\"Big, wild cat\"");
        row(Change::Tick, "twin", "", "label:/m/twin2");
        row(Change::Tick, "/x/other", "", "label:/x/other");
        row(Change::Tick, "Dog", "label:Dog", "label:Dog");
        row(Change::Tick, "Dog", "under:Animal", "under:Animal");
        row(Change::Tick, "Music", "label:Dog", "label:Dog | label:Music");
        row(Change::Tick, "Music", "Label:dog  bark", "(Label:dog | label:Music)  bark");
        row(Change::Tick, "Music", "x (label:Dog|(label:Cat))", "x (label:Dog | label:Cat | label:Music)");
        row(Change::Tick, "Dog", "bark", "bark label:Dog");
        row(Change::Tick, "Dog", "bark ", "bark label:Dog");
        row(Change::Tick, "Dog", "bark | meow", "(bark | meow) label:Dog");
        row(Change::Tick, "Dog", "(bark | meow)", "(bark | meow) label:Dog");
        row(Change::Tick, "Dog", "(bark) | (meow)", "((bark) | (meow)) label:Dog");
        row(Change::Tick, "Dog", "-label:Dog", "label:Dog");
        row(Change::Tick, "Dog", "under:Animal -label:Dog x", "under:Animal x");
        row(Change::Tick, "Pets", "under:Animal -label:Dog", "under:Animal");
        row(Change::Tick, "Pets", "label:Dog | label:Music", "label:Music | under:Pets");
        row(Change::Tick, "Dog", "-under:Pets", "label:Dog");
        row(Change::Tick, "Pets", "(-label:Dog -label:Cat) x", "x under:Pets");
        row(Change::Tick, "Cat", "x(label:Dog)y", "x (label:Dog | label:Cat) y");

        row(Change::Untick, "Dog", "label:Dog", "");
        row(Change::Untick, "Dog", " x  label:Dog  y ", "x y");
        row(Change::Untick, "Dog", "(label:Dog | label:Music) x", "label:Music x");
        row(Change::Untick, "Dog", "x(label:Dog|label:Music)y", "x label:Music y");
        row(Change::Untick, "Dog", "(label:Dog x)", "(x)");
        row(Change::Untick, "Dog", "label:Dog label:Dog", "");
        row(Change::Untick, "Dog", "under:Animal", "under:Animal -label:Dog");
        row(Change::Untick, "Pets", "under:Animal", "under:Animal -under:Pets");
        row(Change::Untick, "Pets", "under:Animal", "under:Animal -label:Pets", Reach::Alone);
        row(Change::Untick, "Dog", "under:Animal | label:Music", "(under:Animal | label:Music) -label:Dog");
        row(Change::Untick, "Pets", "under:Pets | label:Dog | label:Music", "label:Music");
        row(Change::Untick, "Dog", "label:Dog | under:Nothing", "under:Nothing");
        row(Change::Untick, "Dog", "label:Dog | x", "label:Dog | x");

        row(Change::Exclude, "Music", "", "-label:Music");
        row(Change::Exclude, "Pets", "x | y", "(x | y) -under:Pets");
        row(Change::Exclude, "Dog", "label:Dog", "-label:Dog");
        row(Change::Exclude, "Pets", "label:Music -label:Dog", "label:Music -under:Pets");
        row(Change::Exclude, "Dog", "-under:Pets", "-under:Pets");

        row(Change::Include, "Music", "-label:Music", "");
        row(Change::Include, "Dog", "x -under:Pets", "x");
        row(Change::Include, "Pets", "-label:Dog", "-label:Dog");

        row(Change::Only, "Dog", "(under:Animal | label:Music) -label:Dog x", "label:Dog x");
        row(Change::Only, "Dog", "x", "x label:Dog");
    }
    void writes()
    {
        QFETCH(QString, before);
        QFETCH(Change, change);
        QFETCH(QString, name);
        QFETCH(Reach, reach);
        LabelTicks ticks = smallTicks();
        ticks.read(before);
        QTEST(ticks.changed(change, numberOf(ticks, name), reach), "after");
    }

    void leavesAQueryThatIsAsLongAsItMayBe()
    {
        LabelTicks ticks = smallTicks();
        const QString full = u"x "_s.repeated(QueryNode::MostTerms);
        ticks.read(full);
        QCOMPARE(ticks.changed(Change::Tick, 0, Reach::WithBelow), full);
    }

    void textAndTicksNeverDisagree_data()
    {
        QTest::addColumn<bool>("isSmall");
        QTest::newRow("small ontology") << true;
        QTest::newRow("AudioSet's") << false;
    }
    void textAndTicksNeverDisagree()
    {
        QFETCH(bool, isSmall);
        LabelTicks ticks = isSmall ? smallTicks() : LabelTicks(Classes(), {"/x/one", "/x/two"});
        Chance chance(20, ticks);
        for (int round = 0; round < 5'000; ++round) {
            const QString before = chance.query();
            const auto query = parseQuery(before);
            QVERIFY2(query, qPrintable(before));
            ticks.read(before);
            const int number = chance.number();
            const auto change = static_cast<Change>(chance.below(5));
            const auto reach = static_cast<Reach>(chance.below(2));
            const bool wasMentioned = ticks.tick(number, Reach::Alone) == Tick::Partly;

            const QString after = ticks.changed(change, number, reach);
            const QString story = u"%1 %2 (%3): %4 → %5"_s.arg(static_cast<int>(change))
                                      .arg(ticks.name(number))
                                      .arg(static_cast<int>(reach))
                                      .arg(before, after);
            const auto changed = parseQuery(after);
            QVERIFY2(changed, qPrintable(story));
            ticks.read(after);
            const Tick tick = ticks.tick(number, reach);
            switch (change) {
            case Change::Tick:
            case Change::Only:
                QVERIFY2(tick == Tick::On, qPrintable(story));
                break;
            case Change::Untick:
                QVERIFY2(tick != Tick::On, qPrintable(story));
                QVERIFY2(wasMentioned || ticks.tick(number, Reach::Alone) != Tick::On, qPrintable(story));
                break;
            case Change::Exclude:
                QVERIFY2(ticks.isExcluded(number) && tick != Tick::On, qPrintable(story));
                break;
            case Change::Include:
                QVERIFY2(!ticks.isExcluded(number), qPrintable(story));
                break;
            }
            QVERIFY2(foreignTerms(*query) == foreignTerms(*changed), qPrintable(story));
            // Once is enough.
            QVERIFY2(ticks.changed(change, number, reach) == after, qPrintable(story));
        }
    }
};

QTEST_GUILESS_MAIN(TestLabelTicks)
#include "tst_labelticks.moc"
