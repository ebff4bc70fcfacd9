#include "gui/downloadsettingsprogram.h"
#include "support/testmain.h"
#include "ui/downloads/jobdialog.h"
#include "ui/downloads/jobmodel.h"
#include "ui/segments/segmentmodel.h"

#include <QAction>
#include <QLabel>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace earmark;
using download::Queue;
using test::ClipCount;
using test::DownloadSettingsProgram;
using test::Patience;

/// What the window says while clips are queued and nothing is being downloaded.
class TestWaiting final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sound = test::sourceSound();
        QVERIFY(!m_sound.isEmpty());
    }

    /// One clip whose first download breaks off: row, dock, panel and log count down to its second.
    void aRetryIsSeenAndCountsDown()
    {
        DownloadSettingsProgram program(m_sound);
        program.server.setFault(DownloadSettingsProgram::path(0), {.status = 503, .times = 1});
        program.begin();
        program.key(Qt::Key_Home);
        QTRY_VERIFY(program.window.actions()["downloads.downloadSelected"_L1]->isEnabled());
        program.key(Qt::Key_D, Qt::ControlModifier);
        static const QRegularExpression row(u"^retry in 0:0[1-5], try 2 of 3: "_s);
        const auto state = [&program] {
            return program.window.page().table().model()->index(0, ui::SegmentModel::State).data().toString();
        };
        QTRY_VERIFY2_WITH_TIMEOUT(state().contains(row), qPrintable(state()), Patience);
        const QString before = state();

        auto *jobs = program.find<QTableView>(u"Running downloads"_s);
        const auto job = [jobs](int column) { return jobs->model()->index(0, column).data().toString(); };
        QTRY_COMPARE(jobs->model()->rowCount(), 1);
        QVERIFY(jobs->isVisible());
        QVERIFY2(job(ui::JobModel::Progress).contains(row), qPrintable(job(ui::JobModel::Progress)));
        QVERIFY2(job(ui::JobModel::Progress).size() > before.size(), "the reason is there as a sentence");
        QCOMPARE(program.session.workspace()->counts()[ClipState::Failed], 0);
        QTRY_VERIFY(program.find<QLabel>(u"State of the clip"_s)
                        ->text()
                        .contains(QRegularExpression(u"^Retry in 0:0[1-5], try 2 of 3: "_s)));
        program.key(Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY(program.window.findChild<ui::JobDialog *>());
        QVERIFY2(program.find<QLabel>(u"State"_s)->text().contains(u"try 2 of 3"_s),
                 qPrintable(program.find<QLabel>(u"State"_s)->text()));
        QTRY_VERIFY(state() != before); // it counts

        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), 1, Patience);
        QTRY_COMPARE(state(), u"ready"_s);
        QTRY_COMPARE(jobs->model()->rowCount(), 0);
    }

    /// Whatever keeps the queue from working, the dock does not say that nothing is to be done.
    void theDockSaysThatClipsAreQueued()
    {
        DownloadSettingsProgram program(m_sound);
        program.begin();
        const auto says = [&program](const QString &text) {
            for (const auto *label : program.window.findChildren<QLabel *>()) {
                if (label->isVisible() && label->text() == text)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(u"No active downloads"_s));
        std::vector<WantedClip> wanted;
        for (segments::Row row = 0; row < ClipCount; ++row)
            wanted.push_back({program.session.split()->table.key(row), row, "/m/09x0r"});
        program.session.workspace()->enqueue(wanted);
        QTRY_VERIFY(says(u"Not started: 4 queued"_s));
        program.session.queue()->pause();
        QTRY_VERIFY(says(u"Paused: 4 queued"_s));
        program.setFault({.status = 429});
        program.session.queue()->start();
        QTRY_COMPARE_WITH_TIMEOUT(program.state(), Queue::State::Waiting, Patience);
        QTRY_VERIFY(says(u"Waiting to retry: 4 queued"_s));
        QVERIFY(!says(u"No active downloads"_s));
    }

private:
    QByteArray m_sound;
};

QTEST_MAIN(TestWaiting)
#include "tst_waiting.moc"
