#include "support/resulttest.h"
#include "support/testmain.h"
#include "ytdlp/fetchsettings.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;
using ytdlp::FetchSettings;

class TestFetchSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problems_data()
    {
        QTest::addColumn<FetchSettings>("settings");
        QTest::addColumn<QString>("said"); // empty: they will do
        const QString here = QCoreApplication::applicationFilePath();
        QTest::newRow("none") << FetchSettings() << QString();
        QTest::newRow("all") << FetchSettings{.proxy = u"http://a:b@h:3128"_s,
                                              .cookiesFile = here,
                                              .sourceAddress = u"192.0.2.1"_s,
                                              .format = u"140/bestaudio"_s,
                                              .jsRuntime = u"deno"_s,
                                              .poToken = u"web.gvs+abc"_s,
                                              .extraArguments = {u"--geo-bypass"_s, u"--user-agent"_s,
                                                                 u"x y"_s}}
                             << QString();
        QTest::newRow("socks") << FetchSettings{.proxy = u"socks5://h:1080"_s} << u"SOCKS"_s;
        QTest::newRow("no proxy") << FetchSettings{.proxy = u"h:3128"_s} << u"http://host:3128"_s;
        QTest::newRow("absent cookies")
            << FetchSettings{.cookiesFile = u"/nowhere/c.txt"_s} << u"/nowhere/c.txt"_s;
        QTest::newRow("both cookies")
            << FetchSettings{.cookiesFile = here, .cookiesFromBrowser = u"firefox"_s} << u"one of the two"_s;
        QTest::newRow("line break") << FetchSettings{.poToken = u"a\n--exec rm"_s} << u"line break"_s;
        QTest::newRow("no option") << FetchSettings{.extraArguments = {u"http://x/"_s}} << u"begin with -"_s;
    }

    void problems()
    {
        QFETCH(FetchSettings, settings);
        QFETCH(QString, said);
        const QString problem = settings.problem();
        QCOMPARE(problem.isEmpty(), said.isEmpty());
        QVERIFY2(problem.contains(said), qUtf8Printable(problem));
    }

    void nothingToWrite()
    {
        QTemporaryDir folder;
        const auto arguments = ytdlp::writeSettings({.format = u"140"_s}, folder.path());
        VERIFY_OK(arguments);
        QCOMPARE(*arguments, QStringList());
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void secretsAreNotOnTheCommandLine()
    {
        QTemporaryDir folder;
        const auto arguments = ytdlp::writeSettings({.proxy = u"http://ada:s3cr3t@h:3128"_s,
                                                     .poToken = u"web.gvs+it's"_s,
                                                     .extraArguments = {u"--user-agent"_s, u"a b"_s}},
                                                    folder.path());
        VERIFY_OK(arguments);
        QCOMPARE(*arguments, (QStringList{u"--config-locations"_s, folder.filePath(u"yt-dlp.conf"_s)}));
        const QString path = folder.filePath(u"yt-dlp.conf"_s);
        QCOMPARE(test::readFile(path),
                 QByteArray("'--proxy'\n'http://ada:s3cr3t@h:3128'\n'--extractor-args'\n"
                            "'youtube:po_token=web.gvs+it'\"'\"'s'\n'--user-agent'\n'a b'\n"));
        QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void cookiesAreCopied()
    {
        QTemporaryDir folder, worker;
        const QString original = test::writeFile(folder.filePath(u"c.txt"_s), "first");
        const QString copy = worker.filePath(u"cookies.txt"_s);
        const FetchSettings settings{.cookiesFile = original};
        const auto arguments = ytdlp::writeSettings(settings, worker.path());
        VERIFY_OK(arguments);
        QCOMPARE(*arguments, (QStringList{u"--cookies"_s, copy}));
        QCOMPARE(test::readFile(copy), QByteArray("first"));
        QVERIFY(!(QFile::permissions(copy) & (QFile::ReadGroup | QFile::ReadOther)));

        // yt-dlp renews them: that is kept, until the person gives others.
        test::writeFile(copy, "renewed");
        VERIFY_OK(ytdlp::writeSettings(settings, worker.path()));
        QCOMPARE(test::readFile(copy), QByteArray("renewed"));
        QCOMPARE(test::readFile(original), QByteArray("first"));
        test::writeFile(original, "second");
        QFile file(original);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(
            file.setFileTime(QDateTime::currentDateTime().addSecs(10), QFileDevice::FileModificationTime));
        file.close();
        VERIFY_OK(ytdlp::writeSettings(settings, worker.path()));
        QCOMPARE(test::readFile(copy), QByteArray("second"));

        // Cut off while it was written: taken anew.
        test::writeFile(copy, "");
        VERIFY_OK(ytdlp::writeSettings(settings, worker.path()));
        QCOMPARE(test::readFile(copy), QByteArray("second"));
        QVERIFY(QFile::remove(original));
        QVERIFY(QFile::remove(copy));
        COMPARE_ERROR(ytdlp::writeSettings(settings, worker.path()), ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestFetchSettings)
#include "tst_fetchsettings.moc"
