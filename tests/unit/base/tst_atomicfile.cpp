#include "base/atomicfile.h"
#include "support/resulttest.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include <sys/stat.h>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000;

Result<void> writeAtomically(const QString &path, const QByteArray &bytes,
                             AtomicFile::Access access = AtomicFile::Access::Usual)
{
    AtomicFile file(path, access);
    return file.open().and_then([&] { return file.write(bytes); }).and_then([&] { return file.commit(); });
}

/// Writes a file of one letter again and again, another letter each time; until it is killed.
int writeUntilKilled(const QString &path)
{
    for (char letter = 'a';; letter = letter == 'z' ? 'a' : static_cast<char>(letter + 1)) {
        if (!writeAtomically(path, QByteArray(200'000, letter)))
            return 1;
        std::puts("written");
        std::fflush(stdout);
    }
}

} // namespace

/// A file under its name is whole, and is that name's own.
class TestWholeFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void replacesALinkAndLeavesWhatItPointsTo_data()
    {
        QTest::addColumn<bool>("isDangling");
        QTest::newRow("to a file") << false;
        QTest::newRow("to nothing") << true;
    }
    void replacesALinkAndLeavesWhatItPointsTo()
    {
        QFETCH(bool, isDangling);
        const QString outside = m_folder->filePath(u"bashrc"_s);
        if (!isDangling)
            test::writeFile(outside, "of the user");
        QVERIFY(QFile::link(outside, path()));
        VERIFY_OK(writeAtomically(path(), "ours"));
        QVERIFY(!QFileInfo(path()).isSymLink());
        QCOMPARE(test::readFile(path()), QByteArray("ours"));
        QCOMPARE(QFileInfo::exists(outside), !isDangling);
        if (!isDangling)
            QCOMPARE(test::readFile(outside), QByteArray("of the user"));
    }

    void whatIsNoFileIsRefused()
    {
        QVERIFY(QDir().mkpath(path()));
        COMPARE_ERROR(writeAtomically(path(), "ours"), ErrorCode::Unwritable);
        COMPARE_ERROR(writeAtomically(u"/dev/stdout"_s, "ours"), ErrorCode::Unwritable);
        const QString pipe = m_folder->filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        COMPARE_ERROR(writeAtomically(pipe, "ours"), ErrorCode::Unwritable);
        COMPARE_ERROR(writeAtomically(m_folder->filePath(u"none/file"_s), "ours"), ErrorCode::Unwritable);
    }

    void leavesNothingWithoutACommit()
    {
        {
            AtomicFile file(path());
            VERIFY_OK(file.open());
            VERIFY_OK(file.write("half"));
            const QStringList parts = names(); // none where the file system takes files without a name
            QVERIFY(std::ranges::all_of(parts, isPartName));
        }
        QVERIFY(names().isEmpty());
    }

    void aPrivateFileIsTheUsersAlone()
    {
        test::writeFile(path(), "for all to read");
        VERIFY_OK(writeAtomically(path(), "secret", AtomicFile::Access::Private));
        struct stat about = {};
        QCOMPARE(::stat(QFile::encodeName(path()).constData(), &about), 0);
        QCOMPARE(about.st_mode & 0777U, 0600U);
    }

    void temporaryNamesAreUnmistakable_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isPart");
        QTest::newRow("ours") << u".earmark-a1b2c3.part"_s << true;
        QTest::newRow("six letters behind a clip") << u"Y-d000000001_1.5_2.5.wav.before"_s << false;
        QTest::newRow("a copy of the manifest") << u"manifest.json.backup"_s << false;
        QTest::newRow("longer") << u".earmark-a1b2c3d.part"_s << false;
        QTest::newRow("with an end") << u".earmark-a1b2c3.part.keep"_s << false;
        QTest::newRow("with a line behind") << u".earmark-a1b2c3.part\n"_s << false;
        QTest::newRow("another's part") << u"film.part"_s << false;
    }
    void temporaryNamesAreUnmistakable()
    {
        QFETCH(QString, name);
        QFETCH(bool, isPart);
        QCOMPARE(isPartName(name), isPart);
    }

    void isWholeWheneverTheWriterIsKilled()
    {
        for (int round = 0; round < 12; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {u"--write"_s, path()});
            QVERIFY(child.waitForStarted());
            for (int each = 0; each <= round; ++each)
                QVERIFY(child.waitForReadyRead(Patience));
            ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
            QVERIFY(child.waitForFinished(Patience));
            const QByteArray content = test::readFile(path());
            QCOMPARE(content.size(), 200'000);
            QCOMPARE(content.count(content.front()), 200'000);
            const QStringList all = names();
            for (const QString &name : all)
                QVERIFY2(name == QFileInfo(path()).fileName() || isPartName(name), qUtf8Printable(name));
        }
    }

private:
    QString path() const { return m_folder->filePath(u"file"_s); }
    QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc == 3 && application.arguments()[1] == u"--write")
        return writeUntilKilled(application.arguments()[2]);
    TestWholeFile test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_atomicfile.moc"
