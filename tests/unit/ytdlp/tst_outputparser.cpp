#include "ytdlp/outputparser.h"

#include "support/testmain.h"

#include <QSet>
#include <QTest>

using namespace earmark::ytdlp;
using namespace Qt::StringLiterals;

namespace {

/// An event in words, so that tables can hold what is expected.
struct Description
{
    QString operator()(const event::Extracting &) const { return u"extracting"_s; }
    QString operator()(const event::Started &e) const
    {
        const auto number = [](std::optional<double> value) {
            return value ? QString::number(*value) : u"?"_s;
        };
        return u"started %1 %2-%3 of %4 %5"_s.arg(e.title, number(e.sectionStart), number(e.sectionEnd),
                                                  number(e.duration), e.formatId);
    }
    QString operator()(const event::Position &e) const { return u"at %1"_s.arg(e.microseconds); }
    QString operator()(const event::Written &e) const { return u"written %1"_s.arg(e.bytes); }
    QString operator()(const event::Done &e) const { return u"done %1"_s.arg(e.title); }
    QString operator()(const event::JobEnded &e) const { return u"ended %1"_s.arg(e.job); }
    QString operator()(const event::Warning &e) const { return u"warning %1"_s.arg(e.text); }
    QString operator()(const event::Failed &e) const { return u"error %1"_s.arg(e.text); }
    QString operator()(const event::Other &e) const { return u"other %1"_s.arg(e.text); }
    QString operator()(const event::Noise &) const { return u"noise"_s; }
};

const QByteArray Mark = "00112233445566778899aabbccddeeff";

/// Applies lines, those of ffmpeg's reports among them, and gives the fraction after each.
QList<double> fractions(const QList<QByteArray> &lines)
{
    JobProgress progress;
    QList<double> result;
    for (const QByteArray &line : lines) {
        progress.apply(line.contains('=') ? parseReport(line) : parseLine(line, Mark));
        result += progress.fraction();
    }
    return result;
}

const QByteArray Started =
    markPrefix(Mark) + R"(START {"title": "Y--PJHxphWEs_30_40", "section_start": 29, "section_end": 41})";

} // namespace

class TestOutputParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLines_data();
    void readsLines();
    void wordsWithoutTheMarkAreText_data();
    void wordsWithoutTheMarkAreText();
    void marksAreNeverTheSame();
    void readsReports_data();
    void readsReports();
    void progressFollowsTheSection();
    void progressNeverGoesBack();
    void progressTakesTheVideosClock();
    void progressWithoutALength();
};

void TestOutputParser::readsLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *line, const QString &expected) {
        QTest::newRow(name) << QByteArray(line).replace("@MARK ", markPrefix(Mark)) << expected;
    };
    row("playlist", "[download] Downloading playlist: earmark",
        u"other [download] Downloading playlist: earmark"_s);
    row("our own extraction", "[earmark] Extracting URL: earmark:jobs", u"extracting"_s);
    row("extraction", "[youtube] Extracting URL: https://www.youtube.com/watch?v=-0RWZT-miFs",
        u"extracting"_s);
    row("page", "[youtube] -0RWZT-miFs: Downloading webpage",
        u"other [youtube] -0RWZT-miFs: Downloading webpage"_s);
    row("start",
        R"(@MARK START {"title": "Y--PJHxphWEs_22.7_32.7", "section_start": 21.7, "section_end": 33.7, "duration": 12, "ext": "m4a", "format_id": "140"})",
        u"started Y--PJHxphWEs_22.7_32.7 21.7-33.7 of 12 140"_s);
    row("start, duration unknown",
        R"(@MARK START {"title": "Y--PJHxphWEs_22.7_32.7", "section_start": 21.7, "section_end": 33.7, "ext": "wav", "format_id": "wav"})",
        u"started Y--PJHxphWEs_22.7_32.7 21.7-33.7 of ? wav"_s);
    row("start, nothing known", "@MARK START {}", u"started  ?-? of ? "_s);
    row("start, no JSON", "@MARK START NA", u"started  ?-? of ? "_s);
    row("done", R"(@MARK DONE {"title": "Y-0RWZT-miFs_0_10"})", u"done Y-0RWZT-miFs_0_10"_s);
    row("end", "@MARK END Y-0RWZT-miFs_0_10", u"ended Y-0RWZT-miFs_0_10"_s);
    row("empty", "", u"noise"_s);
    row("blank", "  ", u"noise"_s);
    row("warning", "WARNING: ffmpeg-location /x does not exist! Continuing without ffmpeg",
        u"warning ffmpeg-location /x does not exist! Continuing without ffmpeg"_s);
    row("error",
        "ERROR: [generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: "
        "Not Found>)",
        u"error [generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: "
        u"Not "
        "Found>)"_s);
    row("error in UTF-8", "ERROR: [youtube] x: Sign in to confirm you\xE2\x80\x99re not a bot.",
        u"error [youtube] x: Sign in to confirm you\u2019re not a bot."_s);
    row("ffmpeg", "[http @ 0x559d5297b100] HTTP error 404 Not Found",
        u"other [http @ 0x559d5297b100] HTTP error 404 Not Found"_s);
    row("behind text without a line end", "[http @ 0x1] half a line\r@MARK END y", u"ended y"_s);
    row("end of no job", "@MARK END", u"ended "_s);
    row("no word of Earmark's", "@MARK BEGIN y", u"other BEGIN y"_s);
    row("a report in the output", "out_time_us=11982000", u"other out_time_us=11982000"_s);
}

