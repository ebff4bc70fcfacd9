#include "support/clips.h"
#include "support/resulttest.h"
#include "workspace/ledgerbackup.h"
#include "workspace/sql/connection.h"
#include "workspace/workspace.h"

#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>

using namespace earmark;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;
using test::keyOf;

namespace {

constexpr int Patience = 60'000;
constexpr int Clips = 60;

/// Queues clips up to this number and keeps each.
Result<void> fill(Workspace &workspace, int count)
{
    std::vector<WantedClip> wanted;
    std::vector<std::pair<SegmentKey, Judgement>> judgements;
    for (int number = 0; number < count; ++number) {
        wanted.push_back({keyOf(number), static_cast<std::uint32_t>(number), "/m/09x0r"});
        judgements.emplace_back(keyOf(number), Judgement{.verdict = Verdict::Keep});
    }
    workspace.enqueue(wanted);
    workspace.judge(judgements);
    return workspace.flush();
}

/// Opens, adds a clip with a verdict, closes, which writes the backup, and says how many there are; until it
/// is killed.
int addUntilKilled(const QString &folder)
{
    for (;;) {
        int count = 0;
        {
            auto workspace = Workspace::open(folder);
            if (!workspace)
                return 1;
            count = static_cast<int>((*workspace)->clips().size()) + 1;
            if (!fill(**workspace, count))
                return 1;
        }
        std::printf("%d\n", count);
        std::fflush(stdout);
    }
}

/// What happens to the ledger's file.
using Harm = std::function<void(const QString &ledger)>;

} // namespace

Q_DECLARE_METATYPE(Harm)

