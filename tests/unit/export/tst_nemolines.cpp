#include "export/exportjob.h"
#include "readers/segmentfile.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/splittexts.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::exports;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;

class TestNemoLines final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"clips é"_s);
        auto workspace = Workspace::open(m_path);
        VERIFY_OK(workspace);
        m_workspace = std::move(*workspace);
        const auto add = [this](std::string_view id, std::uint32_t position, ClipState state,
                                qint64 samples) {
            const SegmentKey key{*YtId::parse(id), 23'700, 33'700};
            m_workspace->enqueue({{key, position, "/m/09x0r,/t/dd00088"}});
            Clip record = m_workspace->record(key);
            record.progress.state = state;
            record.progress.failure =
                state == ClipState::Failed ? FailureClass::Permanent : FailureClass::None;
            record.audio.samples = samples;
            record.audio.sampleRate = 44'100;
            m_workspace->update(key, record);
            if (samples > 0)
                QVERIFY(test::writePlainWav(m_workspace->layout().clip(key),
                                            std::vector<std::int16_t>(static_cast<std::size_t>(samples)),
                                            44'100, 1));
        };
        add("zzzzzzzzzzz", 0, ClipState::Ready, 441'000);
        add("-0RWZT-miFs", 1, ClipState::Short, 220'500);
        add("fffffffffff", 2, ClipState::Failed, 0);
        add("qqqqqqqqqqq", 3, ClipState::Queued, 0);
        add("gonegonegon", 4, ClipState::Ready, 441'000);
        QVERIFY(QFile::remove(m_workspace->layout().clip({*YtId::parse("gonegonegon"), 23'700, 33'700})));
        VERIFY_OK(m_workspace->flush());
    }

    void linesInTheOrderOfTheSplit()
    {
        const auto report = runExport(m_path, {.options = {.out = m_path + u"/manifest.json"_s}});
        VERIFY_OK(report);
        QCOMPARE(report->written, 2);
        QCOMPARE(report->skipped,
                 (std::map<QString, qint64>{{u"failed"_s, 1}, {u"queued"_s, 1}, {u"missing"_s, 1}}));
        QCOMPARE(
            read(m_path + u"/manifest.json"_s),
            QByteArray(
                R"({"audio_filepath":"processed/Yzzzzzzzzzzz_23.7_33.7.wav","duration":10.0,"labels":["/m/09x0r","/t/dd00088"],"label":"/m/09x0r;/t/dd00088","offset":0.0})"
                "\n"
                R"({"audio_filepath":"processed/Y-0RWZT-miFs_23.7_33.7.wav","duration":5.0,"labels":["/m/09x0r","/t/dd00088"],"label":"/m/09x0r;/t/dd00088","offset":0.0})"
                "\n"));
    }

    void clipsWhoseLabelsNobodyKnowsAreLeftOut()
    {
        const SegmentKey key{*YtId::parse("adopted0000"), 0, 10'000};
        Clip record;
        record.progress.state = ClipState::Ready;
        m_workspace->adopt({{key, record}});
        test::writeFile(m_workspace->layout().clip(key), "sound");
        VERIFY_OK(m_workspace->flush());
        const auto report = runExport(m_path, {.options = {.out = m_path + u"/manifest.json"_s}});
        VERIFY_OK(report);
        QCOMPARE(report->written, 2);
        QCOMPARE(report->skipped.at(u"without labels"_s), 1);
    }

    void elsewhereItNamesPathsFromThere()
    {
        const QString path = m_folder->filePath(u"other.json"_s);
        VERIFY_OK(runExport(m_path, {.options = {.out = path}}));
        const QByteArray text = read(path);
        for (const char c : text)
            QVERIFY(static_cast<unsigned char>(c) < 0x80);
        const auto first = QJsonDocument::fromJson(text.left(text.indexOf('\n'))).object();
        QCOMPARE(first[u"audio_filepath"_s].toString(), u"clips é/processed/Yzzzzzzzzzzz_23.7_33.7.wav"_s);
    }

    /// From a list to its manifest and back, by way of the ledger: labels may be any text.
    void labelsComeBackAsTheyWere()
    {
        segments::SegmentTable table;
        const std::vector<std::vector<std::string_view>> labels{{"/m/09x0r", "playing violin, fiddle"},
                                                                {"a \"good\" one", "“Chöre”"},
                                                                {"/m/09x0r", "/t/dd00088"}};
        std::vector<WantedClip> wanted;
        for (const auto &each : labels) {
            const segments::Row row = table.size();
            const SegmentKey key{*YtId::parse("texts-_1234"), row * 1000, row * 1000 + 9500};
            QVERIFY(table.append(key, each));
            wanted.push_back({key, row, table.midList(row)});
        }
        const QString folder = m_folder->filePath(u"texts"_s);
        {
            auto workspace = Workspace::open(folder);
            VERIFY_OK(workspace);
            (*workspace)->enqueue(wanted);
            for (const WantedClip &each : wanted) {
                QVERIFY(test::writePlainWav((*workspace)->layout().clip(each.key), {0}, 1'000, 1));
                Clip record = (*workspace)->record(each.key);
                record.progress.state = ClipState::Ready;
                record.audio.samples = 1;
                record.audio.sampleRate = 1'000;
                (*workspace)->update(each.key, record);
            }
        }
        const QString path = folder + u"/manifest.json"_s;
        VERIFY_OK(runExport(folder, {.options = {.out = path}}));
        const QByteArray manifest = read(path);
        QVERIFY2(manifest.contains(R"("labels":["/m/09x0r","playing violin, fiddle"],"label")"),
                 manifest.constData());
        const auto split = readers::readSegments(path);
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 0);
        QCOMPARE(test::rowsOf(split->table), test::rowsOf(table));
    }

    void theFormerOneStaysUntilTheNewOneIsWhole()
    {
        const QString path = m_path + u"/manifest.json"_s;
        QFile former(path);
        QVERIFY(former.open(QIODevice::WriteOnly));
        former.write("former\n");
        former.close();
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(runExport(m_path, {.options = {.out = path}}, stop.get_token()), ErrorCode::Cancelled);
        QCOMPARE(read(path), QByteArray("former\n"));
        QCOMPARE(QDir(m_path).entryList({u"manifest*"_s}), QStringList{u"manifest.json"_s});
    }

    void refuses()
    {
        COMPARE_ERROR(runExport(m_folder->path(), {.options = {.out = m_folder->filePath(u"x.json"_s)}}),
                      ErrorCode::NotFound);
        COMPARE_ERROR(runExport(m_path, {.options = {.out = m_path + u"/processed"_s}}),
                      ErrorCode::Unwritable);
        COMPARE_ERROR(runExport(m_path, {.options = {.out = m_path + u"/nowhere/manifest.json"_s}}),
                      ErrorCode::Unwritable);
        const QString emptyPath = m_folder->filePath(u"empty"_s);
        VERIFY_OK(Workspace::open(emptyPath));
        COMPARE_ERROR(runExport(emptyPath, {.options = {.out = emptyPath + u"/manifest.json"_s}}),
                      ErrorCode::BadInput);
        QVERIFY(!QFile::exists(emptyPath + u"/manifest.json"_s));
    }

private:
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(TestNemoLines)
#include "tst_nemolines.moc"
