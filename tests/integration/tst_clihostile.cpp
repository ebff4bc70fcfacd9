#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::runCli;

namespace {

constexpr int Patience = 60'000;

/// What the program writes to a terminal: both its outputs.
QByteArray onTerminal(const QStringList &arguments)
{
    int master = -1;
    int slave = -1;
    if (::openpty(&master, &slave, nullptr, nullptr, nullptr) != 0)
        qFatal("There is no pseudo terminal.");
    QProcess process;
    process.setChildProcessModifier([slave] {
        ::dup2(slave, STDOUT_FILENO);
        ::dup2(slave, STDERR_FILENO);
    });
    process.start(qEnvironmentVariable("EARMARK_CLI"), arguments);
    process.waitForStarted();
    ::close(slave);
    ::fcntl(master, F_SETFL, O_NONBLOCK);
    QByteArray text;
    const auto isRead = [&] {
        QByteArray piece(4096, '\0');
        const ssize_t count = ::read(master, piece.data(), static_cast<std::size_t>(piece.size()));
        if (count > 0)
            text += piece.first(count);
        return count <= 0 && process.state() == QProcess::NotRunning;
    };
    if (!QTest::qWaitFor(isRead, Patience))
        qFatal("The program does not end.");
    ::close(master);
    return text;
}

} // namespace

/// The command line with files, folders and servers that somebody has prepared.
class TestCliHostile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void nothingReachesTheTerminal_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("shown"); ///< in the place of the escape sequence
        const QString evil = u"\033]0;pwned\007\u202e"_s;
        QTest::newRow("the name of a file")
            << QStringList{u"inspect"_s, u"nothing"_s + evil} << QByteArray("␛]0;");
        QTest::newRow("a query") << QStringList{u"list"_s, u"SPLIT"_s, u"--where"_s, u"label:"_s + evil}
                                 << QByteArray("␛]0;");
        QTest::newRow("names in a received export")
            << QStringList{u"verify"_s, u"FROZEN"_s} << QByteArray("␛]0;pwned");
        QTest::newRow("a server's words")
            << QStringList{u"official"_s, u"eval"_s, u"--into"_s, u"OFFICIAL"_s, u"--base"_s, u"SERVER"_s}
            << QByteArray("␛]0;pwned␇Gone");
    }
    void nothingReachesTheTerminal()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, shown);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&server] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write("HTTP/1.1 404 \033]0;pwned\007Gone\r\nContent-Length: 0\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
        arguments.replaceInStrings(
            u"SPLIT"_s, test::writeFile(file(u"split.csv"_s), "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n"));
        QVERIFY(QDir().mkpath(file(u"frozen"_s)));
        test::writeFile(file(u"frozen/checksums.sha256"_s),
                        QByteArray(64, 'a') + "  \033]0;pwned\007\xe2\x80\xae.wav\n");
        arguments.replaceInStrings(u"FROZEN"_s, file(u"frozen"_s));
        arguments.replaceInStrings(u"OFFICIAL"_s, file(u"official"_s));
        arguments.replaceInStrings(u"SERVER"_s, u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
        const QByteArray text = onTerminal(arguments);
        QVERIFY2(text.contains(shown), text.constData());
        QByteArray rest = text; // without what the progress line draws itself
        rest.replace("\r\033[K", "");
        for (const char *bad : {"\033", "\007", "\xe2\x80\xae"})
            QVERIFY2(!rest.contains(bad), text.toPercentEncoding(" \n").constData());
    }

    /// Programs read what goes to a pipe: it stays as it is. Sentences are for people wherever they go.
    void aPipeGetsTheBytes()
    {
        test::writeFile(file(u"checksums.sha256"_s), QByteArray(64, 'a') + "  a\033b.wav\n");
        const auto run = runCli({u"verify"_s, m_folder->path()});
        QVERIFY2(run.output.contains("a\033b.wav"), run.output.constData());
        const auto failed = runCli({u"inspect"_s, file(u"a\033b.csv"_s)});
        QVERIFY2(!failed.errors.contains('\033') && failed.errors.contains("a␛b.csv"),
                 failed.errors.constData());
    }

    void namesAreUtf8()
    {
        // QProcess would encode it.
        QProcess process;
        process.start(u"sh"_s, {u"-c"_s, u"exec \"$EARMARK_CLI\" status \"$(printf 'clips\\377')\""_s});
        QVERIFY(process.waitForFinished(Patience));
        QCOMPARE(process.exitCode(), 2);
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(errors.contains("“clips\xef\xbf\xbd” is not UTF-8, which names must be. Rename"),
                 errors.constData());
    }

    /// Each line opens a quote: a list that once took hours.
    void quotesThatNeverCloseCostNothing()
    {
        const QString path =
            test::writeFile(file(u"list.csv"_s), "ytid,start,end,label\n--PJHxphWEs,30,40,x\n" +
                                                     QByteArray("a\",\"b\n").repeated(100'000));
        const auto run = runCli({u"inspect"_s, path, u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"rows"_s].toInt(), 1);
        QCOMPARE(run.json()[u"problem_count"_s].toInt(), 100'000);
    }

    /// From the middle of reading.
    void isInterrupted_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("list") << QStringList{u"list"_s};
        QTest::newRow("inspect") << QStringList{u"inspect"_s};
        QTest::newRow("fetch") << QStringList{u"fetch"_s, u"--into"_s, u"INTO"_s};
    }
    void isInterrupted()
    {
        QFETCH(QStringList, arguments);
        arguments.replaceInStrings(u"INTO"_s, file(u"clips"_s));
        const QString path = file(u"fifo"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        const int fifo = ::open(QFile::encodeName(path).constData(), O_RDWR); // so that it never ends
        const QByteArray lines = "ytid,start,end,label\n" + QByteArray("a\",\"b\n").repeated(1'000);
        QCOMPARE(::write(fifo, lines.constData(), static_cast<std::size_t>(lines.size())), lines.size());
        QProcess process;
        process.start(qEnvironmentVariable("EARMARK_CLI"), QStringList(arguments) << path);
        QTRY_VERIFY_WITH_TIMEOUT(unread(fifo) == 0, Patience);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, Patience);
        ::close(fifo);
        // As the shell sees both: 130.
        const bool isSignal = process.exitStatus() == QProcess::CrashExit && process.exitCode() == SIGINT;
        QVERIFY2(isSignal || process.exitCode() == 130, process.readAllStandardError().constData());
        QVERIFY(!QFileInfo::exists(file(u"clips"_s)));
    }

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    static int unread(int fifo)
    {
        int count = -1;
        return ::ioctl(fifo, FIONREAD, &count) == 0 ? count : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliHostile)
#include "tst_clihostile.moc"
