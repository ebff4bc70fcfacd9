#include "support/clips.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "verify/adopt.h"

#include <QDir>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::verify;
using namespace Qt::StringLiterals;
using Worth = WavInspection::Worth;
using test::keyOf;
using workspace::ClipFormat;
using workspace::Layout;
using workspace::Workspace;

namespace {

constexpr int Rate = 16'000;

void write(const QString &path, int frames, int rate = Rate, int channels = 1)
{
    QVERIFY(test::writePlainWav(path, test::noise(frames * channels, 0.3, 3), rate, channels));
}

} // namespace

Q_DECLARE_METATYPE(WavInspection::Worth)

class TestAdopt final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(u"processed"_s));
        QVERIFY(QDir(m_folder->path()).mkpath(u"downloaded"_s));
    }

    void judges_data()
    {
        QTest::addColumn<int>("frames");
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("cutBytes");
        QTest::addColumn<Worth>("worth");
        QTest::addColumn<QString>("why");
        QTest::newRow("as it should be") << Rate << Rate << 1 << 0 << Worth::Whole << QString();
        QTest::newRow("a sample too long") << Rate + 1 << Rate << 1 << 0 << Worth::TooLong << QString();
        QTest::newRow("as ffmpeg leaves a packet")
            << Rate + Rate * 14 / 1000 << Rate << 1 << 0 << Worth::TooLong << QString();
        QTest::newRow("from the cue before")
            << Rate + Rate / 4 << Rate << 1 << 0 << Worth::Useless << u"too long"_s;
        QTest::newRow("too short") << Rate - 1 << Rate << 1 << 0 << Worth::Useless << u"too short"_s;
        QTest::newRow("cut off") << Rate + 10 << Rate << 1 << 30 << Worth::Useless << u"cut off"_s;
        QTest::newRow("cut to the length that it should have")
            << Rate + 10 << Rate << 1 << 20 << Worth::Useless << u"cut off"_s;
        QTest::newRow("another rate")
            << 44'100 << 44'100 << 1 << 0 << Worth::Useless << u"at another sample rate"_s;
        QTest::newRow("stereo") << Rate << Rate << 2 << 0 << Worth::Useless
                                << u"with another number of channels"_s;
        QTest::newRow("44 bytes") << Rate << Rate << 1 << Rate * 2 << Worth::Useless << u"cannot be read"_s;
    }
    void judges()
    {
        QFETCH(int, frames);
        QFETCH(int, rate);
        QFETCH(int, channels);
        QFETCH(int, cutBytes);
        QFETCH(Worth, worth);
        QFETCH(QString, why);
        const QString path = layout().clip(keyOf(0));
        write(path, frames, rate, channels);
        QVERIFY(QFile::resize(path, QFileInfo(path).size() - cutBytes));
        const WavInspection appraisal = appraise(path, {Rate, 1}, keyOf(0));
        QCOMPARE(appraisal.worth, worth);
        QCOMPARE(appraisal.why, why);
    }

    void aLostLedgerIsMadeAnewFromTheFiles()
    {
        for (int number = 0; number < 3; ++number)
            write(layout().clip(keyOf(number)), Rate);
        write(layout().clip(keyOf(3)), Rate / 2);
        write(layout().processed() + u"/notes.wav"_s, Rate);
        test::writeFile(layout().ledger(), QByteArray(9'000, 'x'));
        {
            const auto workspace = openWorkspace(m_folder->path());
            VERIFY_OK(workspace);
            QVERIFY((*workspace)->isMadeAnew());
            QCOMPARE((*workspace)->counts()[ClipState::Ready], 3);
            QCOMPARE((*workspace)->counts().total(), 3);
            QCOMPARE((*workspace)->format(), (ClipFormat{Rate, 1})); // that of the files
            const QString notice = (*workspace)->notice();
            QVERIFY2(notice.contains(u"3 more were found whole"_s), qUtf8Printable(notice));
            VERIFY_OK((*workspace)->flush());
        }
        const auto workspace = openWorkspace(m_folder->path());
        VERIFY_OK(workspace);
        QVERIFY(!(*workspace)->isMadeAnew());
        QCOMPARE((*workspace)->counts()[ClipState::Ready], 3);
        QCOMPARE((*workspace)->format(), (ClipFormat{Rate, 1}));
    }

    void surveysAFolderOfAnotherProgram()
    {
        auto workspace = openWorkspace(m_folder->path());
        VERIFY_OK(workspace);
        (*workspace)->setFormat({Rate, 1});
        QVERIFY(surveyText(survey(**workspace)).isEmpty());
        std::vector<WantedClip> wanted;
        for (int number = 0; number < 5; ++number)
            wanted.push_back({keyOf(number), static_cast<std::uint32_t>(number), "/m/09x0r"});
        (*workspace)->enqueue(wanted);
        QVERIFY(surveyText(survey(**workspace)).isEmpty());
        write(layout().clip(keyOf(0)), Rate);
        write(layout().clip(keyOf(1)), Rate + 100);
        write(layout().clip(keyOf(2)), Rate - 100);
        write(layout().clip(keyOf(3)), 44'100, 44'100);
        write(layout().clip(keyOf(9)), Rate); // that nobody wants
        for (int number = 0; number < 3; ++number)
            test::writeFile(layout().downloaded() + u'/' + keyOf(number).stem() + u".m4a"_s, "sound");
        const FolderScan found = survey(**workspace);
        QCOMPARE(found.usable, 2);
        QCOMPARE(found.useless.size(), std::size_t{2});
        QCOMPARE(found.useless.at(u"too short"_s), 1);
        QCOMPARE(found.useless.at(u"at another sample rate"_s), 1);
        QCOMPARE(found.sections, 3);
        const QString text = surveyText(found);
        QVERIFY2(text.contains(u"2 clips lie in processed"_s) && text.contains(u"1 too short"_s) &&
                     text.contains(u"3 sections"_s),
                 qUtf8Printable(text));
    }

private:
    Layout layout() const { return Layout(m_folder->path()); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestAdopt)
#include "tst_adopt.moc"
