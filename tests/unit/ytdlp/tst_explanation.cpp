#include "support/resulttest.h"
#include "support/testmain.h"
#include "ytdlp/explanation.h"

#include <QBuffer>
#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

const QString Private =
    u"ERROR: [youtube] -0RWZT-miFs: Private video. Sign in if you've been granted access"_s;
const QString Formats = u"ERROR: [youtube] -0RWZT-miFs: Requested format is not available"_s;
const QString Runtime = u"WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is"_s;

QString start(const QString &id)
{
    return u"[youtube] Extracting URL: https://www.youtube.com/watch?v=%1\n[youtube] %1: Downloading webpage\n"_s
        .arg(id);
}

ytdlp::Explanation explained(const QString &log)
{
    return ytdlp::explain(log, ytdlp::FailureClassifier());
}

} // namespace

/// What a log of yt-dlp means.
class TestExplanation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheFailureInEveryDress_data()
    {
        QTest::addColumn<QString>("log");
        const auto row = [](const char *name, const QString &log) { QTest::newRow(name) << log; };
        row("bare", Private);
        row("with its download", start(u"-0RWZT-miFs"_s) + Private + u'\n');
        row("lines of Windows", start(u"-0RWZT-miFs"_s).replace(u"\n"_s, u"\r\n"_s) + Private + u"\r\n"_s);
        row("colours", u"\x1b[0;31mERROR:\x1b[0m [youtube] -0RWZT-miFs: Private video"_s);
        row("quotation", u"> "_s + Private);
        row("indented", u"    "_s + Private);
        row("time", u"2026-11-29 19:40:11 "_s + Private);
        row("time of a container", u"2024-07-06T19:19:29.662190023Z "_s + Private);
        row("clock", u"[19:40:11] "_s + Private);
        row("syslog", u"Nov 29 19:40:45 host yt-dlp[123]: "_s + Private);
        row("Python's logging", u"2022-07-05 14:34:43,890 - bot.helper - ERROR - "_s + Private);
        row("exception", u"yt_dlp.utils.DownloadError: "_s + Private);
        row("verbose",
            u"[debug] Command-line config: ['-v', 'no space left on device']\n[debug] Encodings: locale "
            "UTF-8\n"_s +
                start(u"-0RWZT-miFs"_s) + Private +
                u"\n  File \"yt_dlp/extractor/common.py\", line 762, in extract\n    ie_result = "
                "self._real_extract(url)\n    raise ExtractorError('Read-only file system')\n"_s);
        row("progress", u"[download]   1.0% of 1.00MiB\r[download]   2.0% of 1.00MiB\r\n"_s + Private);
        row("Earmark's", u"\n== Y-0RWZT-miFs_30_40 2026-11-23 14:05:07.000 try 1 permanent: Private.\n   "
                         "[youtube] Extracting URL: https://www.youtube.com/watch?v=-0RWZT-miFs\n   "_s +
                             Private + u"\n   @END Y-0RWZT-miFs_30_40\n"_s);
    }

    void findsTheFailureInEveryDress()
    {
        QFETCH(QString, log);
        const auto explanation = explained(log);
        QVERIFY(explanation.isLog);
        QCOMPARE(explanation.failed, 1);
        QCOMPARE(explanation.downloads, 1);
        const ytdlp::Diagnosis &diagnosis = explanation.failures.front().diagnosis;
        QCOMPARE(keyword(diagnosis.failure), keyword(FailureClass::Permanent));
        QVERIFY2(diagnosis.cause.startsWith(u"ERROR: [youtube] -0RWZT-miFs: Private video"_s),
                 qUtf8Printable(diagnosis.cause));
        QCOMPARE(explanation.summary(), diagnosis.sentence);
    }

    void groupsByCause()
    {
        QString log = u"WARNING: Your yt-dlp version (2025.04.30) is older than 90 days!\n"_s;
        for (const char *id : {"aaaaaaaaaaa", "bbbbbbbbbbb", "ccccccccccc"})
            log +=
                start(QString::fromLatin1(id)) + u"ERROR: [youtube] %1: Odd\n"_s.arg(QLatin1StringView(id));
        log += start(u"ddddddddddd"_s) + u"[download] 100% of    1.00MiB in 00:00:01\n"_s;
        log += start(u"eeeeeeeeeee"_s) + Private + u'\n';
        log += start(u"fffffffffff"_s); // cut off
        const auto explanation = explained(log);
        QCOMPARE(explanation.downloads, 5);
        QCOMPARE(explanation.failed, 4);
        QCOMPARE(explanation.failures.size(), std::size_t(2));
        QCOMPARE(explanation.failures[0].count, 3);
        QCOMPARE(explanation.failures[0].diagnosis.text(), u"yt-dlp reports: Odd"_s);
        QCOMPARE(explanation.failures[1].count, 1);
        QCOMPARE(explanation.failures[1].diagnosis.failure, FailureClass::Permanent);
        QCOMPARE(explanation.summary(), u"4 of 5 downloads failed."_s);
    }

    void whatWasSaidOnceCountsForAllThatFollow()
    {
        const auto explanation =
            explained(start(u"aaaaaaaaaaa"_s) + Runtime + u"\n[download] 100% of 1.0MiB\n"_s +
                      start(u"bbbbbbbbbbb"_s) + Formats + u'\n');
        QCOMPARE(explanation.failed, 1);
        const ytdlp::Diagnosis &diagnosis = explanation.failures.front().diagnosis;
        QCOMPARE(diagnosis.failure, FailureClass::Environment);
        QCOMPARE(diagnosis.cause, Runtime);
    }

    void knowsSuccessAndNonsense_data()
    {
        QTest::addColumn<QString>("log");
        QTest::addColumn<bool>("isLog");
        QTest::newRow("success") << start(u"aaaaaaaaaaa"_s) +
                                        u"[https @ 0x1] Will reconnect at 4096, error=Connection reset by "
                                        "peer.\n[download] 100% of    1.00MiB in 00:00:01\n"_s
                                 << true;
        QTest::newRow("there already")
            << start(u"aaaaaaaaaaa"_s) + u"[download] x.mka has already been downloaded\n"_s << true;
        QTest::newRow("only a warning") << u"WARNING: [youtube] Odd\n"_s << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("a letter") << u"Dear all,\nthe disk is full of errors.\n"_s << false;
    }

    void knowsSuccessAndNonsense()
    {
        QFETCH(QString, log);
        QFETCH(bool, isLog);
        const auto explanation = explained(log);
        QCOMPARE(explanation.isLog, isLog);
        QCOMPARE(explanation.failed, 0);
        QVERIFY(explanation.failures.empty());
    }

    void takesLinesOfFfmpegAlone()
    {
        const auto explanation = explained(u"av_interleaved_write_frame(): No space left on device\n"_s);
        QCOMPARE(explanation.failed, 1);
        QCOMPARE(explanation.failures.front().diagnosis.failure, FailureClass::Environment);
    }

    void readsAtMostSixteenMegabytes()
    {
        QByteArray much(16'000'000, '\n');
        QBuffer small(&much);
        QVERIFY(small.open(QIODevice::ReadOnly));
        VERIFY_OK(ytdlp::readLog(small, u"x.log"_s));
        much += '\n';
        QBuffer large(&much);
        QVERIFY(large.open(QIODevice::ReadOnly));
        const auto refused = ytdlp::readLog(large, u"x.log"_s);
        COMPARE_ERROR(refused, ErrorCode::BadInput);
        QVERIFY(refused.error().text.contains(u"x.log"_s));
    }

    void everyClassHasAMeaning()
    {
        for (const FailureClass each : AllFailureClasses)
            QVERIFY(!ytdlp::meaningOf(each).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
