#include "classes/labelmap.h"
#include "classes/ontology.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <algorithm>

using namespace earmark;
using namespace earmark::classes;
using namespace Qt::StringLiterals;

class TestOntology final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClassWithTwoParents()
    {
        const auto ontology = Ontology::parse(R"([
            {"id": "/m/a", "name": "Animal", "description": "d", "child_ids": ["/m/c"], "restrictions": ["abstract"]},
            {"id": "/m/b", "name": "Pet", "description": "", "child_ids": ["/m/c"], "restrictions": []},
            {"id": "/m/c", "name": "Dog", "description": "", "child_ids": [], "restrictions": ["blacklist"]}])",
                                              u"test"_s);
        VERIFY_OK(ontology);
        const int dog = ontology->find("/m/c");
        QVERIFY(dog >= 0);
        QCOMPARE(ontology->findName(u"dog"), dog);
        const auto &nodes = ontology->nodes();
        QCOMPARE(nodes[static_cast<std::size_t>(dog)].parents.size(), std::size_t{2});
        QVERIFY(nodes[static_cast<std::size_t>(dog)].blacklisted);
        QVERIFY(nodes[0].abstract);
        QCOMPARE(ontology->under(0), (std::vector<QByteArray>{"/m/a", "/m/c"}));
        QCOMPARE(ontology->under(1), (std::vector<QByteArray>{"/m/b", "/m/c"}));
        QCOMPARE(ontology->find("/m/x"), -1);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("what");
        QTest::newRow("empty") << QByteArray() << u"not JSON"_s;
        QTest::newRow("cut off") << QByteArray("[{\"id\": \"/m/a\"") << u"not JSON"_s;
        QTest::newRow("not a list") << QByteArray("{}") << u"expected a list"_s;
        QTest::newRow("no name") << QByteArray(R"([{"id": "/m/a"}])") << u"class 1"_s;
        QTest::newRow("unknown child")
            << QByteArray(R"([{"id": "/m/a", "name": "A", "child_ids": ["/m/b"]}])") << u"/m/b"_s;
        QTest::newRow("twice") << QByteArray(R"([{"id": "/m/a", "name": "A"}, {"id": "/m/a", "name": "B"}])")
                               << u"twice"_s;
        QTest::newRow("circle") << QByteArray(R"([{"id": "/m/a", "name": "A", "child_ids": ["/m/b"]},
                                                  {"id": "/m/b", "name": "B", "child_ids": ["/m/a"]}])")
                                << u"below itself"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, what);
        const auto ontology = Ontology::parse(json, u"test"_s);
        COMPARE_ERROR(ontology, ErrorCode::BadInput);
        QVERIFY2(ontology.error().text.contains(what), qUtf8Printable(ontology.error().text));
    }

    void theRealOne()
    {
        COMPARE_ERROR(Ontology::read(u"/nothing/ontology.json"_s), ErrorCode::NotFound);
        const QString path = test::sharedData(u"ontology.json"_s);
        if (path.isEmpty())
            return; // the rules above hold without it
        const auto ontology = Ontology::read(path);
        VERIFY_OK(ontology);
        const auto &nodes = ontology->nodes();
        QCOMPARE(nodes.size(), std::size_t{632});
        QCOMPARE(std::ranges::count_if(nodes, [](const auto &node) { return node.parents.empty(); }), 7);
        QCOMPARE(std::ranges::count_if(nodes, [](const auto &node) { return node.parents.size() > 1; }), 38);
        QCOMPARE(std::ranges::count_if(nodes, [](const auto &node) { return node.abstract; }), 23);
        QCOMPARE(std::ranges::count_if(nodes, [](const auto &node) { return node.blacklisted; }), 67);
        QCOMPARE(nodes.size(), Ontology::builtIn().nodes().size());
        for (std::size_t node = 0; node < nodes.size(); ++node) {
            const Ontology::Node &builtIn = Ontology::builtIn().nodes()[node];
            QCOMPARE(builtIn.mid, nodes[node].mid);
            QCOMPARE(builtIn.name, nodes[node].name);
            QCOMPARE(builtIn.children, nodes[node].children);
            QCOMPARE(builtIn.parents, nodes[node].parents);
            QCOMPARE(builtIn.abstract, nodes[node].abstract);
            QCOMPARE(builtIn.blacklisted, nodes[node].blacklisted);
        }
        for (const LabelMap::Label &label : LabelMap::builtIn().labels())
            QCOMPARE(nodes[static_cast<std::size_t>(ontology->find(label.mid))].name, label.displayName);
    }
};

QTEST_APPLESS_MAIN(TestOntology)
#include "tst_ontology.moc"
