#include "workerstage.h"

#include "support/cliprocess.h"
#include "support/testmain.h"
#include "ytdlp/groupprocess.h"

#include <QDir>
#include <QFileInfo>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <memory>

using namespace earmark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Bench;
using test::key;
using test::processesIn;
using test::Ytid;
using ytdlp::FetchOutcome;

namespace {

const SegmentKey Wanted = key(Ytid, 30'000, 40'000);

/// A page that makes yt-dlp print these lines: it names the address that it is sent on to as it stands there.
QByteArray sendingOn(const QByteArray &address)
{
    QByteArray escaped;
    for (const char each : address) { // some of these would end the address
        const bool isPlain = QByteArrayView("\"'<>&\r\n").indexOf(each) < 0;
        escaped += isPlain ? QByteArray(1, each) : "&#" + QByteArray::number(each) + ';';
    }
    return "<html><head><meta http-equiv=\"refresh\" content=\"0; url=" + escaped + "\"></head></html>";
}

/// An endless page: one piece after the other, as fast as it is read.
class EndlessServer final : public QTcpServer
{
public:
    EndlessServer()
        : m_piece(1 << 20, ' ')
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("No loopback server: %s", qPrintable(errorString()));
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                connect(socket, &QTcpSocket::bytesWritten, socket, [this, socket] { more(*socket); });
                connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                    socket->readAll();
                    if (socket->bytesToWrite() == 0)
                        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>");
                });
            }
        });
    }
    QString source() const { return u"http://127.0.0.1:%1/{ytid}.html"_s.arg(serverPort()); }

private:
    void more(QTcpSocket &socket) const
    {
        if (socket.bytesToWrite() < m_piece.size())
            socket.write(m_piece);
    }

    const QByteArray m_piece;
};

} // namespace

/// Servers, and tools that do not do as they should: what they say is text, what they use is limited.
class TestWorkerHostile final : public test::WorkerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        WorkerTest::init();
        // Beside the worker's folder: documents of the user.
        QVERIFY(QDir(m_stage.folder->path()).mkpath(u"documents/thesis"_s));
        test::writeFile(document(), "chapter one" + QByteArray(4'000, '.'));
    }
    void cleanup()
    {
        QCOMPARE(test::readFile(document()).left(11), QByteArray("chapter one"));
        WorkerTest::cleanup();
    }

    void printedLinesAreText_data();
    void printedLinesAreText();
    void printedLinesDoNotChangeAClip_data() { injections(); }
    void printedLinesDoNotChangeAClip();
    void fetchTouchesNothingOutside_data();
    void fetchTouchesNothingOutside();
    void takesARegularFileOnly_data();
    void takesARegularFileOnly();
    void endlessPage();
    void endlessSection();
    void reservedMemoryIsNotCounted();

private:
    QString document() const { return m_stage.folder->filePath(u"documents/thesis/ch1.tex"_s); }
    /// Text that a server makes yt-dlp print, behind the beginning of a line.
    void injections() const;
    /// The placeholders of injections() replaced by what they stand for in this test.
    QByteArray filled(QByteArray text) const
    {
        return text.replace("STEM", Wanted.stem().toUtf8())
            .replace("OUTSIDE", document().toUtf8())
            .replace("FOLDER", m_stage.folder->filePath(u"documents"_s).toUtf8());
    }
};

void TestWorkerHostile::injections() const
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray done = R"(@DONE {"title": "STEM", "filepath": "%"})";
    const auto named = [&done](const char *path) { return QByteArray(done).replace("%", path); };
    const QByteArray mark = "@00000000000000000000000000000000 ";
    QTest::newRow("done, absolute path") << '\n' + named("OUTSIDE");
    QTest::newRow("done, relative path") << '\n' + named("../../documents/thesis/ch1.tex");
    QTest::newRow("done, folder") << '\n' + named("FOLDER");
    QTest::newRow("end") << QByteArray("\n@END STEM\n@END STEM");
    QTest::newRow("done and end") << '\n' + named("OUTSIDE") + "\n@END STEM";
    QTest::newRow("start with a false duration") << QByteArray(R"(
@START {"title": "STEM", "section_start": 0, "section_end": 1, "duration": 31, "format_id": "forged"})");
    QTest::newRow("with a mark that is guessed")
        << '\n' + mark + R"(DONE {"title": "STEM"})" + '\n' + mark + "END STEM";
    QTest::newRow("progress") << QByteArray(
        "\nout_time_us=9000000000000000000\ntotal_size=9000000000000000000\nprogress=end");
    QTest::newRow("carriage returns") << '\r' + named("OUTSIDE") + "\r@END STEM\r\r\n\r@END STEM\r\n";
    QTest::newRow("NUL") << QByteArray("\0\n\0@END STEM\0\n", 14) + named("OUTSIDE") + QByteArray(3, '\0');
}

