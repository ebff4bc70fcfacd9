#include "ytdlp/tools.h"

#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark::ytdlp;
using namespace Qt::StringLiterals;

/// The version checks, on scripts that answer as the tools do. The real tools are for the integration tests.
class TestTools final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesYtDlp_data();
    void judgesYtDlp();
    void judgesFfmpeg_data();
    void judgesFfmpeg();
    void doubtsTheBrokenFfmpeg_data();
    void doubtsTheBrokenFfmpeg();
    void namesWhatIsMissing();
    void looksOnThePath();
    void makesPathsAbsolute();
    void judgesJsRuntimes_data();
    void judgesJsRuntimes();
    void doubtsSlowRuntimes_data();
    void doubtsSlowRuntimes();
    void takesTheBestRuntime();
    void handsTheRuntimeOver_data();
    void handsTheRuntimeOver();

private:
    QString script(const QString &name, const QByteArray &content, bool isExecutable = true) const;

    QTemporaryDir m_folder;
};

QString TestTools::script(const QString &name, const QByteArray &content, bool isExecutable) const
{
    const QString path = m_folder.filePath(name);
    QFile::remove(path);
    QFile file(path);
    auto permissions = QFile::ReadOwner | QFile::WriteOwner;
    if (isExecutable)
        permissions |= QFile::ExeOwner;
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() ||
        !file.setPermissions(permissions))
        qFatal("%s cannot be written", qPrintable(path));
    return path;
}

void TestTools::judgesYtDlp_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("problem"); // a part of it; empty: none
    QTest::newRow("backports") << QByteArray("echo 2025.04.30") << u"2025.04.30"_s << QString();
    QTest::newRow("nightly") << QByteArray("echo 2025.04.30.232830") << u"2025.04.30.232830"_s << QString();
    QTest::newRow("oldest") << QByteArray("echo 2024.10.22") << u"2024.10.22"_s << QString();
    QTest::newRow("oldest, no zeros") << QByteArray("echo 2025.1.5") << u"2025.1.5"_s << QString();
    QTest::newRow("a day too old") << QByteArray("echo 2024.10.21") << u"2024.10.21"_s << u"too old"_s;
    QTest::newRow("smaller as text") << QByteArray("echo 2024.9.27") << u"2024.9.27"_s << u"too old"_s;
    QTest::newRow("Debian 12's") << QByteArray("echo 2023.03.04") << u"2023.03.04"_s
                                 << u"Let Earmark fetch it"_s;
    QTest::newRow("after a warning") << QByteArray("echo 'Deprecated Feature: x' >&2; echo 2025.04.30")
                                     << u"2025.04.30"_s << QString();
    QTest::newRow("says nothing") << QByteArray("exit 0") << QString() << u"does not say its version"_s;
    QTest::newRow("fails") << QByteArray("echo no module named x; exit 1") << QString()
                           << u"no module named x"_s;
    QTest::newRow("dies") << QByteArray("kill -9 $$") << QString() << u"ends with an error"_s;
    QTest::newRow("never stops talking") << QByteArray("exec yes") << QString() << u"prints too much"_s;
    QTest::newRow("something else") << QByteArray("echo hello") << QString() << u"is not yt-dlp"_s;
}

void TestTools::judgesYtDlp()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, version);
    QFETCH(QString, problem);
    const QString path = script(u"yt-dlp"_s, "#!/bin/sh\n" + answer + '\n');
    const Tools tools = findTools({path, {}});
    QCOMPARE(tools.ytdlp.path, path);
    QCOMPARE(tools.ytdlp.version, version);
    QCOMPARE(tools.ytdlp.isUsable(), problem.isEmpty());
    QVERIFY2(tools.ytdlp.problem.contains(problem), qPrintable(tools.ytdlp.problem));
}

