#include "export/cliptable.h"
#include "export/report/coverage.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>
#include <sqlite3.h>

using namespace earmark;
using namespace earmark::exports;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;

namespace {

/// 2026-11-23T00:00:00Z
constexpr qint64 Midnight = 1'795'392'000'000;
constexpr qint64 Second = 1'000;

struct GivenClip
{
    const char *id;
    ClipState state;
    FailureClass failure = FailureClass::None;
    QString reason{};
    QString ytdlp{};
};

} // namespace

class TestCoverage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto workspace = Workspace::open(m_folder->path());
        VERIFY_OK(workspace);
        const QString gone = u"This video is private, or \"gone\"."_s;
        const std::vector<GivenClip> clips{
            {"readyready0", ClipState::Ready, {}, {}, u"2026.08.19"_s},
            {"readyready1", ClipState::Ready, {}, {}, u"2026.10.26"_s},
            {"shortshort0", ClipState::Short, {}, {}, u"2026.10.26"_s},
            {"-0RWZT-miFs", ClipState::Failed, FailureClass::Permanent, gone},
            {"failed00000", ClipState::Failed, FailureClass::Transient, u"No answer."_s},
            {"failed11111", ClipState::Failed, FailureClass::Permanent, gone},
            {"queuedqueue", ClipState::Queued},
            {"absent00000", ClipState::Absent},
        };
        std::vector<std::pair<SegmentKey, Clip>> records;
        for (std::uint32_t position = 0; const GivenClip &clip : clips) {
            const SegmentKey key{*YtId::parse(clip.id), 23'700, 33'700};
            (*workspace)->enqueue({{key, position, "/m/09x0r,/t/dd00088"}});
            Clip record = (*workspace)->record(key);
            record.progress.state = clip.state;
            record.progress.failure = clip.failure;
            record.progress.reason = clip.reason;
            record.origin.toolVersion = clip.ytdlp;
            record.progress.attempts = 2;
            record.progress.changedAt = Midnight + position++ * Second;
            records.emplace_back(key, record);
        }
        (*workspace)->adopt(records); // takes the time that the record says
        VERIFY_OK((*workspace)->flush());
    }

    void countsWhatIsThereAndWhyTheRestIsNot()
    {
        const auto coverage = readCoverage(m_folder->path());
        VERIFY_OK(coverage);
        QCOMPARE(coverageCsv(*coverage), QByteArray(R"(what,which,reason,clips,first,last
asked,,,7,2026-11-23T00:00:00Z,2026-11-23T00:00:06Z
queued,queued,,1,2026-11-23T00:00:06Z,2026-11-23T00:00:06Z
got,ready,,2,2026-11-23T00:00:00Z,2026-11-23T00:00:01Z
got,short,,1,2026-11-23T00:00:02Z,2026-11-23T00:00:02Z
missing,permanent,"This video is private, or ""gone"".",2,2026-11-23T00:00:03Z,2026-11-23T00:00:05Z
missing,transient,No answer.,1,2026-11-23T00:00:04Z,2026-11-23T00:00:04Z
yt-dlp,2026.08.19,,1,2026-11-23T00:00:00Z,2026-11-23T00:00:00Z
yt-dlp,2026.10.26,,2,2026-11-23T00:00:01Z,2026-11-23T00:00:02Z
)"));
    }

    /// Nobody knows what a damaged row said, but that there was one.
    void damagedRowsAreMissingForAReason()
    {
        sqlite3 *ledger = nullptr;
        QCOMPARE(sqlite3_open(Layout(m_folder->path()).ledger().toUtf8().constData(), &ledger), SQLITE_OK);
        QCOMPARE(sqlite3_exec(ledger, "UPDATE clips SET state = 77 WHERE ytid = 'readyready0'", nullptr,
                              nullptr, nullptr),
                 SQLITE_OK);
        sqlite3_close(ledger);
        const auto coverage = readCoverage(m_folder->path());
        VERIFY_OK(coverage);
        QCOMPARE(coverage->asked.clips, 6);
        const QByteArray csv = coverageCsv(*coverage);
        QVERIFY2(csv.contains("\nmissing,unknown,Its row in the ledger is damaged.,1,,\n"), csv.constData());
        const auto table = ClipTable::read(m_folder->path());
        VERIFY_OK(table);
        QCOMPARE(table->damagedRows(), 1);
    }

    void theKindOfFileGoesByItsName()
    {
        const QString csv = m_folder->filePath(u"coverage.csv"_s);
        const QString json = m_folder->filePath(u"coverage.JSON"_s);
        VERIFY_OK(exportCoverage(m_folder->path(), csv));
        VERIFY_OK(exportCoverage(m_folder->path(), json));
        QVERIFY(test::readFile(csv).startsWith("what,which"));
        const auto object = nlohmann::json::parse(test::readFile(json).toStdString());
        QCOMPARE(object["asked"]["clips"].get<int>(), 7);
        QCOMPARE(object["got"].size(), std::size_t{2});
        QCOMPARE(object["missing"][0]["which"].get<std::string>(), std::string("permanent"));
        QCOMPARE(object["missing"][0]["clips"].get<int>(), 2);
        QCOMPARE(object["sample_rate"].get<int>(), 44'100);
    }

    void namesEveryMissingClip()
    {
        const QString path = m_folder->filePath(u"missing.csv"_s);
        const auto count = exportMissing(m_folder->path(), path);
        VERIFY_OK(count);
        QCOMPARE(*count, 3);
        QCOMPARE(test::readFile(path),
                 QByteArray(R"(ytid,start_seconds,end_seconds,labels,class,reason,tries,when
'-0RWZT-miFs,23.7,33.7,"/m/09x0r,/t/dd00088",permanent,"This video is private, or ""gone"".",2,2026-11-23T00:00:03Z
failed00000,23.7,33.7,"/m/09x0r,/t/dd00088",transient,No answer.,2,2026-11-23T00:00:04Z
failed11111,23.7,33.7,"/m/09x0r,/t/dd00088",permanent,"This video is private, or ""gone"".",2,2026-11-23T00:00:05Z
)"));
    }

    /// What others wrote is not computed by the spreadsheet that shows these lists.
    void formulasStayTexts_data()
    {
        QTest::addColumn<Formulas>("formulas");
        QTest::addColumn<QByteArray>("apostrophe");
        QTest::newRow("defused") << Formulas::Defused << QByteArray("'");
        QTest::newRow("as they are") << Formulas::Kept << QByteArray();
    }
    void formulasStayTexts()
    {
        QFETCH(Formulas, formulas);
        QFETCH(QByteArray, apostrophe);
        {
            auto workspace = Workspace::open(m_folder->path());
            VERIFY_OK(workspace);
            const SegmentKey key{*YtId::parse("failed00000"), 23'700, 33'700};
            Clip record = (*workspace)->record(key);
            record.progress.reason = u"@SUM(1+1)*cmd|' /C calc'!A0"_s;
            (*workspace)->update(key, record);
            VERIFY_OK((*workspace)->flush());
        }
        const QString missing = m_folder->filePath(u"missing.csv"_s);
        const QString report = m_folder->filePath(u"report.csv"_s);
        VERIFY_OK(exportMissing(m_folder->path(), missing, {}, formulas));
        VERIFY_OK(exportCoverage(m_folder->path(), report, {}, formulas));
        const QByteArray reason = ',' + apostrophe + "@SUM(1+1)*cmd|' /C calc'!A0,";
        QVERIFY(test::readFile(missing).contains('\n' + apostrophe + "-0RWZT-miFs,"));
        QVERIFY(test::readFile(missing).contains(reason));
        QVERIFY(test::readFile(report).contains(reason));
    }

    void leavesWhatWasThereWhenItCannot()
    {
        const QString path = m_folder->filePath(u"report.csv"_s);
        test::writeFile(path, "former");
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(exportCoverage(m_folder->path(), path, stop.get_token()), ErrorCode::Cancelled);
        COMPARE_ERROR(exportMissing(m_folder->path(), path, stop.get_token()), ErrorCode::Cancelled);
        COMPARE_ERROR(exportMissing(m_folder->filePath(u"nowhere"_s), path), ErrorCode::NotFound);
        QCOMPARE(test::readFile(path), QByteArray("former"));
        COMPARE_ERROR(exportCoverage(m_folder->path(), m_folder->filePath(u"no/such/report.csv"_s)),
                      ErrorCode::Unwritable);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