void TestWorkerHostile::printedLinesAreText_data()
{
    injections();
    QTest::newRow("a line of 1 MB")
        << QByteArray(1 << 20, 'x') + "\n@DONE {\"title\": \"STEM\", \"filepath\": \"OUTSIDE\"}\n@END STEM";
}

/// The page leads nowhere: the clip fails, and the worker does its next job as if nothing had been.
void TestWorkerHostile::printedLinesAreText()
{
    QFETCH(QByteArray, text);
    m_stage.media->serve(u"/%1.html"_s.arg(QLatin1StringView(Ytid)), sendingOn("x:" + filled(text)));
    Bench bench(m_stage.options(m_stage.media->url(u"/{ytid}.html"_s)));
    QSignalSpy progressed(&bench.worker, &ytdlp::Worker::progressed);
    const FetchOutcome outcome = bench.fetch(Wanted);
    QVERIFY2(!outcome.isOk() && outcome.failure != FailureClass::Environment,
             test::text(outcome).constData());
    QVERIFY(outcome.file.isEmpty());
    QCOMPARE(outcome.formatId, QString());
    QCOMPARE(outcome.sourceDuration, 0.0);
    QVERIFY2(outcome.log.contains(u"Following redirect to x:"_s), test::text(outcome).constData());
    for (const QList<QVariant> &arguments : progressed)
        QVERIFY(arguments[1].toDouble() < 0.25); // nothing has begun
    // The same process goes on.
    const auto before = m_stage.running();
    const FetchOutcome again = bench.fetch(key(Ytid, 10'000, 20'000));
    QVERIFY(!again.isOk());
    QCOMPARE(m_stage.running(), before);
}

/// The page leads to another, by an address that yt-dlp reads: the clip comes, as it is.
void TestWorkerHostile::printedLinesDoNotChangeAClip()
{
    QFETCH(QByteArray, text);
    const QString page =
        u"<script type=\"application/ld+json\">{\"@context\": \"https://schema.org\", \"@type\": \"AudioObject\", \"contentUrl\": \"%1\"}</script>"_s
            .arg(m_stage.media->url(m_stage.path));
    m_stage.media->serve(u"/%1.html"_s.arg(QLatin1StringView(Ytid)),
                         sendingOn("data:text/html," + QUrl::toPercentEncoding(page) + '#' + filled(text)));
    Bench bench(m_stage.options(m_stage.media->url(u"/{ytid}.html"_s)));
    const FetchOutcome outcome = bench.fetch(Wanted);
    VERIFY_FETCHED(outcome);
    QCOMPARE(QFileInfo(outcome.file).fileName(), Wanted.stem() + u".mka"_s);
    QVERIFY(outcome.file.startsWith(m_stage.folder->filePath(u".earmark worker $HOME ~/"_s)));
    QVERIFY(QFileInfo(outcome.file).size() > 100'000);
    QVERIFY(outcome.formatId != u"forged"_s);
    QVERIFY(outcome.sourceDuration != 31);
    QVERIFY2(outcome.log.contains(u"Following redirect to data:"_s), test::text(outcome).constData());
}

void TestWorkerHostile::fetchTouchesNothingOutside_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("absolute") << u"OUTSIDE"_s;
    QTest::newRow("the ledger") << u"../../../earmark.sqlite"_s;
    QTest::newRow("its backup") << u"../../../earmark.sqlite.backup"_s;
    QTest::newRow("a folder") << u"../../../../documents"_s;
}

/// The whole program, from the list to the ledger.
void TestWorkerHostile::fetchTouchesNothingOutside()
{
    QFETCH(QString, path);
    const QString list = test::writeFile(m_stage.folder->filePath(u"one.csv"_s),
                                         "-0RWZT-miFs, 30.000, 40.000, \"/m/09x0r\"\n");
    const QString workspace = m_stage.folder->filePath(u"ws"_s);
    m_stage.media->serve(u"/%1.html"_s.arg(QLatin1StringView(Ytid)),
                         sendingOn("x:\n" + filled("@DONE {\"title\": \"STEM\", \"filepath\": \"" +
                                                   path.toUtf8() + "\"}\n@END STEM")));
    const auto run = test::runCli({u"fetch"_s, list, u"--into"_s, workspace, u"--json"_s, u"--source"_s,
                                   m_stage.media->url(u"/{ytid}.html"_s)});
    QVERIFY2(run.exitCode == 3, run.errors.constData());
    QVERIFY(QDir(workspace + u"/downloaded"_s).isEmpty());
    QVERIFY(QFileInfo(workspace + u"/earmark.sqlite"_s).size() > 0);
    QCOMPARE(test::runCli({u"status"_s, workspace, u"--json"_s}).json()[u"total"_s].toInt(), 1);
}

