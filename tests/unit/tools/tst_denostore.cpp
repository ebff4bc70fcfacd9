#include "tools/toolstore.h"

#include "support/releases.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using namespace earmark::tools;

/// Fetching deno, which comes in a zip that nobody has signed.
class TestDenoStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<test::FaultServer>();
    }

    void fetchesDeno()
    {
        auto store = make();
        QCOMPARE(store->record(), InstalledVersions());
        serveDeno("2.9.5");
        QVERIFY2(updateOf(*store), qPrintable(store->said()));
        QVERIFY2(store->said().startsWith(u"deno 2.9.5 was fetched and checked"_s) &&
                     store->said().contains(u"publish none"_s),
                 qPrintable(store->said()));
        const QString path = store->shelf().path(u"2.9.5"_s);
        QVERIFY(path.endsWith(u"/tools/deno/2.9.5/deno"_s) && QFileInfo(path).isExecutable());
        QCOMPARE(test::readFile(path), test::smallDeno("2.9.5"));
        QCOMPARE(findTools({}, m_folder->path()).jsRuntime.path, path);
        QCOMPARE(findTools({}, m_folder->path()).jsRuntime.origin, ytdlp::Tool::Origin::Fetched);
        QVERIFY(QDir(store->shelf().folder() + u"/incoming"_s)
                    .entryList({u"*.zip"_s, u"deno"_s}, QDir::Files)
                    .isEmpty());

        // Nothing is fetched when there is nothing new.
        const auto requests = m_server->requests().size();
        QVERIFY2(updateOf(*store), qPrintable(store->said()));
        QVERIFY2(store->said().contains(u"newest of the stable releases already"_s),
                 qPrintable(store->said()));
        QCOMPARE(m_server->requests().size(), requests + 1);

        // Two are kept.
        for (const char *version : {"2.9.6", "2.10.0"}) {
            serveDeno(version);
            QVERIFY2(updateOf(*store), qPrintable(store->said()));
        }
        QCOMPARE(store->record(), (InstalledVersions{u"2.10.0"_s, u"2.9.6"_s, true, false}));
        QVERIFY(!QFileInfo::exists(path));
        store->goBack();
        QTRY_VERIFY(!store->isBusy());
        QCOMPARE(findTools({}, m_folder->path()).jsRuntime.version, u"2.9.6"_s);
        QCOMPARE(store->shelf().newest(Channel::Stable), (SeenRelease{u"2.10.0"_s, QDate::currentDate()}));
        // What was gone back from is the newest again, without another fetch of it.
        const auto fetches = m_server->requests().size();
        QVERIFY(updateOf(*store));
        QCOMPARE(store->record().current, u"2.10.0"_s);
        QCOMPARE(m_server->requests().size(), fetches + 1);
    }

    void refusesWhatIsNoDeno_data()
    {
        QTest::addColumn<QByteArray>("zip");
        QTest::addColumn<QString>("said");
        const QByteArray good = test::zipOf("deno", test::smallDeno("2.9.6"));
        QTest::newRow("no zip") << QByteArray("<html>Sign in</html>") << u"is no zip that holds deno"_s;
        QTest::newRow("another program")
            << test::zipOf("node", "#!/bin/sh\n") << u"is no zip that holds deno"_s;
        QTest::newRow("in a folder") << test::zipOf("../deno", "#!/bin/sh\n")
                                     << u"is no zip that holds deno"_s;
        QTest::newRow("cut off") << good.first(good.size() / 2) << u"deno"_s;
        QTest::newRow("does not run") << test::zipOf("deno", "text") << u"The release cannot be used"_s;
        QTest::newRow("too old") << test::zipOf("deno", test::smallDeno("2.2.9")) << u"too old"_s;
    }
    void refusesWhatIsNoDeno()
    {
        QFETCH(QByteArray, zip);
        QFETCH(QString, said);
        auto store = make();
        test::serveDeno(*m_server, "/deno", zip);
        QVERIFY(!updateOf(*store));
        QVERIFY2(store->said().contains(said), qPrintable(store->said()));
        QVERIFY2(store->said().endsWith(u"The deno in use stays as it is."_s), qPrintable(store->said()));
        QCOMPARE(store->record(), InstalledVersions());
    }

    void refusesAnotherDenoThanListed()
    {
        auto store = make();
        serveDeno("2.9.6");
        const QByteArray name = denoFileFor(QSysInfo::currentCpuArchitecture())->toLatin1();
        m_server->serve("/deno/" + name + ".sha256sum", {test::sumLine("x", name)});
        QVERIFY(!updateOf(*store));
        QVERIFY2(store->said().contains(u"SHA-256"_s) && store->said().contains(u"thrown away"_s),
                 qPrintable(store->said()));
    }

    /// Which file is deno's, as its releases name them.
    void choosesDenosFile()
    {
        QCOMPARE(denoFileFor(u"x86_64"_s).value_or(QString()), u"deno-x86_64-unknown-linux-gnu.zip"_s);
        QCOMPARE(denoFileFor(u"arm64"_s).value_or(QString()), u"deno-aarch64-unknown-linux-gnu.zip"_s);
        COMPARE_ERROR(denoFileFor(u"riscv64"_s), ErrorCode::NotFound);
    }

private:
    std::unique_ptr<ToolStore> make()
    {
        net::FetchOptions options;
        options.pauses = {1ms, 1ms};
        Addresses places;
        places.deno = m_server->url("/deno/");
        auto store = std::make_unique<ToolStore>(
            ToolInstallations(ToolInstallations::folderIn(m_folder->path(), denoWare()), denoWare()),
            places.forDeno(), options);
        if (!QTest::qWaitFor([&] { return !store->isBusy(); }))
            qFatal("The store does not get ready.");
        return store;
    }
    void serveDeno(const QByteArray &version)
    {
        test::serveDeno(*m_server, "/deno", test::zipOf("deno", test::smallDeno(version)));
    }
    /// Whether it worked.
    static bool updateOf(ToolStore &store)
    {
        store.update(Channel::Stable);
        return QTest::qWaitFor([&] { return !store.isBusy(); }, 60'000) && !store.hasFailed();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FaultServer> m_server;
};

QTEST_GUILESS_MAIN(TestDenoStore)
#include "tst_denostore.moc"
