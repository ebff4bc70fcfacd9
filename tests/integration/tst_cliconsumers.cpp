#include "classes/labellist.h"
#include "support/cliprocess.h"
#include "support/consumers.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace earmark;
using namespace earmark::test;
using namespace Qt::StringLiterals;

namespace {

/// As the ledger has it.
QByteArray listOf(const QByteArray &label)
{
    QByteArray list;
    classes::appendLabel(list, label);
    return list;
}

} // namespace

/// What the consumers of exports make of types, braces and dollar signs, see support/consumers.py.
class TestCliConsumers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Hugging Face refuses parts whose columns are of different types. Of these clips one alone has notes,
    /// doubted labels, measures, a checksum; half have one label, a number by its looks or as an index.
    void partsOfAnAudioFolderHaveTheSameColumns_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("options");
        for (const char *format : {"audiofolder", "audiofolder-csv"}) {
            for (const char *labels : {"id", "index"}) {
                for (const char *split : {"train=50,test=50", "train=80,validation=10,test=10"}) {
                    QTest::addRow("%s, %s, %s", format, labels, split)
                        << QString::fromLatin1(format)
                        << QStringList{u"--labels"_s, QString::fromLatin1(labels), u"--split"_s,
                                       QString::fromLatin1(split)};
                }
                QTest::addRow("%s, %s, whole", format, labels)
                    << QString::fromLatin1(format) << QStringList{u"--labels"_s, QString::fromLatin1(labels)};
            }
        }
    }
    void partsOfAnAudioFolderHaveTheSameColumns()
    {
        QFETCH(QString, format);
        QFETCH(QStringList, options);
        const QTemporaryDir folder;
        std::vector<Sample> samples;
        for (int clip = 0; clip < 20; ++clip)
            samples.push_back({clip % 2 == 0 ? "/m/09x0r" : "/m/04rlf,/m/09x0r", clip == 7});
        fill(folder.path(), samples);
        const QString out = folder.filePath(u"out"_s);
        const auto run =
            runCli(QStringList{u"export"_s, folder.path(), u"--format"_s, format, u"--out"_s, out,
                               u"--column"_s, u"note,doubted,verdict,sha256,peak,loudness,clipped"_s} +
                   options);
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.errors.contains("The column loudness is written as text"),
                 format == u"audiofolder" && options.contains(u"--split"_s));
        QStringList labels;
        for (const QString &line : consumed(format, out))
            labels.append(line.section(u' ', 1, -2));
        labels.sort();
        const bool areIndices = options.contains(u"index"_s);
        QStringList expected = QStringList(10, areIndices ? u"0"_s : u"/m/09x0r"_s) +
                               QStringList(10, areIndices ? u"137 0"_s : u"/m/04rlf /m/09x0r"_s);
        expected.sort();
        QCOMPARE(labels, expected);
        // Nothing is lost on the way.
        QByteArray all;
        for (const auto &[name, content] : readFiles(out).asKeyValueRange())
            all += name.contains(u"metadata"_s) ? content : QByteArray();
        for (const char *said : {"7.5 dogs", "/m/09x0r", "-3.25", "-21.5"})
            QVERIFY2(all.contains(said), said);
    }

    /// mlcroissant splits texts and reads no WAV; pandas tells it which columns are texts.
    void croissantOfIndices_data()
    {
        QTest::addColumn<QByteArrayList>("labels");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QStringList>("expected");
        const QByteArrayList single{"/m/09x0r", "/m/04rlf", "/m/09x0r", "/m/04rlf"};
        const QByteArrayList mixed{"/m/09x0r", "/m/04rlf", "/m/09x0r,/m/04rlf", "/m/04rlf"};
        for (const char *split : {"", "train=50,test=50"}) {
            const QStringList options =
                *split ? QStringList{u"--split"_s, QString::fromLatin1(split)} : QStringList();
            QTest::addRow("one label each, %s", split)
                << single << options << QStringList{u"0"_s, u"0"_s, u"137"_s, u"137"_s};
            QTest::addRow("one label or two, %s", split)
                << mixed << options << QStringList{u"0"_s, u"0 137"_s, u"137"_s, u"137"_s};
        }
    }
    void croissantOfIndices()
    {
        QFETCH(QByteArrayList, labels);
        QFETCH(QStringList, options);
        QFETCH(QStringList, expected);
        const QTemporaryDir folder;
        std::vector<Sample> samples;
        for (const QByteArray &each : labels)
            samples.push_back({each, false});
        fill(folder.path(), samples);
        const QString out = folder.filePath(u"out"_s);
        const auto run = runCli(QStringList{u"export"_s, folder.path(), u"--format"_s, u"croissant"_s,
                                            u"--out"_s, out, u"--labels"_s, u"index"_s, u"--clips"_s,
                                            u"copy"_s, u"--column"_s, u"mids,doubted"_s} +
                                options);
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QStringList read;
        for (const QString &line : consumed(u"croissant"_s, out))
            read.append(line.section(u' ', 1, -2));
        read.sort();
        QCOMPARE(read, expected);
    }

    /// SpeechBrain replaces `{name}` in JSON and `$name` in CSV, and stops where it is not told by what.
    void speechBrainReplacesNothing_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<bool>("isRead");
        const auto rows = [](const char *label, bool isReadAsCsv) {
            QTest::addRow("JSON: %s", label) << u"speechbrain-json"_s << QByteArray(label) << true;
            QTest::addRow("CSV: %s", label) << u"speechbrain-csv"_s << QByteArray(label) << isReadAsCsv;
        };
        rows("set {a} of b", true);
        rows("{", true);
        rows("}} {{", true);
        rows("{0!r:>{1}} \"quoted {x}\"", true);
        rows("costs $5 each", false);
        rows("$", true);
        rows("a $ sign", true);
        rows("$wörter", false);
    }
    void speechBrainReplacesNothing()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, label);
        QFETCH(bool, isRead);
        const QTemporaryDir folder;
        fill(folder.path(), {{listOf(label), false}, {"/m/09x0r", true}});
        const QString out = folder.filePath(u"out {not} a name"_s);
        const auto run = runCli({u"export"_s, folder.path(), u"--format"_s, format, u"--out"_s, out,
                                 u"--column"_s, u"note,doubted"_s});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(!run.errors.contains("export speechbrain-json instead"), isRead);
        const QStringList lines = consumed(format, out, {u"texts"_s});
        QCOMPARE(lines.size() == 2, isRead);
        if (isRead)
            QCOMPARE(lines[0].section(u' ', 1, -2), QString::fromUtf8(label));
    }

    /// What the user puts before paths is to be replaced.
    void speechBrainReplacesPrefixes()
    {
        const QTemporaryDir folder;
        fill(folder.path(), {{"/m/09x0r", false}});
        const auto first = [&](const QString &format, const QString &prefix) {
            const QString out = folder.filePath(u"out"_s);
            const auto run = runCli(
                {u"export"_s, folder.path(), u"--format"_s, format, u"--out"_s, out, u"--prefix"_s, prefix});
            return run.errors.contains("speechbrain-json") ? QByteArray() : readFile(out);
        };
        QVERIFY(first(u"speechbrain-json"_s, u"{root}/"_s).contains("\"wav\":\"{root}/Yclip0000000_"));
        QVERIFY(first(u"speechbrain-csv"_s, u"$root/"_s).contains(",$root/Yclip0000000_"));
    }