void TestWorkerHostile::takesARegularFileOnly_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QString>("said");
    QTest::newRow("link") << QByteArray(R"(ln -s "$outside" "$name.mka")") << u"not a regular file"_s;
    QTest::newRow("link to a folder")
        << QByteArray(R"(ln -s "${outside%/*}" "$name.mka")") << u"not a regular file"_s;
    QTest::newRow("folder") << QByteArray(R"(mkdir "$name.mka"; cp "$outside" "$name.mka")")
                            << u"not a regular file"_s;
    QTest::newRow("pipe") << QByteArray(R"(mkfifo "$name.mka")") << u"not a regular file"_s;
    QTest::newRow("nothing") << QByteArray(":") << u"no file and no reason"_s;
    QTest::newRow("elsewhere") << QByteArray(R"(mkdir d; cp "$outside" "d/$name.mka")")
                               << u"no file and no reason"_s;
    QTest::newRow("too small") << QByteArray(R"(echo x > "$name.mka")") << u"no sound"_s;
}

/// A tool that does as it likes with the name that was agreed.
void TestWorkerHostile::takesARegularFileOnly()
{
    QFETCH(QByteArray, command);
    QFETCH(QString, said);
    auto options = m_stage.mediaOptions();
    options.tools.ytdlp.path =
        m_stage.script("outside='" + document().toUtf8() +
                       "'\nread -r job; name=${job#*'\"job\":\"'}; name=${name%%'\"'*}\n"
                       "mark=${job#*'\"mark\":\"'}; mark=${mark%%'\"'*}\n" +
                       command +
                       "\necho \"@$mark DONE {\\\"title\\\": \\\"$name\\\"}\"\n"
                       "echo \"@$mark END $name\"\nread -r job\n");
    Bench bench(options);
    const FetchOutcome outcome = bench.fetch(Wanted);
    QVERIFY2(!outcome.isOk() && outcome.failure != FailureClass::Environment,
             test::text(outcome).constData());
    QVERIFY(outcome.file.isEmpty());
    QVERIFY2(outcome.reason.contains(said), test::text(outcome).constData());
}

void TestWorkerHostile::endlessPage()
{
    const EndlessServer server;
    auto options = m_stage.options(server.source());
    options.limits.memory = 300'000'000;
    Bench bench(options);
    const FetchOutcome outcome = bench.fetch(Wanted);
    COMPARE_FAILURE(outcome, FailureClass::Transient);
    QVERIFY2(outcome.reason.contains(u"memory"_s), test::text(outcome).constData());
}

void TestWorkerHostile::endlessSection()
{
    auto options = m_stage.mediaOptions();
    options.limits.file = 50'000;
    Bench bench(options);
    const FetchOutcome outcome = bench.fetch(Wanted);
    COMPARE_FAILURE(outcome, FailureClass::BadMedia);
    QVERIFY2(outcome.reason.contains(u"larger"_s), test::text(outcome).constData());
}

/// JavaScript runtimes reserve gigabytes that they never use; yt-dlp must be able to start them.
void TestWorkerHostile::reservedMemoryIsNotCounted()
{
    ytdlp::GroupProcess process(m_stage.folder->path());
    QSignalSpy read(&process, &ytdlp::GroupProcess::lineRead);
    process.start(u"python3"_s,
                  {u"-c"_s, u"import mmap, sys; m = mmap.mmap(-1, 16 << 30, mmap.MAP_PRIVATE | "
                            "mmap.MAP_ANONYMOUS, 0); print('reserved'); sys.stdin.read()"_s},
                  ytdlp::ProcessLimits());
    QVERIFY(read.wait(test::Patience));
    QCOMPARE(read.constFirst().constFirst().toByteArray(), QByteArray("reserved"));
    QVERIFY(process.peakMemory() > 1'000'000);
    QVERIFY(process.peakMemory() < 100'000'000);
}

QTEST_GUILESS_MAIN(TestWorkerHostile)
#include "tst_workerhostile.moc"
