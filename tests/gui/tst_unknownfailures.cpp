#include "gui/program.h"
#include "support/playedytdlp.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "ui/downloads/jobdialog.h"
#include "ui/tools/logdialog.h"

#include <QAction>
#include <QClipboard>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;
using namespace earmark;
using download::Queue;

namespace {

/// For downloads on a machine that may be busy.
constexpr int Patience = 60'000;
constexpr int Clips = 6; ///< one more than open the breaker
const QString NewWords = u"ERROR: [youtube] x: The goldfish has forgotten this video"_s;

/// The window on a split whose downloads fail in words that no rule knows.
struct Program final : test::Program
{
    Program()
        : ytdlp(folder.mkpath(u"played"_s) ? folder.filePath(u"played"_s) : QString())
    {
        QByteArray split = "# YTID, start_seconds, end_seconds, positive_labels\n";
        for (int clip = 0; clip < Clips; ++clip)
            split += "gui-unkno" + QByteArray::number(10 + clip) + ", 2.000, 5.000, \"/m/09x0r\"\n";
        test::writeFile(folder.filePath(u"six.csv"_s), split);
        ytdlp.play({.lines = {NewWords}});
        session.setTools({.ytdlp = {u"yt-dlp"_s, ytdlp.program(), u"2026.01.01"_s, {}},
                          .ffmpeg = {u"ffmpeg"_s, u"/usr/bin/ffmpeg"_s, u"6.0"_s, {}}});
        window.show();
    }
    void begin()
    {
        QVERIFY(QTest::qWaitForWindowActive(&window));
        session.openSplit(folder.filePath(u"six.csv"_s));
        QTRY_COMPARE(window.page().foundCount(), Clips);
        QTRY_VERIFY(session.queue() != nullptr);
        QTRY_VERIFY(window.page().table().hasFocus());
        QTRY_VERIFY(window.actions()["downloads.downloadFound"_L1]->isEnabled());
    }
    /// By key; false when there is no such button.
    bool press(const QString &text)
    {
        for (auto *button : window.banners().findChildren<QPushButton *>()) {
            if (button->text() != text || !button->isVisible())
                continue;
            button->setFocus();
            key(Qt::Key_Return);
            return true;
        }
        return false;
    }
    QString banner() { return window.banners().text(ui::Topic::Queue); }
    template <class Dialog>
    QPlainTextEdit *edit(const QString &name)
    {
        auto *dialog = window.findChild<Dialog *>();
        for (auto *each :
             dialog ? dialog->template findChildren<QPlainTextEdit *>() : QList<QPlainTextEdit *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }

    test::PlayedYtdlp ytdlp;
};

} // namespace

/// Downloads wait because several failed for a reason that Earmark does not know: what the window offers.
class TestUnknownFailures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheLogExplainsAndGoesOn()
    {
        Program program;
        program.begin();
        program.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.session.queue()->state(), Queue::State::Waiting, Patience);
        QVERIFY2(program.banner().startsWith(
                     u"5 clips in a row failed for a reason that Earmark does not know."_s),
                 qPrintable(program.banner()));

        QVERIFY(program.press(u"Show log…"_s));
        QTRY_VERIFY(program.edit<ui::JobDialog>(u"Log"_s));
        QTRY_VERIFY(program.edit<ui::JobDialog>(u"Log"_s)->toPlainText().contains(u"goldfish"_s));
        QTRY_VERIFY(QApplication::activeWindow() == program.window.findChild<ui::JobDialog *>());
        program.key(Qt::Key_L, Qt::AltModifier); // copy the log
        QTRY_VERIFY(QApplication::clipboard()->text().contains(u"goldfish"_s));
        program.key(Qt::Key_Escape);
        QTRY_VERIFY(!program.window.findChild<ui::JobDialog *>());

        QVERIFY(program.press(u"Paste a log…"_s));
        QTRY_VERIFY(program.edit<ui::LogDialog>(u"Log"_s));
        QTRY_VERIFY(program.edit<ui::LogDialog>(u"Log"_s)->hasFocus());
        program.key(Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY(program.edit<ui::LogDialog>(u"Explanation"_s)->toPlainText().contains(u"goldfish"_s));
        program.key(Qt::Key_Escape);
        QTRY_VERIFY(!program.window.findChild<ui::LogDialog *>());

        program.ytdlp.play({.sound = sound()});
        QVERIFY(program.press(u"Try now"_s));
        QTRY_VERIFY_WITH_TIMEOUT(program.session.workspace()->counts().playable() >= 1, Patience);
        QTRY_VERIFY(!program.banner().contains(u"does not know"_s));
    }

private:
    /// A section as a download gives it; empty when it cannot be made.
    QString sound()
    {
        const QString wav = m_media.filePath(u"source.wav"_s);
        const QString m4a = m_media.filePath(u"source.m4a"_s);
        const QString section = m_media.filePath(u"section.mka"_s);
        const bool isMade = test::writePlainWav(wav, test::noise(8 * 44'100, 0.3, 3), 44'100, 1) &&
                            test::ffmpeg({u"-i"_s, wav, u"-movflags"_s, u"+faststart"_s, m4a}).isEmpty() &&
                            test::cutSection(m4a, 1, 6, section).isEmpty();
        return isMade ? section : QString();
    }

    const QTemporaryDir m_media;
};

QTEST_MAIN(TestUnknownFailures)
#include "tst_unknownfailures.moc"
