#include "demo/demoserver.h"

#include "demo/synth.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>

#include <vector>

using namespace earmark;
using namespace Qt::StringLiterals;
using demo::DemoServer;
using demo::Synth;

namespace {

constexpr qint64 FileSize = 44 + 2 * Synth::Frames;

QByteArray soundBytes(const char *ytid, qint64 first, std::size_t count)
{
    std::vector<std::int16_t> samples(count);
    Synth(*YtId::parse(ytid)).render(first, samples);
    QByteArray bytes(static_cast<qsizetype>(2 * count), Qt::Uninitialized);
    qToLittleEndian<std::int16_t>(samples.data(), static_cast<qsizetype>(count), bytes.data());
    return bytes;
}

} // namespace

class TestDemoServer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersRanges_data();
    void answersRanges();
    void refusesARangeOutside();
    void headerDescribesTheSound();
    void headGivesTheSize();
    void knowsOnlyIds_data();
    void knowsOnlyIds();
    void stopsWithClients_data();
    void stopsWithClients();
    void twoServers();

private:
    /// The answer to a request for that name, whole.
    std::unique_ptr<QNetworkReply> get(const QString &name, const QByteArray &range = {});
    QUrl url(const QString &name) const
    {
        return QUrl(m_server->sourceTemplate().replace(u"{ytid}.wav"_s, name));
    }

    std::unique_ptr<DemoServer> m_server;
    QNetworkAccessManager m_network;
};

void TestDemoServer::init()
{
    auto server = DemoServer::start();
    VERIFY_OK(server);
    m_server = std::move(*server);
}

std::unique_ptr<QNetworkReply> TestDemoServer::get(const QString &name, const QByteArray &range)
{
    QNetworkRequest request(url(name));
    if (!range.isEmpty())
        request.setRawHeader("Range", range);
    std::unique_ptr<QNetworkReply> reply(m_network.get(request));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait();
    return reply;
}

void TestDemoServer::answersRanges_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<qint64>("first");
    QTest::addColumn<std::size_t>("count");
    QTest::newRow("one sample") << QByteArray("bytes=44-45") << 0LL << std::size_t{1};
    QTest::newRow("a stretch") << QByteArray("bytes=88244-176443") << 44'100LL << std::size_t{44'100};
    QTest::newRow("to the end") << QByteArray("bytes=52919844-") << Synth::Frames - 100 << std::size_t{100};
    QTest::newRow("the last bytes") << QByteArray("bytes=-200") << Synth::Frames - 100 << std::size_t{100};
    QTest::newRow("beyond the end") << QByteArray("bytes=52919844-99999999") << Synth::Frames - 100
                                    << std::size_t{100};
}

void TestDemoServer::answersRanges()
{
    QFETCH(QByteArray, range);
    QFETCH(qint64, first);
    QFETCH(std::size_t, count);
    const auto reply = get(u"-0RWZT-miFs.wav"_s, range);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 206);
    const qint64 start = 44 + 2 * first;
    QCOMPARE(reply->rawHeader("Content-Range"),
             QByteArray("bytes " + QByteArray::number(start) + '-' +
                        QByteArray::number(start + 2 * static_cast<qint64>(count) - 1) + '/' +
                        QByteArray::number(FileSize)));
    QCOMPARE(reply->readAll(), soundBytes("-0RWZT-miFs", first, count));
}

void TestDemoServer::refusesARangeOutside()
{
    const auto reply = get(u"-0RWZT-miFs.wav"_s, "bytes=52920044-");
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 416);
    QCOMPARE(reply->rawHeader("Content-Range"), QByteArray("bytes */52920044"));
}