void TestOutputParser::readsLines()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, expected);
    QCOMPARE(std::visit(Description(), parseLine(line, Mark)), expected);
}

void TestOutputParser::wordsWithoutTheMarkAreText_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray other = markPrefix("ffeeddccbbaa99887766554433221100");
    for (const QByteArray &word : {QByteArray(R"(START {"title": "y", "duration": 1})"),
                                   QByteArray(R"(DONE {"title": "y"})"), QByteArray("END y")}) {
        const QByteArray name = word.left(5);
        QTest::addRow("%s, no mark", name.constData()) << '@' + word;
        QTest::addRow("%s, empty mark", name.constData()) << "@ " + word;
        QTest::addRow("%s, another mark", name.constData()) << other + word;
        QTest::addRow("%s, half the mark", name.constData()) << '@' + Mark.first(16) + ' ' + word;
        QTest::addRow("%s, mark in capitals", name.constData()) << markPrefix(Mark.toUpper()) + word;
        QTest::addRow("%s, mark with NUL", name.constData()) << '@' + Mark + QByteArray(1, '\0') + ' ' + word;
        QTest::addRow("%s, mark without a blank", name.constData()) << '@' + Mark + word;
    }
}

void TestOutputParser::wordsWithoutTheMarkAreText()
{
    QFETCH(QByteArray, line);
    QVERIFY(std::holds_alternative<event::Other>(parseLine(line, Mark)));
}

void TestOutputParser::marksAreNeverTheSame()
{
    QSet<QByteArray> marks;
    for (int i = 0; i < 100; ++i)
        marks.insert(makeMark());
    QCOMPARE(marks.size(), 100);
    QCOMPARE(marks.constBegin()->size(), 32);
}

void TestOutputParser::readsReports_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *line, const QString &expected) {
        QTest::newRow(name) << QByteArray(line) << expected;
    };
    row("position", "out_time_us=11982000", u"at 11982000"_s);
    row("position, negative", "out_time_us=-23220", u"at -23220"_s);
    row("position, none yet", "out_time_us=N/A", u"noise"_s);
    row("position for people", "out_time=00:00:11.982000", u"noise"_s);
    row("speed", "speed=   0x", u"noise"_s);
    row("bitrate", "bitrate=  73.5kbits/s", u"noise"_s);
    row("size", "total_size=477", u"written 477"_s);
    row("no size yet", "total_size=N/A", u"noise"_s);
    row("block's end", "progress=end", u"noise"_s);
    row("quality", "stream_0_0_q=-1.0", u"noise"_s);
    row("empty", "", u"noise"_s);
    row("a number without end", "out_time_us=99999999999999999999", u"noise"_s);
}

void TestOutputParser::readsReports()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, expected);
    QCOMPARE(std::visit(Description(), parseReport(line)), expected);
}

void TestOutputParser::progressFollowsTheSection()
{
    const auto found = fractions({"[generic] Extracting URL: http://h/x.m4a", Started, "out_time_us=0",
                                  "out_time_us=6000000", "out_time_us=12005000",
                                  markPrefix(Mark) + R"(DONE {"title": "x"})"});
    QCOMPARE(found, (QList<double>{0.05, 0.25, 0.25, 0.6, 0.95, 1}));
}

void TestOutputParser::progressNeverGoesBack()
{
    const auto found = fractions({Started, "out_time_us=6000000", "out_time_us=3000000", "out_time_us=-5",
                                  "[generic] Extracting URL: http://h/x.m4a", Started});
    QCOMPARE(found, (QList<double>{0.25, 0.6, 0.6, 0.6, 0.6, 0.6}));
}

void TestOutputParser::progressTakesTheVideosClock()
{
    const auto found =
        fractions({Started, "out_time_us=29000000", "out_time_us=35000000", "out_time_us=41000000"});
    QCOMPARE(found, (QList<double>{0.25, 0.25, 0.6, 0.95}));
}

void TestOutputParser::progressWithoutALength()
{
    QCOMPARE(fractions({markPrefix(Mark) + "START {}", "out_time_us=6000000"}), (QList<double>{0.25, 0.25}));
    JobProgress progress;
    QVERIFY(progress.apply(parseLine(Started, Mark)));
    QVERIFY(!progress.apply(parseLine(Started, Mark)));
}

QTEST_GUILESS_MAIN(TestOutputParser)
#include "tst_outputparser.moc"
