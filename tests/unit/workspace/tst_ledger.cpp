#include "support/clips.h"
#include "support/resulttest.h"
#include "workspace/ledgerreader.h"
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
using test::ready;
using test::wanted;

namespace {

constexpr int Patience = 60'000;
constexpr int Clips = 2'000;

/// Finishes clip after clip and says the number of each that is flushed; until it is killed.
int finishUntilKilled(const QString &folder)
{
    auto workspace = Workspace::open(folder);
    if (!workspace)
        return 1;
    (*workspace)->enqueue(wanted(Clips));
    for (int number = 0; number < Clips; ++number) {
        Clip record = (*workspace)->record(keyOf(number));
        if (record.progress.state == ClipState::Ready)
            continue;
        (*workspace)->update(keyOf(number), ready(record));
        if (!(*workspace)->flush())
            return 1;
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
    return 0;
}

using Harm = std::function<void(const QString &ledger)>;

void overwrite(const QString &path, qint64 from, qint64 length)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(from));
    file.write(QByteArray(static_cast<qsizetype>(length), '\xA5'));
}

void cut(const QString &path, double share)
{
    QVERIFY(QFile::resize(path, static_cast<qint64>(static_cast<double>(QFileInfo(path).size()) * share)));
}

} // namespace

Q_DECLARE_METATYPE(Harm)

