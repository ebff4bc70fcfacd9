#include "ui/tools/preflightgate.h"

#include "session/session.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/widgets/bannerstack.h"

#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;

namespace {

constexpr int Patience = 30'000;

} // namespace

/// The first download from YouTube waits for what yt-dlp says of itself.
class TestPreflightGate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_went = 0;
        m_session = std::make_unique<session::Session>(std::nullopt);
        m_banners = std::make_unique<ui::BannerStack>();
        m_gate = std::make_unique<ui::PreflightGate>(*m_session, *m_banners, m_tools);
    }
    void cleanup()
    {
        m_gate.reset();
        m_session.reset();
    }

    void lets()
    {
        use("@SOLVER {\"stage\": \"done\", \"runtime\": \"deno\", \"version\": \"0.8.0\"}");
        QVERIFY(!isOpen()); // not before it was asked
        QTRY_COMPARE_WITH_TIMEOUT(m_went, 1, Patience);
        QCOMPARE(m_banners->text(ui::Topic::Tools), QString());
        QVERIFY(isOpen());
        // New settings are another matter.
        session::DownloadSettings engine = m_session->engine();
        engine.fetch.extraArguments = {u"--no-mtime"_s};
        m_session->setEngine(engine);
        QVERIFY(!isOpen());
        QTRY_COMPARE_WITH_TIMEOUT(m_went, 2, Patience);
    }

    void refusesWithAWayOn()
    {
        use("@SOLVER {\"stage\": \"script\", \"runtime\": \"deno\"}");
        QSignalSpy tools(&m_tools, &QAction::triggered);
        QVERIFY(!isOpen());
        QTRY_VERIFY_WITH_TIMEOUT(!m_banners->text(ui::Topic::Tools).isEmpty(), Patience);
        const QString text = m_banners->text(ui::Topic::Tools);
        QVERIFY2(text.startsWith(u"Solver script: yt-dlp has no solver script"_s), qPrintable(text));
        QVERIFY2(text.endsWith(u"Downloads would fail."_s), qPrintable(text));
        QCOMPARE(m_went, 0);
        press(u"Tools…"_s);
        QCOMPARE(tools.count(), 1);
        press(u"Download anyway"_s);
        QCOMPARE(m_went, 1);
        QCOMPARE(m_banners->text(ui::Topic::Tools), QString());
        QVERIFY(isOpen());
    }

    void anotherSourceIsNotHeldUp()
    {
        use("@SOLVER {\"stage\": \"script\"}");
        session::DownloadSettings engine = m_session->engine();
        engine.source = u"http://127.0.0.1:1/{ytid}.m4a"_s;
        m_session->setEngine(engine);
        QVERIFY(isOpen());
    }

private:
    bool isOpen()
    {
        return m_gate->isOpen([this] { ++m_went; });
    }
    /// A yt-dlp that answers with this line.
    void use(const QByteArray &line)
    {
        QFile file(m_folder.filePath(u"yt-dlp"_s));
        file.remove();
        test::writeFile(file.fileName(),
                        "#!/bin/sh\ncat <<'END'\n[debug] yt-dlp version stable@2099.10.26 from "
                        "yt-dlp/yt-dlp (zip)\n" +
                            line + "\nEND\n");
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        ytdlp::Tools tools;
        tools.ytdlp = {u"yt-dlp"_s, file.fileName(), u"2099.10.26"_s, {}};
        tools.ffmpeg = {u"ffmpeg"_s, u"/usr/bin/ffmpeg"_s, u"5.1"_s, {}};
        tools.jsRuntime = {u"deno"_s, u"/usr/bin/deno"_s, u"2.9.6"_s, {}};
        m_session->setTools(tools);
    }
    void press(const QString &text)
    {
        for (auto *each : m_banners->findChildren<QPushButton *>()) {
            if (each->text().remove(u'&') == text)
                return each->click();
        }
        QFAIL("There is no such button.");
    }

    QTemporaryDir m_folder;
    int m_went = 0;
    std::unique_ptr<session::Session> m_session;
    QAction m_tools;
    std::unique_ptr<ui::BannerStack> m_banners;
    std::unique_ptr<ui::PreflightGate> m_gate;
};

QTEST_MAIN(TestPreflightGate)
#include "tst_preflightgate.moc"
