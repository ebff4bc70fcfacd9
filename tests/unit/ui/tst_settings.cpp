#include "ui/settings/settings.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
namespace test = earmark::test;
using earmark::session::argumentsLine;
using earmark::session::argumentsOfLine;
using earmark::session::DownloadSettings;
using earmark::ui::SampleOptions;
using earmark::ui::Scheme;
using earmark::ui::Settings;

class TestSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembers()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"settings.ini"_s);
        const SampleOptions wish{false, 7, 8, true, 9};
        {
            Settings settings(file);
            QVERIFY(settings.recentSplits().isEmpty());
            QCOMPARE(settings.scheme(), Scheme::System);
            settings.setWorkspaceOf(u"/data/a=b [1].csv"_s, u"/clips/a"_s);
            settings.setWorkspaceOf(u"/data/b.csv"_s, u"/clips/b"_s);
            settings.scheme = Scheme::Dark;
            settings.toolPaths = {u"/opt/yt-dlp"_s, {}};
            settings.labelFile = u"/data/labels.csv"_s;
            QCOMPARE(settings.sampleOptions(), SampleOptions());
            settings.sampleOptions = wish;
        }
        const Settings settings(file);
        QCOMPARE(settings.workspaceOf(u"/data/a=b [1].csv"_s), u"/clips/a"_s);
        QCOMPARE(settings.workspaceOf(u"/data/b.csv"_s), u"/clips/b"_s);
        QVERIFY(settings.workspaceOf(u"/data/c.csv"_s).isEmpty());
        QCOMPARE(settings.scheme(), Scheme::Dark);
        QCOMPARE(settings.toolPaths().ytdlp, u"/opt/yt-dlp"_s);
        QVERIFY(settings.toolPaths().ffmpeg.isEmpty());
        QCOMPARE(settings.labelFile(), u"/data/labels.csv"_s);
        QCOMPARE(settings.sampleOptions(), wish);
    }

    void remembersHowToDownload()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"settings.ini"_s);
        DownloadSettings engine;
        engine.pace = DownloadSettings::RateLimiter::Own;
        engine.ownPerHour = 77;
        engine.workers = 5;
        engine.source = u"http://mirror/{ytid}.m4a"_s;
        engine.fetch = {.proxy = u"http://me:pass,word@host:3128"_s,
                        .cookiesFile = u"/a b/cookies.txt"_s,
                        .cookiesFromBrowser = u"chromium:Profile 1"_s,
                        .sourceAddress = u"192.0.2.7"_s,
                        .format = u"bestaudio[ext=m4a]"_s,
                        .jsRuntime = u"node:/usr/bin/node"_s,
                        .poToken = u"web.gvs+abc="_s,
                        .allowsSolverScript = true,
                        .extraArguments = {u"--user-agent"_s, u"a, \"b\""_s}};
        {
            Settings settings(file);
            QCOMPARE(settings.engine(), DownloadSettings());
            settings.scheme = Scheme::Dark;
        }
        // It may hold a password from now on, whoever could read it before.
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        {
            Settings settings(file);
            settings.setEngine(engine);
            constexpr QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
            QVERIFY(!(QFile::permissions(file) & others));
            settings.scheme = Scheme::Light;
        }
        QVERIFY(!(QFile::permissions(file) & QFile::ReadOther));
        Settings settings(file);
        QCOMPARE(settings.engine(), engine);
        settings.setEngine({});
        QVERIFY(!settings.engine().fetch.proxy.contains(u"pass"_s));
        QCOMPARE(settings.engine(), DownloadSettings());
    }

    /// Keys and words in the file are for ever; what makes no sense is as if it were not there.
    void readsTheKeysThatItAlwaysHad()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"settings.ini"_s);
        test::writeFile(file, "[General]\ncolours=dark\nlabelFile=/data/labels.csv\nkeys=@Invalid()\n"
                              "[audition]\norder=by-label\nseed=7\nblind=true\n"
                              "[downloads]\npace=account\nperHour=0\nworkers=99\nproxy=http://host:1\n"
                              "[labels]\nlist=true\norder=-found\n"
                              "[sample]\nisPerClass=false\nperClass=3\n"
                              "[sound]\nvolume=7\nkeepPitch=false\n"
                              "[spectrum]\naxis=linear\nrange=10\ncolours=rainbow\n"
                              "[tools]\nchannel=nightly\nyt-dlp=/opt/yt-dlp\nstable=https://example.org/a\n");
        Settings settings(file);
        QCOMPARE(settings.scheme(), Scheme::Dark);
        QCOMPARE(settings.labelFile(), u"/data/labels.csv"_s);
        QVERIFY(settings.keys().isEmpty());
        QCOMPARE(settings.auditionOptions(),
                 (earmark::ui::AuditionOptions{earmark::review::Order::ByLabel, 7, true}));
        QCOMPARE(settings.engine().pace, DownloadSettings::RateLimiter::Account);
        QCOMPARE(settings.engine().ownPerHour, 1);
        QCOMPARE(settings.engine().workers, 16);
        QCOMPARE(settings.engine().fetch.proxy, u"http://host:1"_s);
        QVERIFY(settings.labelList());
        QCOMPARE(settings.sampleOptions(), (SampleOptions{.isPerClass = false, .perClass = 3}));
        QCOMPARE(settings.volume(), 1.0);
        QVERIFY(!settings.keepPitch());
        QCOMPARE(settings.spectrumLook(),
                 (earmark::ui::SpectrumLook{earmark::ui::SpectrumLook::Axis::Linear, 40}));
        QCOMPARE(settings.releaseChannel(), earmark::tools::Channel::Nightly);
        QCOMPARE(settings.toolPaths().ytdlp, u"/opt/yt-dlp"_s);
        QCOMPARE(settings.releaseAddresses().stable, QUrl(u"https://example.org/a"_s));
        settings.scheme = Scheme::System;
        settings.volume = 0.5;
        settings.labelOrder = u"found"_s;
        const QSettings written(file, QSettings::IniFormat);
        QVERIFY(!written.contains(u"colours"_s)); // the default
        QCOMPARE(written.value(u"sound/volume"_s).toDouble(), 0.5);
        QCOMPARE(written.value(u"labels/order"_s).toString(), u"found"_s);
    }

    void writesArgumentsAsALine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("line");
        QTest::newRow("none") << QStringList() << QString();
        QTest::newRow("plain") << QStringList{u"--a"_s, u"b=c"_s} << u"--a b=c"_s;
        QTest::newRow("blank") << QStringList{u"--a"_s, u"b c"_s} << u"--a \"b c\""_s;
        QTest::newRow("quote") << QStringList{u"a\"b"_s} << u"a\"\"\"b"_s;
        QTest::newRow("both") << QStringList{u"a \"b\""_s} << u"\"a \"\"\"b\"\"\"\""_s;
    }
    void writesArgumentsAsALine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, line);
        QCOMPARE(argumentsLine(arguments), line);
        QCOMPARE(argumentsOfLine(line), arguments);
    }

    void remembersFilters()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"settings.ini"_s);
        const QMap<QString, QString> saved{{u"a/b = ;c"_s, u"label:\"Child speech, kid speaking\""_s},
                                           {u"Tiere, kurz"_s, u"under:Animal -dürr"_s}};
        {
            Settings settings(file);
            QVERIFY(settings.savedFilters().isEmpty());
            QVERIFY(settings.recentFilters().isEmpty());
            QVERIFY(!settings.labelList());
            settings.savedFilters = saved;
            for (int i = 0; i < 22; ++i)
                settings.addRecentFilter(u"speech, music %1"_s.arg(i));
            settings.addRecentFilter(u"speech, music 5"_s);
            settings.labelList = true;
            settings.labelOrder = u"-found"_s;
        }
        Settings settings(file);
        QCOMPARE(settings.savedFilters(), saved);
        QCOMPARE(settings.recentFilters().size(), 20);
        QCOMPARE(settings.recentFilters().first(), u"speech, music 5"_s);
        QCOMPARE(settings.recentFilters().count(u"speech, music 5"_s), 1);
        QVERIFY(settings.labelList());
        QCOMPARE(settings.labelOrder(), u"-found"_s);
        settings.recentFilters = {};
        QVERIFY(settings.recentFilters().isEmpty());
    }

    void keepsTenRecentSplitsNewestFirst()
    {
        const QTemporaryDir folder;
        Settings settings(folder.filePath(u"settings.ini"_s));
        for (int i = 0; i < 12; ++i)
            settings.addRecentSplit(u"/data/%1.csv"_s.arg(i));
        settings.addRecentSplit(u"/data/5.csv"_s);
        QCOMPARE(settings.recentSplits().size(), 10);
        QCOMPARE(settings.recentSplits().first(), u"/data/5.csv"_s);
        QCOMPARE(settings.recentSplits().count(u"/data/5.csv"_s), 1);
        settings.removeRecentSplit(u"/data/5.csv"_s);
        QCOMPARE(settings.recentSplits().first(), u"/data/11.csv"_s);
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
