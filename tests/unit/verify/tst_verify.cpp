#include "support/clips.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "verify/check.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::verify;
using namespace Qt::StringLiterals;
using test::keyOf;
using workspace::Workspace;

namespace {

constexpr int Rate = 8'000;

/// What a test does to the files of clip 1; the workspace is closed.
using Harm = std::function<void(const workspace::Layout &)>;

void write(const QString &path, int frames, int rate = Rate, int channels = 1)
{
    QVERIFY(test::writePlainWav(path, test::noise(frames * channels, 0.3, 3), rate, channels));
}

void setBytes(const QString &path, const std::function<void(QByteArray &)> &change)
{
    QByteArray bytes = test::readFile(path);
    change(bytes);
    test::writeFile(path, bytes);
}

void age(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-1), QFileDevice::FileModificationTime));
}

} // namespace

Q_DECLARE_METATYPE(Harm)

class TestVerify final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto workspace = open();
        workspace->setFormat({Rate, 1});
        QCOMPARE(workspace->enqueue(test::wanted(4)), 4);
        // 0 and 1 are ready, 2 is short, 3 waits.
        for (int number = 0; number < 3; ++number) {
            const int frames = number == 2 ? Rate / 2 : Rate;
            const QString path = workspace->layout().clip(keyOf(number));
            write(path, frames);
            workspace->update(
                keyOf(number),
                test::withWav(workspace->record(keyOf(number)), Rate, frames,
                              QCryptographicHash::hash(test::readFile(path), QCryptographicHash::Sha256),
                              number == 2 ? ClipState::Short : ClipState::Ready));
        }
        VERIFY_OK(workspace->flush());
    }

    void allIsWell()
    {
        for (const Depth depth : {Depth::Shallow, Depth::Deep}) {
            Progress progress;
            const auto report = check(m_folder->path(), depth, progress, {});
            VERIFY_OK(report);
            QCOMPARE(report->checked, 3);
            QVERIFY(report->bad.empty());
            QCOMPARE(progress.done.load(), 3);
            QCOMPARE(progress.total.load(), 3);
        }
    }

    void finds_data()
    {
        QTest::addColumn<Harm>("harm");
        QTest::addColumn<bool>("onlyDeep");
        QTest::addColumn<QString>("reason");
        const auto clip = [](const workspace::Layout &layout) { return layout.clip(keyOf(1)); };
        QTest::newRow("missing") << Harm([=](const auto &layout) { QFile::remove(clip(layout)); }) << false
                                 << u"is missing"_s;
        QTest::newRow("empty") << Harm([=](const auto &layout) { test::writeFile(clip(layout), {}); })
                               << false << u"is empty"_s;
        QTest::newRow("a header and nothing else") << Harm([=](const auto &layout) {
            setBytes(clip(layout), [](auto &bytes) { bytes.truncate(44); });
        }) << false << u"holds no sound"_s;
        QTest::newRow("cut off") << Harm([=](const auto &layout) {
            setBytes(clip(layout), [](auto &bytes) { bytes.chop(1); });
        }) << false << u"is cut off: 1 B"_s;
        QTest::newRow("another rate")
            << Harm([=](const auto &layout) { write(clip(layout), 16'000, 16'000); }) << false
            << u"has 16,000 Hz; the ledger says 8,000"_s;
        QTest::newRow("two channels") << Harm([=](const auto &layout) { write(clip(layout), Rate, Rate, 2); })
                                      << false << u"has 2 channels"_s;
        QTest::newRow("a sample too many") << Harm([=](const auto &layout) { write(clip(layout), Rate + 1); })
                                           << false << u"has 8,001 samples"_s;
        QTest::newRow("no WAV") << Harm([=](const auto &layout) {
            test::writeFile(clip(layout), QByteArray(16'044, 'x'));
        }) << false << u"is not a WAV file"_s;
        QTest::newRow("a bit fell over") << Harm([=](const auto &layout) {
            setBytes(clip(layout), [](auto &bytes) { bytes[5'000] = static_cast<char>(bytes[5'000] ^ 1); });
        }) << true << u"SHA-256"_s;
    }
    void finds()
    {
        QFETCH(Harm, harm);
        QFETCH(bool, onlyDeep);
        QFETCH(QString, reason);
        harm(layout());
        for (const Depth depth : {Depth::Shallow, Depth::Deep}) {
            Progress progress;
            const auto report = check(m_folder->path(), depth, progress, {});
            VERIFY_OK(report);
            QCOMPARE(report->checked, 3);
            if (onlyDeep && depth == Depth::Shallow) {
                QVERIFY(report->bad.empty());
                continue;
            }
            QCOMPARE(report->bad.size(), std::size_t{1});
            const Finding &finding = report->bad.front();
            QCOMPARE(finding.kind, Finding::Kind::Clip);
            QCOMPARE(finding.file, workspace::Layout::clipName(keyOf(1)));
            QVERIFY2(finding.reason.contains(reason), qUtf8Printable(finding.reason));
        }
        // And mends it: out of the way, and queued again.
        const bool wasThere = QFileInfo::exists(layout().clip(keyOf(1)));
        {
            auto workspace = open();
            Progress progress;
            const auto report = check(m_folder->path(), Depth::Deep, progress, {});
            VERIFY_OK(report);
            const Repaired mended = repair(*workspace, report->bad.front());
            QVERIFY2(mended.isRepaired, qUtf8Printable(mended.what));
            VERIFY_OK(workspace->flush());
        }
        QVERIFY(!QFileInfo::exists(layout().clip(keyOf(1))));
        QCOMPARE(QFileInfo::exists(workspace::Layout::refused(layout().clip(keyOf(1)))), wasThere);
        Progress progress;
        const auto after = check(m_folder->path(), Depth::Deep, progress, {});
        VERIFY_OK(after);
        QCOMPARE(after->checked, 2);
        QVERIFY(after->bad.empty());
        const auto workspace = open();
        const auto record = workspace->record(keyOf(1));
        QCOMPARE(record.progress.state, ClipState::Queued);
        QVERIFY(record.audio.sha256.isEmpty());
        QCOMPARE(record.audio.samples, 0);
    }

    void findsWhatDoesNotBelong()
    {
        const QString processed = layout().processed() + u'/';
        const QString stranger = SegmentKey{keyOf(1).ytid, 0, 10'000}.stem() + u".wav"_s;
        write(processed + stranger, Rate);
        write(processed + keyOf(3).stem() + u".wav"_s, Rate); // of a clip that waits: it will be taken
        test::writeFile(processed + u"notes.txt"_s, "of the person");
        test::writeFile(processed + u"Yx.wav.refused"_s, "put aside");
        test::writeFile(processed + u"Yx.wav.refused.12"_s, "put aside");
        const QString fresh = processed + u".earmark-abc123.part"_s;
        const QString half = processed + u".earmark-abc124.part"_s;
        const QString manifest = m_folder->filePath(u".earmark-abc125.part"_s);
        for (const QString &path : {fresh, half, manifest})
            test::writeFile(path, "RIFF");
        age(half);
        age(manifest);
        const QStringList files = found();
        QCOMPARE(files, (QStringList{u"processed/.earmark-abc124.part"_s, u"processed/"_s + stranger,
                                     u"processed/notes.txt"_s, u".earmark-abc125.part"_s}));
        mendAll(); // opens the workspace, which sweeps the folders of clips
        QVERIFY(!QFile::exists(half));
        QVERIFY(!QFile::exists(manifest));
        QVERIFY(!QFile::exists(fresh));
        QVERIFY(QFile::exists(processed + stranger));
        QVERIFY(QFile::exists(processed + u"notes.txt"_s));
    }

    /// Names of six letters behind a dot, which QSaveFile's temporary files had, are people's own.
    void repairLeavesFilesOfTheUser()
    {
        const QString clip = layout().clip(keyOf(1));
        const QStringList own{m_folder->filePath(u"manifest.json.backup"_s),
                              m_folder->filePath(u"my_manifest.json.edited"_s),
                              m_folder->filePath(u"hiss.wav.sample"_s),
                              clip + u".before"_s,
                              clip + u".ABCdef"_s,
                              layout().processed() + u"/.earmark-mine.part"_s};
        for (const QString &path : own) {
            test::writeFile(path, "of the user");
            age(path);
        }
        const QString link = layout().processed() + u"/.earmark-abc126.part"_s;
        const QString outside = test::writeFile(m_folder->filePath(u"thesis.txt"_s), "of the user");
        age(outside);
        QVERIFY(QFile::link(outside, link));
        mendAll();
        for (const QString &path : own)
            QCOMPARE(test::readFile(path), QByteArray("of the user"));
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(test::readFile(outside), QByteArray("of the user"));
    }

    void repairKeepsWhatWasPutAsideBefore()
    {
        const QString clip = layout().clip(keyOf(1));
        test::writeFile(workspace::Layout::refused(clip), "put aside before");
        test::writeFile(clip, "damaged now");
        mendAll();
        QCOMPARE(test::readFile(workspace::Layout::refused(clip)), QByteArray("put aside before"));
        QCOMPARE(test::readFile(workspace::Layout::refused(clip) + u".1"_s), QByteArray("damaged now"));
    }

    void aClipThatIsALinkIsNotRead()
    {
        const QString clip = layout().clip(keyOf(1));
        const QString outside = m_folder->filePath(u"private.wav"_s);
        QVERIFY(QFile::rename(clip, outside));
        QVERIFY(QFile::link(outside, clip));
        QCOMPARE(found(), QStringList{workspace::Layout::clipName(keyOf(1))});
        mendAll();
        QVERIFY(!QFileInfo(clip).isSymLink());
        QVERIFY(QFile::exists(outside));
    }

    void linkedFoldersOfClipsAreChecked()
    {
        const QString scratch = m_folder->filePath(u"scratch"_s);
        QVERIFY(QFile::rename(layout().processed(), scratch));
        QVERIFY(QFile::link(scratch, layout().processed()));
        QCOMPARE(found(), QStringList());
        QVERIFY(QFile::remove(scratch + u'/' + keyOf(1).stem() + u".wav"_s));
        QCOMPARE(found(), QStringList{workspace::Layout::clipName(keyOf(1))});
    }

    void stops()
    {
        std::stop_source stop;
        stop.request_stop();
        Progress progress;
        COMPARE_ERROR(check(m_folder->path(), Depth::Deep, progress, stop.get_token()), ErrorCode::Cancelled);
    }

    void worksBesideAProgram()
    {
        const auto workspace = open();
        Progress progress;
        VERIFY_OK(check(m_folder->path(), Depth::Deep, progress, {}));
        COMPARE_ERROR(check(m_folder->filePath(u"none"_s), Depth::Deep, progress, {}), ErrorCode::NotFound);
    }

private:
    QStringList found() const
    {
        Progress progress;
        const auto report = check(m_folder->path(), Depth::Deep, progress, {});
        QStringList files;
        for (const Finding &finding : report ? report->bad : std::vector<Finding>())
            files.append(finding.file);
        return report ? files : QStringList{report.error().text};
    }
    void mendAll() const
    {
        auto workspace = open();
        Progress progress;
        const auto report = check(m_folder->path(), Depth::Deep, progress, {});
        VERIFY_OK(report);
        for (const Finding &finding : report->bad)
            QCOMPARE(repair(*workspace, finding).isRepaired, finding.kind != Finding::Kind::Stranger);
        VERIFY_OK(workspace->flush());
    }
    std::unique_ptr<Workspace> open() const
    {
        auto workspace = Workspace::open(m_folder->path());
        return workspace ? std::move(*workspace) : nullptr;
    }
    workspace::Layout layout() const { return workspace::Layout(m_folder->path()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
