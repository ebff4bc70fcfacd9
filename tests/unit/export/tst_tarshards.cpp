#include "export/exportjob.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;

namespace {

/// What Python's tarfile finds in an archive: a list of objects.
constexpr const char *Lister = R"(
import hashlib, json, sys, tarfile
with tarfile.open(sys.argv[1], "r:") as tar:
    print(json.dumps([{
        "name": each.name, "size": each.size, "mode": each.mode, "time": each.mtime, "owner": [each.uid, each.gid],
        "isFile": each.type == tarfile.REGTYPE, "sum": hashlib.sha256(tar.extractfile(each).read()).hexdigest()}
        for each in tar]))
)";

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return "failed: " + process.readAllStandardError();
    return process.readAllStandardOutput();
}

QJsonArray entriesOf(const QString &tar)
{
    return QJsonDocument::fromJson(outputOf(u"python3"_s, {u"-c"_s, QString::fromLatin1(Lister), tar}))
        .array();
}

QStringList namesIn(const QString &tar)
{
    QStringList names;
    for (const auto &entry : entriesOf(tar))
        names.append(entry.toObject()[u"name"_s].toString());
    return names;
}

} // namespace

/// The shards of a WebDataset, read by tar and by Python's tarfile: not by the library that wrote them.
class TestTarShards final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto workspace = workspace::Workspace::open(m_folder.path());
        VERIFY_OK(workspace);
        for (std::uint32_t position = 0; position < Clips; ++position) {
            const SegmentKey key{*YtId::parse(u"-clip%1"_s.arg(position, 6, 10, QChar(u'0')).toStdString()),
                                 23'700, 33'700};
            (*workspace)->enqueue({{key, position, "/m/0bt9lr"}});
            // Of all sizes that fill a block of 512 bytes or not: 44 bytes of header, two for each sample.
            const auto samples = 10'000 + position * 117;
            QVERIFY(test::writePlainWav((*workspace)->layout().clip(key),
                                        std::vector<std::int16_t>(samples, 1'000), 1'000, 1));
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = samples;
            record.audio.sampleRate = 1'000;
            (*workspace)->update(key, record);
            m_clips.append(test::readFile((*workspace)->layout().clip(key)));
        }
        VERIFY_OK((*workspace)->flush());
    }
    void init() { m_out = std::make_unique<QTemporaryDir>(); }

    void holdEachClipAndItsJson()
    {
        VERIFY_OK(written(ExportOptions()));
        const QString tar = file(u"shard-000000.tar"_s);
        QCOMPARE(shards(), QStringList{u"shard-000000.tar"_s});
        QCOMPARE(test::readFile(tar).mid(257, 8), QByteArray("ustar\0"
                                                             "00",
                                                             8));
        const QJsonArray entries = entriesOf(tar);
        QCOMPARE(entries.size(), 2 * qsizetype{Clips});
        for (int at = 0; at < Clips; ++at) {
            const QJsonObject sound = entries[2 * at].toObject();
            const QJsonObject json = entries[2 * at + 1].toObject();
            // The key ends at the first point, so that times are whole milliseconds.
            const QString key = u"Y-clip%1_23700_33700"_s.arg(at, 6, 10, QChar(u'0'));
            QCOMPARE(sound[u"name"_s].toString(), key + u".wav"_s);
            QCOMPARE(json[u"name"_s].toString(), key + u".json"_s);
            QCOMPARE(sound[u"size"_s].toInt(), m_clips[at].size());
            QCOMPARE(sound[u"sum"_s].toString().toLatin1(),
                     QCryptographicHash::hash(m_clips[at], QCryptographicHash::Sha256).toHex());
            for (const QJsonObject &entry : {sound, json}) {
                QVERIFY(entry[u"isFile"_s].toBool());
                QCOMPARE(entry[u"mode"_s].toInt(), 0644);
                QCOMPARE(entry[u"time"_s].toInt(-1), 0);
                QCOMPARE(entry[u"owner"_s].toArray(), (QJsonArray{0, 0}));
            }
            const QByteArray line = outputOf(u"tar"_s, {u"-xOf"_s, tar, u"--"_s, json[u"name"_s].toString()});
            const QJsonObject said = QJsonDocument::fromJson(line).object();
            QCOMPARE(said[u"labels"_s].toArray(), QJsonArray{u"/m/0bt9lr"_s});
            QCOMPARE(said[u"duration"_s].toDouble(), 10 + at * 0.117);
        }
        QCOMPARE(outputOf(u"tar"_s, {u"-tf"_s, tar}).split('\n').first(2 * Clips).size(),
                 2 * qsizetype{Clips});

        // The same clips give the same bytes.
        const QByteArray first = test::readFile(tar);
        VERIFY_OK(written(ExportOptions()));
        QCOMPARE(test::readFile(tar), first);
    }

    void areNoLargerThanAsked()
    {
        constexpr qint64 Most = 90'000;
        VERIFY_OK(written(ExportOptions{.hasYPrefix = false, .shardBytes = Most}));
        QStringList names;
        for (const QString &shard : shards()) {
            QVERIFY(QFileInfo(file(shard)).size() <= Most);
            names += namesIn(file(shard));
        }
        QVERIFY(shards().size() > 2);
        QCOMPARE(shards().last(), u"shard-%1.tar"_s.arg(shards().size() - 1, 6, 10, QChar(u'0')));
        QCOMPARE(names.size(), 2 * qsizetype{Clips});
        QVERIFY(names.front().startsWith(u"-clip"_s));
        QCOMPARE(names.removeDuplicates(), 0);
    }

    void aClipLargerThanAShardHasOneOfItsOwn()
    {
        VERIFY_OK(written(ExportOptions{.shardBytes = 1}));
        QCOMPARE(shards().size(), qsizetype{Clips});
        for (const QString &shard : shards())
            QCOMPARE(namesIn(file(shard)).size(), 2);
    }

    void partsHaveShardsOfTheirOwn()
    {
        ExportJob job{.options = {.shardBytes = 90'000}, .shares = *parseShares(u"train=75,eval=25"_s)};
        const auto report = written(job);
        VERIFY_OK(report);
        for (const auto &[part, clips] : report->parts) {
            qsizetype entries = 0;
            for (const QString &shard : shards().filter(part + u'-'))
                entries += namesIn(file(shard)).size();
            QCOMPARE(entries, 2 * clips);
        }
        QVERIFY(shards().contains(u"train-000001.tar"_s));
        QVERIFY(shards().contains(u"eval-000000.tar"_s));
    }

private:
    static constexpr int Clips = 12;

    Result<ExportReport> written(ExportJob job)
    {
        job.options.format = exportFormat(u"webdataset");
        job.options.out = m_out->filePath(u"set"_s);
        return runExport(m_folder.path(), job);
    }
    Result<ExportReport> written(ExportOptions options)
    {
        return written(ExportJob{.options = std::move(options)});
    }
    QString file(const QString &name) const { return m_out->filePath(u"set/"_s + name); }
    QStringList shards() const
    {
        return QDir(m_out->filePath(u"set"_s)).entryList({u"*.tar"_s}, QDir::Files, QDir::Name);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_out;
    QByteArrayList m_clips; ///< the bytes of their files
};

QTEST_GUILESS_MAIN(TestTarShards)
#include "tst_tarshards.moc"
