#include "workerstage.h"

#include "support/testmain.h"

using namespace earmark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Bench;
using test::key;
using test::Ytid;
using ytdlp::FetchOutcome;

namespace {

/// A yt-dlp that says `first` at its start and answers its jobs with `answers`, one a job.
QByteArray program(const QByteArray &first, const QList<QByteArray> &answers)
{
    QByteArray script = "printf '%s\\n' '" + first +
                        "'\nanswer() {\n  read -r line\n  printf '%s\\n' \"$1\"\n"
                        "  job=$(printf %s \"$line\" | sed 's/.*\"job\":\"\\([^\"]*\\)\".*/\\1/')\n"
                        "  mark=$(printf %s \"$line\" | sed 's/.*\"mark\":\"\\([^\"]*\\)\".*/\\1/')\n"
                        "  printf '@%s END %s\\n' \"$mark\" \"$job\"\n}\n";
    for (const QByteArray &answer : answers)
        script += "answer '" + answer + "'\n";
    return script + "read -r line\n";
}

const QByteArray Runtime =
    "WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled";
const QByteArray Formats = "ERROR: [youtube] x: Requested format is not available";

} // namespace

/// What a worker makes of what one process says over several jobs.
class TestDiagnosis final : public test::WorkerTest
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSaidOnceCountsForLaterJobs()
    {
        Bench bench(options(program(Runtime, {"ERROR: [youtube] x: Private video", Formats})));
        FetchOutcome outcome = bench.fetch(key(Ytid, 0, 10'000));
        COMPARE_FAILURE(outcome, FailureClass::Permanent); // its own, whatever the warning says
        outcome = bench.fetch(key(Ytid, 20'000, 30'000));
        COMPARE_FAILURE(outcome, FailureClass::Environment);
        QVERIFY2(outcome.reason.contains(u"deno"_s), qUtf8Printable(outcome.reason));
    }

    void anotherProcessSaysItAgainOrNot()
    {
        // The pause for the first has ended the process; the next one finds a runtime.
        Bench bench(options("if [ -e \"$0.seen\" ]; then\n" + program("[debug] deno", {Formats}) +
                            "else\ntouch \"$0.seen\"\n" + program(Runtime, {Formats}) + "fi\n"));
        FetchOutcome outcome = bench.fetch(key(Ytid, 0, 10'000));
        COMPARE_FAILURE(outcome, FailureClass::Environment);
        outcome = bench.fetch(key(Ytid, 0, 10'000));
        COMPARE_FAILURE(outcome, FailureClass::Transient);
    }

    void aLongLogKeepsItsWarnings()
    {
        QByteArray much = Runtime;
        for (int line = 0; line < 200; ++line)
            much += "\n[https @ 0x1] Will reconnect at " + QByteArray::number(line) + " in 0 second(s).";
        Bench bench(options(program("[debug] start", {much + '\n' + Formats})));
        const FetchOutcome outcome = bench.fetch(key(Ytid, 0, 10'000));
        COMPARE_FAILURE(outcome, FailureClass::Environment);
        QVERIFY(outcome.log.count(u'\n') < 100);
    }

private:
    ytdlp::WorkerOptions options(const QByteArray &script) const
    {
        ytdlp::WorkerOptions all = m_stage.mediaOptions();
        all.tools.ytdlp.path = m_stage.script(script);
        all.killAfter = 200ms;
        return all;
    }
};

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
