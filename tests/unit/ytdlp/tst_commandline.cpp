#include "ytdlp/commandline.h"

#include "support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;
using ytdlp::Source;
using ytdlp::WorkerOptions;

class TestCommandLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void argumentsHoldWhatMatters();
    void oneExtractorBesidesOurs();
    void namesTheRuntimeForYouTube();
    void startAtZeroOnlyWhereNeeded_data();
    void startAtZeroOnlyWhereNeeded();
    void letsTheScriptBeDownloaded_data();
    void letsTheScriptBeDownloaded();
    void shellCommands();
    void jobLines_data();
    void jobLines();

private:
    static QStringList arguments(const QString &source)
    {
        WorkerOptions options;
        options.tools.ytdlp.path = u"/usr/bin/yt-dlp"_s;
        options.tools.ffmpeg.path = u"/opt/my ffmpeg/ffmpeg"_s;
        options.source = Source(source);
        options.folder = u"/srv/audio set/$HOME/worker"_s;
        return ytdlp::workerArguments(options, u"/cache/plugins"_s, {u"--cookies"_s, u"/w/cookies.txt"_s},
                                      Mark);
    }
    static constexpr auto Mark = "00112233445566778899aabbccddeeff";
    static QString valueOf(const QString &option, const QStringList &arguments)
    {
        return arguments.value(arguments.indexOf(option) + 1);
    }
};

void TestCommandLine::argumentsHoldWhatMatters()
{
    const QStringList all = arguments(Source::YouTube);
    QCOMPARE(all.first(), u"--ignore-config"_s);
    QCOMPARE(all.last(), u"earmark:jobs"_s);
    QCOMPARE(valueOf(u"--plugin-dirs"_s, all), u"/cache/plugins"_s);
    QCOMPARE(valueOf(u"--ffmpeg-location"_s, all), u"/opt/my ffmpeg/ffmpeg"_s);
    QCOMPARE(valueOf(u"-f"_s, all), u"m4a/bestaudio/best"_s);
    QCOMPARE(valueOf(u"-o"_s, all), u"%(title)s.mka"_s);
    QCOMPARE(valueOf(u"--fixup"_s, all), u"never"_s);
    // Causes are in the warnings; more than one ffmpeg_o would lose all but one.
    QVERIFY(!all.contains(u"--no-warnings"_s));
    QCOMPARE(all.filter(u"ffmpeg_o:"_s).size(), 1);
    QVERIFY(all.filter(u"ffmpeg_o:"_s).first().contains(u"-copyts"_s));
    // Every word of ours is marked; ffmpeg's reports do not go where servers have a say.
    for (const QString &printed : all.filter(QRegularExpression(u"^(before_dl|after_move):"_s)))
        QVERIFY2(printed.section(u':', 1).startsWith(u"@00112233445566778899aabbccddeeff "_s),
                 qPrintable(printed));
    QCOMPARE(all.count(u"--print"_s), 2);
    QVERIFY(!all.filter(u"ffmpeg_o:"_s).first().contains(u"pipe:"_s));
    // yt-dlp would expand the dollar.
    QVERIFY(all.filter(u"$HOME"_s).isEmpty());
}

void TestCommandLine::oneExtractorBesidesOurs()
{
    QCOMPARE(valueOf(u"--use-extractors"_s, arguments(Source::YouTube)), u"earmark,youtube"_s);
    QCOMPARE(valueOf(u"--use-extractors"_s, arguments(u"http://h/{ytid}.m4a"_s)), u"earmark,generic"_s);
}

void TestCommandLine::startAtZeroOnlyWhereNeeded_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<bool>("expected");
    QTest::newRow("YouTube") << QString(Source::YouTube) << false;
    QTest::newRow("m4a") << u"http://h/{ytid}.m4a"_s << false;
    QTest::newRow("webm") << u"http://h/{ytid}.webm"_s << false;
    QTest::newRow("wav") << u"http://h/{ytid}.wav"_s << true;
    QTest::newRow("WAV with a query") << u"http://h/{ytid}.WAV?key=1"_s << true;
    QTest::newRow("aac") << u"http://h/{ytid}.aac"_s << true;
}

void TestCommandLine::startAtZeroOnlyWhereNeeded()
{
    QFETCH(QString, source);
    QFETCH(bool, expected);
    QCOMPARE(!arguments(source).filter(u" -start_at_zero "_s).isEmpty(), expected);
}

void TestCommandLine::jobLines_data()
{
    QTest::addColumn<std::uint32_t>("startMs");
    QTest::addColumn<std::uint32_t>("endMs");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("whole seconds") << 30'000U << 40'000U << QByteArray(R"("start":29,)");
    QTest::newRow("whole seconds, end") << 30'000U << 40'000U << QByteArray(R"("end":41,)");
    QTest::newRow("from 0") << 0U << 10'000U << QByteArray(R"("start":0,)");
    QTest::newRow("less room than wanted") << 400U << 10'000U << QByteArray(R"("start":0,)");
    QTest::newRow("just room enough") << 1'001U << 10'000U << QByteArray(R"("start":0.001,)");
    QTest::newRow("tenths") << 23'700U << 33'700U << QByteArray(R"("start":22.7,)");
    QTest::newRow("thousandths") << 23'701U << 33'709U << QByteArray(R"("end":34.709,)");
    QTest::newRow("the last there is")
        << 4'294'967'294U << 4'294'967'295U << QByteArray(R"("end":4294968.295,)");
}

