#include "segments/labelcounts.h"

#include "support/testmain.h"

#include <QTest>

#include <array>
#include <numeric>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

class TestLabelCounts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto add = [this](std::vector<std::string_view> mids, ClipState state) {
            const auto id = std::to_string(10'000'000'000 + m_table.size());
            QVERIFY(m_table.append({*YtId::parse(id), 0, 10'000}, mids));
            m_table.setClip(m_table.size() - 1, {state});
        };
        add({"/m/0bt9lr", "/m/05tny_"}, ClipState::Ready); // Dog, Bark
        add({"/m/0ghcn6"}, ClipState::Short);              // Growling: below Dog and Cat
        add({"/m/04rlf", "/m/0bt9lr"}, ClipState::Failed); // Music, Dog
        add({"/m/0bt9lr", "/m/05tny_"}, ClipState::Absent);
        add({"/m/unknown"}, ClipState::Ready);
    }

    void counts_data()
    {
        QTest::addColumn<QList<Row>>("rows");
        QTest::addColumn<bool>("readyOnly");
        QTest::addColumn<QList<int>>("labels"); // Dog, Bark, Growling, Music, /m/unknown
        QTest::addColumn<QList<int>>("nodes");  // Animal, Pets, Dog, Cat, Wild animals, Bark, Music
        QTest::newRow("all") << QList<Row>{0, 1, 2, 3, 4} << false << QList<int>{3, 2, 1, 1, 1}
                             << QList<int>{4, 4, 4, 1, 1, 2, 1};
        QTest::newRow("ready") << QList<Row>{0, 1, 2, 3, 4} << true << QList<int>{1, 1, 1, 0, 1}
                               << QList<int>{2, 2, 2, 1, 1, 1, 0};
        QTest::newRow("some") << QList<Row>{2, 3} << false << QList<int>{2, 1, 0, 1, 0}
                              << QList<int>{2, 2, 2, 0, 0, 1, 1};
        QTest::newRow("none") << QList<Row>{} << false << QList<int>{0, 0, 0, 0, 0}
                              << QList<int>{0, 0, 0, 0, 0, 0, 0};
    }
    void counts()
    {
        QFETCH(QList<Row>, rows);
        QFETCH(bool, readyOnly);
        const LabelCounts counts(m_table, Classes());
        const auto of = counts.of(std::vector<Row>(rows.begin(), rows.end()), readyOnly);
        QTEST(QList<int>(of.label.begin(), of.label.end()), "labels");
        QList<int> nodes;
        for (const char16_t *name :
             {u"Animal", u"Domestic animals, pets", u"Dog", u"Cat", u"Wild animals", u"Bark", u"Music"}) {
            const int node = Ontology::builtIn().findName(QString::fromUtf16(name));
            QVERIFY(node >= 0);
            nodes.append(static_cast<int>(of.node[static_cast<std::size_t>(node)]));
        }
        QTEST(nodes, "nodes");
    }

    void ofAllIsAll()
    {
        const LabelCounts counts(m_table, Classes());
        std::vector<Row> rows(m_table.size());
        std::iota(rows.begin(), rows.end(), Row{0});
        QCOMPARE(counts.of(rows).label, counts.all().label);
        QCOMPARE(counts.of(rows).node, counts.all().node);
    }

private:
    SegmentTable m_table;
};

QTEST_APPLESS_MAIN(TestLabelCounts)
#include "tst_labelcounts.moc"