/// What becomes of a ledger that is killed, damaged or lost.
class TestLedger final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path();
    }

    void holdsAllThatWasFlushedWhenItIsKilled()
    {
        int flushed = -1;
        // A busy machine may need longer than the first rounds give it.
        for (int round = 0; round < 12 || (flushed <= 0 && round < 60); ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {u"--finish"_s, m_path});
            QVERIFY(child.waitForStarted());
            // At any instant: while it opens, queues, or writes.
            child.waitForReadyRead(QRandomGenerator::global()->bounded(1, 60 + 20 * round));
            child.waitForReadyRead(QRandomGenerator::global()->bounded(1, 30));
            ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
            QVERIFY(child.waitForFinished(Patience));
            const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
            if (lines.size() > 1) // the last may be torn
                flushed = std::max(flushed, lines[lines.size() - 2].toInt());
            const auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            QVERIFY2(!(*workspace)->isMadeAnew(), qUtf8Printable((*workspace)->notice()));
            for (int number = 0; number <= flushed; ++number)
                QCOMPARE((*workspace)->record(keyOf(number)), ready((*workspace)->record(keyOf(number))));
        }
        QVERIFY(flushed > 0);
    }

    void isBackedUp()
    {
        const QString backup = Layout(m_path).ledgerBackup();
        make();
        QCOMPARE(countIn(backup), Clips);
        // A ledger that has changed since gets a new one after its start.
        const QDateTime old = QDateTime::currentDateTime().addDays(-2);
        {
            QFile file(backup);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(old, QFileDevice::FileModificationTime));
        }
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(backup).lastModified() > old.addDays(1), Patience);
        QCOMPARE(countIn(backup), Clips);
        // And while it works.
        (*workspace)->enqueue(wanted(Clips + 1));
        QTRY_COMPARE_WITH_TIMEOUT(countIn(backup), Clips + 1, Patience);
        QTRY_VERIFY(QDir(Layout(m_path).temporary()).isEmpty());
    }

    void comesBackFromItsBackup_data()
    {
        QTest::addColumn<Harm>("harm");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("a text") << Harm([](const QString &ledger) {
            test::writeFile(ledger, QByteArray("This is a text and no database at all. ").repeated(200));
        }) << true;
        QTest::newRow("half of it") << Harm([](const QString &ledger) { cut(ledger, 0.5); }) << true;
        QTest::newRow("nearly all of it") << Harm([](const QString &ledger) { cut(ledger, 0.97); }) << true;
        QTest::newRow("a hundred bytes")
            << Harm([](const QString &ledger) { QVERIFY(QFile::resize(ledger, 100)); }) << true;
        QTest::newRow("a page in the middle") << Harm([](const QString &ledger) {
            overwrite(ledger, QFileInfo(ledger).size() / 2 / 4096 * 4096, 4096);
        }) << true;
        QTest::newRow("its head") << Harm([](const QString &ledger) { overwrite(ledger, 0, 100); }) << true;
        QTest::newRow("its first table")
            << Harm([](const QString &ledger) { overwrite(ledger, 100, 3'900); }) << true;
        QTest::newRow("nothing in it")
            << Harm([](const QString &ledger) { QVERIFY(QFile::resize(ledger, 0)); }) << false;
        QTest::newRow("gone") << Harm([](const QString &ledger) { QVERIFY(QFile::remove(ledger)); }) << false;
    }
    void comesBackFromItsBackup()
    {
        QFETCH(Harm, harm);
        QFETCH(bool, isKept);
        const Layout layout(m_path);
        make();
        backUp();
        harm(layout.ledger());
        const QByteArray damaged = test::readFile(layout.ledger());
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        QVERIFY((*workspace)->isMadeAnew());
        const QString notice = (*workspace)->notice();
        QVERIFY2(notice.contains(u"2,000 clips"_s), qUtf8Printable(notice));
        QCOMPARE((*workspace)->counts()[ClipState::Ready], 1);
        QCOMPARE((*workspace)->counts()[ClipState::Queued], Clips - 1);
        QCOMPARE((*workspace)->record(keyOf(7)).audio.measures.peak, -600);
        QCOMPARE((*workspace)->format(), (ClipFormat{16'000, 2}));
        const QStringList kept =
            QDir(m_path).entryList({u"earmark.sqlite.damaged-*"_s}, QDir::NoFilter, QDir::Name);
        QCOMPARE(!kept.isEmpty(), isKept);
        if (isKept) {
            QVERIFY(notice.contains(kept.first()));
            QCOMPARE(test::readFile(m_path + u'/' + kept.first()), damaged);
        }
    }

    void beginsEmptyWithoutABackup_data()
    {
        QTest::addColumn<QByteArray>("backup");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("a damaged one") << QByteArray(5'000, 'x');
    }
    void beginsEmptyWithoutABackup()
    {
        QFETCH(QByteArray, backup);
        const Layout layout(m_path);
        test::writeFile(layout.ledger(), QByteArray(5'000, 'y'));
        if (!backup.isEmpty())
            test::writeFile(layout.ledgerBackup(), backup);
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        QVERIFY((*workspace)->isMadeAnew());
        QVERIFY2((*workspace)->notice().contains(u"no backup"_s), qUtf8Printable((*workspace)->notice()));
        QCOMPARE((*workspace)->counts().total(), 0);
        QCOMPARE((*workspace)->enqueue(wanted(3)), 3);
        VERIFY_OK((*workspace)->flush());
    }

    void placesComeWithTheSplit()
    {
        {
            const auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            (*workspace)->adopt({{keyOf(1), ready({})}});
            QCOMPARE((*workspace)->record(keyOf(1)).origin.position, NoPlace);
            VERIFY_OK((*workspace)->flush());
        }
        {
            const auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            QCOMPARE((*workspace)->counts()[ClipState::Ready], 1);
            QCOMPARE((*workspace)->enqueue(wanted(3)), 2);
            VERIFY_OK((*workspace)->flush());
        }
        auto reader = LedgerReader::open(m_path);
        VERIFY_OK(reader);
        int seen = 0;
        VERIFY_OK((*reader)->forEach([&](const WantedClip &clip, const Clip &record) {
            const bool isAsWanted = clip.position == static_cast<std::uint32_t>(seen) &&
                                    clip.key == keyOf(seen) && clip.labels == "/m/09x0r,/m/0bt9lr" &&
                                    (record.progress.state == ClipState::Ready) == (seen == 1);
            seen += isAsWanted ? 1 : 0;
            return isAsWanted;
        }));
        QCOMPARE(seen, 3);
    }

    void readsMeasuresOfEarlierVersions_data()
    {
        QTest::addColumn<QByteArray>("stored"); // as SQL writes bytes
        QTest::addColumn<Measures>("expected");
        const Measures former{.peak = -600,
                              .rms = -2'000,
                              .loudness = -2'300,
                              .offset = 5,
                              .silence = 100,
                              .bandwidth = 4'000,
                              .clipped = 7};
        Measures now = former;
        now.truePeak = -550;
        const QByteArray sixteen = "A8FD30F804F705006400A00F07000000";
        QTest::newRow("none") << QByteArray() << Measures();
        QTest::newRow("16 bytes, without a true peak") << sixteen << former;
        QTest::newRow("18 bytes") << sixteen + "DAFD" << now;
        QTest::newRow("17 bytes, which no version wrote") << sixteen + "DA" << Measures();
    }

    void readsMeasuresOfEarlierVersions()
    {
        QFETCH(QByteArray, stored);
        QFETCH(Measures, expected);
        make();
        {
            auto connection = Connection::open(Layout(m_path).ledger(), Connection::Access::ReadWrite);
            VERIFY_OK(connection);
            VERIFY_OK(
                (*connection)
                    ->execute(("UPDATE clips SET measures = x'" + stored + "' WHERE ytid = 'id000000007'")
                                  .toStdString()));
        }
        auto reader = LedgerReader::open(m_path);
        VERIFY_OK(reader);
        int read = 0;
        VERIFY_OK((*reader)->forEach([&](const WantedClip &clip, const Clip &record) {
            read += clip.key == keyOf(7) && record.audio.measures == expected ? 1 : 0;
            return true;
        }));
        QCOMPARE(read, 1);
        // Written anew, they say the same.
        for (int opening = 0; opening < 2; ++opening) {
            const auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            const Clip record = (*workspace)->record(keyOf(7));
            QCOMPARE(record.progress.state, ClipState::Ready);
            QVERIFY(record.audio.measures == expected);
            QCOMPARE(record.audio.measures.hasTruePeak(), expected.hasTruePeak());
            (*workspace)->update(keyOf(7), record);
            VERIFY_OK((*workspace)->flush());
        }
    }

    void aCopyOfTheClipsIsOfItsMoment()
    {
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        (*workspace)->enqueue(wanted(Clips));
        const ClipStore then = (*workspace)->clips();
        (*workspace)->update(keyOf(1'500), ready((*workspace)->record(keyOf(1'500))));
        (*workspace)->enqueue({{SegmentKey{keyOf(0).ytid, 0, 1'000}, Clips, {}}});
        QCOMPARE(then.size(), static_cast<ClipStore::Index>(Clips));
        for (auto clip = then.cbegin(); clip != then.cend(); ++clip)
            QCOMPARE(clip->state, ClipState::Queued);
        QCOMPARE((*workspace)->clips().size(), static_cast<ClipStore::Index>(Clips + 1));
        QCOMPARE((*workspace)->record(keyOf(1'500)).progress.state, ClipState::Ready);
    }

    void queuesInTheOrderOfTheSplitWhateverTheOrderOfTheirComing()
    {
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        // Two at one place, from two splits, one far beyond any split, one without a place.
        std::vector<WantedClip> clips = wanted(6);
        clips[0].position = 900;
        clips[1].position = 900;
        clips[2].position = 4'000'000'000;
        clips[3].position = 0;
        clips[4].position = NoPlace;
        clips[5].position = 17;
        (*workspace)->enqueue(clips);
        QList<int> order;
        while (const auto next = (*workspace)->nextQueued()) {
            for (int number = 0; number < 6; ++number) {
                if (*next == keyOf(number))
                    order.append(number);
            }
            (*workspace)->update(*next, ready((*workspace)->record(*next)));
        }
        QCOMPARE(order, (QList<int>{3, 5, 0, 1, 2, 4}));
        auto again = (*workspace)->record(keyOf(5));
        again.progress.state = ClipState::Queued;
        (*workspace)->update(keyOf(5), again);
        QCOMPARE((*workspace)->nextQueued(), std::optional(keyOf(5)));
        QVERIFY(!(*workspace)->nextQueued([](const SegmentKey &key) { return key == keyOf(5); }));
    }

private:
    /// A ledger of some pages with a verdict in it, closed.
    void make()
    {
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        (*workspace)->setFormat({16'000, 2});
        (*workspace)->enqueue(wanted(Clips));
        (*workspace)->update(keyOf(7), ready((*workspace)->record(keyOf(7))));
        VERIFY_OK((*workspace)->flush());
    }
    void backUp()
    {
        const Layout layout(m_path);
        QFile::remove(layout.ledgerBackup());
        auto connection = Connection::open(layout.ledger(), Connection::Access::ReadWrite);
        VERIFY_OK(connection);
        VERIFY_OK((*connection)->copyTo(layout.ledgerBackup(), {}));
        QVERIFY(!QFile::exists(layout.ledger() + u"-wal"_s) ||
                QFileInfo(layout.ledger() + u"-wal"_s).size() == 0);
    }
    static int countIn(const QString &ledger)
    {
        auto connection = Connection::open(ledger, Connection::Access::ReadOnly);
        const auto count =
            connection ? (*connection)->number("SELECT count(*) FROM clips") : Result<qint64>(0);
        return static_cast<int>(count.value_or(0));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && application.arguments()[1] == u"--finish")
        return finishUntilKilled(application.arguments()[2]);
    TestLedger test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ledger.moc"
