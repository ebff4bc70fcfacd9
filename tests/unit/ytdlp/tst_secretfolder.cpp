#include "ytdlp/secretfolder.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <optional>

using namespace earmark;
using namespace Qt::StringLiterals;
using ytdlp::SecretFolder;

class TestSecretFolder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place.emplace();
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_place->path()));
    }

    void nobodyElseMayReadIt()
    {
        QString path;
        {
            const auto folder = SecretFolder::make();
            VERIFY_OK(folder);
            path = folder->path();
            QCOMPARE(QFileInfo(path).path(), m_place->path());
            QCOMPARE(QFile::permissions(path) & QFile::Permissions(0x77), QFile::Permissions());
            test::writeFile(path + u"/cookies.txt"_s, "SID");
        }
        QVERIFY(!QFileInfo::exists(path));
    }

    void movesAsAWhole()
    {
        auto first = SecretFolder::make();
        VERIFY_OK(first);
        const QString path = first->path();
        {
            std::optional<SecretFolder> second(std::move(*first));
            QCOMPARE(second->path(), path);
            auto third = SecretFolder::make();
            VERIFY_OK(third);
            second = std::move(*third);
            QVERIFY(QFileInfo::exists(second->path()));
            QVERIFY(second->path() != path);
        }
        first = SecretFolder::make();
        QCOMPARE(names().size(), 1);
    }

    void inTheTemporaryFolderWithoutARuntimeFolder_data()
    {
        QTest::addColumn<QByteArray>("runtime");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("absent") << QByteArray("/nowhere/at/all");
        QTest::newRow("yt-dlp would see a variable in it") << QByteArray("$HOME");
        QTest::newRow("relative") << QByteArray("run");
    }

    void inTheTemporaryFolderWithoutARuntimeFolder()
    {
        QFETCH(QByteArray, runtime);
        if (runtime == "$HOME") {
            runtime = QFile::encodeName(m_place->filePath(u"$HOME"_s));
            QVERIFY(QDir(m_place->path()).mkdir(u"$HOME"_s));
        }
        qputenv("XDG_RUNTIME_DIR", runtime);
        const auto folder = SecretFolder::make();
        VERIFY_OK(folder);
        QCOMPARE(QFileInfo(folder->path()).path(), QDir::tempPath());
    }

    void sweepsWhatNobodyHolds()
    {
        const auto held = SecretFolder::make();
        VERIFY_OK(held);
        const QString stale = m_place->filePath(u".earmark-secrets-abcdef"_s);
        QVERIFY(QDir().mkpath(stale));
        test::writeFile(stale + u"/cookies.txt"_s, "SID");
        ytdlp::sweepSecretFolders();
        QCOMPARE(names(), QStringList{QFileInfo(held->path()).fileName()});
    }

    void sweepsNothingElse()
    {
        const QString theirs = m_place->filePath(u"theirs"_s);
        QVERIFY(QDir().mkpath(theirs));
        test::writeFile(theirs + u"/thesis.tex"_s, "x");
        QVERIFY(QFile::link(theirs, m_place->filePath(u".earmark-secrets-linked"_s)));
        test::writeFile(m_place->filePath(u".earmark-secrets-a-file"_s), "x");
        QVERIFY(QDir().mkpath(m_place->filePath(u"earmark-secrets-abcdef"_s)));
        const QStringList before = names();
        ytdlp::sweepSecretFolders();
        QCOMPARE(names(), before);
        QCOMPARE(test::readFile(theirs + u"/thesis.tex"_s), QByteArray("x"));
    }

private:
    QStringList names() const
    {
        return QDir(m_place->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    std::optional<QTemporaryDir> m_place;
};

QTEST_GUILESS_MAIN(TestSecretFolder)
#include "tst_secretfolder.moc"
