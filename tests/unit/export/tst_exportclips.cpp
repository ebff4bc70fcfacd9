#include "base/ownfiles.h"
#include "export/exportjob.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtEndian>

#include <sys/stat.h>
#include <unistd.h>

using namespace earmark;
using namespace earmark::exports;
using namespace earmark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Rate = 1'600;
constexpr std::size_t Samples = 2'400;
constexpr const char *Secret = "-----BEGIN OPENSSH PRIVATE KEY-----";

SegmentKey keyOf(int number)
{
    return {*YtId::parse("clip" + std::to_string(1'000'000 + number)), 0, 1'500};
}

/// How clips go along, and whether their bytes are read on the way.
struct Way
{
    const ExportFormat *format = exportFormat(u"nemo");
    ClipFiles clips = ClipFiles::Left;
    bool withChecksums = false;
    bool isSplit = false;
    bool readsBytes = false;
};

void overwrite(const QString &path, qint64 at, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(at) && file.write(bytes) == bytes.size());
}

} // namespace
Q_DECLARE_METATYPE(Way)

/// Only what is as the ledger says goes into an export.
class TestExportClips final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto workspace = workspace::Workspace::open(root());
        VERIFY_OK(workspace);
        for (int number = 0; number < 6; ++number) {
            const SegmentKey key = keyOf(number);
            (*workspace)->enqueue({{key, static_cast<std::uint32_t>(number), "/m/09x0r"}});
            QVERIFY(writePlainWav(clip(number),
                                  std::vector<std::int16_t>(Samples, static_cast<std::int16_t>(number)), Rate,
                                  1));
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = Samples;
            record.audio.sampleRate = Rate;
            record.audio.sha256 = *sha256Of(clip(number));
            (*workspace)->update(key, record);
        }
        VERIFY_OK((*workspace)->flush());
        writeFile(file(u"id_rsa"_s), QByteArray(Secret));
    }

    void whatDiffersIsLeftOutAndNamed_data()
    {
        QTest::addColumn<QString>("trick");
        QTest::addColumn<Way>("way");
        const std::vector<std::pair<const char *, Way>> ways{
            {"left", {}},
            {"left, frozen", {.withChecksums = true, .readsBytes = true}},
            {"copied", {.clips = ClipFiles::Copied, .readsBytes = true}},
            {"linked", {.format = exportFormat(u"audiofolder"), .clips = ClipFiles::Linked}},
            {"linked, frozen",
             {.format = exportFormat(u"croissant"),
              .clips = ClipFiles::Linked,
              .withChecksums = true,
              .readsBytes = true}},
            {"shards", {.format = exportFormat(u"webdataset"), .readsBytes = true}},
            {"shards, frozen, split",
             {.format = exportFormat(u"webdataset"),
              .withChecksums = true,
              .isSplit = true,
              .readsBytes = true}},
            {"copied, frozen, split",
             {.format = exportFormat(u"audiofolder"),
              .clips = ClipFiles::Copied,
              .withChecksums = true,
              .isSplit = true,
              .readsBytes = true}},
        };
        for (const auto &[name, way] : ways) {
            for (const char *trick : {"missing", "symbolic link", "fifo", "folder", "cut off", "grown",
                                      "empty", "another rate", "another text", "zeroed in the middle"})
                QTest::addRow("%s: %s", name, trick) << QString::fromLatin1(trick) << way;
        }
    }
    void whatDiffersIsLeftOutAndNamed()
    {
        QFETCH(QString, trick);
        QFETCH(Way, way);
        const QString reason = play(trick, clip(2));
        const auto report = runExport(root(), jobOf(way));
        VERIFY_OK(report);
        const bool isSeen = trick != u"zeroed in the middle" || way.readsBytes;
        const bool isHeaderAlone = trick == u"another rate" && way.format == exportFormat(u"nemo") &&
                                   way.clips == ClipFiles::Left && !way.withChecksums;
        if (!isSeen || isHeaderAlone) { // its lines alone name it: kind and size are compared
            QCOMPARE(report->written, 6);
            return;
        }
        QCOMPARE(report->written, 5);
        QCOMPARE(report->skipped, (std::map<QString, qint64>{{reason, 1}}));
        QCOMPARE(report->unfit.size(), 1U);
        QCOMPARE(report->unfit[0].key, keyOf(2));
        QCOMPARE(QString(report->unfit[0].why), reason);
        // Neither its name nor what it pointed to is anywhere in the export, but as a clip that is missing.
        const auto files = readFiles(out());
        for (auto each = files.cbegin(); each != files.cend(); ++each) {
            QVERIFY2(!each->contains(Secret), qPrintable(each.key()));
            QVERIFY2(!each.key().contains(keyOf(2).stem()), qPrintable(each.key()));
            QVERIFY2(each.key().endsWith(u"coverage.json"_s) || !each->contains("clip1000002"),
                     qPrintable(each.key()));
        }
        const auto card = QJsonDocument::fromJson(readFile(beside(u"coverage.json"_s))).object();
        QCOMPARE(card[u"missing_clips"_s][0][u"which"_s].toString(), reason);
        QCOMPARE(card[u"exported"_s][u"clips"_s].toInt(), 5);
    }

    /// Also a clip that is linked or copied must not be the link's target by way of the folder itself.
    void theFolderOfClipsMayBeALink_data()
    {
        QTest::addColumn<Way>("way");
        QTest::newRow("left") << Way{};
        QTest::newRow("copied") << Way{.format = exportFormat(u"audiofolder"), .clips = ClipFiles::Copied};
        QTest::newRow("linked") << Way{.format = exportFormat(u"audiofolder"), .clips = ClipFiles::Linked};
        QTest::newRow("shards") << Way{.format = exportFormat(u"webdataset")};
    }
    void theFolderOfClipsMayBeALink()
    {
        QFETCH(Way, way);
        QVERIFY(QDir().rename(file(u"clips/processed"_s), file(u"scratch"_s)));
        QVERIFY(QFile::link(file(u"scratch"_s), file(u"clips/processed"_s)));
        const auto report = runExport(root(), jobOf(way));
        VERIFY_OK(report);
        QCOMPARE(report->written, 6);
        QCOMPARE(report->unfit.size(), 0U);
    }

    /// As a program may write them that Earmark took clips over from.
    void aHeaderWithOtherChunksIsRead_data()
    {
        QTest::addColumn<qint64>("more"); ///< bytes of a chunk before the samples
        QTest::addColumn<qint64>("written");
        QTest::newRow("even") << qint64{26} << qint64{6};
        QTest::newRow("odd, and filled up") << qint64{27} << qint64{6};
    }
    void aHeaderWithOtherChunksIsRead()
    {
        QFETCH(qint64, more);
        QFETCH(qint64, written);
        const QByteArray plain = readFile(clip(1));
        const QByteArray chunk = "LIST" + QByteArray(1, static_cast<char>(more)) + QByteArray(3, '\0') +
                                 QByteArray(more + more % 2, 'x');
        QByteArray size(4, '\0');
        qToLittleEndian(static_cast<quint32>(plain.size() + chunk.size() - 8), size.data());
        writeFile(clip(1), "RIFF" + size + plain.sliced(8, 28) + chunk + plain.sliced(36));
        const auto record = [&](auto change) {
            auto workspace = workspace::Workspace::open(root());
            auto known = (*workspace)->record(keyOf(1));
            change(known);
            (*workspace)->update(keyOf(1), known);
        };
        record([](auto &known) { known.audio.sha256 = {}; });
        const auto report = runExport(root(), jobOf({.withChecksums = true}));
        VERIFY_OK(report);
        QCOMPARE(report->written, written);
    }

    void checksumsAreOfWhatIsThere()
    {
        VERIFY_OK(runExport(root(), jobOf({.withChecksums = true})));
        const QByteArray sums = readFile(beside(u"checksums.sha256"_s));
        QCOMPARE(sums.count('\n'), 6 + 3);
        QVERIFY(
            sums.contains(sha256Of(clip(3))->toHex() + "  clips/processed/" + keyOf(3).stem().toLatin1()));
    }

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    QString root() const { return file(u"clips"_s); }
    QString clip(int number) const { return workspace::Layout(root()).clip(keyOf(number)); }
    QString out() const { return file(u"out"_s); }
    /// What lies beside the lines.
    QString beside(const QString &name) const
    {
        return QFileInfo(out()).isDir() ? out() + u'/' + name : file(name);
    }
    ExportJob jobOf(const Way &way) const
    {
        ExportJob job{.options = {.format = way.format, .out = out(), .clips = way.clips}};
        job.withChecksums = way.withChecksums;
        job.hasCard = true;
        if (way.isSplit)
            job.shares = *parseShares(u"50/50"_s);
        return job;
    }
    /// Gives the reason that is expected.
    QString play(const QString &trick, const QString &path) const
    {
        const qint64 middle = 44 + Samples;
        if (trick == u"cut off")
            QFile(path).resize(middle);
        else if (trick == u"grown")
            QFile(path).resize(2 * middle);
        else if (trick == u"empty")
            QFile(path).resize(0);
        else if (trick == u"another rate")
            overwrite(path, 24, QByteArray("\x44\xac\0\0", 4));
        else if (trick == u"zeroed in the middle")
            overwrite(path, middle, QByteArray(64, '\0'));
        else if (trick == u"another text")
            writeFile(path, Secret);
        else if (removeFile(path) && trick == u"symbolic link")
            QFile::link(file(u"id_rsa"_s), path);
        else if (trick == u"fifo")
            ::mkfifo(QFile::encodeName(path).constData(), 0600);
        else if (trick == u"folder")
            QDir().mkdir(path);
        return trick == u"missing" || trick == u"symbolic link" ? trick
               : trick == u"fifo" || trick == u"folder"         ? u"not a regular file"_s
                                                                : u"damaged"_s;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestExportClips)
#include "tst_exportclips.moc"
