#include "demo/demoserver.h"
#include "demo/synth.h"
#include "gui/program.h"
#include "support/resulttest.h"
#include "support/sinkrecorder.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QAction>
#include <QDropEvent>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace earmark;

namespace {

constexpr int Rate = demo::Synth::SampleRate;
/// For downloads: two workers on a machine that may be busy.
constexpr int Patience = 120'000;

/// Four segments; one begins and ends between two seconds, one is short.
const QByteArray Split = "# Segments csv created for a test\n"
                         "# YTID, start_seconds, end_seconds, positive_labels\n"
                         "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\n"
                         "-0RWZT-miFs, 420.000, 430.000, \"/m/03v3yw,/m/0k4j\"\n"
                         "Agi5ySKb1tY, 23.700, 31.700, \"/m/0c2wf\"\n"
                         "../../../x, 30.000, 40.000, \"/m/09x0r\"\n"
                         "zzZZ_yy-012, 0.000, 3.000, \"/m/09x0r,/m/04rlf\"\n";

/// The demo's server, there before the program that asks it.
struct Served
{
    Served()
    {
        auto started = demo::DemoServer::start();
        if (!started)
            qFatal("%s", qPrintable(started.error().text));
        server = std::move(*started);
    }
    std::unique_ptr<demo::DemoServer> server;
};

/// The program whose videos come from the demo's server.
struct Program final : private Served, test::Program
{
    explicit Program(const QString &place)
        : test::Program(place, ytdlp::Source(server->sourceTemplate()))
    {
        window.show();
    }
    void begin() { window.begin({}); }
    QString writeSplit() const { return test::writeFile(folder.filePath(u"test_segments.csv"_s), Split); }
    void drop(const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QDropEvent event(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &event);
    }
    qint64 ready() const { return session.workspace() ? session.workspace()->counts().playable() : 0; }
};

/// From the first sound on.
std::vector<std::int16_t> fromFirstSound(const std::vector<std::int16_t> &samples)
{
    const auto first = std::ranges::find_if(samples, [](int sample) { return std::abs(sample) > 8; });
    return {first, samples.end()};
}

std::vector<std::int16_t> imagined(const SegmentKey &key)
{
    std::vector<std::int16_t> samples(std::size_t{key.durationMs()} * Rate / 1000);
    demo::Synth(key.ytid).render(qint64{key.startMs} * Rate / 1000, samples);
    return samples;
}

} // namespace

class TestWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWholeJob()
    {
        const QTemporaryDir folder;
        Program program(folder.path());
        QVERIFY(QTest::qWaitForWindowActive(&program.window));
        program.begin();

        // Open.
        program.drop(program.writeSplit());
        QTRY_COMPARE(program.page().foundCount(), 4);
        QCOMPARE(program.banner(ui::Topic::Problems), u"1 line does not fit and was left out."_s);
        QTRY_VERIFY(program.table().hasFocus());
        QTRY_VERIFY(program.session.queue() != nullptr);

        // Find. A blank in the filter is a blank, and plays nothing.
        program.key(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(program.filter().hasFocus());
        QTest::keyClicks(&program.filter(), u"speech music"_s);
        QCOMPARE(program.filter().text(), u"speech music"_s);
        QCOMPARE(program.page().foundCount(), 1);
        program.key(Qt::Key_Escape); // first the suggestions, then the text
        program.key(Qt::Key_Escape);
        QCOMPARE(program.page().foundCount(), 4);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.table().hasFocus());

        // Select three, download.
        program.key(Qt::Key_Home);
        program.key(Qt::Key_Down, Qt::ShiftModifier);
        program.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(program.page().selectedCount(), 3);
        QTRY_VERIFY(program.window.actions()["downloads.downloadSelected"_L1]->isEnabled());
        program.key(Qt::Key_D, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), 3, Patience);
        QTRY_VERIFY(program.banner(ui::Topic::Queue).contains(u"3 clips ready"_s));
        QCOMPARE(program.session.count(ClipState::Ready), 3);
        QCOMPARE(program.session.count(ClipState::Absent), 1);

        // Play: what is heard is this clip, and no other.
        program.key(Qt::Key_Home);
        program.key(Qt::Key_Down);
        const SegmentKey key = program.session.split()->table.key(1);
        QTRY_VERIFY(program.player.hasSound());
        test::SinkRecorder recorder;
        QTRY_VERIFY(recorder.isHearing());
        program.key(Qt::Key_Space);
        QTRY_COMPARE(program.player.state(), playback::Player::State::Playing);
        QTRY_VERIFY(program.player.position() > 2.5);
        program.key(Qt::Key_Space);
        QTRY_COMPARE(program.player.state(), playback::Player::State::Paused);
        const auto heard = fromFirstSound(recorder.take());
        QVERIFY2(heard.size() > 2 * Rate, qPrintable(QString::number(heard.size())));
        const test::Samples twoSeconds = test::Samples(heard).first(2 * Rate);
        const auto expected = imagined(key);
        const double offset = test::offsetMs(test::Samples(expected).first(2 * Rate), twoSeconds, Rate, 50);
        QVERIFY2(std::abs(offset) < 50, qPrintable(QString::number(offset)));
        const auto other = imagined(program.session.split()->table.key(0));
        QVERIFY(std::isnan(test::offsetMs(test::Samples(other).first(2 * Rate), twoSeconds, Rate, 50)));

        // Export.
        QTRY_VERIFY(program.window.actions()["export.exportManifest"_L1]->isEnabled());
        program.key(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(program.banner(ui::Topic::Export).startsWith(u"3 clips written to "_s));
        compareManifest(program);
    }

    void offersToGoOn()
    {
        const QTemporaryDir folder;
        {
            auto workspace = workspace::Workspace::open(folder.filePath(u"clips"_s));
            VERIFY_OK(workspace);
            (*workspace)->enqueue({{{*YtId::parse("zzZZ_yy-012"), 0, 3000}, 3, "/m/09x0r,/m/04rlf"}});
        }
        Program program(folder.path());
        program.begin();
        program.drop(program.writeSplit());
        QTRY_COMPARE(program.banner(ui::Topic::Queue), u"1 clip is still queued."_s);
        QTRY_COMPARE(program.session.count(ClipState::Queued), 1);
        QTest::mouseClick(program.bannerButton(u"Resume"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), 1, Patience);
    }

    void saysWhatIsMissing()
    {
        const QTemporaryDir folder;
        Program program(folder.path());
        program.settings.toolPaths = {folder.filePath(u"no-such-yt-dlp"_s), {}};
        program.begin();
        program.drop(program.writeSplit());
        QTRY_VERIFY(program.banner(ui::Topic::Tools).contains(u"yt-dlp"_s));
        QTRY_COMPARE(program.page().foundCount(), 4);
        QVERIFY(!program.window.actions()["downloads.downloadFound"_L1]->isEnabled());
        program.settings.toolPaths = {};
        QTest::mouseClick(program.bannerButton(u"Look again"_s), Qt::LeftButton);
        QTRY_VERIFY(program.banner(ui::Topic::Tools).isEmpty());
        QTRY_VERIFY(program.window.actions()["downloads.downloadFound"_L1]->isEnabled());
    }

    void saysWhoHoldsTheWorkspace()
    {
        const QTemporaryDir folder;
        const auto holder = workspace::Workspace::open(folder.filePath(u"clips"_s));
        VERIFY_OK(holder);
        Program program(folder.path());
        program.begin();
        program.drop(program.writeSplit());
        QTRY_VERIFY(program.banner(ui::Topic::Workspace).contains(u"in use"_s));
        QVERIFY(!program.session.workspace());
    }

    void keepsWhatIsOpenWhenAnotherCannotBe()
    {
        const QTemporaryDir folder;
        Program program(folder.path());
        program.begin();
        program.drop(program.writeSplit());
        QTRY_COMPARE(program.page().foundCount(), 4);
        program.drop(folder.path());
        QTRY_VERIFY(!program.banner(ui::Topic::Split).isEmpty());
        QCOMPARE(program.page().foundCount(), 4);
    }

private:
    static void compareManifest(Program &program)
    {
        QFile file(program.session.workspace()->layout().manifest());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        const auto &table = program.session.split()->table;
        for (segments::Row row = 0; row < 3; ++row) {
            const QJsonObject entry = QJsonDocument::fromJson(lines[static_cast<qsizetype>(row)]).object();
            const SegmentKey key = table.key(row);
            QCOMPARE(entry.value("audio_filepath"_L1).toString(), workspace::Layout::clipName(key));
            QVERIFY(QFile::exists(program.folder.filePath(u"clips/"_s + workspace::Layout::clipName(key))));
            QCOMPARE(entry.value("duration"_L1).toDouble(), key.durationMs() / 1000.0);
            QJsonArray mids;
            for (const segments::LabelNumber label : table.labels(row))
                mids.append(QString::fromUtf8(table.mid(label)));
            QCOMPARE(entry.value("labels"_L1).toArray(), mids);
        }
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
