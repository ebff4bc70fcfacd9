#include "classes/labellist.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark::classes;
using namespace Qt::StringLiterals;

using Labels = QByteArrayList;

namespace {

Labels asList(const std::vector<QByteArray> &labels)
{
    return {labels.begin(), labels.end()};
}

} // namespace

class TestLabelList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsAndSplits_data()
    {
        QTest::addColumn<Labels>("labels");
        QTest::addColumn<QByteArray>("list");
        QTest::newRow("none") << Labels{} << QByteArray();
        QTest::newRow("mids") << Labels{"/m/09x0r", "/t/dd00088"} << QByteArray("/m/09x0r,/t/dd00088");
        QTest::newRow("text") << Labels{"people marching"} << QByteArray("people marching");
        QTest::newRow("a comma") << Labels{"/m/09x0r", "playing violin, fiddle"}
                                 << QByteArray("/m/09x0r,\"playing violin, fiddle\"");
        QTest::newRow("quotes") << Labels{"a \"good\" one", "\""}
                                << QByteArray("\"a \"\"good\"\" one\",\"\"\"\"");
        QTest::newRow("not ASCII") << Labels{"children’s choir", "Äther"}
                                   << QByteArray("children’s choir,Äther");
    }
    void joinsAndSplits()
    {
        QFETCH(Labels, labels);
        QFETCH(QByteArray, list);
        QByteArray joined;
        for (const QByteArray &label : labels)
            appendLabel(joined, label);
        QCOMPARE(joined, list);
        QCOMPARE(asList(splitLabels(list)), labels);
    }

    void splitsWhatOthersWrote_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<Labels>("labels");
        QTest::newRow("blanks") << QByteArray(" /m/09x0r , /t/dd00088 ") << Labels{"/m/09x0r", "/t/dd00088"};
        QTest::newRow("empty places") << QByteArray(",/m/09x0r,,") << Labels{"/m/09x0r"};
        QTest::newRow("an open quote") << QByteArray("\"a,b") << Labels{"\"a", "b"};
    }
    void splitsWhatOthersWrote()
    {
        QFETCH(QByteArray, list);
        QTEST(asList(splitLabels(list)), "labels");
    }

    void understandsTexts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Labels>("labels"); // as a list
        QTest::addColumn<QByteArray>("label");
        const auto row = [](const char *name, const QByteArray &text, const Labels &labels,
                            const QByteArray &label) { QTest::newRow(name) << text << labels << label; };
        row("a mid", "/g/122z_qxw", {"/g/122z_qxw"}, "/g/122z_qxw");
        row("a name", "Speech", {"/m/09x0r"}, "/m/09x0r");
        row("a name in lower case", "helicopter", {"/m/09ct_"}, "/m/09ct_");
        row("a name with commas", "Bee, wasp, etc.", {"/m/01h3n"}, "/m/01h3n");
        row("semicolons", "Bee, wasp, etc.; /m/09x0r;anything, else",
            {"/m/01h3n", "/m/09x0r", "anything, else"}, "Bee, wasp, etc.; /m/09x0r;anything, else");
        row("names", "Speech, bee, wasp, etc., Dog", {"/m/09x0r", "/m/01h3n", "/m/0bt9lr"},
            "Speech, bee, wasp, etc., Dog");
        row("the class above is not mistaken", "Child speech, kid speaking", {"/m/0ytgt"}, "/m/0ytgt");
        row("unknown", "playing violin, fiddle", {"playing violin", "fiddle"}, "playing violin, fiddle");
        row("line ends", "two\nlines", {"two lines"}, "two lines");
        row("nearly a mid", "/m/", {"/m/"}, "/m/");
    }
    void understandsTexts()
    {
        QFETCH(QByteArray, text);
        QTEST(asList(labelsFromText(text.toStdString())), "labels");
        QTEST(labelFromText(text.toStdString()), "label");
    }
};

QTEST_APPLESS_MAIN(TestLabelList)
#include "tst_labellist.moc"
