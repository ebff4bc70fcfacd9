#include "tools/toolstore.h"

#include "support/releases.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using namespace earmark::tools;
using Stage = ToolStore::Stage;

using test::sumLine;

/// Fetching releases from a server that does wrong.
class TestToolStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<test::FaultServer>();
        const auto name = releaseFileHere();
        VERIFY_OK(name);
        m_name = name->toLatin1();
        m_store = make();
    }
    void cleanup() { m_store.reset(); }

    void fetchesAndKeepsTheOneBefore()
    {
        QSignalSpy taken(m_store.get(), &ToolStore::taken);
        QCOMPARE(m_store->record(), InstalledVersions());
        serve("/stable", "2026.10.01");
        QVERIFY2(update(), qPrintable(m_store->said()));
        QVERIFY2(m_store->said().startsWith(u"yt-dlp 2026.10.01 was fetched and checked"_s),
                 qPrintable(m_store->said()));
        QCOMPARE(m_store->record(),
                 (InstalledVersions{u"2026.10.01"_s, {}, true, false})); // PATH's came before
        QCOMPARE(taken.count(), 1);
        const QString path = m_store->shelf().path(u"2026.10.01"_s);
        QVERIFY(QFileInfo(path).isExecutable());
        QCOMPARE(test::readFile(path), test::smallYtDlp("2026.10.01"));

        // Nothing is fetched when there is nothing new.
        const auto fetches = m_server->requestsOf("/stable/" + m_name);
        QVERIFY(update());
        QVERIFY2(m_store->said().contains(u"newest of the stable releases already"_s),
                 qPrintable(m_store->said()));
        QCOMPARE(m_server->requestsOf("/stable/" + m_name), fetches);
        QCOMPARE(taken.count(), 1);

        serve("/nightly", "2026.10.02.232830");
        QVERIFY(update(Channel::Nightly));
        QCOMPARE(m_store->record(),
                 (InstalledVersions{u"2026.10.02.232830"_s, u"2026.10.01"_s, true, false}));
        QCOMPARE(kept(), (QStringList{u"2026.10.01"_s, u"2026.10.02.232830"_s}));

        // Never more than two.
        serve("/stable", "2026.10.26");
        QVERIFY(update());
        QCOMPARE(kept(), (QStringList{u"2026.10.02.232830"_s, u"2026.10.26"_s}));
        QCOMPARE(QDir(m_store->shelf().folder() + u"/incoming"_s).entryList(QDir::Files | QDir::Hidden),
                 (QStringList{u"SHA2-256SUMS"_s, u"SHA2-256SUMS.sig"_s}));
    }

    /// Programs in it are run: nobody else may exchange them.
    void theFolderIsTheUsersAlone()
    {
        const QString folder = m_store->shelf().folder();
        QVERIFY(QDir().mkpath(folder)); // as an earlier Earmark made it
        QVERIFY(QFile::setPermissions(folder, QFile::Permissions(0x7777)));
        serve("/stable", "2026.10.26");
        QVERIFY2(update(), qPrintable(m_store->said()));
        for (const QString &each : {QFileInfo(folder).path(), folder, folder + u"/2026.10.26"_s}) {
            const auto others =
                QFileInfo(each).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                                 QFile::ReadOther | QFile::WriteOther | QFile::ExeOther);
            QVERIFY2(!others, qPrintable(each));
        }
    }

    /// Nor is one run that others could have exchanged, until it is fetched again.
    void whatOthersCouldExchangeIsNotUsed_data()
    {
        QTest::addColumn<QString>("opened");
        QTest::newRow("tools") << u".."_s;
        QTest::newRow("yt-dlp") << u"."_s;
        QTest::newRow("version") << u"2026.10.01"_s;
    }
    void whatOthersCouldExchangeIsNotUsed()
    {
        QFETCH(QString, opened);
        serve("/stable", "2026.10.01");
        QVERIFY2(update(), qPrintable(m_store->said()));
        QCOMPARE(m_store->record().current, u"2026.10.01"_s);
        const QString folder = QDir::cleanPath(m_store->shelf().folder() + u'/' + opened);
        QVERIFY(QFile::setPermissions(folder, QFile::Permissions(0x7770)));
        const ToolInstallations shelf(m_store->shelf().folder());
        QCOMPARE(shelf.record(), InstalledVersions());
        QCOMPARE(findTools({}, m_folder->path()).ytdlp.origin, ytdlp::Tool::Origin::Path);
    }

    void refusesWhatIsNotSigned_data()
    {
        QTest::addColumn<QByteArray>("signature"); // "-": not there
        QTest::addColumn<QString>("said");
        QTest::newRow("missing") << QByteArray("-") << u"nothing at"_s;
        QTest::newRow("of another text") << test::signatureOf("another") << u"changed after it was signed"_s;
        QTest::newRow("empty") << QByteArray() << u"not signed by yt-dlp's makers"_s;
        QTest::newRow("a page") << QByteArray("<html>Sign in</html>") << u"not signed by yt-dlp's makers"_s;
        QTest::newRow("without end") << QByteArray(2'000'000, 'x') << u"more than 1.0 MB"_s;
    }
    void refusesWhatIsNotSigned()
    {
        QFETCH(QByteArray, signature);
        QFETCH(QString, said);
        serve("/nightly", "2026.10.01");
        QVERIFY(update(Channel::Nightly));
        const InstalledVersions before = m_store->record();
        const QByteArray content = test::smallYtDlp("2026.10.26");
        m_server->serve("/stable/" + m_name, {content});
        m_server->serve("/stable/SHA2-256SUMS", {sumLine(content, m_name)});
        if (signature != "-")
            m_server->serve("/stable/SHA2-256SUMS.sig", {signature});
        QVERIFY(!update());
        QVERIFY2(m_store->said().contains(said), qPrintable(m_store->said()));
        QVERIFY2(m_store->said().endsWith(u"The yt-dlp in use stays as it is."_s),
                 qPrintable(m_store->said()));
        QCOMPARE(m_store->record(), before);
        QCOMPARE(m_server->requestsOf("/stable/" + m_name), 0);
        QCOMPARE(kept(), QStringList{u"2026.10.01"_s});
    }

    /// The program's own key is yt-dlp's, and no other's signature is taken for it.
    void theOwnKeyIsYtDlps()
    {
        serve("/stable", "2026.10.26");
        Addresses withOwnKey = addresses();
        withOwnKey.key = Addresses().key;
        m_store->setAddresses(withOwnKey);
        QVERIFY(!update());
        QVERIFY2(m_store->said().contains(u"another key made it"_s), qPrintable(m_store->said()));
        QFile key(withOwnKey.key);
        QVERIFY(key.open(QIODevice::ReadOnly));
        // Its user id, as GnuPG shows it beside the fingerprint that yt-dlp's README names.
        QVERIFY(key.readAll().contains("(yt-dlp signing key)"));
    }

    void withoutGpgvItSaysSo()
    {
        serve("/stable", "2026.10.26");
        // Everything but gpgv, by links.
        const QString bin = m_folder->filePath(u"bin"_s);
        QVERIFY(QDir().mkpath(bin));
        for (const QString &program : {u"python3"_s, u"sh"_s, u"env"_s})
            QVERIFY(QFile::link(QStandardPaths::findExecutable(program), bin + u'/' + program));
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", QFile::encodeName(bin));
        const bool isUpdated = update();
        qputenv("PATH", before);
        QVERIFY2(isUpdated, qPrintable(m_store->said()));
        QVERIFY2(m_store->said().endsWith(u"Signature not checked: gpgv is not installed."_s),
                 qPrintable(m_store->said()));
        QCOMPARE(m_server->requestsOf("/stable/SHA2-256SUMS.sig"), 0);
    }

    void neverGoesBackUnasked_data()
    {
        QTest::addColumn<QByteArray>("offered");
        QTest::newRow("fetched long ago") << QByteArray("2025.11.04");
        QTest::newRow("still on the shelf") << QByteArray("2026.10.01");
    }
    void neverGoesBackUnasked()
    {
        QFETCH(QByteArray, offered);
        serve("/stable", "2026.10.01");
        QVERIFY(update());
        serve("/stable", "2026.10.26");
        QVERIFY(update());
        const InstalledVersions before = m_store->record();
        serve("/stable", offered);
        QVERIFY(!update());
        QVERIFY2(m_store->said().contains(u"yt-dlp %1 is older than 2026.10.26, which is in use"_s.arg(
                     QString::fromLatin1(offered))),
                 qPrintable(m_store->said()));
        QCOMPARE(m_store->record(), before);
        QCOMPARE(kept(), (QStringList{u"2026.10.01"_s, u"2026.10.26"_s}));

        m_store->update(Channel::Stable, true);
        QTRY_VERIFY_WITH_TIMEOUT(!m_store->isBusy(), 60'000);
        QVERIFY2(!m_store->hasFailed(), qPrintable(m_store->said()));
        QCOMPARE(m_store->record().current.toLatin1(), offered);
    }

    void refusesHttp()
    {
        m_store->setAddresses(
            {QUrl(u"http://example.org/stable/"_s), m_server->url("/nightly"), test::releaseKey()});
        QVERIFY(!update());
        QVERIFY2(m_store->said().contains(u"https://"_s), qPrintable(m_store->said()));
        QVERIFY(m_server->requests().isEmpty());
    }

    void goesBackAndForth()
    {
        m_store->goBack();
        QTRY_VERIFY(!m_store->isBusy());
        QVERIFY(m_store->hasFailed());
        serve("/stable", "2026.10.01");
        QVERIFY(update());
        serve("/stable", "2026.10.26");
        QVERIFY(update());
        QSignalSpy taken(m_store.get(), &ToolStore::taken);
        m_store->goBack();
        QTRY_VERIFY(!m_store->isBusy());
        QCOMPARE(m_store->said(), u"yt-dlp 2026.10.01 is in use again."_s);
        QCOMPARE(m_store->record(), (InstalledVersions{u"2026.10.01"_s, u"2026.10.26"_s, true, true}));
        QCOMPARE(taken.count(), 1);
        QCOMPARE(make()->record(), m_store->record()); // the next program

        // The newest is still here: it is not fetched again.
        const auto fetches = m_server->requestsOf("/stable/" + m_name);
        QVERIFY(update());
        QCOMPARE(m_store->record().current, u"2026.10.26"_s);
        QCOMPARE(m_server->requestsOf("/stable/" + m_name), fetches);

        // From the first one, back to that of PATH.
        QVERIFY(QDir(m_store->shelf().folder()).removeRecursively());
        serve("/stable", "2026.11.01");
        m_store = make();
        QVERIFY(update());
        m_store->goBack();
        QTRY_VERIFY(!m_store->isBusy());
        QCOMPARE(m_store->said(), u"The yt-dlp of this computer is in use again."_s);
        QCOMPARE(m_store->record(), (InstalledVersions{{}, u"2026.11.01"_s, true, false}));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("content"); // of the release; empty: not there
        QTest::addColumn<QByteArray>("sums");    // empty: right; "-": not there
        QTest::addColumn<QString>("said");       // a part of it
        const QByteArray good = test::smallYtDlp("2026.10.26");
        QTest::newRow("wrong checksum") << good << sumLine("another", m_name) << u"thrown away"_s;
        QTest::newRow("no list") << good << QByteArray("-") << u"nothing at"_s;
        QTest::newRow("no list but a page")
            << good << QByteArray("<html>Sign in</html>") << u"no list of checksums"_s;
        QTest::newRow("list without the file")
            << good << sumLine(good, "yt-dlp.exe") << u"does not name "_s + QString::fromLatin1(m_name);
        QTest::newRow("no file") << QByteArray() << sumLine(good, m_name) << u"nothing at"_s;
        QTest::newRow("does not run") << QByteArray("\x7f"
                                                    "ELF nonsense")
                                      << QByteArray() << u"cannot be used"_s;
        QTest::newRow("fails") << QByteArray("#!/bin/sh\necho no module named x\nexit 1\n") << QByteArray()
                               << u"no module named x"_s;
        QTest::newRow("is something else")
            << QByteArray("#!/bin/sh\necho hello\n") << QByteArray() << u"it is not yt-dlp"_s;
        QTest::newRow("too old") << test::smallYtDlp("2023.03.04") << QByteArray() << u"too old"_s;
        QTest::newRow("would leave the folder")
            << test::smallYtDlp("2026.10.26/../../../x") << QByteArray() << u"version is “2026.10.26/"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, sums);
        QFETCH(QString, said);
        serve("/stable", "2026.10.01");
        QVERIFY(update());
        const InstalledVersions before = m_store->record();
        QSignalSpy taken(m_store.get(), &ToolStore::taken);
        m_server = std::make_unique<test::FaultServer>();
        m_store->setAddresses(addresses());
        if (!content.isEmpty())
            m_server->serve("/stable/" + m_name, {content});
        if (sums != "-") {
            const QByteArray list = sums.isEmpty() ? sumLine(content, m_name) : sums;
            m_server->serve("/stable/SHA2-256SUMS", {list});
            m_server->serve("/stable/SHA2-256SUMS.sig", {test::signatureOf(list)});
        }
        QVERIFY(!update());
        QVERIFY2(m_store->said().contains(said), qPrintable(m_store->said()));
        QVERIFY2(m_store->said().endsWith(u"The yt-dlp in use stays as it is."_s),
                 qPrintable(m_store->said()));
        QVERIFY2(!m_store->said().contains(m_folder->path()), qPrintable(m_store->said()));
        QCOMPARE(m_store->record(), before);
        QCOMPARE(taken.count(), 0);
        QCOMPARE(kept(), QStringList{u"2026.10.01"_s});
        const QStringList left =
            QDir(m_store->shelf().folder() + u"/incoming"_s).entryList(QDir::Files | QDir::Hidden);
        QVERIFY2(left.filter(QString::fromLatin1(m_name)).isEmpty(), qPrintable(left.join(u' ')));
    }

    void waitsOutTrouble_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<test::BadAnswer>("trouble");
        QTest::newRow("list: 500") << QByteArray("SHA2-256SUMS") << test::BadAnswer{.status = 500};
        QTest::newRow("file: 500") << QByteArray() << test::BadAnswer{.status = 500};
        QTest::newRow("file: breaks off") << QByteArray() << test::BadAnswer{.breakAfter = 100'000};
    }
    void waitsOutTrouble()
    {
        QFETCH(QByteArray, file);
        QFETCH(test::BadAnswer, trouble);
        serve("/stable", "2026.10.26");
        m_server->misbehave("/stable/" + (file.isEmpty() ? m_name : file), {trouble});
        QVERIFY2(update(), qPrintable(m_store->said()));
        QCOMPARE(m_store->record().current, u"2026.10.26"_s);
    }

    /// As the official address leads to that of the newest release's tag, and from there elsewhere.
    void followsToTheTag()
    {
        serve("/tag", "2026.10.26");
        for (const QByteArray &file : {QByteArray("SHA2-256SUMS"), QByteArray("SHA2-256SUMS.sig"), m_name}) {
            const test::BadAnswer redirect{
                .status = 302, .headers = {{"Location", m_server->url("/tag/" + file).toEncoded()}}};
            m_server->misbehave("/stable/" + file, {redirect, redirect});
        }
        m_server->misbehave("/tag/" + m_name, {{.breakAfter = 100'000}});
        QVERIFY2(update(), qPrintable(m_store->said()));
        QCOMPARE(m_store->record().current, u"2026.10.26"_s);
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=100000-");
    }

    /// The command line has changed what is here while the window was open.
    void seesWhatAnotherProgramDid()
    {
        serve("/stable", "2026.10.01");
        QVERIFY(update());
        serve("/stable", "2026.10.26");
        QVERIFY(update());
        const auto other = make();
        other->goBack();
        QTRY_VERIFY(!other->isBusy());
        QVERIFY(update());
        QCOMPARE(m_store->record(), (InstalledVersions{u"2026.10.26"_s, u"2026.10.01"_s, true, true}));
    }

    void givesUpOnTrouble()
    {
        serve("/stable", "2026.10.26");
        const test::BadAnswer broken{.status = 500};
        m_server->misbehave("/stable/SHA2-256SUMS", {broken, broken, broken});
        QVERIFY(!update());
        QVERIFY2(m_store->said().contains(u"127.0.0.1 has trouble (500"_s), qPrintable(m_store->said()));
        QCOMPARE(m_store->record(), InstalledVersions());
        QVERIFY(update());
    }

    void isCancelledAndGoesOn()
    {
        serve("/stable", "2026.10.26");
        m_server->misbehave("/stable/" + m_name, {{.stallAfter = 100'000}});
        m_store->update(Channel::Stable);
        QTRY_COMPARE(m_store->stage(), Stage::Fetching);
        QTRY_COMPARE(m_store->progress().bytes, 100'000);
        m_store->cancel();
        QTRY_VERIFY(!m_store->isBusy());
        QVERIFY2(m_store->said().startsWith(u"Cancelled; what has come is kept."_s),
                 qPrintable(m_store->said()));
        QVERIFY(!m_store->hasFailed());
        QVERIFY(update());
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=100000-");
        QCOMPARE(m_store->record().current, u"2026.10.26"_s);
    }

    /// What came of a release is of no use when there is a newer one.
    void startsOverWithANewerRelease()
    {
        serve("/stable", "2026.10.26");
        m_server->misbehave("/stable/" + m_name, {{.stallAfter = 100'000}});
        m_store->update(Channel::Stable);
        QTRY_COMPARE(m_store->progress().bytes, 100'000);
        m_store.reset(); // as when the program ends
        const QByteArray newer = test::smallYtDlp("2026.10.27");
        m_server->serve("/stable/" + m_name, {newer, "\"2\""});
        m_server->serve("/stable/SHA2-256SUMS", {sumLine(newer, m_name)});
        m_server->serve("/stable/SHA2-256SUMS.sig", {test::signatureOf(sumLine(newer, m_name))});
        m_store = make();
        QVERIFY2(update(), qPrintable(m_store->said()));
        QCOMPARE(m_store->record().current, u"2026.10.27"_s);
    }

    void finds_data()
    {
        QTest::addColumn<QByteArray>("ofPath"); // its version; empty: none
        QTest::addColumn<bool>("isChosen");     // gone back to the fetched one
        QTest::addColumn<QString>("used");
        const QByteArray fetched = "2026.10.01";
        QTest::newRow("PATH's is older") << QByteArray("2025.04.30") << false << u"2026.10.01"_s;
        QTest::newRow("PATH's is as old") << fetched << false << u"2026.10.01"_s;
        QTest::newRow("PATH's is newer") << QByteArray("2026.10.02") << false << u"2026.10.02"_s;
        QTest::newRow("PATH's is newer, but gone back")
            << QByteArray("2026.10.02") << true << u"2026.10.01"_s;
        QTest::newRow("PATH has none") << QByteArray() << false << u"2026.10.01"_s;
        QTest::newRow("PATH's is much too old") << QByteArray("2023.03.04") << false << u"2026.10.01"_s;
    }
    void finds()
    {
        QFETCH(QByteArray, ofPath);
        QFETCH(bool, isChosen);
        serve("/stable", "2026.10.01");
        QVERIFY(update());
        if (isChosen) {
            serve("/stable", "2026.10.26");
            QVERIFY(update());
            m_store->goBack();
            QTRY_VERIFY(!m_store->isBusy());
        }
        const QString bin = m_folder->filePath(u"bin"_s);
        QVERIFY(QDir().mkpath(bin));
        if (!ofPath.isEmpty()) {
            QFile file(test::writeFile(bin + u"/yt-dlp"_s, "#!/bin/sh\necho " + ofPath + '\n'));
            QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        }
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", QFile::encodeName(bin));
        const ytdlp::Tools tools = findTools({}, m_folder->path());
        const ytdlp::Tools own = findTools({m_store->shelf().path(u"2026.10.01"_s), {}}, m_folder->path());
        qputenv("PATH", before);
        QTEST(tools.ytdlp.version, "used");
        QVERIFY2(tools.ytdlp.isUsable(), qPrintable(tools.ytdlp.problem));
        QCOMPARE(tools.ytdlp.origin == ytdlp::Tool::Origin::Fetched, tools.ytdlp.version == u"2026.10.01"_s);
        QCOMPARE(tools.pathYtDlp.version.toLatin1(), ofPath);
        QCOMPARE(own.ytdlp.origin, ytdlp::Tool::Origin::Chosen);
    }

    void remembersTheNewest()
    {
        const QDate today = QDate::currentDate();
        QCOMPARE(m_store->shelf().newest(Channel::Stable), SeenRelease());
        serve("/stable", "2026.10.01");
        QVERIFY(update());
        serve("/nightly", "2026.10.02.232830");
        QVERIFY(update(Channel::Nightly));
        QCOMPARE(m_store->shelf().newest(Channel::Stable), (SeenRelease{u"2026.10.01"_s, today}));
        QCOMPARE(m_store->shelf().newest(Channel::Nightly), (SeenRelease{u"2026.10.02.232830"_s, today}));
        ytdlp::Tools tools = findTools({}, m_folder->path());
        QCOMPARE(tools.newestYtDlp, u"2026.10.02.232830"_s); // of the channel of the one in use
        QCOMPARE(tools.newestSeen, today);
        m_store->goBack();
        QTRY_VERIFY(!m_store->isBusy());
        QCOMPARE(findTools({}, m_folder->path()).newestYtDlp, u"2026.10.01"_s);
    }

private:
    std::unique_ptr<ToolStore> make()
    {
        net::FetchOptions options;
        options.patience = 10s;
        options.pauses = {1ms, 1ms};
        auto store = std::make_unique<ToolStore>(
            ToolInstallations(ToolInstallations::folderIn(m_folder->path())), addresses(), options);
        if (!QTest::qWaitFor([&] { return !store->isBusy(); }))
            qFatal("The store does not get ready.");
        return store;
    }
    Addresses addresses() const
    {
        return {m_server->url("/stable/"), m_server->url("/nightly"), test::releaseKey()};
    }
    void serve(const QByteArray &channel, const QByteArray &version)
    {
        test::serveRelease(*m_server, channel, test::smallYtDlp(version));
    }
    /// Whether it worked.
    bool update(Channel channel = Channel::Stable)
    {
        m_store->update(channel);
        return QTest::qWaitFor([&] { return !m_store->isBusy(); }, 60'000) && !m_store->hasFailed();
    }
    QStringList kept() const
    {
        QStringList versions = QDir(m_store->shelf().folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        versions.removeAll(u"incoming"_s);
        return versions;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FaultServer> m_server;
    std::unique_ptr<ToolStore> m_store;
    QByteArray m_name; ///< of the file of a release that this machine takes
};

QTEST_GUILESS_MAIN(TestToolStore)
#include "tst_toolstore.moc"
