#include "ytdlp/pluginfolder.h"

#include "support/resulttest.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

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
    void saysWhenItCannot();

private:
    static QString cache() { return QStandardPaths::writableLocation(QStandardPaths::CacheLocation); }
    static QString pluginIn(const QString &folder)
    {
        return folder + u"/earmark/yt_dlp_plugins/extractor/earmark_jobs.py"_s;
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestPluginFolder::writesThePlugin()
{
    const auto folder = ytdlp::preparePluginFolder();
    VERIFY_OK(folder);
    QVERIFY(contentOf(pluginIn(*folder)).contains("class EarmarkJobsIE(InfoExtractor)"));
}

void TestPluginFolder::mendsThePlugin()
{
    const auto folder = ytdlp::preparePluginFolder();
    VERIFY_OK(folder);
    const QByteArray good = contentOf(pluginIn(*folder));
    QFile file(pluginIn(*folder));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("half of it") > 0);
    file.close();
    VERIFY_OK(ytdlp::preparePluginFolder());
    QCOMPARE(contentOf(pluginIn(*folder)), good);
}

void TestPluginFolder::leavesAGoodOneAlone()
{
    const auto folder = ytdlp::preparePluginFolder();
    VERIFY_OK(folder);
    QFile file(pluginIn(*folder));
    const QDateTime past = QDateTime::currentDateTime().addDays(-1);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(past, QFileDevice::FileModificationTime));
    file.close();
    VERIFY_OK(ytdlp::preparePluginFolder());
    QCOMPARE(QFileInfo(file).lastModified(), past);
}

void TestPluginFolder::saysWhenItCannot()
{
    QVERIFY(QDir().mkpath(QFileInfo(cache()).path()));
    QFile obstacle(cache()); // where a folder should be
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    const auto folder = ytdlp::preparePluginFolder();
    QVERIFY(obstacle.remove());
    COMPARE_ERROR(folder, ErrorCode::Unwritable);
}

QTEST_GUILESS_MAIN(TestPluginFolder)
#include "tst_pluginfolder.moc"