void TestTools::judgesFfmpeg_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("problem");
    QTest::newRow("Debian 12's") << QByteArray(
                                        "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg "
                                        "developers\nbuilt with gcc 12")
                                 << u"5.1.9-0+deb12u1"_s << QString();
    QTest::newRow("oldest") << QByteArray("ffmpeg version 4.4 Copyright") << u"4.4"_s << QString();
    QTest::newRow("tag") << QByteArray("ffmpeg version n7.1 Copyright") << u"n7.1"_s << QString();
    QTest::newRow("ten") << QByteArray("ffmpeg version 10.0 Copyright") << u"10.0"_s << QString();
    QTest::newRow("of the day") << QByteArray("ffmpeg version N-109542-g8b9e5a0 Copyright")
                                << u"N-109542-g8b9e5a0"_s << QString();
    QTest::newRow("of a date") << QByteArray("ffmpeg version 2024-03-04-git-e30369bc1c Copyright")
                               << u"2024-03-04-git-e30369bc1c"_s << QString();
    QTest::newRow("too old") << QByteArray("ffmpeg version 4.3.6-0+deb11u1 Copyright") << u"4.3.6-0+deb11u1"_s
                             << u"too old"_s;
    QTest::newRow("much too old") << QByteArray("ffmpeg version 3.10.1 Copyright") << u"3.10.1"_s << u"4.4"_s;
    QTest::newRow("something else") << QByteArray("avconv 12") << QString() << u"is not ffmpeg"_s;
}

void TestTools::judgesFfmpeg()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, version);
    QFETCH(QString, problem);
    const QString path = script(u"ffmpeg"_s, "#!/bin/sh\ncat <<END\n" + line + "\nEND\n");
    const Tools tools = findTools({script(u"yt-dlp"_s, "#!/bin/sh\necho 2025.04.30\n"), path});
    QCOMPARE(tools.ffmpeg.version, version);
    QCOMPARE(tools.areUsable(), problem.isEmpty());
    QVERIFY2(tools.problem().contains(problem), qPrintable(tools.problem()));
}

/// 8.1.x downloads no parts of YouTube's videos: yt-dlp's issue 16546.
void TestTools::doubtsTheBrokenFfmpeg_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isDoubted");
    QTest::newRow("5.1") << QByteArray("5.1.9-0+deb12u1") << false;
    QTest::newRow("8.0") << QByteArray("8.0.1") << false;
    QTest::newRow("8.1") << QByteArray("8.1") << true;
    QTest::newRow("8.1.2") << QByteArray("8.1.2-1") << true;
    QTest::newRow("tag") << QByteArray("n8.1.1-10-gabcdef") << true;
    QTest::newRow("8.10") << QByteArray("8.10") << false;
    QTest::newRow("9.0") << QByteArray("9.0") << false;
}

void TestTools::doubtsTheBrokenFfmpeg()
{
    QFETCH(QByteArray, version);
    const QString path = script(u"ffmpeg"_s, "#!/bin/sh\necho ffmpeg version " + version + " Copyright\n");
    const Tool ffmpeg = findTools({script(u"yt-dlp"_s, "#!/bin/sh\necho 2025.04.30\n"), path}).ffmpeg;
    QVERIFY2(ffmpeg.isUsable(), qPrintable(ffmpeg.problem));
    QTEST(!ffmpeg.doubt.isEmpty(), "isDoubted");
}

void TestTools::namesWhatIsMissing()
{
    const QString absent = m_folder.filePath(u"absent"_s);
    Tool ytdlp = findTools({absent, {}}).ytdlp;
    QVERIFY2(ytdlp.problem.contains(absent), qPrintable(ytdlp.problem));
    QVERIFY(ytdlp.path.isEmpty());
    ytdlp = findTools({script(u"text"_s, "hello", false), {}}).ytdlp;
    QVERIFY2(ytdlp.problem.contains(u"may be run"_s), qPrintable(ytdlp.problem));
    ytdlp = findTools({m_folder.path(), {}}).ytdlp;
    QVERIFY2(ytdlp.problem.contains(u"may be run"_s), qPrintable(ytdlp.problem));
    ytdlp = findTools({script(u"broken"_s, "#!/no/such/interpreter\n"), {}}).ytdlp;
    QVERIFY2(ytdlp.problem.contains(u"does not start"_s), qPrintable(ytdlp.problem));
}

