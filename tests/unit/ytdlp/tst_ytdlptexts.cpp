#include "support/resulttest.h"
#include "support/testmain.h"
#include "ytdlp/failureclassifier.h"

#include <QDir>
#include <QTest>

#include <vector>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

/// A text that a user can meet: what yt-dlp, ffmpeg or YouTube prints, and what it means.
struct Row
{
    QString failure; ///< class, as keyword() has it
    QString help;    ///< as keyword() has it; empty: none
    QString file;    ///< where the text comes from: a file of yt-dlp, or in words
    QString version; ///< of the file: "old" (2025.04.30), "new" (2025.11.12 and later) or "both"; empty: none
    QString literal; ///< the part of the text that stands so in the file; empty: none
    QString text;    ///< the log of a job, in lines
};

/// ytdlptexts.tsv: a header, then one row a line; "\n" in a text stands for the end of a line.
std::vector<Row> readRows()
{
    const QByteArray table = test::readFile(u"" EARMARK_SOURCE_DIR "/tests/unit/ytdlp/ytdlptexts.tsv"_s);
    std::vector<Row> rows;
    for (const QString &line : QString::fromUtf8(table).split(u'\n', Qt::SkipEmptyParts).sliced(1)) {
        const QStringList fields = line.split(u'\t');
        if (fields.size() != 5)
            qFatal("Five columns are expected: %s", qUtf8Printable(line));
        Row row{fields[0], fields[1], fields[2], {}, fields[3], fields[4]};
        if (row.literal == u'-') {
            row.literal.clear();
        } else {
            row.version = row.file.section(u' ', -1);
            row.file = row.file.section(u' ', 0, -2);
        }
        row.text.replace("\\n"_L1, "\n"_L1);
        rows.push_back(row);
    }
    return rows;
}

/// A yt-dlp whose source is on this machine.
struct Source
{
    QString folder;
    QString version; ///< "old" or "new"
};

std::vector<Source> sources()
{
    const QString packages = u"usr/lib/python3/dist-packages/yt_dlp"_s;
    std::vector<Source> found;
    for (const QString &root : {u"/"_s, u"" EARMARK_SOURCE_DIR "/build/newest/yt-dlp/"_s}) {
        const QString version = QString::fromUtf8(test::readFile(root + packages + u"/version.py"_s))
                                    .section(u"__version__ = '"_s, 1)
                                    .section(u'\'', 0, 0);
        // Texts change from release to release: the table is about these.
        if (version == u"2025.04.30"_s)
            found.push_back({root + packages, u"old"_s});
        else if (root != u"/"_s && version > u"2026"_s)
            found.push_back({root + packages, u"new"_s});
    }
    return found;
}

} // namespace

/// Every text that a user can meet has its class on purpose.
class TestYtDlpTexts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTwoHundredTexts() { QVERIFY(readRows().size() >= 200); }

    void everyTextHasItsClass_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("failure");
        QTest::addColumn<QString>("help");
        int number = 1;
        for (const Row &row : readRows())
            QTest::addRow("line %d: %s", ++number, qUtf8Printable(row.text.section(u'\n', -1).left(110)))
                << row.text << row.failure << row.help;
    }

    void everyTextHasItsClass()
    {
        QFETCH(QString, text);
        QFETCH(QString, failure);
        QFETCH(QString, help);
        const ytdlp::Diagnosis diagnosis = ytdlp::FailureClassifier().classify(text.split(u'\n'));
        QVERIFY2(keyword(diagnosis.failure) == failure,
                 qUtf8Printable(keyword(diagnosis.failure) + u": "_s + diagnosis.text()));
        QVERIFY2(keyword(diagnosis.help) == help, qUtf8Printable(keyword(diagnosis.help)));
        QVERIFY(!diagnosis.sentence.isEmpty());
    }

    /// So that the table does not outlive the programs it is about.
    void everyTextIsStillPrinted()
    {
        const std::vector<Source> all = sources();
        if (all.empty())
            QSKIP("Neither yt-dlp 2025.04.30 nor the newest (packaging/setup.sh newest) is on this machine.");
        QStringList gone;
        for (const Row &row : readRows()) {
            for (const Source &source : all) {
                if (row.literal.isEmpty() || (row.version != u"both"_s && row.version != source.version))
                    continue;
                const QByteArray file = test::readFile(source.folder + u'/' + row.file);
                if (!file.contains(row.literal.toUtf8()))
                    gone += u"%1 (%2): %3"_s.arg(row.file, source.version, row.literal);
            }
            // A brace is a placeholder of Python's.
            if (!row.literal.contains(u'{') && !row.text.contains(row.literal, Qt::CaseInsensitive))
                gone += u"not in its own row: "_s + row.literal;
        }
        QVERIFY2(gone.isEmpty(), qUtf8Printable(gone.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TestYtDlpTexts)
#include "tst_ytdlptexts.moc"
