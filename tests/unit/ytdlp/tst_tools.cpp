#include "ytdlp/tools.h"

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
    void namesWhatIsMissing();
    void looksOnThePath();
    void makesPathsAbsolute();

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
                                 << u"bookworm-backports"_s;
    QTest::newRow("after a warning") << QByteArray("echo 'Deprecated Feature: x' >&2; echo 2025.04.30")
                                     << u"2025.04.30"_s << QString();
    QTest::newRow("says nothing") << QByteArray("exit 0") << QString() << u"does not say its version"_s;
    QTest::newRow("fails") << QByteArray("echo no module named x; exit 1") << QString()
                           << u"no module named x"_s;
    QTest::newRow("dies") << QByteArray("kill -9 $$") << QString() << u"ends with an error"_s;
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

QTEST_GUILESS_MAIN(TestTools)
#include "tst_tools.moc"
