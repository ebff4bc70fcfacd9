#include "support/resulttest.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QLockFile>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>

#include <unistd.h>

using namespace earmark;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000;

/// Holds a workspace until its input ends.
int hold(const QString &folder)
{
    const auto workspace = Workspace::open(folder);
    std::puts(workspace ? "held" : qUtf8Printable(workspace.error().text));
    std::fflush(stdout);
    return std::getchar() == EOF ? 0 : 1;
}

/// In the form of QLockFile: process, program, host, machine, boot.
void forge(const QString &path, qint64 process, const QByteArray &host)
{
    test::writeFile(path, QByteArray::number(process) + "\nearmark-cli\n" + host + "\nnone\nnone\n");
}

} // namespace

/// A lock that nobody holds can be taken, one that is held cannot, whatever is written in it.
class TestLock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        VERIFY_OK(Workspace::open(m_folder->path()));
        m_lock = Layout(m_folder->path()).lock();
    }

    void anotherHostsLockIsTakenWhenNobodyHoldsIt_data()
    {
        QTest::addColumn<qint64>("process");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("a killed container") << qint64{99'999} << QByteArray("container-4f1c");
        QTest::newRow("the first process of one") << qint64{1} << QByteArray("container-4f1c");
        QTest::newRow("a number that a process has here")
            << QCoreApplication::applicationPid() << QSysInfo::machineHostName().toUtf8();
    }
    void anotherHostsLockIsTakenWhenNobodyHoldsIt()
    {
        QFETCH(qint64, process);
        QFETCH(QByteArray, host);
        forge(m_lock, process, host);
        const auto workspace = Workspace::open(m_folder->path());
        VERIFY_OK(workspace);
        const QString notice = (*workspace)->notice();
        QVERIFY2(notice.contains(QString::fromUtf8(host)) && notice.contains(QString::number(process)),
                 qUtf8Printable(notice));
        QVERIFY(!(*workspace)->isMadeAnew());
        COMPARE_ERROR(Workspace::open(m_folder->path()), ErrorCode::Locked); // and held now
    }

    void aHeldLockIsNotTaken_data()
    {
        QTest::addColumn<bool>("isForged");
        QTest::newRow("as it is written") << false;
        QTest::newRow("though it names another host") << true;
    }
    void aHeldLockIsNotTaken()
    {
        QFETCH(bool, isForged);
        QProcess holder;
        holder.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, m_folder->path()});
        QVERIFY(holder.waitForReadyRead(Patience));
        QCOMPARE(holder.readAllStandardOutput().trimmed(), QByteArray("held"));
        const QByteArray written = test::readFile(m_lock);
        if (isForged) { // into the same file, which the process holds
            QFile file(m_lock);
            QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
            file.write("99999\nearmark-cli\ncontainer-4f1c\nnone\nnone\n");
        }
        const QByteArray before = test::readFile(m_lock);
        const auto refused = Workspace::open(m_folder->path());
        COMPARE_ERROR(refused, ErrorCode::Locked);
        QVERIFY2(refused.error().text.contains(m_lock), qUtf8Printable(refused.error().text));
        QCOMPARE(test::readFile(m_lock), before);
        ::kill(static_cast<pid_t>(holder.processId()), SIGKILL);
        QVERIFY(holder.waitForFinished(Patience));
        VERIFY_OK(Workspace::open(m_folder->path()));
    }

    void anEmptyLockIsTaken()
    {
        test::writeFile(m_lock, {});
        VERIFY_OK(Workspace::open(m_folder->path()));
    }

    /// As on a disk that is mounted read-only, where the lock of a program that was killed stays.
    void aFolderThatCannotBeWrittenIsNotInUse()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere");
        forge(m_lock, 99'999'999, QSysInfo::machineHostName().toUtf8());
        const QFile::Permissions before = QFile::permissions(m_folder->path());
        QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
        const auto refused = Workspace::open(m_folder->path());
        QVERIFY(QFile::setPermissions(m_folder->path(), before));
        COMPARE_ERROR(refused, ErrorCode::Unwritable);
        QVERIFY2(!refused.error().text.contains(u"in use"_s), qUtf8Printable(refused.error().text));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_lock;
};

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc == 3 && application.arguments()[1] == u"--hold")
        return hold(application.arguments()[2]);
    TestLock test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_lock.moc"