/// The backup outlives the ledger, whatever becomes of that while the program runs or stands.
class TestLedgerBackup final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_layout.emplace(m_folder->filePath(u"ws"_s));
        make(Clips);
    }

    void aLedgerThatGoesAwayIsWrittenAgain_data()
    {
        QTest::addColumn<Harm>("harm");
        QTest::newRow("moved") << Harm(
            [](const QString &ledger) { QVERIFY(QFile::rename(ledger, ledger + u".mine"_s)); });
        QTest::newRow("moved with what lies beside it") << Harm([](const QString &ledger) {
            for (const QString &part : {u""_s, u"-wal"_s, u"-shm"_s})
                QVERIFY(QFile::rename(ledger + part, ledger + u".mine"_s + part));
        });
        QTest::newRow("deleted") << Harm([](const QString &ledger) { QVERIFY(QFile::remove(ledger)); });
        QTest::newRow("deleted with what lies beside it") << Harm([](const QString &ledger) {
            for (const QString &part : {u""_s, u"-wal"_s, u"-shm"_s})
                QVERIFY(QFile::remove(ledger + part));
        });
    }
    void aLedgerThatGoesAwayIsWrittenAgain()
    {
        QFETCH(Harm, harm);
        {
            auto workspace = Workspace::open(m_layout->root());
            VERIFY_OK(workspace);
            QSignalSpy failed(workspace->get(), &Workspace::ledgerFailed);
            VERIFY_OK(fill(**workspace, Clips + 1));
            harm(m_layout->ledger());
            VERIFY_OK(fill(**workspace, Clips + 2));
            QTRY_COMPARE(failed.size(), 1);
            const QString text = failed.first().first().value<Error>().text;
            QVERIFY2(text.contains(u"moved or deleted"_s), qUtf8Printable(text));
            VERIFY_OK(fill(**workspace, Clips + 3));
        }
        isTally(m_layout->ledger(), Clips + 3);
        isTally(m_layout->ledgerBackup(), Clips + 3);
        const auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        QVERIFY2((*workspace)->notice().isEmpty(), qUtf8Printable((*workspace)->notice()));
    }

    void aLedgerThatIsReplacedIsKeptBesideTheOther_data()
    {
        QTest::addColumn<Harm>("harm");
        QTest::newRow("by nothing") << Harm(
            [](const QString &ledger) { test::writeFile(ledger + u".new"_s, {}); });
        QTest::newRow("by a text") << Harm(
            [](const QString &ledger) { test::writeFile(ledger + u".new"_s, "a text"); });
        QTest::newRow("by an empty database") << Harm([](const QString &ledger) {
            auto connection = Connection::open(ledger + u".new"_s, Connection::Access::Create);
            VERIFY_OK(connection);
            VERIFY_OK((*connection)->execute("PRAGMA user_version = 4"));
        });
        QTest::newRow("by an older one") << Harm([](const QString &ledger) {
            QVERIFY(QFile::copy(Layout(QFileInfo(ledger).path()).ledgerBackup(), ledger + u".new"_s));
        });
    }
    void aLedgerThatIsReplacedIsKeptBesideTheOther()
    {
        QFETCH(Harm, harm);
        harm(m_layout->ledger());
        const QByteArray other = test::readFile(m_layout->ledger() + u".new"_s);
        const QByteArray backup = test::readFile(m_layout->ledgerBackup());
        {
            auto workspace = Workspace::open(m_layout->root());
            VERIFY_OK(workspace);
            QSignalSpy failed(workspace->get(), &Workspace::ledgerFailed);
            QCOMPARE(std::rename(QFile::encodeName(m_layout->ledger() + u".new"_s).constData(),
                                 QFile::encodeName(m_layout->ledger()).constData()),
                     0);
            VERIFY_OK(fill(**workspace, Clips + 1));
            QTRY_COMPARE(failed.size(), 1);
            const QString text = failed.first().first().value<Error>().text;
            QVERIFY2(text.contains(u"earmark.sqlite.kept"_s), qUtf8Printable(text));
        }
        QCOMPARE(test::readFile(m_layout->ledger()), other);
        QCOMPARE(test::readFile(m_layout->ledgerBackup()), backup);
        isTally(m_layout->ledger() + u".kept"_s, Clips + 1);
    }

    void aMovedFolderIsWrittenToAgainWhenItIsBack()
    {
        auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        QSignalSpy failed(workspace->get(), &Workspace::ledgerFailed);
        QSignalSpy recovered(workspace->get(), &Workspace::ledgerRecovered);
        const QString away = m_folder->filePath(u"away"_s);
        QVERIFY(QFile::rename(m_layout->root(), away));
        QVERIFY(!fill(**workspace, Clips + 1).has_value());
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!QFileInfo::exists(m_layout->root()));
        QVERIFY(QFile::rename(away, m_layout->root()));
        QTRY_COMPARE_WITH_TIMEOUT(recovered.size(), 1, Patience);
        workspace->reset();
        isTally(m_layout->ledger(), Clips + 1);
    }

    void aTruncatedLedgerLeavesTheBackup_data()
    {
        QTest::addColumn<bool>("isOpen");
        QTest::newRow("while the program runs") << true;
        QTest::newRow("while it does not") << false;
    }
    void aTruncatedLedgerLeavesTheBackup()
    {
        QFETCH(bool, isOpen);
        {
            auto workspace =
                isOpen ? Workspace::open(m_layout->root()) : Result<std::unique_ptr<Workspace>>();
            VERIFY_OK(workspace);
            QVERIFY(QFile::resize(m_layout->ledger(), 0));
            if (isOpen)
                (void)fill(**workspace, Clips + 1);
        }
        const auto kept = tallyOf(m_layout->ledgerBackup());
        VERIFY_OK(kept);
        QVERIFY(kept->clips >= Clips && kept->judgements >= Clips);
        const auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        QVERIFY((*workspace)->clips().size() >= Clips);
        QCOMPARE((*workspace)->record(keyOf(1)).judgement.verdict, Verdict::Keep);
    }

    void anEmptyDatabaseInTheLedgersPlaceIsNoLedger()
    {
        QVERIFY(QFile::remove(m_layout->ledger()));
        {
            auto connection = Connection::open(m_layout->ledger(), Connection::Access::Create);
            VERIFY_OK(connection);
            VERIFY_OK((*connection)->execute("PRAGMA user_version = 1"));
            VERIFY_OK((*connection)->execute("VACUUM"));
        }
        QVERIFY(QFileInfo(m_layout->ledger()).size() > 0);
        const auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->clips().size(), ClipStore::Index{Clips});
        QVERIFY((*workspace)->isMadeAnew());
    }

    void isNeverReplacedByOneWithFewer_data()
    {
        QTest::addColumn<QByteArray>("loss");
        QTest::newRow("clips") << QByteArray("DELETE FROM clips WHERE ytid > 'id000000030'");
        QTest::newRow("verdicts") << QByteArray("DELETE FROM judgements WHERE ytid > 'id000000030'");
        QTest::newRow("all of them") << QByteArray("DELETE FROM clips");
    }
    void isNeverReplacedByOneWithFewer()
    {
        QFETCH(QByteArray, loss);
        {
            auto connection = Connection::open(m_layout->ledger(), Connection::Access::ReadWrite);
            VERIFY_OK(connection);
            VERIFY_OK((*connection)->execute(loss.constData()));
        }
        for (int round = 0; round < 2; ++round) {
            auto workspace = Workspace::open(m_layout->root());
            VERIFY_OK(workspace);
            const QString notice = (*workspace)->notice();
            QVERIFY2(notice.contains(u"backup holds more (60 clips, 60 with a verdict)"_s),
                     qUtf8Printable(notice));
            (*workspace)->setPace(round + 1);
            VERIFY_OK((*workspace)->flush());
        }
        isTally(m_layout->ledgerBackup(), Clips);
        // As the notice says: without the ledger, the backup is used.
        QVERIFY(QFile::remove(m_layout->ledger()));
        const auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->clips().size(), ClipStore::Index{Clips});
    }

    void thereAreTwoGenerations()
    {
        make(Clips + 5);
        make(Clips + 9);
        isTally(m_layout->ledgerBackup(), Clips + 9);
        isTally(m_layout->formerLedgerBackup(), Clips); // not a day old
        age(m_layout->formerLedgerBackup());
        make(Clips + 12);
        isTally(m_layout->formerLedgerBackup(), Clips + 9);
        // And both are of use.
        test::writeFile(m_layout->ledgerBackup(), QByteArray(5'000, 'x'));
        QVERIFY(QFile::remove(m_layout->ledger()));
        const auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->clips().size(), ClipStore::Index{Clips + 9});
    }

    void aBackupThatCannotBeReadIsPutAside()
    {
        const QByteArray damaged(5'000, 'x');
        test::writeFile(m_layout->ledgerBackup(), damaged);
        make(Clips + 1);
        QCOMPARE(test::readFile(m_layout->ledgerBackup() + u".damaged"_s), damaged);
        isTally(m_layout->ledgerBackup(), Clips + 1);
    }

    void isWholeWheneverTheProgramIsKilled()
    {
        int said = 0;
        for (int round = 0; round < 25 || (said == 0 && round < 80); ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {u"--add"_s, m_layout->root()});
            QVERIFY(child.waitForStarted());
            child.waitForReadyRead(QRandomGenerator::global()->bounded(1, 100 + 40 * round));
            child.waitForReadyRead(QRandomGenerator::global()->bounded(1, 60));
            ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
            QVERIFY(child.waitForFinished(Patience));
            const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
            if (lines.size() > 1) // the last may be torn
                said = std::max(said, lines[lines.size() - 2].toInt());
            for (const QString &backup : {m_layout->ledgerBackup(), m_layout->formerLedgerBackup()}) {
                if (!QFileInfo::exists(backup) && backup != m_layout->ledgerBackup())
                    continue;
                auto connection = Connection::open(backup, Connection::Access::ReadOnly);
                VERIFY_OK(connection);
                VERIFY_OK((*connection)->checkStructure());
            }
            const auto tally = tallyOf(m_layout->ledgerBackup());
            VERIFY_OK(tally);
            QVERIFY2(tally->clips >= said && tally->judgements >= said,
                     qPrintable(u"%1 of %2"_s.arg(tally->clips).arg(said)));
        }
        QVERIFY(said > Clips);
        const auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        QVERIFY2((*workspace)->notice().isEmpty(), qUtf8Printable((*workspace)->notice()));
    }

private:
    void make(int count)
    {
        auto workspace = Workspace::open(m_layout->root());
        VERIFY_OK(workspace);
        VERIFY_OK(fill(**workspace, count));
    }
    static void isTally(const QString &ledger, qint64 count)
    {
        const auto tally = tallyOf(ledger);
        VERIFY_OK(tally);
        QCOMPARE(tally->clips, count);
        QCOMPARE(tally->judgements, count);
    }
    static void age(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(
            file.setFileTime(QDateTime::currentDateTime().addDays(-2), QFileDevice::FileModificationTime));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Layout> m_layout;
};

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc == 3 && application.arguments()[1] == u"--add")
        return addUntilKilled(application.arguments()[2]);
    TestLedgerBackup test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ledgerbackup.moc"
