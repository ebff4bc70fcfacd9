#include "export/report/checksums.h"
#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::runCli;

/// earmark-cli verify on an export that is somewhere without its workspace.
class TestCliFrozen final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(u"clips"_s));
        test::writeFile(file(u"manifest.json"_s), "{}\n");
        test::writeFile(file(u"clips/Y-0RWZT-miFs_30_40.wav"_s), "sound");
        TaskProgress progress;
        VERIFY_OK(exports::writeChecksums(file(exports::ChecksumsName),
                                          {{u"manifest.json"_s}, {u"clips/Y-0RWZT-miFs_30_40.wav"_s}},
                                          progress));
    }

    void isTheContract_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("its folder") << QString();
        QTest::newRow("its checksums") << QString(exports::ChecksumsName);
    }
    void isTheContract()
    {
        QFETCH(QString, path);
        const auto good = verify(path, {u"--json"_s});
        QCOMPARE(good.exitCode, 0);
        QCOMPARE(good.json()[u"checked"_s].toInt(), 2);
        QCOMPARE(good.json()[u"bad"_s].toArray().size(), 0);
        QCOMPARE(good.json()[u"checksums"_s].toString(), file(exports::ChecksumsName));

        QVERIFY(QFile::remove(file(u"manifest.json"_s)));
        const auto bad = verify(path, {u"--json"_s});
        QCOMPARE(bad.exitCode, 3);
        QCOMPARE(bad.json()[u"bad"_s].toArray().size(), 1);
        QCOMPARE(bad.json()[u"bad"_s][0][u"file"_s].toString(), u"manifest.json"_s);
        QCOMPARE(bad.json()[u"bad"_s][0][u"reason"_s].toString(), u"is not there"_s);
    }

    void tellsAPerson()
    {
        QVERIFY(verify({}, {}).output.endsWith("all are as they were exported\n"));
        test::writeFile(file(u"clips/Y-0RWZT-miFs_30_40.wav"_s), "other");
        const auto bad = verify({}, {});
        QCOMPARE(bad.exitCode, 3);
        QVERIFY(bad.output.startsWith("clips/Y-0RWZT-miFs_30_40.wav is no longer what was exported"));
        QVERIFY(bad.output.endsWith("1 not as exported\n"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("to mend") << QString() << QStringList{u"--mend"_s} << QByteArray("only a workspace");
        QTest::newRow("a manifest") << u"manifest.json"_s << QStringList() << QByteArray("not a checksum");
        QTest::newRow("a folder of neither") << u"clips"_s << QStringList() << QByteArray("no ledger");
        QTest::newRow("nothing") << u"nowhere"_s << QStringList() << QByteArray("no ledger");
    }
    void refuses()
    {
        QFETCH(QString, path);
        QFETCH(QStringList, options);
        QFETCH(QByteArray, says);
        const auto run = verify(path, options);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains(says), run.errors.constData());
    }

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    test::CliRun verify(const QString &path, const QStringList &options) const
    {
        return runCli(QStringList{u"verify"_s, QDir::cleanPath(file(path))} + options);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliFrozen)
#include "tst_clifrozen.moc"
