#include "base/ownfiles.h"
#include "support/clips.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/ledgerreader.h"
#include "workspace/sql/connection.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace earmark;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;
using test::keyOf;

namespace {

constexpr int Clips = 20;

/// What somebody did to a workspace before handing it on.
using Trick = std::function<void(const Layout &)>;

void execute(const QString &database, std::initializer_list<const char *> statements)
{
    auto connection = Connection::open(database, Connection::Access::Create);
    VERIFY_OK(connection);
    for (const char *statement : statements)
        VERIFY_OK((*connection)->execute(statement));
}

} // namespace

Q_DECLARE_METATYPE(Trick)

/// Workspaces that other people made: nothing outside is written, nothing that is not Earmark's is touched.
class TestReceived final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"ws"_s);
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        std::vector<WantedClip> wanted;
        for (int number = 0; number < Clips; ++number)
            wanted.push_back({keyOf(number), static_cast<std::uint32_t>(number), "/m/09x0r"});
        (*workspace)->enqueue(wanted);
        VERIFY_OK((*workspace)->flush());
        QVERIFY(QDir().mkpath(outside(u"thesis"_s)));
        test::writeFile(outside(u"thesis/chapter.tex"_s), "of the user");
    }

    /// `.earmark.tmp` that leads somewhere, in every form.
    void sweepingLeavesWhatALinkPointsTo_data()
    {
        QTest::addColumn<Trick>("trick");
        QTest::newRow("the folder itself") << Trick([](const Layout &layout) {
            VERIFY_OK(removeOwnFolder(layout.temporary()));
            QVERIFY(QFile::link(u"../Documents"_s, layout.temporary()));
        });
        QTest::newRow("a folder in it") << Trick([](const Layout &layout) {
            QVERIFY(QDir().mkpath(layout.temporary()));
            QVERIFY(QFile::link(u"../../Documents"_s, layout.temporary() + u"/worker-1"_s));
        });
        QTest::newRow("a file in it") << Trick([](const Layout &layout) {
            QVERIFY(QDir().mkpath(layout.temporary() + u"/worker-1"_s));
            QVERIFY(QFile::link(u"../../../Documents/thesis/chapter.tex"_s,
                                layout.temporary() + u"/worker-1/part"_s));
        });
        QTest::newRow("a FIFO in it") << Trick([](const Layout &layout) {
            QVERIFY(QDir().mkpath(layout.temporary()));
            QCOMPARE(::mkfifo(QFile::encodeName(layout.temporary() + u"/pipe"_s).constData(), 0600), 0);
        });
    }
    void sweepingLeavesWhatALinkPointsTo()
    {
        QFETCH(Trick, trick);
        trick(Layout(m_path));
        const auto before = test::readFiles(outside({}));
        VERIFY_OK(Workspace::open(m_path));
        QCOMPARE(test::readFiles(outside({})), before);
        QCOMPARE(before.size(), 1);
        QVERIFY(!QFileInfo(Layout(m_path).temporary()).isSymLink());
    }

    void aLinkIsNotFollowedOut_data()
    {
        QTest::addColumn<Trick>("trick");
        const auto linked = [](const QString &suffix) {
            return Trick([suffix](const Layout &layout) {
                (void)QFile::remove(layout.ledger() + suffix);
                QVERIFY(QFile::link(u"../other.db"_s, layout.ledger() + suffix));
            });
        };
        QTest::newRow("the ledger") << linked({});
        QTest::newRow("its write-ahead log") << linked(u"-wal"_s);
        QTest::newRow("what readers share") << linked(u"-shm"_s);
        QTest::newRow("its journal") << linked(u"-journal"_s);
        QTest::newRow("the lock") << Trick(
            [](const Layout &layout) { QVERIFY(QFile::link(u"../other.db"_s, layout.lock())); });
        QTest::newRow("a dangling lock")
            << Trick([](const Layout &layout) { QVERIFY(QFile::link(u"../new"_s, layout.lock())); });
        QTest::newRow("a FIFO beside the lock") << Trick([](const Layout &layout) {
            test::writeFile(layout.lock(),
                            "4194304\nearmark\n" + QSysInfo::machineHostName().toUtf8() + "\n");
            const QByteArray name = QFile::encodeName(layout.lock() + u".rmlock"_s);
            QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        });
        QTest::newRow("a folder as the ledger") << Trick([](const Layout &layout) {
            QVERIFY(QFile::remove(layout.ledger()));
            QVERIFY(QDir().mkpath(layout.ledger()));
        });
    }
    void aLinkIsNotFollowedOut()
    {
        QFETCH(Trick, trick);
        const QString other = m_folder->filePath(u"other.db"_s);
        execute(other, {"CREATE TABLE photos (name TEXT)", "INSERT INTO photos VALUES ('a.jpg')"});
        const QByteArray before = test::readFile(other);
        trick(Layout(m_path));
        const auto opened = Workspace::open(m_path);
        QVERIFY(!opened.has_value());
        QVERIFY2(opened.error().text.contains(u"symbolic link"_s), qUtf8Printable(opened.error().text));
        QCOMPARE(test::readFile(other), before);
        QVERIFY(!QFileInfo::exists(m_folder->filePath(u"new"_s)));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"other.db"_s});
    }

    void aBackupThatIsALinkIsPutAside()
    {
        const Layout layout(m_path);
        const QString other = m_folder->filePath(u"other.db"_s);
        QVERIFY(QFile::copy(layout.ledgerBackup(), other));
        const QByteArray before = test::readFile(other);
        QVERIFY(QFile::remove(layout.ledgerBackup()));
        QVERIFY(QFile::link(u"../other.db"_s, layout.ledgerBackup()));
        {
            const auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            (*workspace)->setPace(7);
            VERIFY_OK((*workspace)->flush());
        }
        QVERIFY(isRegularFile(layout.ledgerBackup()));
        QVERIFY(QFileInfo(layout.ledgerBackup() + u".damaged"_s).isSymLink());
        QCOMPARE(test::readFile(other), before);
    }

    void linkedFoldersAreFollowed()
    {
        // The workspace is reached through one, its clips lie on another disk.
        const Layout layout(m_path);
        QVERIFY(QDir(layout.processed()).removeRecursively());
        QVERIFY(QDir().mkpath(m_folder->filePath(u"scratch"_s)));
        QVERIFY(QFile::link(m_folder->filePath(u"scratch"_s), layout.processed()));
        const QString link = m_folder->filePath(u"link"_s);
        QVERIFY(QFile::link(m_path, link));
        const auto workspace = Workspace::open(link);
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->counts().total(), Clips);
        VERIFY_OK(LedgerReader::open(link));
        COMPARE_ERROR(Workspace::open(m_path), ErrorCode::Locked); // the same one
        QVERIFY(QFileInfo(layout.processed()).isSymLink());
    }

    void anotherProgramsDatabaseIsUntouched_data()
    {
        QTest::addColumn<Trick>("make");
        const auto make = [](std::initializer_list<const char *> statements) {
            return Trick([list = std::vector(statements)](const Layout &layout) {
                auto connection = Connection::open(layout.ledger(), Connection::Access::Create);
                VERIFY_OK(connection);
                for (const char *statement : list)
                    VERIFY_OK((*connection)->execute(statement));
            });
        };
        QTest::newRow("by its tables") << make({"CREATE TABLE photos (name TEXT)"});
        QTest::newRow("with a table of the same name")
            << make({"CREATE TABLE clips (name TEXT)", "CREATE TABLE settings (name TEXT)"});
        QTest::newRow("by its id") << make({"PRAGMA application_id = 252006673"});
        QTest::newRow("by its id, newer")
            << make({"PRAGMA application_id = 252006673", "PRAGMA user_version = 99", "CREATE TABLE a (b)"});
        QTest::newRow("with a write-ahead log")
            << make({"PRAGMA journal_mode = WAL", "CREATE TABLE photos (name TEXT)",
                     "INSERT INTO photos VALUES ('a.jpg')"});
    }
    void anotherProgramsDatabaseIsUntouched()
    {
        QFETCH(Trick, make);
        QVERIFY(QDir(m_path).removeRecursively() && QDir().mkpath(m_path));
        make(Layout(m_path));
        const auto before = test::readFiles(m_path);
        const auto opened = Workspace::open(m_path);
        COMPARE_ERROR(opened, ErrorCode::Unreadable);
        QVERIFY2(opened.error().text.contains(u"another program"_s), qUtf8Printable(opened.error().text));
        COMPARE_ERROR(LedgerReader::open(m_path), ErrorCode::Unreadable);
        QCOMPARE(test::readFiles(m_path), before); // nothing is made beside it, either
    }

    void nothingInALedgerRuns_data()
    {
        QTest::addColumn<QByteArray>("trick");
        QTest::newRow("a table that is an endless view") << QByteArray(
            "DROP TABLE clips; CREATE VIEW clips AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
            "SELECT i + 1 FROM n) SELECT 'id000000001' AS ytid, i AS start_ms, i + 1 AS end_ms, "
            "i AS position, '' AS labels, 1 AS state FROM n");
        QTest::newRow("in capitals") << QByteArray(
            "DROP TABLE settings; CREATE VIEW SETTINGS AS SELECT 'sample_rate' AS name, '16000' AS value");
        QTest::newRow("a trigger") << QByteArray(
            "CREATE TRIGGER t AFTER UPDATE ON clips BEGIN DELETE FROM judgements; END");
        QTest::newRow("a computed column")
            << QByteArray("DROP TABLE settings; CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT AS "
                          "(hex(zeroblob(100000000))))");
    }
    void nothingInALedgerRuns()
    {
        QFETCH(QByteArray, trick);
        const Layout layout(m_path);
        for (const QByteArray &statement : QByteArray(trick).replace("; END", "\x01").split(';')) {
            auto connection = Connection::open(layout.ledger(), Connection::Access::ReadWrite);
            VERIFY_OK(connection);
            const QByteArray text = QByteArray(statement).replace("\x01", "; END").trimmed();
            VERIFY_OK(
                (*connection)
                    ->execute(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))));
        }
        const QByteArray before = test::readFile(layout.ledger());
        COMPARE_ERROR(LedgerReader::open(m_path), ErrorCode::Unreadable);
        COMPARE_ERROR(Workspace::open(m_path), ErrorCode::Unreadable);
        QCOMPARE(test::readFile(layout.ledger()), before);
    }

    void settingsOutOfRangeAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("rate") << QByteArray("sample_rate") << QByteArray("2147483647");
        QTest::newRow("rate of nothing") << QByteArray("sample_rate") << QByteArray("0");
        QTest::newRow("beyond 64 bit") << QByteArray("sample_rate") << QByteArray("99999999999999999999");
        QTest::newRow("a rate that 32 bit would make 44100")
            << QByteArray("sample_rate") << QByteArray("4295011396");
        QTest::newRow("channels") << QByteArray("channels") << QByteArray("1000");
        QTest::newRow("a word") << QByteArray("channels") << QByteArray("many");
    }
    void settingsOutOfRangeAreRefused()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const Layout layout(m_path);
        execute(layout.ledger(),
                {("INSERT OR REPLACE INTO settings VALUES ('" + name + "', '" + value + "')").constData()});
        const auto opened = Workspace::open(m_path);
        COMPARE_ERROR(opened, ErrorCode::Unreadable);
        QVERIFY2(opened.error().text.contains(u"8,000"_s), qUtf8Printable(opened.error().text));
        // It is not taken for damage: the same ledger lies there, alone.
        QVERIFY(QDir(m_path).entryList({u"*.damaged*"_s}).isEmpty());
    }

    void damagedRowsAreSkippedAndCounted_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::newRow("id") << QByteArray("ytid = 'none'");
        QTest::newRow("times") << QByteArray("start_ms = -1");
        QTest::newRow("state") << QByteArray("state = 77");
        QTest::newRow("failure") << QByteArray("failure = -3");
        QTest::newRow("samples") << QByteArray("samples = -5");
        QTest::newRow("rate") << QByteArray("sample_rate = 2147483647");
        QTest::newRow("a reason of 2 MB") << QByteArray("reason = hex(zeroblob(1000001))");
    }
    void damagedRowsAreSkippedAndCounted()
    {
        QFETCH(QByteArray, change);
        const Layout layout(m_path);
        const QByteArray statement = "UPDATE clips SET " + change + " WHERE ytid = 'id000000003'";
        execute(layout.ledger(), {statement.constData()});
        for (int round = 0; round < 3; ++round) { // and every time
            const auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            QCOMPARE((*workspace)->counts().total(), Clips - 1);
            QVERIFY(!(*workspace)->isMadeAnew());
            const QString notice = (*workspace)->notice();
            QVERIFY2(notice.contains(u": 1. Their clips"_s), qUtf8Printable(notice));
            VERIFY_OK((*workspace)->flush());
        }
        QVERIFY(QDir(m_path).entryList({u"*.damaged*"_s}).isEmpty());
    }

    void momentsBeyondAllTimeDoNotOverflow()
    {
        execute(Layout(m_path).ledger(),
                {"UPDATE clips SET changed_at = 9223372036854775807, retry_at = -9223372036854775807",
                 "INSERT OR REPLACE INTO settings VALUES ('last_start', '-9223372036854775808')"});
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->record(keyOf(1)).progress.retryAt, 0);
        QVERIFY((*workspace)->record(keyOf(1)).progress.changedAt < 253'402'300'800'000);
        QCOMPARE((*workspace)->lastStart(), 0);
    }

private:
    QString outside(const QString &name) const { return m_folder->filePath(u"Documents/"_s + name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestReceived)
#include "tst_received.moc"
