#include "net/filefetch.h"

#include "support/faultserver.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using net::FetchedFile;
using net::FileFetch;
using test::FaultServer;

namespace {

const QByteArray Path = "/file.bin";
constexpr qsizetype Size = 1'000'000;

net::FetchOptions quick()
{
    net::FetchOptions options;
    options.patience = 1s;
    options.pauses = {1ms};
    return options;
}

} // namespace

/// What a server, or a file in the folder, may not do to this computer.
class TestFetchLimits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAtTheMost_data()
    {
        QTest::addColumn<bool>("saysLength");
        QTest::newRow("announced") << true;
        QTest::newRow("not announced") << false;
    }
    void endsAtTheMost()
    {
        QFETCH(bool, saysLength);
        const QTemporaryDir folder;
        FaultServer server;
        server.serve(Path, {m_content});
        if (!saysLength)
            server.misbehave(Path, {{.headers = {{"Content-Length", {}}}}});
        QNetworkAccessManager network;
        for (const qint64 most : {qint64{Size - 1}, qint64{Size}}) {
            net::FetchOptions options = quick();
            options.mostBytes = most;
            FileFetch fetch(network, server.url(Path), folder.filePath(u"file.bin"_s), {}, options);
            QSignalSpy finished(&fetch, &FileFetch::finished);
            fetch.start();
            QTRY_COMPARE(finished.count(), 1);
            const auto result = finished[0][0].value<Result<FetchedFile>>();
            if (most == Size) {
                VERIFY_OK(result);
                continue;
            }
            COMPARE_ERROR(result, ErrorCode::BadInput);
            QVERIFY2(result.error().text.contains(u"more than 1000.0 kB, the limit"_s),
                     qPrintable(result.error().text));
            QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList()); // the part is gone
        }
    }

    /// Whoever is on the way could exchange the file.
    void neverLeavesHttps_data()
    {
        QTest::addColumn<QString>("address"); // empty: this computer's
        QTest::addColumn<QByteArray>("redirect");
        QTest::newRow("http") << u"http://example.invalid/file.bin"_s << QByteArray();
        QTest::newRow("a redirect to http") << QString() << QByteArray("http://example.invalid/file.bin");
    }
    void neverLeavesHttps()
    {
        QFETCH(QString, address);
        QFETCH(QByteArray, redirect);
        const QTemporaryDir folder;
        FaultServer server;
        server.serve(Path, {m_content});
        server.misbehave(Path, {{.status = 302, .headers = {{"Location", redirect}}}});
        QNetworkAccessManager network;
        FileFetch fetch(network, address.isEmpty() ? server.url(Path) : QUrl(address),
                        folder.filePath(u"file.bin"_s), {}, quick());
        QSignalSpy finished(&fetch, &FileFetch::finished);
        fetch.start();
        QTRY_COMPARE(finished.count(), 1);
        COMPARE_ERROR(finished[0][0].value<Result<FetchedFile>>(), ErrorCode::BadInput);
        QCOMPARE(server.requests().size(), address.isEmpty() ? 1 : 0);
    }

    /// A part that is a link would have its target overwritten.
    void aLinkInThePartsPlaceIsNotFollowed()
    {
        const QTemporaryDir folder;
        const QString theirs = test::writeFile(folder.filePath(u"thesis.tex"_s), "theirs");
        QVERIFY(QFile::link(theirs, folder.filePath(u"file.bin.part"_s)));
        FaultServer server;
        server.serve(Path, {m_content});
        QNetworkAccessManager network;
        FileFetch fetch(network, server.url(Path), folder.filePath(u"file.bin"_s), {}, quick());
        QSignalSpy finished(&fetch, &FileFetch::finished);
        fetch.start();
        QTRY_COMPARE(finished.count(), 1);
        VERIFY_OK(finished[0][0].value<Result<FetchedFile>>());
        QCOMPARE(test::readFile(theirs), "theirs");
        QCOMPARE(test::readFile(folder.filePath(u"file.bin"_s)), m_content);
    }

private:
    const QByteArray m_content = QByteArray(Size, 'x');
};

QTEST_GUILESS_MAIN(TestFetchLimits)
#include "tst_fetchlimits.moc"
