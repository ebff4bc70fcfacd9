#include "support/cliprocess.h"
#include "support/hostileworkspace.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/layout.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::HostileWorkspace;
using test::runCli;

/// What earmark-cli does with a workspace that was made to harm whoever opens it.
class TestHostileWorkspace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<HostileWorkspace>(m_folder->path());
        if (QTest::currentTestFailed())
            return;
        m_before = m_workspace->treasures();
        QVERIFY(m_before.contains(u".ssh/id_rsa"_s) && m_before.contains(u"clips/manifest.json.backup"_s));
    }

    void changesNothingOutside_data()
    {
        QTest::addColumn<QList<QStringList>>("commands");
        const QString ws = u"WS"_s;
        const QString source = u"http://127.0.0.1:9/{ytid}.m4a"_s; // nobody listens there
        const QStringList fetch{u"fetch"_s, u"SPLIT"_s, u"--into"_s, ws, u"--source"_s, source};
        const auto row = [](const char *name, const QList<QStringList> &commands) {
            QTest::newRow(name) << commands;
        };
        row("status", {{u"status"_s, ws}, {u"status"_s, ws, u"--json"_s}});
        row("verify", {{u"verify"_s, ws}, {u"verify"_s, ws, u"--deep"_s}});
        row("repair", {{u"verify"_s, ws, u"--mend"_s}, {u"verify"_s, ws, u"--deep"_s, u"--mend"_s}});
        row("download", {fetch, fetch + QStringList{u"--sample-rate"_s, u"16000"_s}});
        row("coverage", {{u"coverage"_s, ws, u"--out"_s, u"OUT/coverage.csv"_s}});
        row("manifest in its place", {{u"export"_s, ws}});
        for (const QString &format :
             {u"nemo"_s, u"csv"_s, u"audiofolder"_s, u"kaldi"_s, u"webdataset"_s, u"croissant"_s}) {
            const QStringList plain{u"export"_s, ws, u"--format"_s, format, u"--out"_s};
            const QStringList extras{u"--card"_s, u"--frozen"_s};
            row(qPrintable(format),
                {plain + QStringList{u"OUT/a"_s}, plain + QStringList{u"OUT/b"_s} + extras,
                 plain + QStringList{u"WS/out"_s}});
        }
        for (const QString &way : {u"copy"_s, u"link"_s})
            row(qPrintable(u"clips by "_s + way), {{u"export"_s, ws, u"--format"_s, u"audiofolder"_s,
                                                    u"--clips"_s, way, u"--out"_s, u"OUT/a"_s},
                                                   {u"export"_s, ws, u"--format"_s, u"audiofolder"_s,
                                                    u"--clips"_s, way, u"--out"_s, u"OUT/a"_s}});
        row("everything, twice",
            {{u"verify"_s, ws, u"--mend"_s},
             fetch,
             {u"export"_s, ws},
             {u"verify"_s, ws, u"--deep"_s, u"--mend"_s},
             fetch,
             {u"export"_s, ws, u"--format"_s, u"webdataset"_s, u"--out"_s, u"WS/out"_s},
             {u"export"_s, ws, u"--format"_s, u"webdataset"_s, u"--out"_s, u"WS/out"_s}});
    }
    void changesNothingOutside()
    {
        QFETCH(QList<QStringList>, commands);
        QVERIFY(QDir(m_folder->path()).mkpath(u"out"_s));
        for (QStringList command : commands) {
            command.replaceInStrings(u"WS"_s, m_workspace->path())
                .replaceInStrings(u"OUT"_s, m_folder->filePath(u"out"_s))
                .replaceInStrings(u"SPLIT"_s, m_workspace->split());
            const auto run = runCli(command);
            QVERIFY2(run.exitCode >= 0 && run.exitCode < 128, qPrintable(command.join(u' ')));
            QVERIFY2(!run.errors.contains('\x1b'), qPrintable(command.join(u' ')));
        }
        QCOMPARE(m_workspace->treasures(), m_before);
        givesNothingAway(m_folder->filePath(u"out"_s));
        if (!QTest::currentTestFailed())
            givesNothingAway(m_workspace->path() + u"/out"_s);
    }

    void exportsTheHonestClips()
    {
        const auto run =
            runCli({u"export"_s, m_workspace->path(), u"--format"_s, u"audiofolder"_s, u"--clips"_s,
                    u"copy"_s, u"--out"_s, m_folder->filePath(u"hf"_s), u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"written"_s].toInt(), HostileWorkspace::HonestClips);
        QCOMPARE(QDir(m_folder->filePath(u"hf"_s)).entryList({u"*.wav"_s}, QDir::AllEntries).size() +
                     QDir(m_folder->filePath(u"hf/audio"_s)).entryList({u"*.wav"_s}, QDir::AllEntries).size(),
                 HostileWorkspace::HonestClips);
    }

    /// The ledger itself points elsewhere: to a database of another program, or to another workspace.
    void refusesALedgerThatIsALink_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("somebody's text") << u"../.bashrc"_s;
        QTest::newRow("another workspace") << u"../other project/earmark.sqlite"_s;
        QTest::newRow("nothing") << u"../new.sqlite"_s;
    }
    void refusesALedgerThatIsALink()
    {
        QFETCH(QString, target);
        const workspace::Layout layout(m_workspace->path());
        QVERIFY(QFile::remove(layout.ledger()));
        QVERIFY(QFile::link(target, layout.ledger()));
        for (const QStringList &command :
             {QStringList{u"verify"_s, layout.root(), u"--mend"_s}, QStringList{u"status"_s, layout.root()},
              QStringList{u"fetch"_s, m_workspace->split(), u"--into"_s, layout.root(), u"--source"_s,
                          u"http://127.0.0.1:9/{ytid}.m4a"_s}}) {
            const auto run = runCli(command);
            QCOMPARE(run.exitCode, 1);
            QVERIFY2(run.errors.contains("symbolic link") || run.errors.contains("no ledger"),
                     run.errors.constData());
        }
        QCOMPARE(m_workspace->treasures(), m_before);
    }

private:
    /// No file below the folder, no member of a tar either, holds what is outside of the workspace.
    void givesNothingAway(const QString &folder)
    {
        const QByteArray memo = test::readFile(m_folder->filePath(u"home/memo.wav"_s)).sliced(44);
        QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QFileInfo each(all.next());
            QVERIFY2(!each.isSymLink(), qPrintable(each.filePath()));
            if (!each.isFile())
                continue;
            const QByteArray content = test::readFile(each.filePath());
            QVERIFY2(!content.contains("precious") && !content.contains(memo), qPrintable(each.filePath()));
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HostileWorkspace> m_workspace;
    QMap<QString, QString> m_before;
};

QTEST_GUILESS_MAIN(TestHostileWorkspace)
#include "tst_hostileworkspace.moc"
