#include "ytdlp/pluginfolder.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace earmark;
using namespace Qt::StringLiterals;

class TestPluginFolder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QDir(cache()).removeRecursively(); }
    void cleanupTestCase() { QDir(cache()).removeRecursively(); }

    void writesThePlugin();
    void mendsThePlugin();
    void leavesAGoodOneAlone();
    void goesElsewhere();
    void closesTheFolderToOthers();
    void throwsAwayWhatOthersMayHaveWritten();

private:
    QTemporaryDir m_elsewhere;
    static QString cache() { return QStandardPaths::writableLocation(QStandardPaths::CacheLocation); }
    static QString pluginIn(const QString &folder)
    {
        return folder + u"/earmark/yt_dlp_plugins/extractor/earmark_jobs.py"_s;
    }
    static unsigned modeOf(const QString &path)
    {
        struct stat about = {};
        return ::stat(QFile::encodeName(path).constData(), &about) == 0 ? about.st_mode & 0777U : 0;
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestPluginFolder::writesThePlugin()
{
    const auto folder = ytdlp::preparePluginFolder(m_elsewhere.path());
    VERIFY_OK(folder);
    QVERIFY(contentOf(pluginIn(*folder)).contains("class EarmarkJobsIE(InfoExtractor)"));
}

void TestPluginFolder::mendsThePlugin()
{
    const auto folder = ytdlp::preparePluginFolder(m_elsewhere.path());
    VERIFY_OK(folder);
    const QByteArray good = contentOf(pluginIn(*folder));
    QFile file(pluginIn(*folder));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("half of it") > 0);
    file.close();
    VERIFY_OK(ytdlp::preparePluginFolder(m_elsewhere.path()));
    QCOMPARE(contentOf(pluginIn(*folder)), good);
}

void TestPluginFolder::leavesAGoodOneAlone()
{
    const auto folder = ytdlp::preparePluginFolder(m_elsewhere.path());
    VERIFY_OK(folder);
    QFile file(pluginIn(*folder));
    const QDateTime past = QDateTime::currentDateTime().addDays(-1);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(past, QFileDevice::FileModificationTime));
    file.close();
    VERIFY_OK(ytdlp::preparePluginFolder(m_elsewhere.path()));
    QCOMPARE(QFileInfo(file).lastModified(), past);
}

/// As in a container whose home nobody may write to.
void TestPluginFolder::goesElsewhere()
{
    QVERIFY(QDir().mkpath(QFileInfo(cache()).path()));
    QFile obstacle(cache()); // where a folder should be
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    const auto folder = ytdlp::preparePluginFolder(m_elsewhere.path());
    const auto nowhere = ytdlp::preparePluginFolder(obstacle.fileName());
    QVERIFY(obstacle.remove());
    VERIFY_OK(folder);
    QVERIFY(folder->startsWith(m_elsewhere.path()));
    QVERIFY(contentOf(pluginIn(*folder)).contains("class EarmarkJobsIE(InfoExtractor)"));
    QCOMPARE(modeOf(*folder), 0700U);
    COMPARE_ERROR(nowhere, ErrorCode::Unwritable);
}

void TestPluginFolder::closesTheFolderToOthers()
{
    const mode_t umask = ::umask(0);
    const auto folder = ytdlp::preparePluginFolder(m_elsewhere.path());
    ::umask(umask);
    VERIFY_OK(folder);
    QCOMPARE(modeOf(*folder), 0700U);
}

/// yt-dlp runs every plugin that it finds there, and byte code before its source.
void TestPluginFolder::throwsAwayWhatOthersMayHaveWritten()
{
    const auto folder = ytdlp::preparePluginFolder(m_elsewhere.path());
    VERIFY_OK(folder);
    const QByteArray good = contentOf(pluginIn(*folder));
    const QString planted =
        QFileInfo(pluginIn(*folder)).path() + u"/__pycache__/earmark_jobs.cpython-311.pyc"_s;
    QVERIFY(QDir().mkpath(QFileInfo(planted).path()));
    test::writeFile(planted, "import os");
    VERIFY_OK(ytdlp::preparePluginFolder(m_elsewhere.path()));
    QVERIFY(QFile::exists(planted)); // nobody else could write there
    QCOMPARE(::chmod(QFile::encodeName(*folder).constData(), 0775), 0);
    VERIFY_OK(ytdlp::preparePluginFolder(m_elsewhere.path()));
    QVERIFY(!QFile::exists(planted));
    QCOMPARE(contentOf(pluginIn(*folder)), good);
    QCOMPARE(modeOf(*folder), 0700U);
}

QTEST_GUILESS_MAIN(TestPluginFolder)
#include "tst_pluginfolder.moc"
