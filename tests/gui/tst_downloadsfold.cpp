#include "gui/downloadsettingsprogram.h"
#include "support/testmain.h"

#include <QDockWidget>
#include <QLabel>

using namespace Qt::StringLiterals;
using namespace earmark;
using download::Queue;
using test::DownloadSettingsProgram;
using test::Patience;

/// The dock of downloads takes no more room than it needs.
class TestDownloadsFold final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldsToOneLine()
    {
        const QTemporaryDir folder;
        int chosen = 0;
        {
            DownloadSettingsProgram program({}, folder.path());
            program.setFault({.status = 429});
            program.begin();
            QTRY_VERIFY(isFolded(program));

            program.downloadAll();
            QTRY_VERIFY(!isFolded(program));
            QTRY_COMPARE_WITH_TIMEOUT(program.state(), Queue::State::Waiting, Patience);
            const int usual = dock(program).height();
            program.window.resizeDocks({&dock(program)}, {usual + 60}, Qt::Vertical); // as the user would
            QTRY_VERIFY(dock(program).height() > usual);
            chosen = dock(program).height();

            program.session.queue()->pause();
            QTRY_VERIFY(isFolded(program));
            QTRY_VERIFY(says(program, u"Paused: 4 queued"_s));
            program.session.queue()->start();
            QTRY_COMPARE(dock(program).height(), chosen);
            program.session.queue()->pause();
            QTRY_VERIFY(isFolded(program));
            program.window.close();
        }
        DownloadSettingsProgram program({}, folder.path());
        program.setFault({.status = 429});
        program.begin();
        QTRY_VERIFY(isFolded(program));
        program.session.queue()->start();
        QTRY_COMPARE(dock(program).height(), chosen);
    }

    /// The table of failures would be one line high.
    void unfoldsBehindTheOtherTab()
    {
        DownloadSettingsProgram program({});
        program.begin();
        QTRY_VERIFY(isFolded(program));
        auto *failures = program.window.findChild<QDockWidget *>(u"failuresDock"_s);
        failures->raise();
        QTRY_VERIFY(failures->widget()->height() > 4 * failures->fontMetrics().lineSpacing());
        dock(program).raise();
        QTRY_VERIFY(isFolded(program));
    }

private:
    static QDockWidget &dock(const DownloadSettingsProgram &program)
    {
        return *program.window.findChild<QDockWidget *>(u"downloads"_s);
    }
    static bool isFolded(const DownloadSettingsProgram &program)
    {
        return dock(program).widget()->height() < 4 * dock(program).fontMetrics().lineSpacing();
    }
    static bool says(const DownloadSettingsProgram &program, const QString &text)
    {
        const auto labels = dock(program).findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&text](const QLabel *label) { return label->isVisible() && label->text() == text; });
    }
};

QTEST_MAIN(TestDownloadsFold)
#include "tst_downloadsfold.moc"
