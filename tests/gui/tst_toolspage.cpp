#include "ui/tools/toolspage.h"

#include "session/session.h"
#include "support/releases.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/settings/settings.h"
#include "ui/tools/logdialog.h"
#include "ui/tools/toolscontroller.h"
#include "ui/tools/toolsmodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;
using ui::ToolsModel;
using ui::ToolsPage;

namespace {

constexpr int Patience = 30'000;
/// Newer than any that is installed.
const QByteArray New = "2099.10.26";
const QByteArray Newer = "2099.10.27";

} // namespace

/// The Tools page as a person works with it, by keys, with releases from a server on this computer.
class TestToolsPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<ui::Settings>(m_folder->filePath(u"settings.ini"_s));
        m_server = std::make_unique<test::FaultServer>();
        test::serveRelease(*m_server, "/stable", test::smallYtDlp(New));
        test::serveRelease(*m_server, "/nightly", test::smallYtDlp("2099.11.01.232830"));
        m_settings->releaseAddresses = {m_server->url("/stable/"), m_server->url("/nightly/"),
                                        test::releaseKey()};
        m_session = std::make_unique<session::Session>(ytdlp::Source());
        m_actions = std::make_unique<ui::ActionRegistry>();
        m_banners = std::make_unique<ui::BannerStack>();
        m_window = std::make_unique<QWidget>();
        m_finder = new ui::ToolsController(*m_session, *m_settings, *m_banners, *m_actions, m_window.get());
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
    }

    void theModelIsSound()
    {
        ToolsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        ytdlp::Tools tools;
        tools.ytdlp = {u"yt-dlp"_s, u"/usr/bin/yt-dlp"_s, u"2026.10.26"_s, {}};
        tools.ffmpeg = {u"ffmpeg"_s, {}, {}, u"It is not there."_s};
        model.setReports(tools::reportOf(tools, {2026, 11, 1}));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, ToolsModel::Age).data().toString(), u"6 days old"_s);
        QCOMPARE(model.index(1, ToolsModel::Place).data().toString(), u"not found"_s);
        QCOMPARE(model.index(1, ToolsModel::State).data().toString(), u"It is not there."_s);
        model.setReports(tools::reportOf(tools, {2026, 11, 2}));
        QCOMPARE(model.index(0, ToolsModel::Age).data().toString(), u"7 days old"_s);
    }

    void tellsWhileItLooks()
    {
        (*m_actions)["tools.tools"_L1]->trigger();
        QVERIFY(page());
        QVERIFY(label(u"About this tool"_s)->text().startsWith(u"Looking for"_s));
        QVERIFY(!isReady(u"Self-test"_s));
        m_finder->find();
        QTRY_COMPARE_WITH_TIMEOUT(view().model()->rowCount(), 9, Patience);
        QVERIFY(label(u"About this tool"_s)->text().contains(m_finder->tools().ytdlp.path));
        QVERIFY(isReady(u"Self-test"_s));
        QVERIFY(!isReady(u"Go back"_s));
    }

    void opensTheExplanationOfALog()
    {
        open();
        key(Qt::Key_T, Qt::AltModifier);
        QTRY_VERIFY(page()->findChild<ui::LogDialog *>() != nullptr);
        auto *dialog = page()->findChild<ui::LogDialog *>();
        QTRY_VERIFY(dialog->isVisible());
        dialog->reject();
        QTRY_VERIFY(page()->findChild<ui::LogDialog *>() == nullptr);
    }

    void updatesAndGoesBackByKeys()
    {
        open();
        QCOMPARE(page()->focusWidget(), &view());
        const QString before = m_finder->tools().ytdlp.version;
        key(Qt::Key_U, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().ytdlp.version.toLatin1(), New, Patience);
        QVERIFY2(said().contains(u"fetched and checked"_s), qPrintable(said()));
        QTRY_COMPARE(text(0, ToolsModel::Version).toLatin1(), New);
        QVERIFY(text(0, ToolsModel::Place).startsWith(m_folder->path()));
        QVERIFY(text(0, ToolsModel::State).contains(before + u" of its own"_s));
        QTRY_VERIFY(isReady(u"Go back to this computer's own "_s + before));

        test::serveRelease(*m_server, "/stable", test::smallYtDlp(Newer));
        QTRY_VERIFY(button(u"Update"_s)->hasFocus()); // where the keyboard was
        key(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().ytdlp.version.toLatin1(), Newer, Patience);
        QTRY_VERIFY(isReady(u"Go back to "_s + QString::fromLatin1(New)));
        key(Qt::Key_G, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().ytdlp.version.toLatin1(), New, Patience);
        QCOMPARE(said(), u"yt-dlp %1 is in use again."_s.arg(QString::fromLatin1(New)));
    }

    void takesTheNightlyChannel()
    {
        open();
        auto *channel = named<QComboBox>(u"Channel"_s);
        key(Qt::Key_H, Qt::AltModifier);
        QVERIFY(channel->hasFocus());
        key(Qt::Key_Down);
        QCOMPARE(m_settings->releaseChannel(), tools::Channel::Nightly);
        key(Qt::Key_U, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().ytdlp.version, u"2099.11.01.232830"_s, Patience);
    }

    void keepsTheOldOneWhenTheChecksumIsWrong()
    {
        open();
        const QString before = m_finder->tools().ytdlp.version;
        const QByteArray sums = test::sumLine("x", "yt-dlp") + test::sumLine("x", "yt-dlp_linux");
        m_server->serve("/stable/SHA2-256SUMS", {sums});
        m_server->serve("/stable/SHA2-256SUMS.sig", {test::signatureOf(sums)});
        key(Qt::Key_U, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(said().contains(u"was thrown away"_s), Patience);
        QVERIFY2(said().endsWith(u"The yt-dlp in use stays as it is."_s), qPrintable(said()));
        QCOMPARE(m_finder->tools().ytdlp.version, before);
        QVERIFY(isReady(u"Update again"_s));
        QVERIFY(!m_finder->isFinding()); // for there is nothing new to be found
    }

    void cancelsAndGoesOn()
    {
        open();
        for (const char *name : {"yt-dlp", "yt-dlp_linux", "yt-dlp_linux_aarch64"})
            m_server->misbehave(QByteArray("/stable/") + name, {{.stallAfter = 100'000}});
        key(Qt::Key_U, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(said().contains(u"Fetching yt-dlp: 33 %"_s), Patience);
        QVERIFY(!isReady(u"Update"_s));
        QVERIFY(button(u"Cancel"_s)->hasFocus());
        QVERIFY(!page()->grab().isNull());
        key(Qt::Key_Space);
        QTRY_VERIFY(said().startsWith(u"Cancelled; what has come is kept."_s));
        QTRY_VERIFY(button(u"Update"_s)->hasFocus());
        key(Qt::Key_Space);
        // It goes on when the page is closed.
        page()->close();
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().ytdlp.version.toLatin1(), New, Patience);
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=100000-");
        (*m_actions)["tools.tools"_L1]->trigger();
        QCOMPARE(text(0, ToolsModel::Version).toLatin1(), New);
    }

    /// The whole of what downloads need, with what Earmark can do about it.
    void repairsByKeys()
    {
        const QString deno = u"deno 2.9.6"_s;
        test::serveDeno(*m_server, "/deno", test::zipOf("deno", test::smallDeno("2.9.6")));
        tools::Addresses addresses = m_settings->releaseAddresses();
        addresses.deno = m_server->url("/deno/");
        m_settings->releaseAddresses = addresses;
        // A yt-dlp that runs JavaScript, and a runtime that it cannot use.
        m_settings->toolPaths = {
            script(u"yt-dlp"_s, test::smallYtDlp(New)), {}, script(u"node"_s, "#!/bin/sh\necho v18.20.4\n")};
        open();
        QTRY_COMPARE_WITH_TIMEOUT(view().model()->rowCount(), 9, Patience);
        QVERIFY(!isReady(u"Fix"_s)); // yt-dlp is the newest there is
        view().selectRow(2);
        QTRY_VERIFY(isReady(u"Fix: fetch deno"_s));
        key(Qt::Key_X, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().jsRuntime.version, u"2.9.6"_s, Patience);
        QCOMPARE(m_finder->tools().jsRuntime.origin, ytdlp::Tool::Origin::Fetched);
        QVERIFY(
            label(u"What came of fetching deno"_s)->text().startsWith(deno + u" was fetched and checked"_s));
        QVERIFY(m_settings->toolPaths().jsRuntime.isEmpty());
        QCOMPARE(view().currentIndex().row(), 2);
        QTRY_VERIFY(!isReady(u"Fix: fetch deno"_s));
        // Rows that are no programs have nothing to choose.
        view().selectRow(8);
        QVERIFY(!isReady(u"Choose own…"_s) && !isReady(u"Find by itself"_s) && !isReady(u"Copy place"_s));
        QVERIFY(label(u"About this tool"_s)->text().startsWith(u"Rate limit"_s));
    }

    void letsYtDlpDownloadItsScript()
    {
        open();
        auto *allow = page()->findChild<QCheckBox *>();
        QVERIFY(allow && !allow->isChecked());
        key(Qt::Key_W, Qt::AltModifier);
        QTRY_VERIFY(allow->isChecked());
        QVERIFY(m_settings->engine().fetch.allowsSolverScript);
        QVERIFY(m_session->engine().fetch.allowsSolverScript);
        page()->close();
        (*m_actions)["tools.tools"_L1]->trigger();
        QVERIFY(page()->findChild<QCheckBox *>()->isChecked());
        page()->findChild<QCheckBox *>()->click();
        QVERIFY(!m_settings->engine().fetch.allowsSolverScript);
    }

    void testsItselfByKeys()
    {
        open();
        key(Qt::Key_S, Qt::AltModifier);
        QTRY_VERIFY(button(u"Stop"_s)->hasFocus());
        auto *outcome = label(u"What came of the self-test"_s);
        QTRY_VERIFY_WITH_TIMEOUT(outcome->text().startsWith(u"It works"_s), Patience);
        QTRY_VERIFY(button(u"Self-test"_s)->hasFocus());
        auto *log = named<QPlainTextEdit>(u"Log of the self-test"_s);
        QVERIFY(log->toPlainText().contains(u"@DONE"_s));
        QVERIFY(log->toPlainText().contains(m_finder->tools().ytdlp.path));
        key(Qt::Key_L, Qt::AltModifier);
        QTRY_COMPARE(QApplication::clipboard()->text(), log->toPlainText());

        // And again, but not to its end.
        button(u"Self-test"_s)->setFocus();
        key(Qt::Key_Space);
        QTRY_VERIFY(button(u"Stop"_s)->hasFocus());
        key(Qt::Key_Space);
        QTRY_VERIFY(button(u"Self-test"_s)->hasFocus());
        QVERIFY(outcome->text().startsWith(u"Fetches one clip"_s));
    }

    void tellsWhyTheSelfTestFails()
    {
        m_settings->toolPaths = {script(u"yt-dlp"_s, test::smallYtDlp(New)), {}};
        open();
        key(Qt::Key_S, Qt::AltModifier);
        auto *outcome = label(u"What came of the self-test"_s);
        QTRY_VERIFY_WITH_TIMEOUT(
            !outcome->text().startsWith(u"Fetches one clip"_s) && isReady(u"Self-test"_s), Patience);
        QVERIFY2(outcome->text().startsWith(u"yt-dlp ended before its first download ("_s),
                 qUtf8Printable(outcome->text()));
    }

    /// Chosen by the person, until Earmark is to find it, or a newer one was fetched.
    void forgetsWhatWasChosen()
    {
        const QString own = script(u"my-yt-dlp"_s, test::smallYtDlp("2026.01.01"));
        m_settings->toolPaths = {own, {}, script(u"deno"_s, "#!/bin/sh\necho deno 2.9.6\n")};
        open();
        QCOMPARE(text(0, ToolsModel::Place), own);
        QVERIFY(label(u"About this tool"_s)->text().contains(u"chosen by you"_s));
        view().selectRow(2);
        QCOMPARE(text(2, ToolsModel::Version), u"2.9.6"_s);
        key(Qt::Key_I, Qt::AltModifier);
        QTRY_VERIFY(m_settings->toolPaths().jsRuntime.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(text(2, ToolsModel::Version) != u"2.9.6"_s, Patience);
        QVERIFY(!isReady(u"Find by itself"_s));
        QCOMPARE(text(0, ToolsModel::Place), own);

        key(Qt::Key_U, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().ytdlp.version.toLatin1(), New, Patience);
        QVERIFY(m_settings->toolPaths().ytdlp.isEmpty());
    }

    void takesAddresses()
    {
        open();
        auto *stable = named<QLineEdit>(u"Address of the stable releases"_s);
        auto *problem = label(u"What is wrong with the addresses of releases"_s);
        stable->setText(u"nowhere"_s);
        QVERIFY(!isReady(u"Update"_s));
        QVERIFY(problem->isVisible() && !problem->text().isEmpty());
        stable->setText(u"https://example.org/mirror"_s);
        QVERIFY(isReady(u"Update"_s));
        QCOMPARE(m_settings->releaseAddresses().stable, QUrl(u"https://example.org/mirror"_s));
        button(u"Reset"_s)->click();
        QCOMPARE(m_settings->releaseAddresses(), tools::Addresses());
        QVERIFY(stable->text().startsWith(u"https://github.com/yt-dlp/"_s));
    }

    void aMissingToolLeadsHere()
    {
        m_settings->toolPaths = {m_folder->filePath(u"absent"_s), {}};
        m_banners->QWidget::show();
        m_finder->find();
        QTRY_VERIFY_WITH_TIMEOUT(!m_banners->text(ui::Topic::Tools).isEmpty(), Patience);
        for (auto *each : m_banners->findChildren<QPushButton *>()) {
            if (each->text() == u"Tools…"_s)
                each->click();
        }
        QVERIFY(page() && QTest::qWaitForWindowActive(page()));
        QTRY_VERIFY(isReady(u"Update"_s));
        QVERIFY(text(0, ToolsModel::State).contains(u"Let Earmark fetch it"_s));
        key(Qt::Key_U, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_finder->tools().ytdlp.version.toLatin1(), New, Patience);
        QVERIFY(m_banners->text(ui::Topic::Tools).isEmpty());
    }

    void everythingHasAName()
    {
        open();
        for (const QWidget *widget : page()->findChildren<QWidget *>()) {
            // The lists that combo boxes open are windows of their own, and Qt's.
            if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(u"qt_"_s) ||
                widget->window() != page())
                continue;
            const auto *named = qobject_cast<const QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (named && !named->text().isEmpty()),
                     widget->metaObject()->className());
        }
        const QSize size(911, 777);
        page()->resize(size);
        QPointer<ToolsPage> closed = page();
        page()->close();
        QTRY_VERIFY(closed.isNull());
        (*m_actions)["tools.tools"_L1]->trigger();
        QCOMPARE(page()->size(), size);
    }

private:
    /// With the tools found.
    void open()
    {
        m_finder->find();
        if (!QTest::qWaitFor([this] { return !m_finder->isFinding(); }, Patience))
            qFatal("The tools are not found.");
        (*m_actions)["tools.tools"_L1]->trigger();
        if (!QTest::qWaitForWindowActive(page()) || !QTest::qWaitFor([this] { return isReady(u"Update"_s); }))
            qFatal("The page does not come up.");
    }
    ToolsPage *page() const { return m_window->findChild<ToolsPage *>(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *focus = page()->focusWidget();
        QTest::keyClick(focus ? focus : page(), key, modifiers);
    }
    QTableView &view() const { return *page()->findChild<QTableView *>(); }
    QString text(int row, int column) const { return view().model()->index(row, column).data().toString(); }
    /// Null: there is none.
    QPushButton *findButton(const QString &text) const
    {
        for (auto *each : page()->findChildren<QPushButton *>()) {
            if (each->text().remove(u'&') == text)
                return each;
        }
        return nullptr;
    }
    QPushButton *button(const QString &text) const
    {
        if (auto *found = findButton(text))
            return found;
        qFatal("There is no button %s", qPrintable(text));
    }
    bool isReady(const QString &text) const
    {
        const auto *found = findButton(text);
        return found && found->isEnabled();
    }
    template <class Widget>
    Widget *named(const QString &name) const
    {
        for (auto *each : page()->findChildren<Widget *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        qFatal("There is no %s", qPrintable(name));
    }
    QLabel *label(const QString &name) const { return named<QLabel>(name); }
    QString said() const { return label(u"What came of the update"_s)->text(); }
    QString script(const QString &name, const QByteArray &content) const
    {
        QFile file(test::writeFile(m_folder->filePath(name), content));
        if (!file.setPermissions(QFile::ReadOwner | QFile::ExeOwner))
            qFatal("%s cannot be made to run", qPrintable(name));
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<test::FaultServer> m_server;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    std::unique_ptr<ui::BannerStack> m_banners;
    std::unique_ptr<QWidget> m_window;
    ui::ToolsController *m_finder = nullptr;
};

QTEST_MAIN(TestToolsPage)
#include "tst_toolspage.moc"
