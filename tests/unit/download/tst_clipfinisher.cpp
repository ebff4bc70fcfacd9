#include "download/clipfinisher.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <optional>

#include <sys/stat.h>

using namespace earmark;
using namespace Qt::StringLiterals;
using workspace::Layout;

/// What a worker has fetched is taken over; what will not do is put aside.
class TestFinish final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_other.emplace(u"/dev/shm/earmark-test-XXXXXX"_s);
        m_layout.emplace(m_folder->filePath(u"ws"_s));
        for (const QString &path :
             {m_layout->temporary() + u"/worker-1/1"_s, m_layout->downloaded(), m_layout->processed()})
            QVERIFY(QDir().mkpath(path));
        m_outside = test::writeFile(m_folder->filePath(u"thesis.tex"_s), "chapter one");
    }
    void cleanup() { QCOMPARE(test::readFile(m_outside), QByteArray("chapter one")); }

    void takesAFileOver_data()
    {
        QTest::addColumn<QString>("before"); // what lies under the raw clip's name
        QTest::newRow("nothing") << QString();
        QTest::newRow("a file") << u"file"_s;
        QTest::newRow("a link to a file") << u"link"_s;
        QTest::newRow("a link to nothing") << u"dangling"_s;
        QTest::newRow("a pipe") << u"pipe"_s;
    }

    void takesAFileOver()
    {
        QFETCH(QString, before);
        const QString raw = m_layout->rawClip(Key);
        make(before, raw);
        const auto elsewhere = download::takeRawClip(*m_layout, Key, test::writeFile(fetched(), "sound"));
        VERIFY_OK(elsewhere);
        QCOMPARE(*elsewhere, QString());
        QVERIFY(QFileInfo(raw).isFile() && !QFileInfo(raw).isSymLink());
        QCOMPARE(test::readFile(raw), QByteArray("sound"));
        QVERIFY(!QFileInfo::exists(fetched()));
    }

    /// A folder of downloads may be a link to another disk.
    void takesAFileOverToAnotherDisk()
    {
        QVERIFY(m_other->isValid());
        QVERIFY(QDir().rmdir(m_layout->downloaded()));
        QVERIFY(QFile::link(m_other->path(), m_layout->downloaded()));
        const QByteArray sound(3'000'000, 's'); // more than a piece
        make(u"link"_s, m_layout->rawClip(Key));
        const auto elsewhere = download::takeRawClip(*m_layout, Key, test::writeFile(fetched(), sound));
        VERIFY_OK(elsewhere);
        QVERIFY(!QFileInfo::exists(fetched())); // the worker's folder is free for the next job
        if (!elsewhere->isEmpty())
            VERIFY_OK(download::moveRawClip(*m_layout, Key, *elsewhere));
        QCOMPARE(test::readFile(m_other->filePath(Key.stem() + u".mka"_s)), sound);
        QCOMPARE(QDir(m_other->path()).entryList(QDir::Files | QDir::Hidden),
                 QStringList{Key.stem() + u".mka"_s});
        QCOMPARE(QDir(m_layout->temporary()).entryList(QDir::Files), QStringList());
    }

    void takesNothingElse_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *kind : {"nothing", "link", "dangling", "pipe", "folder"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void takesNothingElse()
    {
        QFETCH(QString, what);
        make(what, fetched());
        COMPARE_ERROR(download::takeRawClip(*m_layout, Key, fetched()), ErrorCode::BadMedia);
        QVERIFY(QDir(m_layout->downloaded()).isEmpty());
    }

    void saysWhenAFolderIsInTheWay()
    {
        make(u"folder"_s, m_layout->rawClip(Key));
        const auto taken = download::takeRawClip(*m_layout, Key, test::writeFile(fetched(), "sound"));
        COMPARE_ERROR(taken, ErrorCode::Unwritable);
        QVERIFY2(taken.error().text.contains(m_layout->rawClip(Key)), qUtf8Printable(taken.error().text));
    }

    /// A link that came with somebody's workspace is no clip: the section is fetched, and takes its place.
    void linksAreNoFiles_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("expected");
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("a file") << u"file"_s << true;
        QTest::newRow("a link") << u"link"_s << false;
        QTest::newRow("a pipe") << u"pipe"_s << false;
    }

    void linksAreNoFiles()
    {
        QFETCH(QString, what);
        make(what, m_layout->rawClip(Key));
        QTEST(download::hasFiles(*m_layout, Key), "expected");
        make(what, m_layout->clip(Key));
        QTEST(download::hasFiles(*m_layout, Key), "expected");
    }

    void keepsEveryRefusedFile()
    {
        const QString raw = m_layout->rawClip(Key);
        for (const char *content : {"first", "second", "third"}) {
            test::writeFile(raw, content);
            download::refuseRawClip(*m_layout, Key);
            QVERIFY(!QFileInfo::exists(raw));
        }
        download::refuseRawClip(*m_layout, Key); // nothing to do
        QStringList contents;
        for (const auto &content : test::readFiles(m_layout->downloaded()))
            contents += QString::fromLatin1(content);
        contents.sort();
        QCOMPARE(contents, (QStringList{u"first"_s, u"second"_s, u"third"_s}));
        QCOMPARE(test::readFile(m_layout->refusedClip(Key)), QByteArray("first"));
    }

    void refusesALinkAndNotItsTarget()
    {
        const QString raw = m_layout->rawClip(Key);
        make(u"link"_s, raw);
        download::refuse(raw);
        QVERIFY(!QFileInfo(raw).isSymLink());
        QVERIFY(QFileInfo(m_layout->refusedClip(Key)).isSymLink());
    }

private:
    QString fetched() const { return m_layout->temporary() + u"/worker-1/1/"_s + Key.stem() + u".mka"_s; }
    void make(const QString &what, const QString &path) const
    {
        if (what == u"file"_s)
            test::writeFile(path, "old sound");
        else if (what == u"link"_s)
            QVERIFY(QFile::link(m_outside, path));
        else if (what == u"dangling"_s)
            QVERIFY(QFile::link(m_folder->filePath(u"absent"_s), path));
        else if (what == u"pipe"_s)
            QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        else if (what == u"folder"_s)
            QVERIFY(QDir().mkpath(path));
    }

    const SegmentKey Key{*YtId::parse("-0RWZT-miFs"), 30'000, 40'000};
    std::optional<QTemporaryDir> m_folder, m_other;
    std::optional<Layout> m_layout;
    QString m_outside;
};

QTEST_GUILESS_MAIN(TestFinish)
#include "tst_clipfinisher.moc"
