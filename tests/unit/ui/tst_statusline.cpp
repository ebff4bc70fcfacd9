#include "ui/window/statusline.h"

#include "session/session.h"
#include "support/testmain.h"
#include "tools/toolreport.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"

#include <QAction>
#include <QPushButton>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;

/// The status line says of the tools what their page says.
class TestStatusLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheToolsPage_data()
    {
        const ytdlp::Tool ffmpeg{
            .name = u"ffmpeg"_s, .path = u"/usr/bin/ffmpeg"_s, .version = u"6.0"_s, .problem = {}};
        const auto ytdlp = [](const QString &version, const QString &problem = {}) {
            return ytdlp::Tool{
                .name = u"yt-dlp"_s, .path = u"/usr/bin/yt-dlp"_s, .version = version, .problem = problem};
        };
        const ytdlp::Tool deno{
            .name = u"deno"_s, .path = u"/usr/bin/deno"_s, .version = u"2.0"_s, .problem = {}};
        const QString today = QDate::currentDate().toString(u"yyyy.MM.dd"_s);
        QTest::addColumn<ytdlp::Tools>("tools");
        QTest::addColumn<QString>("text");
        QTest::newRow("good") << ytdlp::Tools{.ytdlp = ytdlp(today), .ffmpeg = ffmpeg, .jsRuntime = deno}
                              << u"yt-dlp %1 ✓    ffmpeg 6.0 ✓"_s.arg(today);
        QTest::newRow("old") << ytdlp::Tools{.ytdlp = ytdlp(u"2025.04.30"_s),
                                             .ffmpeg = ffmpeg,
                                             .jsRuntime = deno}
                             << u"yt-dlp 2025.04.30 ⚠    ffmpeg 6.0 ✓"_s;
        QTest::newRow("refused") << ytdlp::Tools{.ytdlp = ytdlp(u"2023.03.04"_s, u"It is too old."_s),
                                                 .ffmpeg = ffmpeg,
                                                 .jsRuntime = deno}
                                 << u"yt-dlp 2023.03.04 ✗    ffmpeg 6.0 ✓"_s;
        QTest::newRow("no runtime") << ytdlp::Tools{.ytdlp = ytdlp(today),
                                                    .ffmpeg = ffmpeg,
                                                    .jsRuntime = {.name = u"deno"_s,
                                                                  .path = {},
                                                                  .version = {},
                                                                  .problem = u"There is none."_s}}
                                    << u"yt-dlp %1 ✓    ffmpeg 6.0 ✓    deno ⚠"_s.arg(today);
    }
    void agreesWithTheToolsPage()
    {
        QFETCH(ytdlp::Tools, tools);
        QFETCH(QString, text);
        Shown shown;
        shown.line.showTools(tools::reportOf(tools, QDate::currentDate()));
        const QPushButton &button = shown.button();
        QCOMPARE(button.text(), text);
        for (const auto &report : tools::reportOf(tools, QDate::currentDate())) {
            const bool isWorthSaying =
                report.name != u"deno"_s || report.state != tools::ToolReport::State::Good;
            const QString said =
                u"%1 %2: %3"_s.arg(report.name, report.version, report.sentence).simplified();
            QCOMPARE(button.accessibleName().contains(said), isWorthSaying);
            QCOMPARE(button.toolTip().contains(said), isWorthSaying);
        }
    }

    /// As on the page: sources other than YouTube need no JavaScript.
    void aRuntimeIsYouTubesAffair()
    {
        Shown shown{ytdlp::Source(u"http://127.0.0.1:9/{ytid}.m4a"_s)};
        const ytdlp::Tools tools{.ytdlp = {u"yt-dlp"_s, u"/x"_s, u"2025.04.30"_s, {}},
                                 .ffmpeg = {u"ffmpeg"_s, u"/y"_s, u"6.0"_s, {}},
                                 .jsRuntime = {u"deno"_s, {}, {}, u"There is none."_s}};
        shown.line.showTools(tools::reportOf(tools, QDate::currentDate()));
        QCOMPARE(shown.button().text(), u"yt-dlp 2025.04.30 ⚠    ffmpeg 6.0 ✓"_s);
        QVERIFY(!shown.button().toolTip().contains(u"deno"_s));
    }

    void opensTheToolsPage()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.bar));
        QTest::mouseClick(&shown.button(), Qt::LeftButton);
        QCOMPARE(shown.opened, 1);
        shown.button().setFocus();
        QTest::keyClick(&shown.button(), Qt::Key_Space);
        QCOMPARE(shown.opened, 2);
    }

private:
    struct Shown
    {
        explicit Shown(const ytdlp::Source &source = ytdlp::Source())
            : session(source)
        {
            QObject::connect(&open, &QAction::triggered, &bar, [this] { ++opened; });
            bar.resize(900, 30);
            bar.show();
        }
        QPushButton &button() { return *bar.findChild<QPushButton *>(); }

        int opened = 0;
        QTemporaryDir folder;
        ui::Settings settings{folder.filePath(u"settings.ini"_s)};
        session::Session session;
        ui::SegmentPage page{session, settings};
        QAction open;
        QStatusBar bar;
        ui::StatusLine line{session, page, open, bar};
    };
};

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