void TestTools::looksOnThePath()
{
    const QByteArray before = qgetenv("PATH");
    qputenv("PATH", QFile::encodeName(m_folder.path()));
    QFile::remove(m_folder.filePath(u"ffmpeg"_s));
    script(u"yt-dlp"_s, "#!/bin/sh\necho 2025.04.30\n");
    const Tools tools = findTools();
    qputenv("PATH", before);
    QCOMPARE(tools.ytdlp.path, m_folder.filePath(u"yt-dlp"_s));
    QVERIFY(tools.ytdlp.isUsable());
    QVERIFY2(tools.ffmpeg.problem.startsWith(u"ffmpeg was not found"_s), qPrintable(tools.ffmpeg.problem));
    QCOMPARE(tools.problem(), tools.ffmpeg.problem);
    QVERIFY(!tools.areUsable());
}

void TestTools::makesPathsAbsolute()
{
    script(u"yt-dlp"_s, "#!/bin/sh\necho 2025.04.30\n");
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder.path()));
    const Tool ytdlp = findTools({u"./yt-dlp"_s, {}}).ytdlp;
    QVERIFY(QDir::setCurrent(before));
    QVERIFY2(ytdlp.isUsable(), qPrintable(ytdlp.problem));
    QCOMPARE(QDir::cleanPath(ytdlp.path), m_folder.filePath(u"yt-dlp"_s));
    QVERIFY(QDir::isAbsolutePath(ytdlp.path));
}

void TestTools::judgesJsRuntimes_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("problem"); // a part of it; empty: none
    QTest::newRow("deno") << u"deno"_s
                          << QByteArray("echo 'deno 2.3.0 (stable, release, x86_64)'; echo 'v8 13.0'")
                          << u"2.3.0"_s << QString();
    QTest::newRow("old deno") << u"deno"_s << QByteArray("echo deno 2.2.9") << u"2.2.9"_s << u"too old"_s;
    QTest::newRow("node") << u"node"_s << QByteArray("echo v22.0.0") << u"22.0.0"_s << QString();
    QTest::newRow("Debian 12's node") << u"node"_s << QByteArray("echo v18.20.4") << u"18.20.4"_s
                                      << u"wants 22.0.0 or newer. Let Earmark fetch deno"_s;
    QTest::newRow("node to come") << u"node"_s << QByteArray("echo v26.1.0") << u"26.1.0"_s << QString();
    QTest::newRow("last bun") << u"bun"_s << QByteArray("echo 1.3.14") << u"1.3.14"_s << QString();
    QTest::newRow("bun to come") << u"bun"_s << QByteArray("echo 1.3.15") << u"1.3.15"_s
                                 << u"too new for yt-dlp, which supports 1.2.11 to 1.3.14 only"_s;
    QTest::newRow("quick quickjs") << u"qjs"_s << QByteArray("echo QuickJS version 2025-04-26; exit 1")
                                   << u"2025-04-26"_s << QString();
    QTest::newRow("quickjs") << u"qjs"_s << QByteArray("echo QuickJS version 2024-01-13; exit 1")
                             << u"2024-01-13"_s << QString();
    QTest::newRow("old quickjs") << u"qjs"_s << QByteArray("echo QuickJS version 2021-03-27; exit 1")
                                 << u"2021-03-27"_s << u"too old"_s;
    QTest::newRow("quickjs-ng") << u"qjs"_s << QByteArray("echo QuickJS-ng version 0.8.0") << u"0.8.0"_s
                                << QString();
    QTest::newRow("bun") << u"bun"_s << QByteArray("echo 1.2.11") << u"1.2.11"_s << QString();
    QTest::newRow("something else") << u"node"_s << QByteArray("echo hello") << QString() << u"is not node"_s;
    QTest::newRow("fails") << u"deno"_s << QByteArray("exit 1") << QString() << u"ends with an error"_s;
    QTest::newRow("unknown") << u"rhino"_s << QByteArray("echo 1.7") << QString() << u"none of the"_s;
}

