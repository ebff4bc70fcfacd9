#include "support/cliprocess.h"
#include "support/clips.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::Fault;

namespace {

constexpr int Patience = 120'000;
constexpr int Clips = 4;

} // namespace

/// earmark-cli, where it must find out by itself what is wrong.
class TestCliJudgement final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString m4a = m_media.filePath(u"source.m4a"_s);
        QByteArray trouble = test::writeNoiseM4a(m4a);
        QVERIFY2(trouble.isEmpty(), trouble.constData());
        m_whole = test::readFile(m4a);
        const QString cut = m_media.filePath(u"cut.m4a"_s);
        trouble = test::ffmpeg({u"-i"_s, m4a, u"-t"_s, u"4"_s, u"-c"_s, u"copy"_s, cut});
        QVERIFY2(trouble.isEmpty(), trouble.constData());
        m_cut = test::readFile(cut);
        QByteArray split;
        for (int number = 0; number < Clips; ++number)
            split += test::servedId(number).toLatin1() + ", 2.000, 5.000, \"/m/09x0r\"\n";
        m_split = test::writeFile(m_media.filePath(u"split.csv"_s), split);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_environment = QProcessEnvironment::systemEnvironment();
        for (int number = 0; number < Clips; ++number)
            m_server.serve(test::servedPath(number), m_whole);
    }

    void aHomeThatNobodyMayWriteTo()
    {
        for (const auto &name : {u"XDG_CACHE_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s,
                                 u"XDG_STATE_HOME"_s, u"XDG_RUNTIME_DIR"_s})
            m_environment.remove(name);
        m_environment.insert(u"HOME"_s, u"/proc/nowhere"_s);
        const auto run = fetch();
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.json()[u"ready"_s].toInt(), Clips);
    }

    void aWrongFormatIsNamed()
    {
        const auto run = fetch({u"--yt-dlp-format"_s, u"x["_s});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("--yt-dlp-format") && run.errors.contains("x["), run.errors.constData());
        QCOMPARE(run.json()[u"queued"_s].toInt(), Clips);
    }

    /// A clip that an earlier Earmark took for short, though its download had been cut off.
    void shortIsDoubted_data()
    {
        QTest::addColumn<bool>("isRepaired");
        QTest::newRow("fetch --retry") << false;
        QTest::newRow("verify --repair") << true;
    }
    void shortIsDoubted()
    {
        QFETCH(bool, isRepaired);
        m_server.serve(test::servedPath(0), m_cut);
        auto run = fetch();
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.json()[u"short"_s].toInt(), 1);
        {
            const auto workspace = workspace::Workspace::open(folder());
            VERIFY_OK(workspace);
            auto record = (*workspace)->record(test::servedKey(0));
            QCOMPARE(int(record.progress.attempts), 2);
            record.progress.reason.clear();
            (*workspace)->update(test::servedKey(0), record);
        }
        m_server.serve(test::servedPath(0), m_whole);
        run = fetch(); // does not ask for it again
        QCOMPARE(run.json()[u"short"_s].toInt(), 1);
        if (isRepaired) {
            run = start({u"verify"_s, folder(), u"--repair"_s});
            QVERIFY2(run.exitCode == 0 && run.output.contains("Short clips queued again"),
                     (run.output + run.errors).constData());
        }
        run = fetch(isRepaired ? QStringList() : QStringList{u"--retry"_s, u"short"_s});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.json()[u"ready"_s].toInt(), Clips);
        QCOMPARE(start({u"verify"_s, folder(), u"--deep"_s}).exitCode, 0);
    }

private:
    QString folder() const { return m_folder->filePath(u"ws"_s); }
    test::CliRun start(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(qEnvironmentVariable("EARMARK_CLI"), arguments);
        const bool isDone = process.waitForFinished(Patience);
        return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    test::CliRun fetch(const QStringList &further = {}) const
    {
        return start(QStringList{u"fetch"_s, m_split, u"--into"_s, folder(), u"--source"_s,
                                 m_server.url(u"/{ytid}.m4a"_s), u"--json"_s} +
                     further);
    }

    QTemporaryDir m_media;
    QByteArray m_whole, m_cut;
    QString m_split;
    test::MediaServer m_server;
    QProcessEnvironment m_environment;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliJudgement)
#include "tst_clijudgement.moc"
