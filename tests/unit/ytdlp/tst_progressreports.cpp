#include "ytdlp/progressreports.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace earmark;
using namespace Qt::StringLiterals;
using ytdlp::ProgressReports;

class TestProgressReports final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_reports.begin(path()); }
    void cleanup()
    {
        for (const QString &name :
             QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot))
            QDir(m_folder.path()).remove(name);
    }

    void followsAFileThatGrows()
    {
        QVERIFY(positions().isEmpty());
        append("out_time_us=N/A\nprogress=continue\nout_time_us=5");
        QVERIFY(positions().isEmpty());
        append("00\ntotal_size=7\nprogress=continue\nout_time_us=900\n");
        QCOMPARE(positions(), (QList<qint64>{500, 900}));
        QVERIFY(positions().isEmpty());
    }

    void beginsAnewWithTheFile()
    {
        append("out_time_us=900\nprogress=end\n");
        QCOMPARE(positions(), QList<qint64>{900});
        QVERIFY(QFile::resize(path(), 0));
        append("out_time_us=1\n");
        QCOMPARE(positions(), QList<qint64>{1});
        m_reports.begin(path());
        QCOMPARE(positions(), QList<qint64>{1});
    }

    /// Nothing there may be waited for, or read from elsewhere.
    void readsRegularFilesOnly_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("link") << u"link"_s;
        QTest::newRow("pipe") << u"pipe"_s;
        QTest::newRow("folder") << u"folder"_s;
    }

    void readsRegularFilesOnly()
    {
        QFETCH(QString, what);
        const QString other = m_folder.filePath(u"other"_s);
        test::writeFile(other, "out_time_us=5\n");
        if (what == u"link"_s)
            QVERIFY(QFile::link(other, path()));
        else if (what == u"pipe"_s)
            QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
        else
            QVERIFY(QDir().mkdir(path()));
        QVERIFY(positions().isEmpty());
        QDir().rmdir(path());
    }

private:
    QString path() const { return m_folder.filePath(u"reports"_s); }
    void append(const QByteArray &text) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        QCOMPARE(file.write(text), text.size());
    }
    QList<qint64> positions()
    {
        QList<qint64> found;
        for (const ytdlp::Event &event : m_reports.read()) {
            if (const auto *position = std::get_if<ytdlp::event::Position>(&event))
                found += position->microseconds;
        }
        return found;
    }

    QTemporaryDir m_folder;
    ProgressReports m_reports;
};

QTEST_GUILESS_MAIN(TestProgressReports)
#include "tst_progressreports.moc"