void TestCommandLine::jobLines()
{
    QFETCH(std::uint32_t, startMs);
    QFETCH(std::uint32_t, endMs);
    QFETCH(QByteArray, expected);
    const SegmentKey key{*YtId::parse("-0RWZT-miFs"), startMs, endMs};
    const QByteArray line = ytdlp::jobLine(key, Source(), Mark);
    QVERIFY2(line.contains(expected), line.constData());
    QVERIFY(line.endsWith('\n'));
    QCOMPARE(line.count('\n'), 1);
    const QJsonObject job = QJsonDocument::fromJson(line).object();
    QCOMPARE(job[u"job"_s].toString(), key.stem());
    QCOMPARE(job[u"mark"_s].toString(), QLatin1StringView(Mark));
    QCOMPARE(job[u"url"_s].toString(), u"https://www.youtube.com/watch?v=-0RWZT-miFs"_s);
    QCOMPARE(job[u"ie"_s].toString(), u"Youtube"_s);
}

void TestCommandLine::namesTheRuntimeForYouTube()
{
    WorkerOptions options;
    options.tools.ytdlp = {u"yt-dlp"_s, u"/usr/bin/yt-dlp"_s, u"2026.10.26"_s, {}};
    options.tools.jsRuntime = {u"node"_s, u"/usr/bin/node"_s, u"24.1.0"_s, {}};
    const auto runtime = [&options] {
        const QStringList all = ytdlp::workerArguments(options, u"/cache/plugins"_s, {}, Mark);
        return all.contains(u"--js-runtimes"_s) ? valueOf(u"--js-runtimes"_s, all) : QString();
    };
    QCOMPARE(runtime(), u"node:/usr/bin/node"_s);
    options.settings.jsRuntime = u"deno"_s; // which is among the settings
    QCOMPARE(runtime(), QString());
    options.settings.jsRuntime.clear();
    options.source = Source(u"http://127.0.0.1/{ytid}.wav"_s);
    QCOMPARE(runtime(), QString());
}

/// An older yt-dlp knows no such option and would refuse to work.
void TestCommandLine::letsTheScriptBeDownloaded_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("source");
    QTest::addColumn<bool>("isAllowed");
    QTest::addColumn<bool>("isGiven");
    const QString youTube = Source::YouTube, mirror = u"http://127.0.0.1/{ytid}.wav"_s;
    QTest::newRow("allowed") << u"2025.11.12"_s << youTube << true << true;
    QTest::newRow("not allowed") << u"2025.11.12"_s << youTube << false << false;
    QTest::newRow("older") << u"2025.11.11"_s << youTube << true << false;
    QTest::newRow("not YouTube") << u"2025.11.12"_s << mirror << true << false;
}

void TestCommandLine::letsTheScriptBeDownloaded()
{
    QFETCH(QString, version);
    QFETCH(QString, source);
    WorkerOptions options;
    options.tools.ytdlp = {u"yt-dlp"_s, u"/usr/bin/yt-dlp"_s, version, {}};
    options.source = Source(source);
    QFETCH(bool, isAllowed);
    options.settings.allowsSolverScript = isAllowed;
    const QStringList all = ytdlp::workerArguments(options, u"/cache/plugins"_s, {}, Mark);
    QTEST(all.contains(u"--remote-components"_s), "isGiven");
    if (all.contains(u"--remote-components"_s))
        QCOMPARE(valueOf(u"--remote-components"_s, all), u"ejs:github"_s);
}

void TestCommandLine::shellCommands()
{
    WorkerOptions options;
    options.tools.ytdlp.path = u"/opt/it's here/yt-dlp"_s;
    options.tools.ffmpeg.path = u"/usr/bin/ffmpeg"_s;
    options.settings.proxy = u"http://me:password@host:3128"_s;
    options.settings.cookiesFile = u"/srv/my cookies.txt"_s;
    options.settings.extraArguments = {u"--user-agent"_s, u"$HOME `x`"_s};
    const QString command = ytdlp::shellCommand(options, {*YtId::parse("-abcdefghi_"), 500, 7'661'500});
    QVERIFY2(command.startsWith(u"'/opt/it'\\''s here/yt-dlp' --ignore-config --proxy "_s),
             qPrintable(command));
    QVERIFY(!command.contains(u"password"_s)); // it is shown, and copied into bug reports
    options.source = Source(u"http://bob:hunter2pass@h/{ytid}.m4a?token=t0k3n-t0k3n"_s);
    options.settings.extraArguments = {u"-pSECRET"_s, u"--add-header"_s, u"Authorization: Bearer XYZ12345"_s};
    const QString hidden = ytdlp::shellCommand(options, {*YtId::parse("-abcdefghi_"), 0, 10'000});
    for (const QString &secret : {u"hunter2pass"_s, u"t0k3n"_s, u"SECRET"_s, u"XYZ"_s})
        QVERIFY2(!hidden.contains(secret), qPrintable(hidden));
    QVERIFY(command.contains(u" --user-agent '$HOME `x`' --cookies '/srv/my cookies.txt' "_s));
    QVERIFY(command.contains(u" --use-extractors youtube "_s));
    QVERIFY(command.contains(u" --download-sections '*0-7662.5' "_s));
    QVERIFY(command.contains(u" 'ffmpeg_o:-vn -copyts -avoid_negative_ts disabled -f matroska' "_s));
    QVERIFY(
        command.endsWith(u" -o Y-abcdefghi__0.5_7661.5.mka 'https://www.youtube.com/watch?v=-abcdefghi_'"_s));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
