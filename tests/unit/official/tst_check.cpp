#include "official/check.h"

#include "net/address.h"
#include "support/officialfiles.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QCryptographicHash>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::official;

Q_DECLARE_METATYPE(earmark::official::Kind)

class TestCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCatalogueIsInOrder()
    {
        QCOMPARE(
            std::ranges::count_if(catalogue(), [](const auto &file) { return file.sha256.size() == 64; }), 3);
        QSet<QString> names;
        for (const OfficialFile &file : catalogue()) {
            QVERIFY2(!names.contains(file.name) && !names.contains(file.fileName), qPrintable(file.name));
            names += {file.name, file.fileName};
            QVERIFY(!file.title.isEmpty() && file.about.endsWith(u'.') && !file.licence.isEmpty());
            QCOMPARE(findOfficial(file.name), &file);
            QCOMPARE(findOfficial(file.fileName.toUpper()), &file);
            QCOMPARE(net::addressProblem(Addresses().of(file).toString()), QString());
            QVERIFY(Addresses().of(file).fileName() == file.fileName);
        }
        QCOMPARE(findOfficial(u"evaluation"_s), nullptr);
    }

    void makesAddresses()
    {
        Addresses addresses;
        QCOMPARE(addresses.of(*findOfficial(u"eval"_s)).toString(),
                 u"https://storage.googleapis.com/us_audioset/youtube_corpus/v1/csv/eval_segments.csv"_s);
        addresses.corpus = QUrl(u"http://127.0.0.1:8000/mirror"_s);
        addresses.ontology = QUrl(u"http://127.0.0.1:8000/o.json"_s);
        QCOMPARE(addresses.of(*findOfficial(u"strong-eval"_s)).toString(),
                 u"http://127.0.0.1:8000/mirror/strong/audioset_eval_strong.tsv"_s);
        QCOMPARE(addresses.of(*findOfficial(u"ontology"_s)).toString(), u"http://127.0.0.1:8000/o.json"_s);
    }

    void judgesAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("http, which anyone on the way can change") << u"http://example.org/a"_s << false;
        QTest::newRow("http of this computer") << u"http://localhost:8000/a"_s << true;
        QTest::newRow("its number") << u"http://127.0.0.1/a"_s << true;
        QTest::newRow("its other number") << u"http://[::1]:8000/a"_s << true;
        QTest::newRow("a name that begins like it") << u"http://127.0.0.1.example.org/a"_s << false;
        QTest::newRow("a user that looks like it") << u"http://localhost@example.org/a"_s << false;
        QTest::newRow("https, blanks around") << u"  https://example.org "_s << true;
        QTest::newRow("nothing") << u" "_s << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("ftp") << u"ftp://example.org/a"_s << false;
        QTest::newRow("no host") << u"http:///a"_s << false;
        QTest::newRow("no scheme") << u"example.org/a"_s << false;
        QTest::newRow("blank within") << u"http://exa mple.org"_s << false;
    }
    void judgesAddresses()
    {
        QFETCH(QString, text);
        QTEST(net::addressProblem(text).isEmpty(), "isGood");
    }

    void finds_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<qint64>("rows");    // -1: refused
        QTest::addColumn<QString>("reason"); // what the warning or the refusal holds; empty: no warning
        const auto row = [](const char *name, Kind kind, const QByteArray &content, qint64 rows,
                            const QString &reason = {}) {
            QTest::newRow(name) << kind << content << rows << reason;
        };
        const QByteArray page = "<!DOCTYPE html>\n<html><body>Sign in to this network</body></html>\n";
        const QByteArray split = test::smallSplit(20);
        row("split", Kind::Segments, split, 20);
        row("split, cut off within a line", Kind::Segments, split.chopped(10), -1, u"ends within a line"_s);
        row("split, cut off between lines", Kind::Segments, split.first(split.lastIndexOf('\n', -2) + 1), -1,
            u"20 segments, and there are 19"_s);
        row("split with a line that does not fit", Kind::Segments, split + "what, is, this\n", 20,
            u"1 of its lines"_s);
        row("split without its claim", Kind::Segments, "-o_00000000, 0, 10, \"/m/09x0r\"\n", 1);
        row("split, a web page", Kind::Segments, page, -1, u"no segment"_s);
        row("split, empty", Kind::Segments, {}, -1, u"empty"_s);
        row("labels", Kind::Labels, test::smallLabels(12), 12);
        row("labels, a web page", Kind::Labels, page, -1);
        row("ontology", Kind::Ontology, test::smallOntology(), 2);
        row("ontology, cut off", Kind::Ontology, test::smallOntology().chopped(30), -1, u"JSON"_s);
        row("ontology, a web page", Kind::Ontology, page, -1, u"JSON"_s);
        row("ratings", Kind::Ratings, test::smallRatings(), 2);
        row("ratings, a web page", Kind::Ratings, page, -1);
        row("strong labels", Kind::Segments, test::smallStrong(5), 5);
        row("strong labels without header", Kind::Segments, "-o_00000000_30000\t0\t1\t/m/09x0r\r\n", 1);
        row("strong labels, cut off", Kind::Segments, test::smallStrong(5).chopped(12), -1, u"not whole"_s);
        row("strong labels, a web page", Kind::Segments, page, -1, u"file holds no segment. Line 1"_s);
        row("strong labels, an id without a start", Kind::Segments, "-o_00000000\t0\t1\t/m/09x0r\n", -1,
            u"file holds no segment. Line 1"_s);
        row("strong labels, empty", Kind::Segments, {}, -1, u"empty"_s);
        row("names", Kind::Labels, test::smallStrongNames(), 2);
        row("names, a web page", Kind::Labels, page, -1, u"line 1"_s);
    }
    void finds()
    {
        QFETCH(Kind, kind);
        QFETCH(QByteArray, content);
        QFETCH(qint64, rows);
        QFETCH(QString, reason);
        OfficialFile file;
        file.kind = kind;
        const auto finding = check(file, write(content));
        if (rows < 0) {
            COMPARE_ERROR(finding, ErrorCode::BadInput);
            QVERIFY2(finding.error().text.contains(reason), qPrintable(finding.error().text));
            return;
        }
        VERIFY_OK(finding);
        QCOMPARE(finding->rows, rows);
        QCOMPARE(finding->bytes, content.size());
        QCOMPARE(finding->warning.isEmpty(), reason.isEmpty());
        QVERIFY2(finding->warning.contains(reason), qPrintable(finding->warning));
    }

    void warnsOfWhatIsNotAsDocumented()
    {
        OfficialFile file;
        file.bytes = test::smallSplit(20).size();
        file.rows = 20;
        const QString path = write(test::smallSplit(20));
        QCOMPARE(check(file, path)->warning, QString());
        QCOMPARE(checkFetched(file, path, -1, {})->warning, QString());
        file.rows = 21;
        file.bytes = 1000;
        const auto finding = checkFetched(file, path, test::smallSplit(20).size(), {});
        VERIFY_OK(finding);
        QCOMPARE(finding->warning,
                 u"It holds 20 segments instead of 21. It has %1 bytes instead of 1,000."_s.arg(
                     QString::number(finding->bytes).insert(1, u',')));
        // Nobody knows then whether all of it came.
        COMPARE_ERROR(checkFetched(file, path, -1, {}), ErrorCode::BadInput);
    }

    /// Of the same size and form as the known edition: labels were exchanged.
    void namesAnotherEdition()
    {
        OfficialFile file;
        file.rows = 20;
        const QByteArray content = test::smallSplit(20);
        file.sha256 = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
        QCOMPARE(check(file, write(content))->warning, QString());
        const auto finding = check(file, write(QByteArray(content).replace("/m/04rlf", "/m/04rlg")));
        VERIFY_OK(finding);
        QVERIFY2(finding->warning.startsWith(u"Its content is not that of the known edition (SHA-256 "_s),
                 qPrintable(finding->warning));
    }

    void saysThatItCannotBeRead()
    {
        for (const OfficialFile &file : catalogue())
            QVERIFY(!check(file, m_folder.filePath(u"nothing"_s)).has_value());
    }

    /// The real files, where they are at hand.
    void knowsTheRealFiles_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"balanced", "labels", "ontology"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void knowsTheRealFiles()
    {
        QFETCH(QString, name);
        const OfficialFile *file = findOfficial(name);
        const QString path = test::sharedData(file->fileName);
        if (path.isEmpty())
            return; // the sums and counts are facts, not rules
        const auto finding = check(*file, path);
        VERIFY_OK(finding);
        QCOMPARE(*finding, (Finding{file->bytes, file->rows, {}}));
    }

private:
    QString write(const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(u"file"_s), content);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
