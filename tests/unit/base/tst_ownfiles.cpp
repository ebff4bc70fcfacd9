#include "base/ownfiles.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(earmark::ErrorCode)

/// What is deleted, and what is opened: never what a link points to.
class TestOwnFiles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_own = m_folder->filePath(u"ws/.earmark.tmp"_s);
        QVERIFY(QDir().mkpath(m_folder->filePath(u"ws"_s)));
        QVERIFY(QDir().mkpath(m_folder->filePath(u"Documents/thesis"_s)));
        test::writeFile(document(), "of the user");
    }
    void cleanup() { QCOMPARE(test::readFile(document()), QByteArray("of the user")); }

    /// By the example of FIPS 180-2.
    void sumsFiles()
    {
        const QString path = test::writeFile(m_folder->filePath(u"abc"_s), "abc");
        const auto sum = sha256Of(path);
        VERIFY_OK(sum);
        QCOMPARE(sum->toHex(),
                 QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void aLinkInTheFoldersPlaceIsUnlinked()
    {
        QVERIFY(QFile::link(m_folder->filePath(u"Documents"_s), m_own));
        QVERIFY(QFileInfo(m_own + u"/thesis"_s).isDir());
        QVERIFY(!removeOwnFolder(m_own + u"/thesis"_s).has_value()); // reached through the link
        VERIFY_OK(removeOwnFolder(m_own));
        QVERIFY(!QFileInfo(m_own).isSymLink());
    }

    void aLinkInTheFoldersPlaceIsNotEmptied()
    {
        QVERIFY(QFile::link(m_folder->filePath(u"Documents"_s), m_own));
        QVERIFY(!emptyOwnFolder(m_own).has_value());
        QVERIFY(QFileInfo(m_own).isSymLink());
    }

    void linksInTheFolderAreUnlinked()
    {
        QVERIFY(QDir().mkpath(m_own + u"/worker-1/deep"_s));
        QVERIFY(QFile::link(m_folder->filePath(u"Documents"_s), m_own + u"/worker-1/deep/folder"_s));
        QVERIFY(QFile::link(document(), m_own + u"/file"_s));
        QVERIFY(QFile::link(m_folder->filePath(u"nowhere"_s), m_own + u"/dangling"_s));
        test::writeFile(m_own + u"/worker-1/part"_s, "half");
        VERIFY_OK(removeOwnFolder(m_own));
        QVERIFY(!QFileInfo::exists(m_own));
    }

    void emptyingKeepsTheFolder()
    {
        QVERIFY(QDir().mkpath(m_own + u"/worker-1/deep"_s));
        test::writeFile(m_own + u"/.hidden"_s, "half");
        VERIFY_OK(emptyOwnFolder(m_own));
        QVERIFY(QDir(m_own).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
        QVERIFY(QFileInfo(m_own).isDir());
    }

    void aForeignNameIsRefused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("another folder") << u"Documents"_s;
        QTest::newRow("out of an own folder") << u"ws/.earmark.tmp/../../Documents"_s;
        QTest::newRow("with a dot") << u"ws/.earmark.tmp/../../Documents/."_s;
    }
    void aForeignNameIsRefused()
    {
        QFETCH(QString, path);
        QVERIFY(QDir().mkpath(m_own));
        COMPARE_ERROR(removeOwnFolder(m_folder->filePath(path)), ErrorCode::Unwritable);
        COMPARE_ERROR(emptyOwnFolder(m_folder->filePath(path)), ErrorCode::Unwritable);
    }

    void aFifoIsRemovedWithoutWaiting()
    {
        QVERIFY(QDir().mkpath(m_own));
        QCOMPARE(::mkfifo(QFile::encodeName(m_own + u"/pipe"_s).constData(), 0600), 0);
        VERIFY_OK(removeOwnFolder(m_own));
        QVERIFY(!QFileInfo::exists(m_own));
    }

    void nestingWithoutEndIsRefusedAndDoesNotCrash()
    {
        QVERIFY(QDir().mkpath(m_own + u"/d"_s.repeated(600)));
        QVERIFY(!removeOwnFolder(m_own).has_value());
        // As deep as any program of ours would ever go.
        const QString other = m_folder->filePath(u"ws/.earmark.other"_s);
        QVERIFY(QDir().mkpath(other + u"/d"_s.repeated(90)));
        VERIFY_OK(removeOwnFolder(other));
        QVERIFY(!QFileInfo::exists(other));
    }

    void whatBelongsToAnotherUserStays()
    {
        QVERIFY(QDir().mkpath(m_own + u"/theirs"_s));
        const QString theirs = test::writeFile(m_own + u"/theirs/file"_s, "of somebody else");
        const QString ours = test::writeFile(m_own + u"/ours"_s, "half");
        constexpr uid_t Nobody = 65534;
        if (::geteuid() == 0) {
            QCOMPARE(::chown(QFile::encodeName(theirs).constData(), Nobody, Nobody), 0);
            COMPARE_ERROR(removeOwnFolder(m_own), ErrorCode::Unwritable);
            QCOMPARE(test::readFile(theirs), QByteArray("of somebody else"));
            QCOMPARE(::chown(QFile::encodeName(theirs).constData(), 0, 0), 0);
        }
        VERIFY_OK(removeOwnFolder(m_own));
        QVERIFY(!QFileInfo::exists(ours));
    }

    void nothingThereIsNoError()
    {
        VERIFY_OK(removeOwnFolder(m_own));
        VERIFY_OK(emptyOwnFolder(m_own));
        VERIFY_OK(removeFile(m_folder->filePath(u"none"_s)));
        const auto aside = putAside(m_folder->filePath(u"none"_s), m_folder->filePath(u"none.refused"_s));
        VERIFY_OK(aside);
        QVERIFY(aside->isEmpty());
    }

    void removesAFileOrALinkButNoFolder()
    {
        const QString link = m_folder->filePath(u"link"_s);
        QVERIFY(QFile::link(document(), link));
        VERIFY_OK(removeFile(link));
        QVERIFY(!QFileInfo(link).isSymLink());
        QVERIFY(!removeFile(m_folder->filePath(u"Documents"_s)).has_value());
        for (const QString &name : {u".."_s, u"a/b"_s, u""_s})
            QVERIFY(!removeFolderIn(m_folder->path(), name).has_value());
    }

    void putsAsideWithoutReplacing()
    {
        const QString path = m_folder->filePath(u"clip.wav"_s);
        QStringList names;
        for (const char *content : {"first", "second", "third"}) {
            test::writeFile(path, content);
            const auto aside = putAside(path, path + u".refused"_s);
            VERIFY_OK(aside);
            names.append(QFileInfo(*aside).fileName());
        }
        QCOMPARE(names,
                 (QStringList{u"clip.wav.refused"_s, u"clip.wav.refused.1"_s, u"clip.wav.refused.2"_s}));
        QCOMPARE(test::readFile(path + u".refused"_s), QByteArray("first"));
        QCOMPARE(test::readFile(path + u".refused.1"_s), QByteArray("second"));
        QCOMPARE(test::readFile(path + u".refused.2"_s), QByteArray("third"));
    }

    void removesWhatItPutAside()
    {
        const QString path = m_folder->filePath(u"clip.mka"_s), name = path + u".refused"_s;
        for (const char *content : {"first", "second", "third"}) {
            test::writeFile(path, content);
            VERIFY_OK(putAside(path, name));
        }
        test::writeFile(name + u".10"_s, "of the user"); // no number that follows
        test::writeFile(path, "good");
        VERIFY_OK(removePutAside(name));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files),
                 (QStringList{u"clip.mka"_s, u"clip.mka.refused.10"_s}));
        VERIFY_OK(removePutAside(name)); // nothing to do
        QVERIFY(QFile::link(document(), name));
        VERIFY_OK(removePutAside(name));
        QVERIFY(QFileInfo(name).isSymLink());
    }

    void removesAbandonedParts_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("staysAtOnce"); // when no age is asked for
        QTest::addColumn<bool>("stays");       // when an hour is
        const QString part = u".earmark-abc123.part"_s;
        QTest::newRow("half a file") << part << u"new"_s << false << true;
        QTest::newRow("half a file, old") << part << u"old"_s << false << false;
        QTest::newRow("from a clock that was wrong") << part << u"of tomorrow"_s << false << true;
        QTest::newRow("a name of the user's") << u".earmark-mine.part"_s << u"old"_s << true << true;
        QTest::newRow("a clip") << u"Yx.wav"_s << u"old"_s << true << true;
        QTest::newRow("a link") << part << u"link"_s << true << true;
        QTest::newRow("a folder") << part << u"folder"_s << true << true;
        QTest::newRow("a FIFO") << part << u"pipe"_s << true << true;
        QTest::newRow("of another user") << part << u"theirs"_s << true << true;
    }
    void removesAbandonedParts()
    {
        QFETCH(QString, name);
        QFETCH(QString, what);
        QFETCH(bool, staysAtOnce);
        QFETCH(bool, stays);
        constexpr uid_t Nobody = 65534;
        if (what == u"theirs"_s && ::geteuid() != 0)
            staysAtOnce = stays = false; // only root can give a file away
        const QString path = m_folder->filePath(u"ws/"_s + name);
        for (const bool atOnce : {false, true}) {
            const QByteArray place = QFile::encodeName(path);
            const int days = what == u"new"_s ? 0 : what == u"of tomorrow"_s ? 1 : -1;
            if (what == u"link"_s)
                QFile::link(document(), path);
            else if (what == u"folder"_s)
                QDir().mkpath(path);
            else if (what == u"pipe"_s)
                ::mkfifo(place.constData(), 0600);
            else
                age(test::writeFile(path, "half"), days);
            if (what == u"theirs"_s && ::geteuid() == 0)
                QCOMPARE(::chown(place.constData(), Nobody, Nobody), 0);
            removeAbandonedParts(m_folder->filePath(u"ws"_s), std::chrono::hours(atOnce ? 0 : 1));
            QCOMPARE(QFileInfo(path).exists() || QFileInfo(path).isSymLink(), atOnce ? staysAtOnce : stays);
        }
        removeAbandonedParts(m_folder->filePath(u"none"_s), std::chrono::hours(0));
    }

    void opensRegularFilesAlone_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("error");
        QTest::newRow("a link") << u"link"_s << ErrorCode::Unreadable;
        QTest::newRow("a link to nothing") << u"dangling"_s << ErrorCode::Unreadable;
        QTest::newRow("a folder") << u"Documents"_s << ErrorCode::Unreadable;
        QTest::newRow("a FIFO") << u"pipe"_s << ErrorCode::Unreadable;
        QTest::newRow("nothing") << u"none"_s << ErrorCode::NotFound;
    }
    void opensRegularFilesAlone()
    {
        QFETCH(QString, name);
        QFETCH(ErrorCode, error);
        QVERIFY(QFile::link(document(), m_folder->filePath(u"link"_s)));
        QVERIFY(QFile::link(m_folder->filePath(u"nowhere"_s), m_folder->filePath(u"dangling"_s)));
        QCOMPARE(::mkfifo(QFile::encodeName(m_folder->filePath(u"pipe"_s)).constData(), 0600), 0);
        QFile file(m_folder->filePath(name));
        COMPARE_ERROR(openRegularFile(file), error);
        QVERIFY(!file.isOpen());
        COMPARE_ERROR(sha256Of(file.fileName()), error);
        QVERIFY(!isRegularFile(file.fileName()));
    }

    void opensThroughALinkedFolder()
    {
        QVERIFY(QFile::link(m_folder->filePath(u"Documents"_s), m_folder->filePath(u"scratch"_s)));
        QFile file(m_folder->filePath(u"scratch/thesis/chapter.tex"_s));
        VERIFY_OK(openRegularFile(file));
        QCOMPARE(file.readAll(), QByteArray("of the user"));
    }

private:
    /// Gives the file a time of change so many days from now.
    static void age(const QString &path, int days)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(
            file.setFileTime(QDateTime::currentDateTime().addDays(days), QFileDevice::FileModificationTime));
    }
    QString document() const { return m_folder->filePath(u"Documents/thesis/chapter.tex"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_own;
};

QTEST_GUILESS_MAIN(TestOwnFiles)
#include "tst_ownfiles.moc"
