#include "export/exportjob.h"
#include "export/report/checksums.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;

/// Whether an export is a file or a folder, and that all that goes with it lies where it should.
class TestExportFolders final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto workspace = workspace::Workspace::open(m_folder.path());
        VERIFY_OK(workspace);
        for (std::uint32_t position = 0; position < 20; ++position) {
            const std::string id = u"video%1"_s.arg(position, 6, 10, QChar(u'0')).toStdString();
            const SegmentKey key{*YtId::parse(id), 30'000, 40'000};
            (*workspace)->enqueue({{key, position, position % 2 == 0 ? "/m/09x0r" : "/m/04rlf"}});
            QVERIFY(test::writePlainWav((*workspace)->layout().clip(key),
                                        std::vector<std::int16_t>(16'000 + position, 1'000), 1'600, 1));
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = 16'000 + position;
            record.audio.sampleRate = 1'600;
            (*workspace)->update(key, record);
        }
        VERIFY_OK((*workspace)->flush());
    }

    /// Every format split, frozen and with a card, in every combination.
    void whatGoesAlongLiesInTheExportsOwnFolder_data()
    {
        QTest::addColumn<const ExportFormat *>("format");
        QTest::addColumn<bool>("isSplit");
        QTest::addColumn<bool>("withChecksums");
        QTest::addColumn<bool>("hasCard");
        for (const auto &each : exportFormats()) {
            for (const int choice : {0, 1, 2, 3, 4, 5, 6, 7}) {
                QTest::addRow("%s%s%s%s", each.keyword.latin1(), choice & 1 ? ", split" : "",
                              choice & 2 ? ", frozen" : "", choice & 4 ? ", with a card" : "")
                    << &each << ((choice & 1) != 0) << ((choice & 2) != 0) << ((choice & 4) != 0);
            }
        }
    }
    void whatGoesAlongLiesInTheExportsOwnFolder()
    {
        QFETCH(const ExportFormat *, format);
        QFETCH(bool, isSplit);
        QFETCH(bool, withChecksums);
        QFETCH(bool, hasCard);
        const QTemporaryDir parent;
        ExportJob job{.options = {.format = format, .out = parent.filePath(u"set"_s)},
                      .withChecksums = withChecksums,
                      .hasCard = hasCard};
        if (isSplit)
            job.shares = *parseShares(u"70/20/10"_s);
        const auto report = runExport(m_folder.path(), job);
        VERIFY_OK(report);
        QCOMPARE(report->written, 20);
        QCOMPARE(report->parts.size(), std::size_t(isSplit ? 3 : 0));

        const bool isFolder = job.isFolder();
        QCOMPARE(QFileInfo(job.options.out).isDir(), isFolder);
        QCOMPARE(isFolder, isSplit || format->isFolder());
        QStringList beside{u"set"_s};
        const QString folder = isFolder ? job.options.out : parent.path();
        for (const auto &[name, isWritten] :
             {std::pair(QString(ChecksumsName), withChecksums), std::pair(QString(CoverageName), hasCard),
              std::pair(QString(CardName), hasCard), std::pair(u"parts.csv"_s, hasCard && isSplit)}) {
            QCOMPARE(QFileInfo::exists(folder + u'/' + name), isWritten);
            if (isWritten && !isFolder)
                beside.append(name);
        }
        beside.sort();
        QCOMPARE(QDir(parent.path()).entryList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name),
                 beside);
        if (withChecksums) {
            TaskProgress progress;
            const auto checked = verifyChecksums(folder + u'/' + ChecksumsName, progress);
            VERIFY_OK(checked);
            QVERIFY(checked->checked > 0);
            QVERIFY(checked->bad.empty());
        }

        // Again, in the place of the former.
        VERIFY_OK(runExport(m_folder.path(), job));
    }

    /// Clips of silence are the same and have nothing to do with each other: videos stay together, no more.
    void silenceUnitesNothing_data()
    {
        QTest::addColumn<std::uint16_t>("silence");
        QTest::addColumn<qint64>("least"); ///< clips in the smaller part
        QTest::newRow("silent") << std::uint16_t{65'535} << qint64{6};
        QTest::newRow("a sound that comes again") << std::uint16_t{30'000} << qint64{0};
    }
    void silenceUnitesNothing()
    {
        QFETCH(std::uint16_t, silence);
        QFETCH(qint64, least);
        const QTemporaryDir folder;
        {
            auto workspace = workspace::Workspace::open(folder.path());
            VERIFY_OK(workspace);
            for (std::uint32_t position = 0; position < 12; ++position) {
                const std::string id = u"silent%1"_s.arg(position / 2, 5, 10, QChar(u'0')).toStdString();
                const SegmentKey key{*YtId::parse(id), position * 10'000, position * 10'000 + 10'000};
                (*workspace)->enqueue({{key, position, "/m/09x0r"}});
                QVERIFY(test::writePlainWav((*workspace)->layout().clip(key),
                                            std::vector<std::int16_t>(16'000), 1'600, 1));
                auto record = (*workspace)->record(key);
                record.progress.state = ClipState::Ready;
                record.audio.samples = 16'000;
                record.audio.sampleRate = 1'600;
                record.audio.sha256 = QByteArray(32, '\x42');
                record.audio.measures = {
                    .peak = -120'00, .loudness = -120'00, .silence = silence, .bandwidth = 0};
                (*workspace)->update(key, record);
            }
            VERIFY_OK((*workspace)->flush());
        }
        ExportJob job{.options = {.out = folder.filePath(u"set"_s)}};
        job.shares = *parseShares(u"a=50,b=50"_s);
        const auto report = runExport(folder.path(), job);
        VERIFY_OK(report);
        QCOMPARE(std::min(report->parts[0].second, report->parts[1].second), least);
        QCOMPARE(report->warnings.filter(u"instead of"_s).size(), least == 0 ? 2 : 0);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestExportFolders)
#include "tst_exportfolders.moc"
