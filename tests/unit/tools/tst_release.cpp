#include "tools/release.h"

#include "support/resulttest.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::tools;

class TestRelease final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesTheFile_data()
    {
        QTest::addColumn<QVersionNumber>("python");
        QTest::addColumn<QString>("cpu");
        QTest::addColumn<QString>("file"); // empty: none
        QTest::newRow("new enough") << QVersionNumber(3, 10) << u"x86_64"_s << u"yt-dlp"_s;
        QTest::newRow("Debian 12") << QVersionNumber(3, 11, 2) << u"riscv64"_s << u"yt-dlp"_s;
        QTest::newRow("Python 4") << QVersionNumber(4, 0) << u"x86_64"_s << u"yt-dlp"_s;
        QTest::newRow("Debian 11") << QVersionNumber(3, 9, 2) << u"x86_64"_s << u"yt-dlp_linux"_s;
        QTest::newRow("no Python") << QVersionNumber() << u"x86_64"_s << u"yt-dlp_linux"_s;
        QTest::newRow("ARM") << QVersionNumber(3, 9) << u"arm64"_s << u"yt-dlp_linux_aarch64"_s;
        QTest::newRow("none") << QVersionNumber(3, 9) << u"riscv64"_s << QString();
    }
    void choosesTheFile()
    {
        QFETCH(QVersionNumber, python);
        QFETCH(QString, cpu);
        QFETCH(QString, file);
        const auto found = releaseFileFor(python, cpu);
        QCOMPARE(found.value_or(QString()), file);
        if (!found)
            QVERIFY2(found.error().text.contains(u"Python 3.10"_s), qPrintable(found.error().text));
    }

    void readsTheList_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("sum"); // empty: refused
        const QByteArray sum(64, 'a');
        const QByteArray other(64, 'b');
        QTest::newRow("one") << sum + "  yt-dlp\n" << sum;
        QTest::newRow("among others")
            << other + "  yt-dlp.exe\n" + sum + "  yt-dlp\n" + other + "  yt-dlp_linux\n"
            << sum;
        QTest::newRow("Windows' line ends") << other + "  yt-dlp.exe\r\n" + sum + "  yt-dlp\r\n" << sum;
        QTest::newRow("binary mark") << sum + " *yt-dlp\n" << sum;
        QTest::newRow("upper case") << sum.toUpper() + "  yt-dlp" << sum;
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("other files only") << other + "  yt-dlp_linux\n" << QByteArray();
        QTest::newRow("too short a sum") << sum.chopped(1) + "  yt-dlp\n" << QByteArray();
        QTest::newRow("no sum") << QByteArray(64, 'x') + "  yt-dlp\n" << QByteArray();
        QTest::newRow("a page") << QByteArray("<html>yt-dlp</html>") << QByteArray();
    }
    void readsTheList()
    {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, sum);
        const auto found = sumOf(list, u"yt-dlp"_s);
        QCOMPARE(found.value_or(QByteArray()), sum);
        if (sum.isEmpty())
            COMPARE_ERROR(found, ErrorCode::BadInput);
    }

    void knowsTheAddresses()
    {
        const Addresses official;
        QCOMPARE(official.of(Channel::Stable, u"yt-dlp"_s),
                 QUrl(u"https://github.com/yt-dlp/yt-dlp/releases/latest/download/yt-dlp"_s));
        QCOMPARE(
            official.of(Channel::Nightly, SumsFile),
            QUrl(u"https://github.com/yt-dlp/yt-dlp-nightly-builds/releases/latest/download/SHA2-256SUMS"_s));
        const Addresses mirror{QUrl(u"http://mirror/a"_s), {}};
        QCOMPARE(mirror.of(Channel::Stable, u"yt-dlp"_s), QUrl(u"http://mirror/a/yt-dlp"_s));
        QCOMPARE(channelFromKeyword(u"nightly"), Channel::Nightly);
        QCOMPARE(channelFromKeyword(keyword(Channel::Stable)), Channel::Stable);
        QVERIFY(!channelFromKeyword(u"master"));
    }
};

QTEST_GUILESS_MAIN(TestRelease)
#include "tst_release.moc"
