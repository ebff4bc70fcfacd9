#include "ytdlp/source.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;
using ytdlp::Source;

class TestSource final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsYouTube_data();
    void knowsYouTube();
    void putsTheIdIn();
    void findsTheProblem_data();
    void findsTheProblem();
};

void TestSource::knowsYouTube_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("expected");
    QTest::newRow("default") << QString(Source::YouTube) << true;
    QTest::newRow("short") << u"https://youtu.be/{ytid}"_s << true;
    QTest::newRow("mobile") << u"https://m.youtube.com/watch?v={ytid}"_s << true;
    QTest::newRow("no cookie") << u"https://www.youtube-nocookie.com/embed/{ytid}"_s << true;
    QTest::newRow("upper case") << u"https://WWW.YouTube.com/watch?v={ytid}"_s << true;
    QTest::newRow("mirror") << u"http://mirror.lab/{ytid}.m4a"_s << false;
    QTest::newRow("in the path only") << u"http://mirror.lab/youtube.com/{ytid}.m4a"_s << false;
    QTest::newRow("ends alike") << u"https://notyoutube.com/{ytid}"_s << false;
    QTest::newRow("begins alike") << u"https://youtube.com.example.org/{ytid}"_s << false;
}

void TestSource::knowsYouTube()
{
    QFETCH(QString, address);
    QFETCH(bool, expected);
    const Source source(address);
    QCOMPARE(source.problem(), QString());
    QCOMPARE(source.isYouTube(), expected);
    QCOMPARE(source.extractor(), expected ? u"Youtube"_s : u"Generic"_s);
}

void TestSource::putsTheIdIn()
{
    const YtId id = *YtId::parse("-0RWZT-miFs");
    QCOMPARE(Source().address(id), u"https://www.youtube.com/watch?v=-0RWZT-miFs"_s);
    QCOMPARE(Source(u"http://127.0.0.1:8080/a/{ytid}.m4a?again={ytid}"_s).address(id),
             u"http://127.0.0.1:8080/a/-0RWZT-miFs.m4a?again=-0RWZT-miFs"_s);
}

void TestSource::findsTheProblem_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("empty") << QString();
    QTest::newRow("no place for the id") << u"https://host/file.m4a"_s;
    QTest::newRow("wrong place") << u"https://host/{id}.m4a"_s;
    QTest::newRow("file") << u"file:///home/{ytid}.m4a"_s;
    QTest::newRow("no scheme") << u"host/{ytid}.m4a"_s;
    QTest::newRow("no host") << u"https:///{ytid}.m4a"_s;
    QTest::newRow("another scheme") << u"ftp://host/{ytid}.m4a"_s;
    QTest::newRow("no address") << u"{ytid}"_s;
}

void TestSource::findsTheProblem()
{
    QFETCH(QString, address);
    QVERIFY(!Source(address).problem().isEmpty());
}

QTEST_GUILESS_MAIN(TestSource)
#include "tst_source.moc"
