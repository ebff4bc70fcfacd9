#include "support/cliprocess.h"
#include "support/clips.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <csignal>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::runCli;

namespace {

constexpr int Patience = 60'000;
constexpr int Clips = 4;

} // namespace

/// earmark-cli verify on what fetch has made.
class TestCliVerify final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray sound = test::noiseM4a();
        QByteArray split;
        for (int number = 0; number < Clips; ++number) {
            m_server.serve(test::servedPath(number), sound);
            split += test::servedId(number).toLatin1() + ", 2.000, 5.000, \"/m/09x0r\"\n";
        }
        m_split = test::writeFile(m_media.filePath(u"split.csv"_s), split);
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QCOMPARE(fetch(), 0);
    }

    void isTheContract()
    {
        const auto run = verify({});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"checked"_s].toInt(), Clips);
        QCOMPARE(run.json()[u"bad"_s].toArray().size(), 0);
        const auto none = runCli({u"verify"_s, m_media.path(), u"--json"_s});
        QCOMPARE(none.exitCode, 1);
        QVERIFY2(none.errors.contains("no ledger"), none.errors.constData());
        // Nothing is made where nothing was.
        QCOMPARE(runCli({u"verify"_s, m_media.path(), u"--mend"_s}).exitCode, 1);
        QVERIFY(!QFileInfo::exists(m_media.filePath(u"earmark.sqlite"_s)));
    }

    void mendsAndTheNextFetchMakesTheClipAnew_data()
    {
        QTest::addColumn<bool>("rawIsKept");
        QTest::newRow("cut anew") << true;
        QTest::newRow("fetched anew") << false;
    }
    void mendsAndTheNextFetchMakesTheClipAnew()
    {
        QFETCH(bool, rawIsKept);
        const QString bad = m_folder->filePath(u"processed/%1.wav"_s.arg(test::servedKey(1).stem()));
        const QByteArray good = test::readFile(bad);
        // Its header is that of a whole clip of the right length: no look at it could tell.
        QByteArray spoiled = good;
        spoiled[20'000] = static_cast<char>(spoiled[20'000] ^ 0x40);
        test::writeFile(bad, spoiled);
        if (!rawIsKept)
            QVERIFY(QFile::remove(m_folder->filePath(u"downloaded/%1.mka"_s.arg(test::servedKey(1).stem()))));

        QCOMPARE(verify({}).exitCode, 0);
        const auto deep = verify({u"--deep"_s});
        QCOMPARE(deep.exitCode, 3);
        QCOMPARE(deep.json()[u"bad"_s].toArray().size(), 1);
        QCOMPARE(deep.json()[u"bad"_s][0][u"file"_s].toString(),
                 u"processed/%1.wav"_s.arg(test::servedKey(1).stem()));
        QVERIFY(deep.json()[u"bad"_s][0][u"reason"_s].toString().contains(u"SHA-256"_s));
        QCOMPARE(test::readFile(bad), spoiled); // only looked at

        const auto mended = verify({u"--deep"_s, u"--repair"_s});
        QCOMPARE(mended.exitCode, 0);
        QVERIFY(mended.json()[u"bad"_s][0][u"mended"_s].toBool());
        QVERIFY(!QFile::exists(bad));
        QCOMPARE(test::readFile(bad + u".refused"_s), spoiled);
        const auto status = runCli({u"status"_s, m_folder->path(), u"--json"_s}).json();
        QCOMPARE(status[u"queued"_s].toInt(), 1);
        const int requests = m_server.requests(test::servedPath(1));
        QCOMPARE(fetch(), 0);
        QCOMPARE(m_server.requests(test::servedPath(1)) == requests, rawIsKept);
        QCOMPARE(test::readFile(bad).size(), good.size());
        const auto after = verify({u"--deep"_s});
        QCOMPARE(after.exitCode, 0);
        QCOMPARE(after.json()[u"checked"_s].toInt(), Clips);
    }

    /// What a check finds is the clip's state from then on, until it is made again or its file comes back.
    void lostClipsAreMadeAgainOrComeBack_data()
    {
        QTest::addColumn<bool>("isDamaged");
        QTest::addColumn<bool>("rawIsKept");
        QTest::newRow("missing, cut again") << false << true;
        QTest::newRow("missing, downloaded again") << false << false;
        QTest::newRow("damaged, cut again") << true << true;
        QTest::newRow("damaged, downloaded again") << true << false;
    }
    void lostClipsAreMadeAgainOrComeBack()
    {
        QFETCH(bool, isDamaged);
        QFETCH(bool, rawIsKept);
        const QString wav = m_folder->filePath(u"processed/%1.wav"_s.arg(test::servedKey(1).stem()));
        const QByteArray good = test::readFile(wav);
        const QByteArray bad = good.first(20'000);
        const auto harm = [&] {
            QVERIFY(QFile::remove(wav));
            if (isDamaged)
                test::writeFile(wav, bad);
            const auto run = verify({});
            QCOMPARE(run.exitCode, 3);
            QVERIFY2(run.errors.isEmpty(), run.errors.constData());
        };
        const auto count = [this](const QString &state) {
            const auto status = runCli({u"status"_s, m_folder->path(), u"--json"_s}).json();
            return status[u"total"_s].toInt() == Clips ? status[state].toInt() : -1;
        };
        const QString lost = isDamaged ? u"damaged"_s : u"missing"_s;
        harm();
        QCOMPARE(count(lost), 1);
        QCOMPARE(count(u"ready"_s), Clips - 1);
        QVERIFY(runCli({u"status"_s, m_folder->path()}).output.contains("The file is "));
        // It comes back as it was.
        test::writeFile(wav, good);
        QCOMPARE(verify({}).exitCode, 0);
        QCOMPARE(count(u"ready"_s), Clips);

        harm();
        if (!rawIsKept)
            QVERIFY(QFile::remove(m_folder->filePath(u"downloaded/%1.mka"_s.arg(test::servedKey(1).stem()))));
        const int requests = m_server.requests(test::servedPath(1));
        QCOMPARE(fetch(), 0);
        QCOMPARE(count(u"ready"_s), Clips);
        QCOMPARE(m_server.requests(test::servedPath(1)) == requests, rawIsKept);
        QCOMPARE(test::readFile(wav).size(), good.size());
        QCOMPARE(QFile::exists(wav + u".refused"_s), isDamaged);
        if (isDamaged)
            QCOMPARE(test::readFile(wav + u".refused"_s), bad);
        QCOMPARE(verify({u"--deep"_s}).exitCode, 0);
    }

    void isStoppedByCtrlC()
    {
        const QString wav = m_folder->filePath(u"processed/%1.wav"_s.arg(test::servedKey(1).stem()));
        const QByteArray before = test::readFile(wav);
        QProcess cli;
        test::startCli(cli, {u"verify"_s, m_folder->path(), u"--deep"_s, u"--mend"_s});
        ::kill(static_cast<pid_t>(cli.processId()), SIGINT);
        QVERIFY(cli.waitForFinished(Patience));
        QCOMPARE(test::readFile(wav), before);
        QCOMPARE(verify({u"--deep"_s}).exitCode, 0);
    }

    void mendingTakesTheLock()
    {
        const QString bad = m_folder->filePath(u"processed/%1.wav"_s.arg(test::servedKey(2).stem()));
        QVERIFY(QFile::remove(bad));
        m_server.setFault(test::servedPath(9), {test::Fault::Caller::Ffmpeg, 0, 0});
        const QString more = test::writeFile(m_media.filePath(u"more.csv"_s),
                                             test::servedId(9).toLatin1() + ", 2, 5, \"/m/09x0r\"\n");
        m_server.serve(test::servedPath(9), "slow");
        QProcess holder;
        test::startCli(holder, {u"fetch"_s, more, u"--into"_s, m_folder->path(), u"--source"_s, source()});
        QTRY_VERIFY_WITH_TIMEOUT(m_server.requests(test::servedPath(9)) > 0, Patience);
        const auto mend = verify({u"--mend"_s});
        QCOMPARE(mend.exitCode, 1);
        QVERIFY2(mend.errors.contains(QByteArray::number(holder.processId())), mend.errors.constData());
        // Without the lock it only reads, and says that the ledger stays as it is.
        const auto look = verify({});
        QCOMPARE(look.exitCode, 3);
        QVERIFY2(look.errors.contains("keeps the former states"), look.errors.constData());
        ::kill(static_cast<pid_t>(holder.processId()), SIGTERM);
        QVERIFY(holder.waitForFinished(Patience));
        m_server.release();
    }

private:
    QString source() { return m_server.url(u"/{ytid}.m4a"_s); }
    int fetch()
    {
        return runCli({u"fetch"_s, m_split, u"--into"_s, m_folder->path(), u"--source"_s, source()}).exitCode;
    }
    test::CliRun verify(const QStringList &options)
    {
        return runCli(QStringList{u"verify"_s, m_folder->path(), u"--json"_s} + options);
    }

    QTemporaryDir m_media;
    QString m_split;
    test::MediaServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliVerify)
#include "tst_cliverify.moc"
