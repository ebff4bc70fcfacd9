#include "export/report/checksums.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QCryptographicHash>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;

namespace {

/// Of nothing, and of "abc": FIPS 180-4's examples.
constexpr const char *Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char *Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

QByteArray names(const std::vector<ChangedFile> &bad)
{
    QString text;
    for (const ChangedFile &each : bad)
        text += each.file + u": "_s + each.reason + u'\n';
    return text.toUtf8();
}

} // namespace

class TestChecksums final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(u"processed"_s));
        write(u"manifest.json"_s, "abc");
        write(u"processed/Y-0RWZT-miFs_30_40.wav"_s, "");
        write(u"processed/Y_b_3_4.wav"_s, "abc");
        write(u"processed/YB_3_4.wav"_s, "sound");
    }

    void writesAsSha256sumDoes()
    {
        // In no order, absolute and relative, one of them twice, one sum known.
        TaskProgress progress;
        VERIFY_OK(writeChecksums(checksums(),
                                 {{u"processed/Y_b_3_4.wav"_s},
                                  {m_folder->filePath(u"processed/YB_3_4.wav"_s), QByteArray(32, '\x11')},
                                  {u"manifest.json"_s},
                                  {m_folder->filePath(u"processed/Y-0RWZT-miFs_30_40.wav"_s)},
                                  {m_folder->filePath(u"manifest.json"_s)}},
                                 progress));
        QCOMPARE(progress.done.load(), 5);
        QCOMPARE(progress.total.load(), 5);
        QCOMPARE(test::readFile(checksums()), Abc + QByteArray("  manifest.json\n") + Empty +
                                                  "  processed/Y-0RWZT-miFs_30_40.wav\n" +
                                                  QByteArray("11").repeated(32) + "  processed/YB_3_4.wav\n" +
                                                  Abc + "  processed/Y_b_3_4.wav\n");
    }

    void sha256sumTakesWhatWeWriteAndWeTakeItsOwn()
    {
        const QString program = QStandardPaths::findExecutable(u"sha256sum"_s);
        if (program.isEmpty())
            QSKIP("no sha256sum here");
        const QStringList odd{u"processed/with space.wav"_s,
                              u"processed/back\\slash.wav"_s,
                              u"processed/two\nlines.wav"_s,
                              u"processed/\\n.wav"_s,
                              u"-.wav"_s,
                              u"processed/é\u6771.wav"_s,
                              u"..wav"_s};
        std::vector<ChecksummedFile> files{{u"manifest.json"_s}};
        for (const QString &name : odd) {
            write(name, name.toUtf8());
            files.push_back({name});
        }
        TaskProgress progress;
        VERIFY_OK(writeChecksums(checksums(), files, progress));
        QProcess sums;
        sums.setWorkingDirectory(m_folder->path());
        sums.start(program, {u"--check"_s, u"--strict"_s, u"--warn"_s, ChecksumsName});
        QVERIFY(sums.waitForFinished());
        QVERIFY2(sums.exitCode() == 0, sums.readAllStandardError().constData());
        QCOMPARE(sums.readAllStandardOutput().count(": OK\n"), odd.size() + 1);

        // The other way round, in both of its ways to write a line.
        for (const QString &mode : {u"--text"_s, u"--binary"_s}) {
            sums.start(program, QStringList{mode, u"--"_s, u"manifest.json"_s} + odd);
            QVERIFY(sums.waitForFinished());
            test::writeFile(checksums(), sums.readAllStandardOutput());
            const auto report = verifyChecksums(checksums(), progress);
            VERIFY_OK(report);
            QCOMPARE(report->checked, odd.size() + 1);
            QCOMPARE(names(report->bad), QByteArray());
        }
    }

    void namesWhatIsMissingOrChanged()
    {
        TaskProgress progress;
        VERIFY_OK(writeChecksums(checksums(), all(), progress));
        const QByteArray before = test::readFile(checksums());
        // All of it is taken somewhere else.
        const QString moved = m_folder->path() + u"-moved"_s;
        QVERIFY(QDir().rename(m_folder->path(), moved));
        const auto whole = verifyChecksums(checksumsFile(moved), progress);
        VERIFY_OK(whole);
        QCOMPARE(whole->checked, 4);
        QCOMPARE(names(whole->bad), QByteArray());
        QVERIFY(QDir().rename(moved, m_folder->path()));

        write(u"processed/YB_3_4.wav"_s, "Sound");
        QVERIFY(QFile::remove(m_folder->filePath(u"processed/Y_b_3_4.wav"_s)));
        QVERIFY(QFile::remove(m_folder->filePath(u"manifest.json"_s)));
        QVERIFY(QDir(m_folder->path()).mkdir(u"manifest.json"_s));
        const auto report = verifyChecksums(checksums(), progress);
        VERIFY_OK(report);
        QCOMPARE(report->checked, 4);
        QCOMPARE(names(report->bad),
                 QByteArray("manifest.json: is not a file\n"
                            "processed/YB_3_4.wav: is no longer what was exported: its SHA-256 is another\n"
                            "processed/Y_b_3_4.wav: is not there\n"));
        QCOMPARE(test::readFile(checksums()), before);
    }

    void refusesWhatIsNoChecksums_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray good = Abc + QByteArray("  manifest.json\n");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a manifest") << QByteArray("{\"audio_filepath\": \"a.wav\", \"duration\": 10.0}\n");
        QTest::newRow("second line") << good + "and more\n";
        QTest::newRow("an empty line") << good + "\n";
        QTest::newRow("a short sum") << QByteArray(Abc).chopped(1) + "  manifest.json\n";
        QTest::newRow("no hexadecimal") << QByteArray(Abc).replace('b', 'x') + "  manifest.json\n";
        QTest::newRow("one space") << Abc + QByteArray(" manifest.json\n");
        QTest::newRow("no name") << Abc + QByteArray("  \n");
    }
    void refusesWhatIsNoChecksums()
    {
        QFETCH(QByteArray, content);
        test::writeFile(checksums(), content);
        TaskProgress progress;
        COMPARE_ERROR(verifyChecksums(checksums(), progress), ErrorCode::BadInput);
    }

    void leavesWhatWasThereWhenItCannot()
    {
        test::writeFile(checksums(), "former");
        TaskProgress progress;
        std::vector<ChecksummedFile> files = all();
        files.push_back({u"gone.wav"_s});
        const auto missing = writeChecksums(checksums(), files, progress);
        COMPARE_ERROR(missing, ErrorCode::NotFound);
        QVERIFY(missing.error().text.startsWith(u"gone.wav is not there"));
        COMPARE_ERROR(writeChecksums(checksums(), {{u"processed"_s}}, progress), ErrorCode::Unreadable);
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(writeChecksums(checksums(), all(), progress, stop.get_token()), ErrorCode::Cancelled);
        QCOMPARE(test::readFile(checksums()), QByteArray("former"));
        COMPARE_ERROR(writeChecksums(m_folder->filePath(u"no/such/sums"_s), {}, progress),
                      ErrorCode::Unwritable);
        COMPARE_ERROR(verifyChecksums(m_folder->filePath(u"nowhere"_s), progress), ErrorCode::NotFound);
        VERIFY_OK(writeChecksums(checksums(), all(), progress));
        COMPARE_ERROR(verifyChecksums(checksums(), progress, stop.get_token()), ErrorCode::Cancelled);
    }

    void findsTheChecksumsOfAFolder()
    {
        QCOMPARE(checksumsFile(m_folder->path()), QString());
        QCOMPARE(checksumsFile(m_folder->filePath(u"nowhere"_s)), QString());
        TaskProgress progress;
        VERIFY_OK(writeChecksums(checksums(), all(), progress));
        QCOMPARE(checksumsFile(m_folder->path()), checksums());
        QCOMPARE(checksumsFile(checksums()), checksums());
    }

private:
    QString checksums() const { return m_folder->filePath(ChecksumsName); }
    static std::vector<ChecksummedFile> all()
    {
        return {{u"manifest.json"_s},
                {u"processed/Y-0RWZT-miFs_30_40.wav"_s},
                {u"processed/Y_b_3_4.wav"_s},
                {u"processed/YB_3_4.wav"_s}};
    }
    void write(const QString &name, const QByteArray &content)
    {
        test::writeFile(m_folder->filePath(name), content);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestChecksums)
#include "tst_checksums.moc"