void TestDemoServer::headerDescribesTheSound()
{
    const auto reply = get(u"-0RWZT-miFs.wav"_s, "bytes=0-1043");
    const QByteArray bytes = reply->readAll();
    QCOMPARE(bytes.size(), 1044);
    QCOMPARE(bytes.left(4), QByteArray("RIFF"));
    QCOMPARE(qFromLittleEndian<quint32>(bytes.constData() + 4), static_cast<quint32>(FileSize - 8));
    QCOMPARE(bytes.mid(8, 8), QByteArray("WAVEfmt "));
    QCOMPARE(qFromLittleEndian<quint16>(bytes.constData() + 20), quint16{1});
    QCOMPARE(qFromLittleEndian<quint16>(bytes.constData() + 22), quint16{1});
    QCOMPARE(qFromLittleEndian<quint32>(bytes.constData() + 24), quint32{44'100});
    QCOMPARE(qFromLittleEndian<quint16>(bytes.constData() + 34), quint16{16});
    QCOMPARE(qFromLittleEndian<quint32>(bytes.constData() + 40), static_cast<quint32>(2 * Synth::Frames));
    QCOMPARE(bytes.mid(44), soundBytes("-0RWZT-miFs", 0, 500));
    // An odd first byte lies within a sample.
    QCOMPARE(get(u"-0RWZT-miFs.wav"_s, "bytes=45-1043")->readAll(), bytes.mid(45));
}

void TestDemoServer::headGivesTheSize()
{
    const std::unique_ptr<QNetworkReply> reply(m_network.head(QNetworkRequest(url(u"-0RWZT-miFs.wav"_s))));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    QCOMPARE(reply->header(QNetworkRequest::ContentLengthHeader).toLongLong(), FileSize);
    QCOMPARE(reply->header(QNetworkRequest::ContentTypeHeader).toString(), u"audio/wav"_s);
}

void TestDemoServer::knowsOnlyIds_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("root") << QString();
    QTest::newRow("no suffix") << u"-0RWZT-miFs"_s;
    QTest::newRow("other suffix") << u"-0RWZT-miFs.mp3"_s;
    QTest::newRow("too short") << u"-0RWZT-miF.wav"_s;
    QTest::newRow("too long") << u"-0RWZT-miFss.wav"_s;
    QTest::newRow("other character") << u"-0RWZT%20miFs.wav"_s;
    QTest::newRow("folder") << u"x/-0RWZT-miFs.wav"_s;
}

void TestDemoServer::knowsOnlyIds()
{
    QFETCH(QString, name);
    QCOMPARE(get(name)->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 404);
    QCOMPARE(get(name, "bytes=0-")->error(), QNetworkReply::ContentNotFoundError);
}

void TestDemoServer::stopsWithClients_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("connected only") << QByteArray();
    QTest::newRow("half a request") << QByteArray("GET /-0RWZT-miFs.wav HT");
    QTest::newRow("kept alive") << QByteArray("HEAD /-0RWZT-miFs.wav HTTP/1.1\r\nHost: x\r\n\r\n");
    QTest::newRow("reads no further") << QByteArray("GET /-0RWZT-miFs.wav HTTP/1.1\r\nHost: x\r\n\r\n");
}

void TestDemoServer::stopsWithClients()
{
    QFETCH(QByteArray, sent);
    QTcpSocket client;
    client.setReadBufferSize(1000); // the server's writes come to a halt
    client.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(url({}).port()));
    QVERIFY(client.waitForConnected());
    client.write(sent);
    if (sent.endsWith("\r\n\r\n"))
        QTRY_VERIFY(client.bytesAvailable() > 0);
    QElapsedTimer clock;
    clock.start();
    m_server.reset();
    QVERIFY2(clock.elapsed() < 900, qPrintable(QString::number(clock.elapsed())));
}

void TestDemoServer::twoServers()
{
    auto other = DemoServer::start();
    VERIFY_OK(other);
    QVERIFY((*other)->sourceTemplate() != m_server->sourceTemplate());
    other->reset();
    QCOMPARE(get(u"-0RWZT-miFs.wav"_s, "bytes=44-1043")->readAll(), soundBytes("-0RWZT-miFs", 0, 500));
}

QTEST_GUILESS_MAIN(TestDemoServer)
#include "tst_demoserver.moc"
