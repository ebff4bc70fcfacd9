#include "gui/downloadsettingsprogram.h"
#include "support/testmain.h"
#include "ui/downloads/failuremodel.h"
#include "ui/downloads/jobdialog.h"
#include "ui/downloads/jobmodel.h"
#include "ui/downloads/queuebanners.h"
#include "ui/segments/filterbar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace earmark;
using download::Queue;
using test::ClipCount;
using test::DownloadSettingsProgram;
using test::Patience;

/// Downloads in the window: what it says of them and what the person can do.
class TestDownloadSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sound = test::sourceSound();
        QVERIFY(!m_sound.isEmpty());
    }

    void countsDownWhileItWaits()
    {
        DownloadSettingsProgram program(m_sound);
        program.setFault({.status = 429});
        program.begin();
        program.downloadAll();
        QTRY_COMPARE_WITH_TIMEOUT(program.state(), Queue::State::Waiting, Patience);
        QVERIFY2(program.banner().startsWith(u"The site refuses because too much was asked"_s),
                 qPrintable(program.banner()));
        static const QRegularExpression countdown(u"^Next try in 1[45]:[0-5][0-9]$"_s);
        QTRY_VERIFY(program.note().contains(countdown));
        const QString before = program.note();
        QTRY_VERIFY(program.note().contains(countdown) && program.note() < before);
        QCOMPARE(program.session.workspace()->counts()[ClipState::Failed], 0);

        // What helps is there, by key as well.
        QVERIFY(program.button(u"Pace…"_s));
        QPushButton *cookies = program.button(u"Cookies…"_s);
        QVERIFY(cookies);
        cookies->setFocus();
        program.key(Qt::Key_Return);
        QTRY_VERIFY(program.dialog());
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), u"Cookies"_s);
        program.key(Qt::Key_Escape);
        QTRY_VERIFY(!program.dialog());

        program.setFault({});
        QPushButton *again = program.button(u"Try now"_s);
        QVERIFY(again);
        again->setFocus();
        program.key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        QTRY_VERIFY(program.banner().contains(u"4 clips ready"_s));
        QVERIFY(program.note().isEmpty());
    }

    void settingsAreCheckedAndHold()
    {
        DownloadSettingsProgram program(m_sound);
        program.begin();
        program.key(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(program.dialog());
        QVERIFY(QTest::qWaitForWindowActive(program.dialog()));
        auto *ok = program.dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        auto *problem = program.find<QLabel>(u"Problem"_s);
        QVERIFY(ok->isEnabled());
        QVERIFY(problem->text().isEmpty());

        // The pace, by keys, and what it means for what is found.
        auto *pace = program.find<QComboBox>(u"Pace"_s);
        QTRY_VERIFY(pace->hasFocus());
        QCOMPARE(program.find<QLabel>(u"Forecast"_s)->text(), u"4 clips: as fast as the source answers."_s);
        program.key(Qt::Key_End);
        auto *own = program.find<QSpinBox>(u"Own pace"_s);
        QVERIFY(own->isEnabled());
        own->setFocus();
        own->selectAll();
        QTest::keyClicks(own, u"3"_s);
        QVERIFY2(
            program.find<QLabel>(u"Forecast"_s)->text().startsWith(u"4 clips at 3/h: 1 h 20 min, done "_s),
            qPrintable(program.find<QLabel>(u"Forecast"_s)->text()));
        own->selectAll();
        QTest::keyClicks(own, u"5000"_s);

        // A password is hidden until it is asked for.
        auto *proxy = program.find<QLineEdit>(u"Proxy"_s);
        QCOMPARE(proxy->echoMode(), QLineEdit::Password);
        proxy->setText(u"socks5://x"_s);
        QVERIFY(!ok->isEnabled());
        QVERIFY(problem->text().contains(u"SOCKS"_s));
        program.find<QToolButton>(u"Show Proxy"_s)->click();
        QCOMPARE(proxy->echoMode(), QLineEdit::Normal);
        proxy->clear();
        QVERIFY(ok->isEnabled());

        auto *source = program.find<QLineEdit>(u"Source"_s);
        const QString address = source->text();
        source->setText(u"http://host/no-id"_s);
        QVERIFY(problem->text().contains(u"{ytid}"_s));
        source->setText(address);
        program.find<QComboBox>(u"Cookies"_s)->setCurrentIndex(1);
        QVERIFY(!ok->isEnabled()); // no file yet
        program.find<QLineEdit>(u"Cookies file"_s)->setText(program.folder.filePath(u"none.txt"_s));
        QVERIFY(problem->text().contains(u"cannot be read"_s));
        program.find<QComboBox>(u"Cookies"_s)->setCurrentIndex(0);
        program.find<QSpinBox>(u"Workers"_s)->setValue(4);
        program.find<QLineEdit>(u"More arguments"_s)->setText(u"--user-agent \"two words\""_s);
        ok->setFocus();
        program.key(Qt::Key_Return);
        QTRY_VERIFY(!program.dialog());

        const session::DownloadSettings engine = program.settings.engine();
        QCOMPARE(engine.pace, session::DownloadSettings::RateLimiter::Own);
        QCOMPARE(engine.ownPerHour, 5000);
        QCOMPARE(engine.workers, 4);
        QCOMPARE(engine.fetch.extraArguments, (QStringList{u"--user-agent"_s, u"two words"_s}));
        QCOMPARE(program.session.queue()->perHour(), 5000);
    }

    /// While work runs, new settings wait for it and then hold: nothing is thrown away.
    void settingsWaitForWhatRuns()
    {
        DownloadSettingsProgram program(m_sound);
        test::Fault stall;
        stall.caller = test::Fault::Caller::Ffmpeg;
        stall.stallAfter = 2000;
        program.setFault(stall);
        program.begin();
        program.downloadAll();
        QTRY_COMPARE_WITH_TIMEOUT(program.session.queue()->running().size(), 1U, Patience);
        program.key(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(program.dialog());
        program.find<QSpinBox>(u"Workers"_s)->setValue(3);
        program.dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
        QVERIFY(program.session.isRenewing());
        QVERIFY(program.window.banners().text(ui::Topic::Engine).contains(u"as soon as"_s));
        QCOMPARE(program.session.queue()->running().size(), 1U);
        program.server.release();
        QTRY_VERIFY_WITH_TIMEOUT(!program.session.isRenewing(), Patience);
        QVERIFY(program.window.banners().text(ui::Topic::Engine).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
    }

    /// Each download has its log, and a command that fetches the same.
    void showsTheLogAndTheCommand()
    {
        DownloadSettingsProgram program(m_sound);
        program.server.setFault(DownloadSettingsProgram::path(1), {.status = 404});
        program.begin();
        program.downloadAll();
        QTRY_COMPARE_WITH_TIMEOUT(program.session.workspace()->counts().unfinished(), 0, Patience);
        QCOMPARE(program.ready(), ClipCount - 1);

        program.key(Qt::Key_Home);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.window.actions()["downloads.showLog"_L1]->isEnabled());
        program.key(Qt::Key_J, Qt::ControlModifier);
        auto *dialog = program.window.findChild<ui::JobDialog *>();
        QVERIFY(dialog);
        auto *log = dialog->findChild<QPlainTextEdit *>();
        QTRY_VERIFY2(log->toPlainText().contains(u"HTTP Error 404"_s), qPrintable(log->toPlainText()));
        QVERIFY(program.find<QLabel>(u"State"_s)->text().startsWith(u"failed"_s));
        QVERIFY(!program.find<QLabel>(u"Reason"_s)->text().isEmpty());
        dialog->close();
        QTRY_VERIFY(!program.window.findChild<ui::JobDialog *>());
        // It is on the disk too.
        const auto key = program.session.split()->table.key(1);
        const auto logs = download::readLogs(program.session.workspace()->layout().logs(), key);
        QVERIFY(!logs.empty());
        QVERIFY(logs.front().text.contains(u"HTTP Error 404"_s));

        program.key(Qt::Key_Up);
        program.key(Qt::Key_J, Qt::ControlModifier);
        dialog = program.window.findChild<ui::JobDialog *>();
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QPlainTextEdit *>()->toPlainText().contains(u"[download] "_s));
        program.button(u"Copy &command"_s)->click();
        const QString command = QApplication::clipboard()->text();
        QVERIFY2(command.contains(u" --download-sections '*1-6' "_s), qPrintable(command));
        QProcess shell;
        const QTemporaryDir folder;
        shell.setWorkingDirectory(folder.path());
        shell.setProcessChannelMode(QProcess::MergedChannels);
        shell.start(u"/bin/sh"_s, {u"-c"_s, command});
        QVERIFY(shell.waitForFinished(Patience));
        QVERIFY2(shell.exitCode() == 0, shell.readAll().constData());
        // The same packets with the same times: the video's clock is kept.
        const SegmentKey first = program.session.split()->table.key(0);
        const auto packets = [](const QString &file) {
            QByteArray output;
            const QByteArray problem = test::ffmpeg(
                {u"-i"_s, file, u"-c"_s, u"copy"_s, u"-copyts"_s, u"-f"_s, u"framemd5"_s, u"-"_s}, &output);
            return problem + output;
        };
        QCOMPARE(packets(folder.filePath(first.stem() + u".mka"_s)),
                 packets(program.session.workspace()->layout().rawClip(first)));
    }

    /// Failures are told apart by their reason; a reason is shown in the table and tried again by itself.
    void failuresByReason()
    {
        DownloadSettingsProgram program(m_sound);
        program.begin();
        std::vector<WantedClip> wanted;
        for (segments::Row row = 0; row < 3; ++row)
            wanted.push_back({program.session.split()->table.key(row), row, "/m/09x0r"});
        auto &workspace = *program.session.workspace();
        workspace.enqueue(wanted);
        for (const auto &clip : wanted) {
            auto record = workspace.record(clip.key);
            record.progress.state = ClipState::Failed;
            record.progress.failure = clip.position < 2 ? FailureClass::Permanent : FailureClass::Transient;
            record.progress.reason = clip.position < 2 ? u"The \"video\" is gone."_s : u"The line is dead."_s;
            workspace.update(clip.key, record);
        }
        QTRY_VERIFY(program.button(u"Show failures"_s));
        program.button(u"Show failures"_s)->setFocus();
        program.key(Qt::Key_Return);
        auto *view = program.find<QTableView>(u"Failures by reason"_s);
        const auto count = [view](int row) {
            return view->model()->index(row, ui::FailureModel::Count).data().toInt();
        };
        QTRY_VERIFY(view->isVisible());
        QTRY_VERIFY(view->hasFocus());
        QTRY_COMPARE(view->model()->rowCount(), 2);
        QTRY_COMPARE(count(0), 2);
        QCOMPARE(count(1), 1);
        QVERIFY(program.button(u"Retry this group"_s)->isEnabled());

        program.key(Qt::Key_Return); // shows the first and largest group
        QVERIFY2(program.window.page().filter().text().startsWith(u"reason:\""_s),
                 qPrintable(program.window.page().filter().text()));
        QTRY_COMPARE(program.window.page().foundCount(), 2);

        program.button(u"Retry this group"_s)->setFocus();
        program.key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), 2, Patience);
        QTRY_COMPARE(view->model()->rowCount(), 1);
        QCOMPARE(count(0), 1);
    }

    /// Quitting while work runs is asked about; the next start goes on.
    void quitsAndGoesOn()
    {
        const QTemporaryDir folder;
        test::Fault slow;
        slow.caller = test::Fault::Caller::Ffmpeg;
        slow.bytesPerSecond = 2'000;
        {
            DownloadSettingsProgram program(m_sound, folder.path());
            program.setFault(slow);
            program.begin();
            program.downloadAll();
            QTRY_VERIFY(program.window.windowTitle().startsWith(u"0 % – four.csv – "_s));
            const auto answer = [&program](QString *text, const QString &button) {
                auto *look = new QTimer(&program.window);
                connect(look, &QTimer::timeout, look, [look, text, button] {
                    auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
                    if (!box)
                        return;
                    look->stop();
                    *text = box->informativeText();
                    for (auto *candidate : box->buttons()) {
                        if (candidate->text().remove(u'&') == button)
                            candidate->click();
                    }
                });
                look->start(10);
            };
            QString text;
            answer(&text, u"Cancel"_s);
            program.key(Qt::Key_Q, Qt::ControlModifier);
            QTRY_VERIFY2(text.startsWith(u"4 clips to go. They stay in the queue"_s), qPrintable(text));
            QTRY_VERIFY(!QApplication::activeModalWidget());
            QVERIFY(program.window.isVisible());
            QVERIFY(program.session.queue()->isActive());
            answer(&text, u"Quit"_s);
            program.key(Qt::Key_Q, Qt::ControlModifier);
            QTRY_VERIFY(!program.window.isVisible());
        }
        DownloadSettingsProgram program(m_sound, folder.path());
        program.begin();
        QTRY_COMPARE(program.banner(), u"4 clips are still queued."_s);
        QSignalSpy ended(program.window.findChild<ui::QueueBanners *>(), &ui::QueueBanners::ended);
        program.button(u"Resume"_s)->setFocus();
        program.key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(ended.front().front().toString().contains(u"4 clips ready"_s));
        QTRY_VERIFY(!program.window.windowTitle().contains(u'%'));
    }

    /// What stops the downloads is one sentence with a button that helps.
    void saysWhatStopsIt()
    {
        DownloadSettingsProgram program(m_sound);
        program.begin();
        session::DownloadSettings engine = program.session.engine();
        engine.fetch.cookiesFile = program.folder.filePath(u"gone.txt"_s);
        program.session.setEngine(engine);
        program.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY2(program.banner().contains(u"gone.txt cannot be read"_s), qPrintable(program.banner()));
        QPushButton *help = program.button(u"Download settings…"_s);
        QVERIFY(help);
        help->setFocus();
        program.key(Qt::Key_Return);
        QTRY_VERIFY(program.dialog());
        program.find<QComboBox>(u"Cookies"_s)->setCurrentIndex(0);
        program.dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
        QTRY_VERIFY(program.button(u"Resume"_s));
        program.button(u"Resume"_s)->setFocus();
        program.key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
    }

    /// Return on a clip that is being fetched shows its log as it comes.
    void showsWhatRuns()
    {
        DownloadSettingsProgram program(m_sound);
        program.begin();
        program.downloadAll();
        auto *jobs = program.find<QTableView>(u"Running downloads"_s);
        QTRY_VERIFY(jobs->isVisible() && jobs->model()->rowCount() > 0);
        jobs->setFocus();
        QTRY_VERIFY(jobs->hasFocus());
        jobs->setCurrentIndex(jobs->model()->index(0, 0));
        program.key(Qt::Key_Return);
        auto *dialog = program.window.findChild<ui::JobDialog *>();
        QVERIFY(dialog);
        auto *log = dialog->findChild<QPlainTextEdit *>();
        QTRY_VERIFY_WITH_TIMEOUT(log->toPlainText().contains(u"@START"_s), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        QTRY_VERIFY(program.find<QLabel>(u"State"_s)->text().startsWith(u"ready"_s));
    }

private:
    QByteArray m_sound;
};

QTEST_MAIN(TestDownloadSettings)
#include "tst_downloadsettings.moc"
