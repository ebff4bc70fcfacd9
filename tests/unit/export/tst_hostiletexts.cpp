#include "export/exportjob.h"
#include "export/jsontext.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <stdexcept>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;

/// Texts that are no UTF-8, and libraries that throw, end no program.
class TestHostileTexts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto workspace = workspace::Workspace::open(m_folder.path());
        VERIFY_OK(workspace);
        for (std::uint32_t position = 0;
             const char *labels : {"/m/\xff\xfe", "a\xc3", "\xed\xa0\x80;\"", "/m/09x0r,\xf8\x88"}) {
            const std::string id = u"broken%1"_s.arg(position, 5, 10, QChar(u'0')).toStdString();
            const SegmentKey key{*YtId::parse(id), 30'000, 40'000};
            (*workspace)->enqueue({{key, position, labels}});
            QVERIFY(test::writePlainWav((*workspace)->layout().clip(key),
                                        std::vector<std::int16_t>(16'000, 1'000), 1'600, 1));
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = 16'000;
            record.audio.sampleRate = 1'600;
            (*workspace)->update(key, record);
            (*workspace)->judge({{key, {.doubted = "\xff", .note = QString(QChar(0xD800))}}});
            ++position;
        }
        VERIFY_OK((*workspace)->flush());
    }

    /// Names, ids and what was said, in every format: nothing is thrown, and what is written can be read.
    void brokenTextsStopNoExport_data()
    {
        QTest::addColumn<const ExportFormat *>("format");
        QTest::addColumn<LabelKind>("labels");
        for (const auto &format : exportFormats()) {
            for (const auto &labels : LabelKindKeywords)
                QTest::addRow("%s, %s", format.keyword.latin1(), labels.keyword.latin1())
                    << &format << labels.value;
        }
    }
    void brokenTextsStopNoExport()
    {
        QFETCH(const ExportFormat *, format);
        QFETCH(LabelKind, labels);
        const QTemporaryDir folder;
        ExportJob job{.options = {.format = format, .out = folder.filePath(u"set"_s), .labels = labels},
                      .shares = *parseShares(u"a=50,b=50"_s),
                      .withChecksums = true,
                      .hasCard = true,
                      .facts = {.title = QString(QChar(0xDC00)), .manifest = {}}};
        for (const auto &column : ExportColumnKeywords)
            job.options.columns.push_back(column.value);
        const auto report = runExport(m_folder.path(), job);
        // Such labels are in no map.
        if (labels == LabelKind::Indices || format == exportFormat(u"icefall")) {
            COMPARE_ERROR(report, ErrorCode::BadInput);
            return;
        }
        VERIFY_OK(report);
        QCOMPARE(report->written, 4);
        const auto files = test::readFiles(job.options.out);
        QVERIFY(!files.isEmpty());
        for (auto file = files.cbegin(); file != files.cend(); ++file) {
            if (file.key().endsWith(u"coverage.json"_s) || file.key().endsWith(u"croissant.json"_s))
                QVERIFY2(nlohmann::json::accept(file->toStdString()), qPrintable(file.key()));
        }
    }

    void jsonOfBrokenTexts()
    {
        const nlohmann::ordered_json json{{"k\xff", "v\xc3"}, {"ok", {"\xed\xa0\x80", "é"}}};
        const QByteArray text = jsonText(json);
        QVERIFY(nlohmann::json::accept(text.toStdString()));
        QVERIFY2(text.startsWith("{\"k\\ufffd\":\"v\\ufffd\""), text.constData());
        QVERIFY(text.contains("\\u00e9"));
    }

    void whatIsThrownBecomesAnError()
    {
        const QString out = m_folder.filePath(u"thrown.csv"_s);
        const auto report =
            runExport(m_folder.path(), {.options = {.format = exportFormat(u"csv"), .out = out}}, {},
                      [](qint64, qint64) { throw std::runtime_error("no more of this"); });
        COMPARE_ERROR(report, ErrorCode::Internal);
        QVERIFY2(report.error().text.contains(u"no more of this"), qPrintable(report.error().text));
        QVERIFY(!QFileInfo::exists(out));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestHostileTexts)
#include "tst_hostiletexts.moc"
