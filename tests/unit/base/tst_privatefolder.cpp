#include "base/privatefolder.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;

class TestPrivateFolder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closedToOthersWhateverTheUmask_data()
    {
        QTest::addColumn<int>("before"); // mode of the folder that is there; -1: none
        QTest::addColumn<FolderWas>("expected");
        QTest::newRow("new") << -1 << FolderWas::New;
        QTest::newRow("private") << 0700 << FolderWas::Private;
        QTest::newRow("readable") << 0755 << FolderWas::Private;
        QTest::newRow("open to the group") << 0770 << FolderWas::Open;
        QTest::newRow("open to all") << 01777 << FolderWas::Open;
    }

    void closedToOthersWhateverTheUmask()
    {
        QFETCH(int, before);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"above/own"_s);
        const QByteArray name = QFile::encodeName(path);
        if (before >= 0) {
            QVERIFY(QDir().mkpath(path));
            QCOMPARE(::chmod(name.constData(), static_cast<mode_t>(before)), 0);
            QCOMPARE(isClosedToOthers(path), before == 0700 || before == 0755);
        }
        const mode_t umask = ::umask(0);
        const auto made = makePrivateFolder(path);
        ::umask(umask);
        VERIFY_OK(made);
        QTEST(*made, "expected");
        QVERIFY(isClosedToOthers(path));
        struct stat about = {};
        QCOMPARE(::stat(name.constData(), &about), 0);
        QCOMPARE(about.st_mode & 0777U, 0700U);
    }

    void refusesWhatIsNotItsOwn_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("a link") << u"link"_s;
        QTest::newRow("a file") << u"file"_s;
        QTest::newRow("below a file") << u"file/own"_s;
    }

    void refusesWhatIsNotItsOwn()
    {
        QFETCH(QString, what);
        QTemporaryDir folder;
        QVERIFY(QDir().mkpath(folder.filePath(u"theirs"_s)));
        QVERIFY(QFile::link(folder.filePath(u"theirs"_s), folder.filePath(u"link"_s)));
        test::writeFile(folder.filePath(u"file"_s), "x");
        const auto before = QFile::permissions(folder.filePath(u"theirs"_s));
        QVERIFY(!isClosedToOthers(folder.filePath(what)));
        COMPARE_ERROR(makePrivateFolder(folder.filePath(what)), ErrorCode::Unwritable);
        QCOMPARE(QFile::permissions(folder.filePath(u"theirs"_s)), before);
    }

    /// Only the superuser can give a folder away; everybody else looks at one that is root's.
    void refusesAnotherUsersFolder()
    {
        QTemporaryDir folder;
        QString theirs = u"/"_s;
        if (::geteuid() == 0) {
            theirs = folder.filePath(u"theirs"_s);
            QVERIFY(QDir().mkpath(theirs));
            QCOMPARE(::chown(QFile::encodeName(theirs).constData(), 65534, 65534), 0);
        }
        const auto made = makePrivateFolder(theirs);
        COMPARE_ERROR(made, ErrorCode::Unwritable);
        QVERIFY2(made.error().text.contains(u"belongs to another user"_s), qUtf8Printable(made.error().text));
    }
};

QTEST_GUILESS_MAIN(TestPrivateFolder)
#include "tst_privatefolder.moc"
