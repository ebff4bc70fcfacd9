#include "download/joblogs.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace earmark;
using download::JobLogs;
using download::readLogs;

class TestJobLogs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsFailuresOnDisk()
    {
        const QTemporaryDir folder;
        const QString place = folder.filePath(u"w/logs"_s);
        {
            JobLogs logs(place);
            QVERIFY(logs.recent(A).empty());
            logs.add(A, 1, FailureClass::Transient, u"It broke\noff."_s, u"one\n== YBBBBBBBBBBB_0_10 two\n"_s,
                     When);
            logs.add(B, 1, FailureClass::None, {}, u"well"_s, When);
            logs.add(A, 2, FailureClass::Permanent, u"Gone."_s, u"three"_s, When.addMSecs(1));
            QCOMPARE(logs.recent(A).size(), 2U);
            QCOMPARE(logs.recent(B).size(), 1U);
        }
        const auto logs = readLogs(place, A);
        QCOMPARE(logs.size(), 2U);
        QCOMPARE(logs[0].title,
                 u"YAAAAAAAAAAA_0_10 2026-11-23 14:05:07.000 try 1 transient: It broke off."_s);
        QCOMPARE(logs[0].text, u"one\n== YBBBBBBBBBBB_0_10 two\n"_s);
        QCOMPARE(logs[1].text, u"three\n"_s);
        QVERIFY(readLogs(place, B).empty()); // it worked
        QVERIFY(readLogs(folder.filePath(u"none"_s), A).empty());
    }

    /// What is on disk and what is in memory are the same log: neither is shown twice.
    void saysTheSameInBothPlaces()
    {
        const QTemporaryDir folder;
        auto logs = std::make_unique<JobLogs>(folder.path());
        logs->add(A, 1, FailureClass::Transient, u" A  reason "_s, u"ä\n\u2026"_s, When);
        const auto recent = logs->recent(A);
        logs.reset();
        QCOMPARE(readLogs(folder.path(), A), recent);
    }

    void knowsWhichClipFailedLast()
    {
        const QTemporaryDir folder;
        JobLogs logs(folder.path());
        logs.add(A, 1, FailureClass::None, {}, u"well"_s, When);
        QCOMPARE(logs.lastFailed(FailureClass::Unknown), std::optional<SegmentKey>());
        logs.add(A, 1, FailureClass::Unknown, u"A goldfish."_s, {}, When);
        logs.add(B, 1, FailureClass::Unknown, u"A goldfish."_s, {}, When);
        logs.add(A, 2, FailureClass::Permanent, u"Gone."_s, {}, When);
        QCOMPARE(logs.lastFailed(FailureClass::Unknown), std::optional(B));
        QCOMPARE(logs.lastFailed(FailureClass::Permanent), std::optional(A));
        QCOMPARE(logs.lastFailed(FailureClass::Transient), std::optional<SegmentKey>());
    }

    void neverGrowsBeyondItsLimit()
    {
        const QTemporaryDir folder;
        {
            JobLogs logs(folder.path(), 2'000);
            for (int i = 0; i < 1'000; ++i)
                logs.add(i % 2 == 0 ? A : B, i, FailureClass::Transient, u"No."_s, QString(60, u'x'), When);
            QCOMPARE(logs.recent(A).size(), JobLogs::MostInMemory / 2);
        }
        const QFileInfo current(folder.filePath(u"failures.log"_s)),
            former(folder.filePath(u"failures.1.log"_s));
        QVERIFY(current.size() > 0 && current.size() <= 2'000);
        QVERIFY(former.size() > 1'000 && former.size() <= 2'000);
        const auto logs = readLogs(folder.path(), B);
        QVERIFY(logs.size() > 5);
        QVERIFY(logs.back().title.contains(u" try 999 "_s)); // the newest are kept
    }

    void outlivesAKill()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"failures.log"_s);
        test::writeFile(file,
                        "\n== YBBBBBBBBBBB_0_10 2026-11-23 14:05:06.000 try 1 transient: No.\n   half a li");
        {
            JobLogs logs(folder.path());
            logs.add(A, 1, FailureClass::Transient, u"No."_s, u"whole"_s, When);
        }
        QCOMPARE(readLogs(folder.path(), A).size(), 1U);
        QCOMPARE(readLogs(folder.path(), A).front().text, u"whole\n"_s);
        QCOMPARE(readLogs(folder.path(), B).front().text, u"half a li\n"_s);
    }

    void nobodyElseMayReadThem_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("a new file") << false;
        QTest::newRow("one of an older Earmark") << true;
    }

    void nobodyElseMayReadThem()
    {
        QFETCH(bool, isThere);
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"failures.log"_s);
        const mode_t umask = ::umask(0);
        if (isThere)
            test::writeFile(file, "\n== YBBBBBBBBBBB_0_10 x\n   old\n");
        {
            JobLogs logs(folder.path());
            logs.add(A, 1, FailureClass::Transient, u"No."_s, u"x"_s, When);
        }
        ::umask(umask);
        QCOMPARE(QFile::permissions(file) & QFile::Permissions(0x77), QFile::Permissions());
        QCOMPARE(readLogs(folder.path(), A).size(), 1U);
        QCOMPARE(readLogs(folder.path(), B).size(), isThere ? 1U : 0U);
    }

    /// In a workspace that came from somebody else.
    void nothingOutsideIsWrittenOrRead_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("a link to a file") << u"link"_s;
        QTest::newRow("a link to nothing") << u"dangling"_s;
        QTest::newRow("a pipe") << u"pipe"_s;
    }

    void nothingOutsideIsWrittenOrRead()
    {
        QFETCH(QString, what);
        const QTemporaryDir folder;
        const QByteArray theirs = "\n== YAAAAAAAAAAA_0_10 x\n   theirs\n";
        const QString outside = test::writeFile(folder.filePath(u"thesis.tex"_s), theirs);
        const QString place = folder.filePath(u"logs"_s);
        QVERIFY(QDir().mkpath(place));
        for (const QString &name : {u"failures.log"_s, u"failures.1.log"_s}) {
            const QString path = place + u'/' + name;
            if (what == u"link"_s)
                QVERIFY(QFile::link(outside, path));
            else if (what == u"dangling"_s)
                QVERIFY(QFile::link(folder.filePath(u"absent"_s), path));
            else
                QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        }
        QVERIFY(readLogs(place, A).empty());
        {
            JobLogs logs(place, 100);
            for (int i = 0; i < 3; ++i)
                logs.add(A, i, FailureClass::Transient, u"No."_s, u"ours"_s, When);
        }
        QCOMPARE(readLogs(place, A).size(), 2U); // the first made room
        QCOMPARE(test::readFile(outside), theirs);
        QVERIFY(!QFileInfo::exists(folder.filePath(u"absent"_s)));
    }

    /// The folder itself may be elsewhere.
    void aLinkedFolderIsFollowed()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(u"scratch"_s));
        QVERIFY(QFile::link(folder.filePath(u"scratch"_s), folder.filePath(u"logs"_s)));
        {
            JobLogs logs(folder.filePath(u"logs"_s));
            logs.add(A, 1, FailureClass::Transient, u"No."_s, u"x"_s, When);
        }
        QCOMPARE(readLogs(folder.filePath(u"scratch"_s), A).size(), 1U);
    }

    void goesOnWhereNothingCanBeWritten()
    {
        const QTemporaryDir folder;
        test::writeFile(folder.filePath(u"file"_s), "x");
        JobLogs logs(folder.filePath(u"file/logs"_s));
        logs.add(A, 1, FailureClass::Transient, u"No."_s, u"x"_s, When);
        QCOMPARE(logs.recent(A).size(), 1U);
    }

private:
    static SegmentKey key(char letter)
    {
        return {*YtId::parse(std::string(YtId::Length, letter)), 0, 10'000};
    }
    const SegmentKey A = key('A'), B = key('B');
    const QDateTime When{QDate(2026, 11, 23), QTime(14, 5, 7)};
};

QTEST_GUILESS_MAIN(TestJobLogs)
#include "tst_joblogs.moc"
