#include "support/resulttest.h"
#include "support/testmain.h"
#include "ytdlp/failureclassifier.h"

#include <QTemporaryDir>
#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

/// JSON with plain quotes.
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

/// The rules that a person adds.
class TestFailureRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownRulesGoFirst()
    {
        auto own = ytdlp::parseFailureRules(
            quoted(
                "[{'class': 'permanent', 'patterns': ['/our mirror has no \\\\S+/', 'Gone Fishing'], "
                "'sentence': 'The mirror lacks it.', 'remedy': 'Ask Ada.', 'help': 'network'}, "
                "{'class': 'rate-limit', 'patterns': ['private video'], 'sentence': 'Odd, but as asked.'}]"),
            u"own.json"_s);
        VERIFY_OK(own);
        const ytdlp::FailureClassifier classifier(*own);
        const auto first = classifier.classify({u"ERROR: Our mirror has no X"_s});
        QCOMPARE(first.failure, FailureClass::Permanent);
        QCOMPARE(first.sentence, u"The mirror lacks it."_s);
        QCOMPARE(first.remedy, u"Ask Ada."_s);
        QCOMPARE(first.text(), u"The mirror lacks it. Ask Ada."_s);
        QCOMPARE(first.cause, u"ERROR: Our mirror has no X"_s);
        QCOMPARE(first.help, ytdlp::Remedy::Network);
        QCOMPARE(classifier.classify({u"ERROR: gone fishing"_s}).failure, FailureClass::Permanent);
        QCOMPARE(classifier.classify({u"ERROR: [youtube] x: Private video"_s}).failure,
                 FailureClass::RateLimit);
        QCOMPARE(classifier.classify({u"ERROR: [youtube] x: DRM protected"_s}).failure,
                 FailureClass::Permanent);
    }

    void ownRulesKnowCausesAndConsequences()
    {
        auto own = ytdlp::parseFailureRules(
            quoted("[{'class': 'transient', 'patterns': ['the mirror sulks'], 'sentence': 'It sulks.', "
                   "'follows': 'sulking'}, {'class': 'environment', 'patterns': ['the cable is out'], "
                   "'sentence': 'No cable.', 'explains': ['sulking'], 'once': true}]"),
            u"own.json"_s);
        VERIFY_OK(own);
        const ytdlp::FailureClassifier classifier(*own);
        const QString cable = u"WARNING: The cable is out"_s;
        QCOMPARE(classifier.classify({u"ERROR: The mirror sulks"_s}).sentence, u"It sulks."_s);
        QCOMPARE(classifier.classify({u"ERROR: The mirror sulks"_s}, {cable}).sentence, u"No cable."_s);
        QVERIFY(classifier.isStanding(cable));
    }

    /// Earmark's own rules for this computer are not matched against a server's words; the user's are.
    void ownRulesSeeEveryWord()
    {
        auto own =
            ytdlp::parseFailureRules(quoted("[{'class': 'environment', 'patterns': ['mirror is closed'], "
                                            "'sentence': 'The mirror is closed.'}]"),
                                     u"own.json"_s);
        VERIFY_OK(own);
        QCOMPARE(ytdlp::FailureClassifier(*own)
                     .classify({u"ERROR: Unable to download webpage: HTTP Error 503: Mirror is closed"_s})
                     .failure,
                 FailureClass::Environment);
    }

    void aBadRuleIsNamedByItsLine_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("said");
        const QByteArray good = quoted("{'class': 'later', 'patterns': ['{ \\' ['], 'sentence': 'A.'}");
        QTest::newRow("no JSON") << QByteArray("[\n\n{\"class\" oops}]") << 3 << u"no JSON"_s;
        QTest::newRow("no list") << QByteArray("{}") << 1 << u"list"_s;
        QTest::newRow("no object") << QByteArray("[1]") << 1 << u"object"_s;
        QTest::newRow("class") << "[\n" + good + ",\n" +
                                      quoted("{'class': 'x', 'patterns': ['a'], 'sentence': 'A.'}]")
                               << 3 << u"“x”"_s;
        QTest::newRow("no patterns") << quoted("[{'class': 'later', 'sentence': 'A.'}]") << 1
                                     << u"no patterns"_s;
        QTest::newRow("empty pattern")
            << quoted("[\n\n{'class': 'later', 'patterns': ['a', ''], 'sentence': 'A.'}]") << 3
            << u"not empty"_s;
        QTest::newRow("expression") << "[" + good + ",\n" + good + ",\n" +
                                           quoted(
                                               "{'class': 'later', 'patterns': ['/(/'], 'sentence': 'A.'}]")
                                    << 3 << u"regular expression"_s;
        QTest::newRow("no sentence") << quoted("[{'class': 'later', 'patterns': ['a']}]") << 1
                                     << u"sentence"_s;
        QTest::newRow("help")
            << quoted("[{'class': 'later', 'patterns': ['a'], 'sentence': 'A.', 'help': 'god'}]") << 1
            << u"“god”"_s;
        QTest::newRow("once")
            << quoted("[{'class': 'later', 'patterns': ['a'], 'sentence': 'A.', 'once': 'twice'}]") << 1
            << u"\"video\""_s;
    }

    void aBadRuleIsNamedByItsLine()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, line);
        QFETCH(QString, said);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"failurerules.json"_s);
        test::writeFile(path, json);
        const auto rules = ytdlp::readOwnFailureRules(path);
        COMPARE_ERROR(rules, ErrorCode::BadInput);
        const QString text = rules.error().text;
        QVERIFY2(text.contains(path) && text.contains(u"line %1"_s.arg(line)) && text.contains(said),
                 qUtf8Printable(text));
    }

    void noFileNoRules()
    {
        QTemporaryDir folder;
        const auto rules = ytdlp::readOwnFailureRules(folder.filePath(u"absent.json"_s));
        VERIFY_OK(rules);
        QVERIFY(rules->empty());
        COMPARE_ERROR(ytdlp::readOwnFailureRules(folder.path()), ErrorCode::Unreadable);
    }
};

QTEST_GUILESS_MAIN(TestFailureRules)
#include "tst_failurerules.moc"