private:
    struct Sample
    {
        QByteArray labels; ///< as the ledger has them
        bool isSaid;       ///< it has a note, doubted labels, measures and a checksum
    };
    /// Makes a workspace with these clips, of a video each.
    static void fill(const QString &path, const std::vector<Sample> &samples)
    {
        auto workspace = workspace::Workspace::open(path);
        QVERIFY(workspace);
        for (std::uint32_t position = 0; const Sample &sample : samples) {
            const std::string id = u"clip%1"_s.arg(position, 7, 10, QChar(u'0')).toStdString();
            const SegmentKey key{*YtId::parse(id), 30'000, 31'500};
            (*workspace)->enqueue({{key, position++, sample.labels}});
            QVERIFY(
                writePlainWav((*workspace)->layout().clip(key), std::vector<std::int16_t>(2'400), 1'600, 1));
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = 2'400;
            record.audio.sampleRate = 1'600;
            if (sample.isSaid) {
                record.audio.measures.peak = -3'25;
                record.audio.measures.loudness = -21'50;
                record.audio.measures.clipped = 3;
            }
            (*workspace)->update(key, record);
            if (sample.isSaid)
                (*workspace)->judge({{key, {.doubted = "/m/09x0r", .note = u"7.5 dogs"_s}}});
        }
        QVERIFY((*workspace)->flush());
    }
};

QTEST_GUILESS_MAIN(TestCliConsumers)
#include "tst_cliconsumers.moc"
