#include "base/processoutput.h"

#include "support/testmain.h"

#include <QProcess>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;

Q_DECLARE_METATYPE(earmark::ProcessEnd)

/// Real programs: short ones, endless ones, and those that are not there.
class TestProcessOutput final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<ProcessEnd>("end");
        QTest::addColumn<QByteArray>("output"); // where it is known
        const auto shell = [](const QString &script) { return QStringList{u"-c"_s, script}; };
        QTest::newRow("says nothing") << u"/bin/true"_s << QStringList() << ProcessEnd::Ended << QByteArray();
        QTest::newRow("a line") << u"/bin/echo"_s << QStringList{u"one"_s} << ProcessEnd::Ended
                                << QByteArray("one\n");
        QTest::newRow("in two parts, and fails")
            << u"/bin/sh"_s << shell(u"printf one; sleep 0.2; printf two; exit 3"_s) << ProcessEnd::Ended
            << QByteArray("onetwo");
        QTest::newRow("closes its output before it ends")
            << u"/bin/sh"_s << shell(u"printf one; exec >&- 2>&-; sleep 0.2"_s) << ProcessEnd::Ended
            << QByteArray("one");
        QTest::newRow("leaves a child with its output")
            << u"/bin/sh"_s << shell(u"sleep 1 & printf one"_s) << ProcessEnd::Ended << QByteArray("one");
        QTest::newRow("is not there")
            << u"/no/such/program"_s << QStringList() << ProcessEnd::NotStarted << QByteArray();
        QTest::newRow("says all that it may") << u"/bin/sh"_s << shell(u"head -c 100000 /dev/zero"_s)
                                              << ProcessEnd::Ended << QByteArray(100'000, '\0');
        QTest::newRow("says more") << u"/bin/sh"_s << shell(u"head -c 100001 /dev/zero"_s)
                                   << ProcessEnd::TooMuch << QByteArray();
        QTest::newRow("never stops talking")
            << u"yes"_s << QStringList() << ProcessEnd::TooMuch << QByteArray();
    }
    void reads()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        QFETCH(ProcessEnd, end);
        QFETCH(QByteArray, output);
        QProcess process;
        process.start(program, arguments, QIODevice::ReadOnly);
        QByteArray read;
        QCOMPARE(readToEnd(process, read, {.time = 20s, .bytes = 100'000}), end);
        if (end == ProcessEnd::TooMuch) // no more than was in the pipe
            QVERIFY2(read.size() < 1'000'000, qPrintable(QString::number(read.size())));
        else
            QCOMPARE(read, output);
        process.kill();
        process.waitForFinished();
    }

    /// The clock is looked at while it talks, too.
    void stopsInTime_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("silent") << u"exec sleep 60"_s;
        QTest::newRow("talks without an end") << u"exec yes"_s;
    }
    void stopsInTime()
    {
        QFETCH(QString, script);
        QProcess process;
        process.start(u"/bin/sh"_s, {u"-c"_s, script}, QIODevice::ReadOnly);
        QByteArray read;
        QCOMPARE(readToEnd(process, read, {.time = 10ms, .bytes = 1'000'000'000'000}), ProcessEnd::TooLong);
        QCOMPARE(process.state(), QProcess::Running);
        process.kill();
        process.waitForFinished();
    }

    void isCancelled()
    {
        QProcess process;
        process.start(u"/bin/sleep"_s, {u"60"_s}, QIODevice::ReadOnly);
        std::stop_source stop;
        std::thread canceller([&stop] { stop.request_stop(); });
        QByteArray read;
        const ProcessEnd end = readToEnd(process, read, {.time = 30s, .bytes = 1000}, stop.get_token());
        canceller.join();
        QCOMPARE(end, ProcessEnd::Cancelled);
        process.kill();
        process.waitForFinished();
    }
};

QTEST_GUILESS_MAIN(TestProcessOutput)
#include "tst_processoutput.moc"
