#include "tools/toolreport.h"

#include "support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::tools;
using State = ToolReport::State;
using Origin = ytdlp::Tool::Origin;

Q_DECLARE_METATYPE(earmark::tools::ToolReport::State)

class TestToolReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheAge_data()
    {
        QTest::addColumn<QDate>("released");
        QTest::addColumn<QString>("text");
        QTest::newRow("today") << Today << u"of today"_s;
        QTest::newRow("tomorrow") << Today.addDays(1) << u"of today"_s;
        QTest::newRow("yesterday") << Today.addDays(-1) << u"1 day old"_s;
        QTest::newRow("weeks") << Today.addDays(-61) << u"61 days old"_s;
        QTest::newRow("months") << Today.addDays(-62) << u"2 months old"_s;
        QTest::newRow("not quite four months") << Today.addMonths(-4).addDays(1) << u"3 months old"_s;
        QTest::newRow("four months") << Today.addMonths(-4) << u"4 months old"_s;
        QTest::newRow("nearly two years") << Today.addMonths(-23) << u"23 months old"_s;
        QTest::newRow("years") << Today.addMonths(-24) << u"2 years old"_s;
        QTest::newRow("unknown") << QDate() << QString();
    }
    void tellsTheAge()
    {
        QFETCH(QDate, released);
        QTEST(ageText(released, Today), "text");
    }

    void judges_data()
    {
        QTest::addColumn<ytdlp::Tools>("tools");
        QTest::addColumn<int>("row");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("sentence"); // a part of it
        ytdlp::Tools tools;
        tools.ytdlp = {u"yt-dlp"_s, u"/usr/bin/yt-dlp"_s, u"2026.10.26"_s, {}};
        tools.pathYtDlp = tools.ytdlp;
        tools.ffmpeg = {u"ffmpeg"_s, u"/usr/bin/ffmpeg"_s, u"5.1.9"_s, {}};
        tools.jsRuntime = {u"deno"_s, u"/usr/bin/deno"_s, u"2.9.6"_s, {}};
        QTest::newRow("fresh") << tools << 0 << State::Good << u"OK."_s;
        QTest::newRow("ffmpeg") << tools << 1 << State::Good << u"OK."_s;
        QTest::newRow("deno") << tools << 2 << State::Good << u"OK."_s;
        ytdlp::Tools other = tools;
        other.jsRuntime = {u"node"_s, u"/usr/bin/node"_s, u"22.1.0"_s, {}};
        QTest::newRow("node") << other << 2 << State::Good << u"(--js-runtimes node:/usr/bin/node)"_s;
        other.jsRuntime = {u"node"_s, u"/usr/bin/node"_s, u"20.1.0"_s, u"node is too old. Install deno."_s};
        QTest::newRow("old node") << other << 2 << State::Doubtful << u"Install deno"_s;
        other.ytdlp.version = u"2025.11.11"_s;
        QTest::newRow("old node, not wanted") << other << 2 << State::Doubtful << u"does without one"_s;
        QTest::newRow("old") << other << 0 << State::Doubtful
                             << u"Too old: it is 12 months old, and YouTube changes"_s;
        other.jsRuntime = tools.jsRuntime;
        QTest::newRow("deno, not wanted") << other << 2 << State::Good << u"2025.11.12 and newer need one"_s;
        other = tools;
        other.ytdlp.origin = Origin::Fetched;
        other.pathYtDlp.version = u"2025.04.30"_s;
        QTest::newRow("fetched") << other << 0 << State::Good << u"2025.04.30 of its own (/usr/bin/yt-dlp)"_s;
        // What the site has counts for more than the calendar.
        other = tools;
        other.ytdlp.version = u"2026.08.19"_s;
        other.newestYtDlp = other.ytdlp.version;
        other.newestSeen = Today.addDays(-3);
        QTest::newRow("old, but the newest")
            << other << 0 << State::Good << u"The newest release (checked 3 days ago). If YouTube refuses"_s;
        other.newestSeen = Today;
        QTest::newRow("fetched just now") << other << 0 << State::Good << u"(checked today)"_s;
        other.newestSeen = Today.addDays(-15);
        QTest::newRow("not looked for weeks") << other << 0 << State::Doubtful << u"it is 3 months old"_s;
        other.ytdlp.version = u"2026.11.20"_s;
        other.newestYtDlp = u"2026.11.21"_s;
        QTest::newRow("a newer one is out") << other << 0 << State::Doubtful << u"2026.11.21 is out"_s;
        other.ytdlp.version = u"2026.11.22"_s;
        QTest::newRow("newer than seen") << other << 0 << State::Good << u"OK."_s;
        other = tools;
        other.ffmpeg.doubt = u"It hangs."_s;
        QTest::newRow("doubtful ffmpeg") << other << 1 << State::Doubtful << u"It hangs."_s;
        other.jsRuntime.doubt = u"It is slow."_s;
        QTest::newRow("doubtful runtime") << other << 2 << State::Doubtful << u"It is slow."_s;
        other.ytdlp = {u"yt-dlp"_s, {}, {}, u"It is not there. Fetch it."_s};
        QTest::newRow("missing") << other << 0 << State::Bad << u"It is not there. Fetch it."_s;
        other.ffmpeg.problem = u"It is too old."_s;
        QTest::newRow("ffmpeg too old") << other << 1 << State::Bad << u"It is too old."_s;
    }
    void judges()
    {
        QFETCH(ytdlp::Tools, tools);
        QFETCH(int, row);
        QFETCH(QString, sentence);
        const ToolReport report = reportOf(tools, Today)[static_cast<std::size_t>(row)];
        QTEST(report.state, "state");
        QVERIFY2(report.sentence.contains(sentence), qPrintable(report.sentence));
        QVERIFY(!report.purpose.isEmpty());
        QCOMPARE(report.origin.isEmpty(), report.path.isEmpty());
        const bool isOurs = report.name != tools.ffmpeg.name; // what Earmark can fetch
        QCOMPARE(report.fixes.empty(), report.state == State::Good || !isOurs);
    }

    void warnsOfAnOldOneAlone_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("warning");
        QTest::newRow("recent") << u"2026.10.26"_s << QString() << QString();
        QTest::newRow("old") << u"2025.04.30"_s << QString()
                             << u"yt-dlp 2025.04.30 is 18 months old; YouTube will probably refuse it."_s;
        QTest::newRow("no date") << u"of today"_s << QString() << QString();
        QTest::newRow("refused") << u"2023.03.04"_s << u"It is too old."_s
                                 << QString(); // that is said already
    }
    void warnsOfAnOldOneAlone()
    {
        QFETCH(QString, version);
        QFETCH(QString, problem);
        QFETCH(QString, warning);
        ytdlp::Tools tools;
        tools.ytdlp = {u"yt-dlp"_s, u"/usr/bin/yt-dlp"_s, version, problem};
        QCOMPARE(ageWarning(tools, Today), warning);
    }

    void tellsTheDate()
    {
        QCOMPARE(ytdlp::releaseDate(u"2026.10.26.232830"_s), QDate(2026, 10, 26));
        QCOMPARE(ytdlp::releaseDate(u"2025.1.5"_s), QDate(2025, 1, 5));
        QVERIFY(!ytdlp::releaseDate(u"2026.13.26"_s).isValid());
        QVERIFY(!ytdlp::releaseDate(u"5.1.9"_s).isValid());
    }

private:
    inline static const QDate Today{2026, 11, 23};
};

QTEST_GUILESS_MAIN(TestToolReport)
#include "tst_toolreport.moc"
