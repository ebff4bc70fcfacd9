#include "classes/labelmap.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::classes;
using namespace Qt::StringLiterals;

class TestLabelMap final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("official") << QByteArray(
            "index,mid,display_name\n0,/m/09x0r,\"Speech\"\n1,/m/05zppz,\"Male speech, man speaking\"\n");
        QTest::newRow("no header") << QByteArray(
            "0,/m/09x0r,\"Speech\"\n1,/m/05zppz,\"Male speech, man speaking\"\n");
        QTest::newRow("YAMNet: CRLF, few quotes") << QByteArray(
            "index,mid,display_name\r\n0,/m/09x0r,Speech\r\n1,/m/05zppz,\"Male speech, man speaking\"\r\n");
        QTest::newRow("byte-order mark, blank line")
            << QByteArray("\xEF\xBB\xBF"
                          "0,/m/09x0r,Speech\n\n1,/m/05zppz,\"Male speech, man speaking\"");
        QTest::newRow("the strong labels' names, without numbers")
            << QByteArray("/m/09x0r\tSpeech\n/m/05zppz\tMale speech, man speaking\n");
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        const auto map = LabelMap::read(file(text));
        VERIFY_OK(map);
        QCOMPARE(map->labels().size(), std::size_t{2});
        QCOMPARE(map->displayName("/m/05zppz"), u"Male speech, man speaking"_s);
        QVERIFY(map->find("/m/05zppz"));
        QCOMPARE(map->find("/m/05zppz")->index, 1);
        // What the file does not name comes from the built-in table, then from the id itself.
        QCOMPARE(map->displayName("/m/0bt9lr"), u"Dog"_s);
        QCOMPARE(map->displayName("/m/nothing"), u"/m/nothing"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::newRow("empty") << QByteArray() << u"holds no class"_s;
        QTest::newRow("header only") << QByteArray("index,mid,display_name\n") << u"holds no class"_s;
        QTest::newRow("a split") << QByteArray("--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n") << u"line 1"_s;
        QTest::newRow("name not quoted")
            << QByteArray("0,/m/09x0r,Speech\n1,/m/05zppz,Male speech, man speaking\n") << u"line 2"_s;
        QTest::newRow("no number") << QByteArray("x,/m/09x0r,Speech\n") << u"line 1"_s;
        QTest::newRow("no name") << QByteArray("0,/m/09x0r,\n") << u"line 1"_s;
        QTest::newRow("a name of a byte-order mark alone")
            << QByteArray("0,/m/09x0r,\xEF\xBB\xBF\n") << u"has no name"_s;
        QTest::newRow("open quote") << QByteArray("0,/m/09x0r,\"Speech\n") << u"line 1"_s;
        QTest::newRow("twice") << QByteArray("0,/m/09x0r,Speech\n1,/m/09x0r,Speech\n") << u"line 2"_s;
        QTest::newRow("binary") << QByteArray("\0\1\2\3", 4) << u"line 1"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, where);
        const auto map = LabelMap::read(file(text));
        COMPARE_ERROR(map, ErrorCode::BadInput);
        QVERIFY2(map.error().text.contains(where), qUtf8Printable(map.error().text));
    }

    void missingOrFolder()
    {
        COMPARE_ERROR(LabelMap::read(m_folder.filePath(u"nothing"_s)), ErrorCode::NotFound);
        COMPARE_ERROR(LabelMap::read(m_folder.path()), ErrorCode::Unreadable);
    }

    void builtIn()
    {
        const auto &labels = LabelMap::builtIn().labels();
        QCOMPARE(labels.size(), std::size_t{527});
        for (std::size_t number = 0; number < labels.size(); ++number)
            QCOMPARE(labels[number].index, static_cast<int>(number));
        QCOMPARE(labels.front().displayName, u"Speech"_s);
        QCOMPARE(LabelMap::builtIn().displayName("/m/0395lw"), u"Bell"_s);
    }

    void builtInIsTheOfficialOne()
    {
        const QString path = test::sharedData(u"class_labels_indices.csv"_s);
        if (path.isEmpty())
            return; // the counts above hold without it
        const auto official = LabelMap::read(path);
        VERIFY_OK(official);
        QCOMPARE(official->labels().size(), std::size_t{527});
        for (const LabelMap::Label &label : official->labels()) {
            const LabelMap::Label *ours = LabelMap::builtIn().find(label.mid);
            QVERIFY2(ours, label.mid.constData());
            QCOMPARE(ours->index, label.index);
            QCOMPARE(ours->displayName, label.displayName);
        }
    }

    void yamnet()
    {
        const LabelMap &ours = LabelMap::yamNet();
        QCOMPARE(ours.labels().size(), std::size_t{521});
        QVERIFY(!ours.find("/m/05zppz"));
        QCOMPARE(ours.find("/m/09x0r")->index, 0);
        QCOMPARE(ours.find("/m/07hvw1")->index, 520); // Field recording

        const QString path = test::sharedData(u"yamnet_class_map.csv"_s);
        if (path.isEmpty())
            return; // its form is in the table above
        const auto map = LabelMap::read(path);
        VERIFY_OK(map);
        QCOMPARE(map->labels().size(), std::size_t{521});
        for (std::size_t at = 0; at < map->labels().size(); ++at) {
            QCOMPARE(ours.labels()[at].index, map->labels()[at].index);
            QCOMPARE(ours.labels()[at].mid, map->labels()[at].mid);
            QCOMPARE(ours.labels()[at].displayName, map->labels()[at].displayName);
        }
        QCOMPARE(map->displayName("/m/05zppz"), u"Male speech, man speaking"_s);
    }

private:
    QString file(const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(u"labels%1.csv"_s.arg(++m_files)), content);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestLabelMap)
#include "tst_labelmap.moc"
