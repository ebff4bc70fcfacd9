#include "support/clips.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "verify/check.h"

#include <QCryptographicHash>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::verify;
using namespace Qt::StringLiterals;
using workspace::Workspace;

namespace {

constexpr int Rate = 8'000;
const SegmentKey Key{*YtId::parse("-lost-00001"), 1'500, 2'500};

} // namespace

/// A check gives clips their states: lost when their files are, and finished again when they are back.
class TestLostClips final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = Workspace::open(m_folder->path());
        VERIFY_OK(opened);
        m_workspace = std::move(*opened);
        m_workspace->setFormat({Rate, 1});
        m_workspace->enqueue({{Key, 0, "/m/09x0r"}});
    }

    void cleanup() { m_workspace.reset(); }

    void isLostAndFoundAgain_data()
    {
        QTest::addColumn<int>("frames");
        QTest::addColumn<ClipState>("finished");
        QTest::addColumn<bool>("isRemoved");
        QTest::newRow("missing") << Rate << ClipState::Ready << true;
        QTest::newRow("damaged") << Rate << ClipState::Ready << false;
        QTest::newRow("short and missing") << Rate / 2 << ClipState::Short << true;
        QTest::newRow("short and damaged") << Rate / 2 << ClipState::Short << false;
    }
    void isLostAndFoundAgain()
    {
        QFETCH(int, frames);
        QFETCH(ClipState, finished);
        QFETCH(bool, isRemoved);
        const QByteArray whole = finish(frames, finished);
        QVERIFY(!checked(Depth::Deep).isNews);

        // A damaged one keeps a good header, so that only its bytes tell.
        QByteArray other = whole;
        other[3'000] = static_cast<char>(other[3'000] ^ 1);
        if (isRemoved)
            QVERIFY(QFile::remove(path()));
        else
            test::writeFile(path(), other);
        const Report found = checked(Depth::Deep);
        QVERIFY(found.isNews);
        QCOMPARE(found.bad.size(), 1U);
        QCOMPARE(m_workspace->markLost(lostClips(found)), 1);
        const auto lost = record();
        QCOMPARE(lost.progress.state, isRemoved ? ClipState::Missing : ClipState::Damaged);
        QVERIFY2(lost.progress.reason.startsWith(u"The file "_s) && lost.progress.reason.endsWith(u'.'),
                 qPrintable(lost.progress.reason));
        QVERIFY2(!lost.progress.reason.contains(m_folder->path()), qPrintable(lost.progress.reason));

        // A quick check looks at it to the last byte, and has nothing new to say.
        const Report again = checked(Depth::Shallow);
        QCOMPARE(again.bad.size(), 1U);
        QVERIFY(again.found.empty());
        QVERIFY(!again.isNews);
        QCOMPARE(again.checked, 1);

        test::writeFile(path(), whole);
        const Report back = checked(Depth::Shallow);
        QVERIFY(back.bad.empty());
        QCOMPARE(back.found, std::vector{Key});
        QVERIFY(back.isNews);
        QCOMPARE(m_workspace->markFound(back.found), 1);
        QCOMPARE(record().progress.state, finished);
    }

    /// A file of another rate than the clips of the workspace have by now is not the clip any more.
    void isNotFoundInAFormerFormat()
    {
        const QByteArray whole = finish(Rate, ClipState::Ready);
        QVERIFY(QFile::remove(path()));
        m_workspace->markLost(lostClips(checked(Depth::Shallow)));
        m_workspace->setFormat({16'000, 1});
        test::writeFile(path(), whole);
        const Report report = checked(Depth::Shallow);
        QVERIFY(report.found.empty());
        QCOMPARE(report.bad.size(), 1U);
        QVERIFY2(report.bad.front().reason.contains(u"8,000 Hz"_s), qPrintable(report.bad.front().reason));
    }

    /// The file may have been made again, or taken out of the queue, while the list of a check was open.
    void anOldListChangesNothing()
    {
        finish(Rate, ClipState::Ready);
        QVERIFY(QFile::remove(path()));
        const Report old = checked(Depth::Shallow);
        for (const ClipState now : {ClipState::Queued, ClipState::Fetching, ClipState::Failed}) {
            auto changed = record();
            changed.progress.state = now;
            m_workspace->update(Key, changed);
            QCOMPARE(m_workspace->markLost(lostClips(old)), 0);
            QCOMPARE(m_workspace->markFound(std::array{Key}), 0);
            QCOMPARE(record().progress.state, now);
        }
    }

private:
    QString path() const { return m_workspace->layout().clip(Key); }
    Clip record() const { return m_workspace->record(Key); }
    QByteArray finish(int frames, ClipState state)
    {
        if (!test::writePlainWav(path(), test::noise(frames, 0.3, 3), Rate, 1))
            return {};
        const QByteArray bytes = test::readFile(path());
        const QByteArray sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
        m_workspace->update(Key, test::withWav(record(), Rate, frames, sha256, state));
        return bytes;
    }
    /// Beside the program that holds the workspace.
    Report checked(Depth depth)
    {
        Progress progress;
        const auto report =
            m_workspace->flush().and_then([&] { return check(m_folder->path(), depth, progress, {}); });
        return report.value_or(Report());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(TestLostClips)
#include "tst_lostclips.moc"
