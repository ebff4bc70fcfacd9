#include "base/ownfiles.h"
#include "export/atomicfolder.h"
#include "export/carryover.h"
#include "export/exportrecord.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

using namespace earmark;
using namespace earmark::exports;
using namespace earmark::test;
using namespace Qt::StringLiterals;

namespace {

using Files = QMap<QString, QByteArray>;

const Files First{{u"metadata.jsonl"_s, "first\n"},
                  {u"dataset_card.md"_s, "# First\n"},
                  {u"clips/Yaaaaaaaaaaa_0_10.wav"_s, "RIFF 1"}};
const Files Second{{u"metadata.jsonl"_s, "second\n"},
                   {u"dataset_card.md"_s, "# Second\n"},
                   {u"clips/Ybbbbbbbbbbb_0_10.wav"_s, "RIFF 2"}};

} // namespace
Q_DECLARE_METATYPE(Files)

/// A folder in which an export was written belongs to the user as well.
class TestExportFolder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatItDidNotWriteIsCarriedOver()
    {
        VERIFY_OK(written(First));
        const QString outside = writeFile(file(u"thesis.txt"_s), "mine");
        const Files own{{u"/README.md"_s, "# My set\n"},
                        {u"/.git/HEAD"_s, "ref\n"},
                        {u"/.git/objects/pack/pack-1.idx"_s, "idx"},
                        {u"/best.ckpt"_s, "weights"},
                        {u"/clips/own.txt"_s, "beside a clip"}};
        put(own);
        QVERIFY(QDir().mkpath(out() + u"/empty/deep"_s));
        QVERIFY(QFile::link(outside, out() + u"/link"_s));
        QVERIFY(QFile::link(u"nowhere"_s, out() + u"/dangling"_s));
        // Not UTF-8, as archives of other systems have them.
        const std::string odd = QFile::encodeName(out()).toStdString() + "/caf\xe9.txt";
        std::filesystem::copy_file(QFile::encodeName(outside).toStdString(), odd);

        const auto kept = written(Second);
        VERIFY_OK(kept);
        QStringList names = *kept;
        names.removeIf([](const QString &name) { return name.startsWith(u"caf"_s); });
        QCOMPARE(names, (QStringList{u".git/"_s, u"README.md"_s, u"best.ckpt"_s, u"clips/own.txt"_s,
                                     u"dangling"_s, u"empty/"_s, u"link"_s}));
        QCOMPARE(kept->size(), names.size() + 1);
        QVERIFY(std::filesystem::exists(odd));
        QCOMPARE(QFileInfo(out() + u"/link"_s).symLinkTarget(), outside);
        QVERIFY(QFileInfo(out() + u"/dangling"_s).isSymLink());
        QVERIFY(QFileInfo(out() + u"/empty/deep"_s).isDir());
        QCOMPARE(readFile(outside), QByteArray("mine"));
        std::filesystem::remove(odd);
        QFile::remove(out() + u"/link"_s);
        QFile::remove(out() + u"/dangling"_s);
        QCOMPARE(content(), together(Second, own));
        nothingElseIsBeside({u"out"_s, u"thesis.txt"_s});
    }

    void whatWasChangedIsKeptUnderANumber_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("kept");
        QTest::newRow("the card") << u"dataset_card.md"_s << QByteArray("# Mine, edited\n")
                                  << u"dataset_card.md.1"_s;
        QTest::newRow("the lines") << u"metadata.jsonl"_s << QByteArray("other lines\n")
                                   << u"metadata.jsonl.1"_s;
        QTest::newRow("lines of the same length")
            << u"metadata.jsonl"_s << QByteArray("fir5t\n") << u"metadata.jsonl.1"_s;
        QTest::newRow("a clip that is no longer exported")
            << u"clips/Yaaaaaaaaaaa_0_10.wav"_s << QByteArray("RIFF, denoised")
            << u"clips/Yaaaaaaaaaaa_0_10.wav"_s;
        QTest::newRow("a clip of the same size")
            << u"clips/Yaaaaaaaaaaa_0_10.wav"_s << QByteArray("RIFF 9") << u"clips/Yaaaaaaaaaaa_0_10.wav"_s;
    }
    void whatWasChangedIsKeptUnderANumber()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, change);
        QFETCH(QString, kept);
        VERIFY_OK(written(First));
        edit(name, change);
        const auto report = written(Second);
        VERIFY_OK(report);
        QCOMPARE(*report, QStringList{kept});
        Files expected = asTree(Second);
        expected[u'/' + kept] = change;
        QCOMPARE(content(), expected);
        // It is the user's from now on, and its number is taken.
        edit(u"metadata.jsonl"_s, "again");
        VERIFY_OK(written(First));
        const QString later = kept == name ? kept + u".1"_s : kept;
        QCOMPARE(content().value(u'/' + later), change);
        QCOMPARE(content().values().count("again"), 1);
        QCOMPARE(content()[u"/metadata.jsonl"_s], First[u"metadata.jsonl"_s]);
    }

    /// A copy of the folder has other times, and an export that is the same changes nothing.
    void whatIsTheSameIsNotKept_data()
    {
        QTest::addColumn<Files>("next");
        QTest::newRow("other files") << Second;
        QTest::newRow("the same files") << First;
    }
    void whatIsTheSameIsNotKept()
    {
        QFETCH(Files, next);
        VERIFY_OK(written(First));
        for (const QString &name : First.keys()) {
            if (!name.endsWith(u".wav"_s) || next.contains(name))
                edit(name, First[name]);
        }
        const auto kept = written(next);
        VERIFY_OK(kept);
        QCOMPARE(*kept, QStringList());
        QCOMPARE(content(), asTree(next));
    }

    /// It recorded nothing, so that only what the new export writes, too, and clips count as Earmark's.
    void anExportOf01KeepsWhatIsTheUsers()
    {
        QVERIFY(QDir().mkpath(out()));
        put(asTree(First));
        writeFile(out() + u"/.earmark-export"_s,
                  "Earmark wrote this folder and replaces it as a whole when it "
                  "exports here again.\n");
        put({{u"/README.md"_s, "# My set\n"}, {u"/mine/Yaaaaaaaaaaa_0_10.wav"_s, "denoised"}});
        const auto kept = written(Second);
        VERIFY_OK(kept);
        QCOMPARE(*kept, (QStringList{u"README.md"_s, u"dataset_card.md.1"_s, u"mine/"_s}));
        QCOMPARE(content(), together(Second, {{u"/README.md"_s, "# My set\n"},
                                              {u"/dataset_card.md.1"_s, "# First\n"},
                                              {u"/mine/Yaaaaaaaaaaa_0_10.wav"_s, "denoised"}}));
    }

    void namesThatMeetAreNumbered()
    {
        VERIFY_OK(written(First));
        // Files where the next export has folders, and the other way round.
        put({{u"/train"_s, "a file"}, {u"/manifest.csv/notes.txt"_s, "a folder"}});
        VERIFY_OK(written({{u"train/metadata.jsonl"_s, "t"}, {u"manifest.csv"_s, "m"}}));
        QCOMPARE(content(), (Files{{u"/train/metadata.jsonl"_s, "t"},
                                   {u"/train.1"_s, "a file"},
                                   {u"/manifest.csv"_s, "m"},
                                   {u"/manifest.csv.1/notes.txt"_s, "a folder"}}));
    }

    void whatAppearsWhileItIsWrittenIsKept()
    {
        QVERIFY(QDir().mkpath(out()));
        auto draft = AtomicFolder::make(out());
        VERIFY_OK(draft);
        writeFile(draft->path() + u"/manifest.csv"_s, "m");
        put({{u"/notes.txt"_s, "mine"}});
        const auto kept = draft->commit();
        VERIFY_OK(kept);
        QCOMPARE(*kept, QStringList{u"notes.txt"_s});
        QCOMPARE(content(), (Files{{u"/manifest.csv"_s, "m"}, {u"/notes.txt"_s, "mine"}}));
    }

    void refusesWhatNoExportWrote_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"a file", "a folder with files", "a link to an export", "a link to nothing",
                                 "a marked folder of another user", "a folder whose mark is a link"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void refusesWhatNoExportWrote()
    {
        QFETCH(QString, what);
        if (what == u"a file") {
            writeFile(out(), "mine");
        } else if (what == u"a folder with files") {
            put({{u"/notes.txt"_s, "mine"}});
        } else if (what == u"a link to an export") {
            VERIFY_OK(written(First));
            QVERIFY(QDir().rename(out(), file(u"real"_s)) && QFile::link(file(u"real"_s), out()));
        } else if (what == u"a link to nothing") {
            QVERIFY(QFile::link(file(u"nowhere"_s), out()));
        } else if (what == u"a folder whose mark is a link") {
            put({{u"/notes.txt"_s, "mine"}});
            QVERIFY(QFile::link(writeFile(file(u"mark"_s), "x"), out() + u"/.earmark-export"_s));
        } else {
            VERIFY_OK(written(First));
            constexpr uid_t nobody = 65'534;
            if (::chown(QFile::encodeName(out()).constData(), nobody, nobody) != 0)
                return; // only root can give it away
        }
        const auto before = readFiles(m_folder->path());
        COMPARE_ERROR(AtomicFolder::make(out()), ErrorCode::Unwritable);
        QCOMPARE(readFiles(m_folder->path()), before);
        QVERIFY(!entries().filter(u".earmark-draft"_s).size());
    }

    /// Links, folders with such names and drafts of programs that run.
    void sweepingNeverLeavesWhatIsOurs()
    {
        QVERIFY(QDir().mkpath(file(u"victim/sub"_s)));
        writeFile(file(u"victim/thesis.tex"_s), "years of work");
        QVERIFY(QFile::link(u"victim"_s, file(u".out.earmark-draft-4194300"_s))); // as 0.1 named them
        QVERIFY(QFile::link(u"victim"_s, file(u".earmark-draft-aaaaaa"_s)));
        QVERIFY(QDir().mkpath(file(u".earmark-draft-bbbbbb"_s))); // without a mark
        writeFile(file(u".earmark-draft-bbbbbb/mine.txt"_s), "mine");
        auto running = AtomicFolder::make(out());
        VERIFY_OK(running);
        writeFile(running->path() + u"/metadata.jsonl"_s, "running");
        // Dead, with a link in it.
        const QString dead = box(u"cccccc"_s, u"out"_s);
        QVERIFY(QDir().mkpath(dead + u"/part/clips"_s));
        QVERIFY(QFile::link(file(u"victim"_s), dead + u"/part/clips/link"_s));
        // Of an export to another name.
        QVERIFY(QDir().mkpath(box(u"dddddd"_s, u"other"_s) + u"/part"_s));

        VERIFY_OK(written(Second));
        QCOMPARE(readFile(file(u"victim/thesis.tex"_s)), QByteArray("years of work"));
        QVERIFY(QFileInfo(file(u"victim/sub"_s)).isDir());
        QVERIFY(QFileInfo(file(u".out.earmark-draft-4194300"_s)).isSymLink());
        QVERIFY(QFileInfo(file(u".earmark-draft-aaaaaa"_s)).isSymLink());
        QCOMPARE(readFile(file(u".earmark-draft-bbbbbb/mine.txt"_s)), QByteArray("mine"));
        QVERIFY(!QFileInfo::exists(dead));
        QVERIFY(QFileInfo::exists(file(u".earmark-draft-dddddd"_s)));
        QCOMPARE(readFile(running->path() + u"/metadata.jsonl"_s), QByteArray("running"));
        VERIFY_OK(running->commit());
        QCOMPARE(content()[u"/metadata.jsonl"_s], QByteArray("running"));
    }

    /// A folder that was sent to us can hold a draft that was never one.
    void aForgedDraftPutsNothingOutside_data()
    {
        QTest::addColumn<QString>("in"); ///< what is a link in the target
        QTest::newRow("the target") << QString();
        QTest::newRow("a folder of it") << u"/clips"_s;
    }
    void aForgedDraftPutsNothingOutside()
    {
        QFETCH(QString, in);
        QVERIFY(QDir().mkpath(file(u"home"_s)));
        VERIFY_OK(written(First));
        if (in.isEmpty()) {
            QVERIFY(QDir().rename(out(), file(u"real"_s)));
            writeFile(file(u"home/.earmark-export"_s), "forged");
        } else {
            QVERIFY(QDir(out() + in).removeRecursively());
        }
        QVERIFY(QFile::link(file(u"home"_s), out() + in));
        const QString forged = box(u"eeeeee"_s, u"out"_s);
        QVERIFY(QDir().mkpath(forged + u"/new/clips"_s));
        writeFile(forged + u"/new/.profile"_s, "run me");
        writeFile(forged + u"/new/clips/.profile"_s, "run me");
        (void)written(Second);
        QVERIFY(!QFileInfo::exists(file(u"home/.profile"_s)));
    }

    void anExportThatWasBrokenOffIsPutRight_data()
    {
        QTest::addColumn<QString>("where");   ///< the former export lies
        QTest::addColumn<bool>("isReplaced"); ///< the new one has its name
        QTest::newRow("exchanged") << u"/new"_s << true;
        QTest::newRow("aside, replaced") << u"/old"_s << true;
        QTest::newRow("aside, and nothing in its place") << u"/old"_s << false;
    }
    void anExportThatWasBrokenOffIsPutRight()
    {
        QFETCH(QString, where);
        QFETCH(bool, isReplaced);
        VERIFY_OK(written(First));
        put({{u"/README.md"_s, "mine"}, {u"/.git/HEAD"_s, "ref"}});
        const QString dead = box(u"ffffff"_s, u"out"_s);
        QVERIFY(QDir().rename(out(), dead + where));
        if (isReplaced) {
            const QString elsewhere = file(u"elsewhere"_s);
            auto draft = AtomicFolder::make(elsewhere);
            fill(*draft, Second);
            VERIFY_OK(draft->commit());
            QVERIFY(QDir().rename(elsewhere, out()));
        }
        {
            const auto draft = AtomicFolder::make(out());
            VERIFY_OK(draft);
        }
        QCOMPARE(content(), together(isReplaced ? Second : First,
                                     {{u"/README.md"_s, "mine"}, {u"/.git/HEAD"_s, "ref"}}));
        nothingElseIsBeside({u"out"_s});
    }

    void nothingAppearsUnlessCommitted()
    {
        VERIFY_OK(written(First));
        {
            auto draft = AtomicFolder::make(out());
            VERIFY_OK(draft);
            fill(*draft, Second);
            AtomicFolder moved = std::move(*draft);
            QVERIFY(QFileInfo::exists(moved.path() + u"/metadata.jsonl"_s));
            QCOMPARE(content(), asTree(First));
        }
        QCOMPARE(content(), asTree(First));
        nothingElseIsBeside({u"out"_s});
    }

    void theDraftIsPrivateAndTheExportIsNot()
    {
        auto draft = AtomicFolder::make(out());
        VERIFY_OK(draft);
        const QFileInfo holder(QFileInfo(draft->path()).path());
        QCOMPARE(holder.fileName().first(15), u".earmark-draft-"_s);
        QCOMPARE(holder.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup),
                 QFile::Permissions());
        writeFile(draft->path() + u"/manifest.csv"_s, "m");
        VERIFY_OK(draft->commit());
        const mode_t mask = ::umask(0);
        ::umask(mask);
        struct stat about = {};
        QCOMPARE(::stat(QFile::encodeName(out()).constData(), &about), 0);
        QCOMPARE(about.st_mode & 0777U, 0777U & ~mask);
    }

    void aFileIsKeptAside()
    {
        const QString path = writeFile(file(u"dataset_card.md"_s), "one");
        auto kept = keepAside(path);
        VERIFY_OK(kept);
        QCOMPARE(*kept, path + u".1"_s);
        kept = keepAside(path);
        VERIFY_OK(kept);
        QCOMPARE(*kept, path + u".2"_s);
        QCOMPARE(readFile(path + u".2"_s), QByteArray("one"));
        kept = keepAside(file(u"nothing"_s));
        VERIFY_OK(kept);
        QCOMPARE(*kept, QString());
    }

    /// Names may hold what separates them.
    void theRecordReadsWhatItWrote()
    {
        const QStringList names{u"plain.csv"_s, u"with space.csv"_s, u"two\nlines"_s, u"back\\slash"_s,
                                u"\\n"_s,       u"ä/é.wav"_s};
        QVERIFY(QDir().mkpath(file(u"ä"_s)));
        for (const QString &name : names)
            writeFile(file(name), name.toUtf8());
        const auto record = ExportRecord::of(m_folder->path());
        VERIFY_OK(record);
        VERIFY_OK(record->write(file(u".record"_s)));
        const ExportRecord again = ExportRecord::read(file(u".record"_s));
        for (const QString &name : names)
            QVERIFY2(again.isUnchanged(m_folder->path(), name.toUtf8()), qPrintable(name));
        QVERIFY(again.hasFolder("ä"));
        QVERIFY(!again.isUnchanged(m_folder->path(), ".record"));
        QVERIFY(ExportRecord::read(writeFile(file(u"noise"_s), QByteArray("1 2 3\n\0\n9 x y z\n-", 17)))
                    .isEmpty());
    }

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    QString out() const { return file(u"out"_s); }

    static void fill(const AtomicFolder &draft, const Files &files)
    {
        for (auto each = files.cbegin(); each != files.cend(); ++each) {
            if (const qsizetype at = each.key().indexOf(u'/'); at > 0)
                VERIFY_OK(draft.addFolder(each.key().first(at)));
            writeFile(draft.path() + u'/' + each.key(), *each);
        }
    }
    Result<QStringList> written(const Files &files) const
    {
        auto draft = AtomicFolder::make(out());
        if (!draft)
            return tl::unexpected(draft.error());
        fill(*draft, files);
        return draft->commit();
    }
    void put(const Files &files) const
    {
        for (auto each = files.cbegin(); each != files.cend(); ++each) {
            QVERIFY(QDir().mkpath(QFileInfo(out() + each.key()).path()));
            writeFile(out() + each.key(), *each);
        }
    }
    /// In place, at a time of its own.
    void edit(const QString &name, const QByteArray &bytes) const
    {
        writeFile(out() + u'/' + name, bytes);
        QFile changed(out() + u'/' + name);
        QVERIFY(changed.open(QIODevice::ReadWrite));
        QVERIFY(changed.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000'000),
                                    QFileDevice::FileModificationTime));
    }
    /// As content() names them.
    static Files asTree(const Files &files)
    {
        Files tree;
        for (auto each = files.cbegin(); each != files.cend(); ++each)
            tree.insert(u'/' + each.key(), *each);
        return tree;
    }
    static Files together(const Files &exported, const Files &own)
    {
        Files tree = asTree(exported);
        tree.insert(own);
        return tree;
    }
    Files content() const
    {
        Files files;
        QDirIterator all(out(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString path = all.next();
            if (all.fileName() != ExportRecord::FolderName)
                files.insert(path.mid(out().size()), readFile(path));
        }
        return files;
    }
    QStringList entries() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    void nothingElseIsBeside(const QStringList &names) const { QCOMPARE(entries(), names); }
    /// A draft that nobody works on.
    QString box(const QString &letters, const QString &target) const
    {
        const QString path = file(u".earmark-draft-"_s + letters);
        QDir().mkpath(path);
        writeFile(path + u"/mark"_s, "Earmark\n" + target.toUtf8() + "\nhost boot\n1\n");
        return path;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestExportFolder)
#include "tst_exportfolder.moc"
