#include "support/clips.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "verify/check.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>

using namespace earmark;
using namespace earmark::verify;
using namespace Qt::StringLiterals;
using test::keyOf;
using workspace::Layout;
using workspace::Workspace;

namespace {

constexpr int Patience = 60'000;
constexpr int Rate = 8'000;
constexpr int Clips = 120;

/// Opens, which sweeps, and repairs; says when it begins.
int repair(const QString &folder)
{
    std::puts("begun");
    std::fflush(stdout);
    auto workspace = Workspace::open(folder);
    Progress progress;
    const auto report = check(folder, Depth::Shallow, progress, {});
    if (!workspace || !report)
        return 1;
    for (const Finding &finding : report->bad) {
        (void)repair(**workspace, finding);
        (void)(*workspace)->flush();
    }
    return 0;
}

} // namespace

/// A program that is killed while it sweeps or repairs leaves the state before or the state after.
class TestKilled final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repairLosesNoFile()
    {
        const QTemporaryDir folder;
        const Layout layout(folder.path());
        {
            auto workspace = Workspace::open(folder.path());
            VERIFY_OK(workspace);
            (*workspace)->setFormat({Rate, 1});
            (*workspace)->enqueue(test::wanted(Clips));
            for (int number = 0; number < Clips; ++number) {
                test::writeFile(layout.clip(keyOf(number)), contentOf(number));
                const Clip clip = (*workspace)->record(keyOf(number));
                (*workspace)->update(keyOf(number), test::withWav(clip, Rate, Rate, {}));
            }
            VERIFY_OK((*workspace)->flush());
        }
        int killed = 0;
        int code = 1;
        for (int round = 0; round < 200 && code != 0; ++round) {
            bool wasKilled = false;
            code = run(folder.path(), 20 + 10 * round, &wasKilled);
            killed += wasKilled ? 1 : 0;
            for (int number = 0; number < Clips; ++number) {
                const QString path = layout.clip(keyOf(number));
                // Under one of the two names, and whole.
                QVERIFY(QFileInfo::exists(path) != QFileInfo::exists(Layout::refused(path)));
                QCOMPARE(test::readFile(QFileInfo::exists(path) ? path : Layout::refused(path)),
                         contentOf(number));
            }
        }
        QCOMPARE(code, 0);
        QVERIFY(killed > 0);
        const auto workspace = Workspace::open(folder.path());
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->counts()[ClipState::Queued], Clips);
        QVERIFY2((*workspace)->notice().isEmpty(), qUtf8Printable((*workspace)->notice()));
    }

    void sweepingTouchesNothingOutside()
    {
        const QTemporaryDir folder;
        const Layout layout(folder.filePath(u"ws"_s));
        const QString outside = folder.filePath(u"Documents"_s);
        QVERIFY(QDir().mkpath(outside));
        for (int number = 0; number < 20; ++number)
            test::writeFile(outside + u"/%1.tex"_s.arg(number), contentOf(number));
        const auto before = test::readFiles(outside);
        int code = 1;
        for (int round = 0; round < 12; ++round) {
            for (int number = 0; number < 150; ++number) {
                const QString worker = layout.temporary() + u"/worker-%1"_s.arg(number);
                QVERIFY(QDir().mkpath(worker));
                (void)QFile::link(outside, worker + u"/link"_s);
                test::writeFile(worker + u"/half"_s, "half");
            }
            code = run(layout.root(), 20 + 10 * round, nullptr);
            QCOMPARE(test::readFiles(outside), before);
        }
        for (int round = 0; round < 200 && code != 0; ++round)
            code = run(layout.root(), 200 + 50 * round, nullptr);
        QCOMPARE(code, 0);
        QVERIFY(QDir(layout.temporary()).entryList({u"worker-*"_s}).isEmpty());
        QCOMPARE(test::readFiles(outside), before);
    }

private:
    static QByteArray contentOf(int number) { return "damaged " + QByteArray::number(number); }

    /// Runs repair() in a process that is killed unless it ends within a random time; its exit code, or 1.
    static int run(const QString &folder, int mostMs, bool *wasKilled)
    {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--repair"_s, folder});
        if (!child.waitForReadyRead(Patience))
            return 1;
        if (!child.waitForFinished(QRandomGenerator::global()->bounded(1, mostMs)))
            ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
        child.waitForFinished(Patience);
        const bool isCrash = child.exitStatus() == QProcess::CrashExit;
        if (wasKilled)
            *wasKilled = isCrash;
        return isCrash ? 1 : child.exitCode();
    }
};

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc == 3 && application.arguments()[1] == u"--repair")
        return repair(application.arguments()[2]);
    TestKilled test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_killed.moc"