void TestTools::judgesJsRuntimes()
{
    QFETCH(QString, program);
    QFETCH(QByteArray, answer);
    QFETCH(QString, problem);
    const QString path = script(program, "#!/bin/sh\n" + answer + '\n');
    const QString ytdlp = script(u"yt-dlp"_s, "#!/bin/sh\necho 2026.10.26\n");
    const Tools tools = findTools({ytdlp, {}, path});
    QTEST(tools.jsRuntime.version, "version");
    QCOMPARE(tools.jsRuntime.path, path);
    QCOMPARE(tools.jsRuntime.origin, Tool::Origin::Chosen);
    QCOMPARE(tools.jsRuntime.isUsable(), problem.isEmpty());
    QVERIFY2(tools.jsRuntime.problem.contains(problem), qPrintable(tools.jsRuntime.problem));
    QVERIFY(!tools.problem().contains(program)); // Earmark works without
}

void TestTools::doubtsSlowRuntimes_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("doubt"); // a part of it; empty: none
    QTest::newRow("quickjs") << u"qjs"_s << QByteArray("echo QuickJS version 2025-04-25; exit 1")
                             << u"QuickJS 2025-04-25 takes minutes for each video"_s;
    QTest::newRow("quick quickjs") << u"qjs"_s << QByteArray("echo QuickJS version 2025-04-26; exit 1")
                                   << QString();
    QTest::newRow("quickjs-ng") << u"qjs"_s << QByteArray("echo QuickJS-ng version 0.11.9")
                                << u"QuickJS-ng 0.11.9 takes minutes"_s;
    QTest::newRow("quick quickjs-ng")
        << u"qjs"_s << QByteArray("echo QuickJS-ng version 0.12.0") << QString();
    QTest::newRow("bun") << u"bun"_s << QByteArray("echo 1.3.14") << u"about to drop bun"_s;
    QTest::newRow("deno") << u"deno"_s << QByteArray("echo deno 2.3.0") << QString();
}

void TestTools::doubtsSlowRuntimes()
{
    QFETCH(QString, program);
    QFETCH(QByteArray, answer);
    QFETCH(QString, doubt);
    const QString ytdlp = script(u"yt-dlp"_s, "#!/bin/sh\necho 2026.10.26\n");
    const Tool tool = findTools({ytdlp, {}, script(program, "#!/bin/sh\n" + answer + '\n')}).jsRuntime;
    QVERIFY2(tool.isUsable(), qPrintable(tool.problem));
    QCOMPARE(tool.doubt.isEmpty(), doubt.isEmpty());
    QVERIFY2(tool.doubt.contains(doubt), qPrintable(tool.doubt));
}

