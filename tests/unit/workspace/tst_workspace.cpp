#include "support/clips.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/ledgerreader.h"
#include "workspace/sql/connection.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;
using test::keyOf;
using test::ready;
using test::wanted;

namespace {

Clip failed(Clip record)
{
    record.progress.state = ClipState::Failed;
    record.progress.failure = FailureClass::Permanent;
    record.progress.reason = u"It’s private: ‘nobody’ may see \"it\"; -- really"_s;
    return record;
}

} // namespace

class TestWorkspace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"a folder/clips"_s);
    }

    void makesItsFolders()
    {
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        for (const QString &name : {u"downloaded"_s, u"processed"_s, u"earmark.sqlite"_s, u".earmark.lock"_s})
            QVERIFY2(QFileInfo::exists(m_path + u'/' + name), qUtf8Printable(name));
        QCOMPARE((*workspace)->counts().total(), 0);
        QCOMPARE((*workspace)->format(), ClipFormat{});
    }

    void remembersEverything()
    {
        Clip readyRecord;
        Clip failedRecord;
        {
            auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            QCOMPARE((*workspace)->enqueue(wanted(5)), 5);
            (*workspace)->setFormat({16'000, 2});
            auto fetching = (*workspace)->record(keyOf(2));
            fetching.progress.state = ClipState::Fetching;
            fetching.progress.attempts = 1;
            (*workspace)->update(keyOf(0), ready((*workspace)->record(keyOf(0))));
            (*workspace)->update(keyOf(1), failed((*workspace)->record(keyOf(1))));
            (*workspace)->update(keyOf(2), fetching);
            readyRecord = (*workspace)->record(keyOf(0));
            failedRecord = (*workspace)->record(keyOf(1));
            VERIFY_OK((*workspace)->flush());
        }
        const auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->format(), (ClipFormat{16'000, 2}));
        QVERIFY((*workspace)->record(keyOf(0)) == readyRecord);
        QVERIFY((*workspace)->record(keyOf(1)) == failedRecord);
        // What a worker held when the program ended waits again.
        QCOMPARE((*workspace)->record(keyOf(2)).progress.state, ClipState::Queued);
        const ClipCounts &counts = (*workspace)->counts();
        QCOMPARE(counts.total(), 5);
        QCOMPARE(counts[ClipState::Queued], 3);
        QCOMPARE(counts[ClipState::Ready], 1);
        QCOMPARE(counts[FailureClass::Permanent], 1);
        QCOMPARE((*workspace)->nextQueued(), std::optional(keyOf(2)));
        QCOMPARE((*workspace)->nextQueued([](const SegmentKey &key) { return key == keyOf(2); }),
                 std::optional(keyOf(3)));
    }

    /// Half-written clips of a program that was killed; see tst_ownfiles for what is taken for one.
    void sweepsWhatAKillLeft_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<bool>("isLinked"); // the folder, to one that others may use as well
        QTest::addColumn<bool>("stays");
        QTest::newRow("a WAV") << u"processed"_s << false << false;
        QTest::newRow("a raw section") << u"downloaded"_s << false << false;
        QTest::newRow("on another disk") << u"processed"_s << true << true;
        QTest::newRow("a manifest, perhaps of an export that runs") << u"."_s << false << true;
        QTest::newRow("in a folder of the user's") << u"processed/mine"_s << false << true;
    }

    void sweepsWhatAKillLeft()
    {
        QFETCH(QString, place);
        QFETCH(bool, isLinked);
        QFETCH(bool, stays);
        VERIFY_OK(Workspace::open(m_path));
        QVERIFY(QDir(m_path).mkpath(place));
        const QString name = u"/.earmark-abc123.part"_s, folder = m_path + u'/' + place;
        if (isLinked) {
            QVERIFY(QDir().rename(folder, m_folder->filePath(u"elsewhere"_s)));
            QVERIFY(QFile::link(m_folder->filePath(u"elsewhere"_s), folder));
        }
        const QString clip = test::writeFile(folder + u"/Y-0RWZT-miFs_30_40.wav"_s, "sound");
        {
            const auto workspace = Workspace::open(m_path);
            VERIFY_OK(workspace);
            // The program that has the workspace writes it: another must not touch it.
            test::writeFile(folder + name, "half");
            COMPARE_ERROR(Workspace::open(m_path), ErrorCode::Locked);
            QVERIFY(QFile::exists(folder + name));
        }
        VERIFY_OK(Workspace::open(m_path));
        QCOMPARE(QFile::exists(folder + name), stays);
        QVERIFY(QFile::exists(clip));
    }

    void enqueuesWhatIsMissing()
    {
        auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        QSignalSpy reset(workspace->get(), &Workspace::clipsReset);
        QCOMPARE((*workspace)->enqueue(wanted(3)), 3);
        QCOMPARE(reset.size(), 1);
        QCOMPARE((*workspace)->enqueue(wanted(3)), 0);
        QCOMPARE(reset.size(), 1);
        (*workspace)->update(keyOf(0), ready((*workspace)->record(keyOf(0))));
        (*workspace)->update(keyOf(1), failed((*workspace)->record(keyOf(1))));
        constexpr std::array onlyTransient{FailureClass::Transient};
        QCOMPARE((*workspace)->enqueue(wanted(4), onlyTransient), 1); // the fourth
        QCOMPARE((*workspace)->enqueue(wanted(4)), 1);                // the failed one
        QCOMPARE((*workspace)->record(keyOf(1)).progress.state, ClipState::Queued);
        QCOMPARE((*workspace)->record(keyOf(1)).progress.failure, FailureClass::Permanent); // the last time
        QCOMPARE((*workspace)->record(keyOf(0)).progress.state, ClipState::Ready);
    }

    void anotherFormatCutsAnew()
    {
        auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        (*workspace)->enqueue(wanted(1));
        (*workspace)->update(keyOf(0), ready((*workspace)->record(keyOf(0))));
        QFile clip((*workspace)->layout().clip(keyOf(0)));
        QVERIFY(clip.open(QIODevice::WriteOnly));
        clip.close();
        (*workspace)->setFormat({44'100, 1}); // the same
        QCOMPARE((*workspace)->record(keyOf(0)).progress.state, ClipState::Ready);
        (*workspace)->setFormat({16'000, 1});
        QCOMPARE((*workspace)->record(keyOf(0)).progress.state, ClipState::Queued);
        QVERIFY(clip.exists()); // until the new one is whole
    }

    void isLockedAndSaysByWhom()
    {
        const auto first = Workspace::open(m_path);
        VERIFY_OK(first);
        const auto second = Workspace::open(m_path);
        COMPARE_ERROR(second, ErrorCode::Locked);
        const QString text = second.error().text;
        QVERIFY2(text.contains(QString::number(QCoreApplication::applicationPid())), qUtf8Printable(text));
        QVERIFY2(text.contains(QCoreApplication::applicationName()), qUtf8Printable(text));
        QVERIFY2(text.contains(m_path), qUtf8Printable(text));
        // Reading beside the holder works.
        VERIFY_OK(LedgerReader::open(m_path));
    }

    void aDeadHoldersLockIsTaken()
    {
        QVERIFY(QDir().mkpath(m_path));
        // No process has this number, which is above the largest that Linux gives: the form is QLockFile's.
        QFile lock(m_path + u"/.earmark.lock"_s);
        QVERIFY(lock.open(QIODevice::WriteOnly));
        lock.write("4194304\nearmark\n" + QSysInfo::machineHostName().toUtf8() + "\n");
        lock.close();
        VERIFY_OK(Workspace::open(m_path));
    }

    void sweepsTemporaryFiles()
    {
        const Layout layout(m_path);
        QVERIFY(QDir().mkpath(layout.temporary() + u"/worker-1/tmp"_s));
        VERIFY_OK(Workspace::open(m_path));
        QVERIFY(!QFileInfo::exists(layout.temporary() + u"/worker-1"_s));
    }

    void aFileWhereTheFolderShouldBe()
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
        test::writeFile(m_path, {});
        const auto workspace = Workspace::open(m_path);
        COMPARE_ERROR(workspace, ErrorCode::Unwritable);
        QVERIFY2(workspace.error().text.contains(m_path), qUtf8Printable(workspace.error().text));
    }

    void aLedgerFromANewerEarmark()
    {
        VERIFY_OK(Workspace::open(m_path));
        {
            auto connection = Connection::open(Layout(m_path).ledger(), Connection::Access::ReadWrite);
            VERIFY_OK(connection);
            VERIFY_OK((*connection)->execute("PRAGMA user_version = 99"));
        }
        COMPARE_ERROR(Workspace::open(m_path), ErrorCode::TooOld);
        COMPARE_ERROR(LedgerReader::open(m_path), ErrorCode::TooOld);
    }

    void goesOnAfterTheLedgerCouldNotBeWritten()
    {
        auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        QSignalSpy failedSpy(workspace->get(), &Workspace::ledgerFailed);
        QSignalSpy recovered(workspace->get(), &Workspace::ledgerRecovered);
        {
            // Another writer that does not let go stands for every reason why SQLite may refuse.
            auto connection = Connection::open(Layout(m_path).ledger(), Connection::Access::ReadWrite);
            VERIFY_OK(connection);
            VERIFY_OK((*connection)->execute("BEGIN EXCLUSIVE"));
            (*workspace)->enqueue(wanted(3));
            QTRY_COMPARE_WITH_TIMEOUT(failedSpy.size(), 1, 20'000);
            const auto flushed = (*workspace)->flush();
            QVERIFY(!flushed.has_value());
            VERIFY_OK((*connection)->execute("COMMIT"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(recovered.size(), 1, 20'000);
        VERIFY_OK((*workspace)->flush());
        auto reader = LedgerReader::open(m_path);
        VERIFY_OK(reader);
        const auto counts = (*reader)->counts();
        VERIFY_OK(counts);
        QCOMPARE(counts->total(), 3);
    }

    void readsInTheOrderOfTheSplit()
    {
        auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        auto clips = wanted(3);
        clips[0].position = 7;
        (*workspace)->enqueue(clips);
        VERIFY_OK((*workspace)->flush());
        auto reader = LedgerReader::open(m_path);
        VERIFY_OK(reader);
        QList<int> positions;
        QByteArray labels;
        VERIFY_OK((*reader)->forEach([&](const WantedClip &clip, const Clip &record) {
            positions.append(static_cast<int>(clip.position));
            labels = clip.labels;
            return record.progress.state == ClipState::Queued;
        }));
        QCOMPARE(positions, (QList<int>{1, 2, 7}));
        QCOMPARE(labels, QByteArray("/m/09x0r,/m/0bt9lr"));
        COMPARE_ERROR(LedgerReader::open(m_folder->path()), ErrorCode::NotFound);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