void TestTools::takesTheBestRuntime()
{
    const QByteArray before = qgetenv("PATH");
    const QTemporaryDir empty;
    const auto find = [&before](const QString &folder) {
        qputenv("PATH", QFile::encodeName(folder));
        const Tool tool = findTools().jsRuntime;
        qputenv("PATH", before);
        return tool;
    };
    QVERIFY2(find(empty.path()).problem.startsWith(u"No JavaScript runtime was found"_s),
             qPrintable(find(empty.path()).problem));
    script(u"deno"_s, "#!/bin/sh\necho deno 1.46.3\n");
    QFile::remove(m_folder.filePath(u"qjs"_s));
    QFile::remove(m_folder.filePath(u"bun"_s));
    script(u"node"_s, "#!/bin/sh\necho v18.20.4\n");
    QCOMPARE(find(m_folder.path()).version, u"1.46.3"_s); // none will do: the first
    script(u"node"_s, "#!/bin/sh\necho v24.1.0\n");
    QCOMPARE(find(m_folder.path()).version, u"24.1.0"_s);
    script(u"deno"_s, "#!/bin/sh\necho deno 2.9.6\n");
    QCOMPARE(find(m_folder.path()).version, u"2.9.6"_s);
    // One without a doubt goes before a better kind with one.
    script(u"deno"_s, "#!/bin/sh\necho deno 1.46.3\n");
    script(u"node"_s, "#!/bin/sh\necho v18.20.4\n");
    script(u"bun"_s, "#!/bin/sh\necho 1.3.14\n");
    script(u"qjs"_s, "#!/bin/sh\necho QuickJS version 2025-09-13\nexit 1\n");
    QCOMPARE(find(m_folder.path()).name, u"quickjs"_s);
    script(u"qjs"_s, "#!/bin/sh\necho QuickJS version 2024-01-13\nexit 1\n");
    QCOMPARE(find(m_folder.path()).name, u"quickjs"_s); // slow, but not about to be dropped
    // What Earmark has fetched goes before, unless it was overtaken.
    QVERIFY(QDir(m_folder.path()).mkpath(u"fetched"_s));
    const auto findWith = [&](const QByteArray &version) {
        const QString own = script(u"fetched/deno"_s, "#!/bin/sh\necho deno " + version + '\n');
        qputenv("PATH", QFile::encodeName(m_folder.path()));
        const Tool tool = findTools({.ytdlp = {}, .ffmpeg = {}, .fetchedDeno = own}).jsRuntime;
        qputenv("PATH", before);
        return tool;
    };
    QCOMPARE(findWith("2.9.5").origin, Tool::Origin::Fetched);
    script(u"deno"_s, "#!/bin/sh\necho deno 2.9.6\n");
    QCOMPARE(findWith("2.9.5").version, u"2.9.6"_s);
    QCOMPARE(findWith("2.9.6").origin, Tool::Origin::Fetched);
}

void TestTools::handsTheRuntimeOver_data()
{
    QTest::addColumn<QString>("ytdlp");
    QTest::addColumn<Tool>("runtime");
    QTest::addColumn<QString>("argument");
    const QString recent = u"2025.11.12"_s;
    const Tool deno{u"deno"_s, u"/usr/bin/deno"_s, u"2.9.6"_s, {}};
    Tool chosen{u"deno"_s, u"/opt/deno"_s, u"2.9.6"_s, {}, Tool::Origin::Chosen};
    const Tool node{u"node"_s, u"/usr/bin/node"_s, u"24.1.0"_s, {}};
    const Tool old{u"node"_s, u"/usr/bin/node"_s, u"18.20.4"_s, u"It is too old."_s};
    QTest::newRow("deno") << recent << deno << QString();
    Tool fetched = chosen;
    fetched.origin = Tool::Origin::Fetched;
    QTest::newRow("deno that Earmark has fetched") << recent << fetched << u"deno:/opt/deno"_s;
    QTest::newRow("deno elsewhere") << recent << chosen << u"deno:/opt/deno"_s;
    QTest::newRow("node") << recent << node << u"node:/usr/bin/node"_s;
    QTest::newRow("node, older yt-dlp") << u"2025.11.11"_s << node << QString();
    QTest::newRow("old node") << recent << old << QString();
    QTest::newRow("none") << recent << Tool{u"JavaScript"_s, {}, {}, u"There is none."_s} << QString();
}

void TestTools::handsTheRuntimeOver()
{
    QFETCH(QString, ytdlp);
    QFETCH(Tool, runtime);
    const Tools tools{{u"yt-dlp"_s, u"/usr/bin/yt-dlp"_s, ytdlp, {}}, {}, runtime};
    QTEST(tools.jsRuntimeArgument(), "argument");
}

QTEST_GUILESS_MAIN(TestTools)
#include "tst_tools.moc"
