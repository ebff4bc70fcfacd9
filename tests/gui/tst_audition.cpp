#include "gui/auditionprogram.h"
#include "support/sinkrecorder.h"
#include "support/testmain.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentselection.h"

#include <QAction>
#include <QCheckBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QInputDialog>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableWidget>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;
using namespace std::chrono_literals;
using playback::Player;

namespace {

/// Sounds that were heard, in order, without repetition.
QList<int> soundsOf(const std::vector<HeardStep> &heard)
{
    QList<int> sounds;
    for (const HeardStep &each : heard) {
        if (sounds.isEmpty() || sounds.back() != each.sound)
            sounds.append(each.sound);
    }
    return sounds;
}

} // namespace

/// The audition page by its keys, and by ear.
class TestAudition final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeClips(QDir(m_folder->path()));
    }
    void cleanup() { m_folder.reset(); }

    void playsWhatIsReached()
    {
        SinkRecorder recorder;
        AuditionProgram program(m_folder->path());
        QVERIFY(program.isReady());
        QTRY_VERIFY(recorder.isHearing());
        program.key(Qt::Key_F5);
        QTRY_VERIFY(program.player.position() > 0.6);
        QCOMPARE(program.place(), u"1 of 80"_s);
        program.key(Qt::Key_Right);
        QCOMPARE(program.place(), u"2 of 80"_s);
        QTRY_VERIFY(program.player.position() > 0.6 && program.player.position() < 1);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.player.position() > 0.6 && program.player.position() < 1);
        program.key(Qt::Key_Up);
        QTRY_VERIFY(program.player.position() > 0.6 && program.player.position() < 1);
        program.key(Qt::Key_Left);
        QTRY_VERIFY(program.player.position() > 1.5);
        program.key(Qt::Key_Space);
        QTRY_VERIFY(!program.isPlaying());
        const auto heard = heardSteps(recorder.take(), SinkRecorder::Rate);
        QCOMPARE(soundsOf(heard), (QList<int>{0, 1, 2, 1, 0}));
        for (const HeardStep &each : heard)
            QVERIFY(each.step <= 1); // each from its start
    }

    void seeksAndLoops()
    {
        SinkRecorder recorder;
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        QTRY_VERIFY(program.view().sound());
        QTRY_VERIFY(recorder.isHearing());
        recorder.take();
        const QWidget &view = program.view();
        const auto placeOf = [&view](double seconds) { // about: the frequency axis takes the first pixels
            constexpr double Axis = 30;
            return QPoint(static_cast<int>(Axis + (view.width() - Axis) * seconds / 10), view.height() / 2);
        };
        // A click plays from there; the keys stay where they were.
        QTest::mouseClick(&program.view(), Qt::LeftButton, {}, placeOf(6.3));
        QTRY_VERIFY(std::abs(program.player.position() - 6.8) < 0.4);
        // A drag loops a part.
        QTest::mousePress(&program.view(), Qt::LeftButton, {}, placeOf(3.2));
        QTest::mouseMove(&program.view(), placeOf(3.5));
        QTest::mouseMove(&program.view(), placeOf(3.8));
        QTest::mouseRelease(&program.view(), Qt::LeftButton, {}, placeOf(3.8));
        QVERIFY(program.window.actions()["clip.loop"_L1]->isChecked());
        QVERIFY(program.player.loopRegion());
        recorder.take();
        QElapsedTimer time;
        time.start();
        QTRY_VERIFY(time.elapsed() > 2'500);
        QVERIFY(program.isPlaying());
        const auto looped = heardSteps(recorder.take(), SinkRecorder::Rate);
        QVERIFY(!looped.empty());
        QCOMPARE(looped.back().step, 3);
        QVERIFY(looped.back().length > 1.5); // thrice the part without a hole
        // Home plays from the start; L ends the loop.
        program.key(Qt::Key_L);
        program.key(Qt::Key_Home);
        recorder.take();
        QTRY_VERIFY(program.player.position() > 0.5 && program.player.position() < 1);
        QVERIFY(!program.player.isLooping());
    }

    void aHeldKeyPlaysOnlyWhereItStops()
    {
        SinkRecorder recorder;
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        QTRY_VERIFY(recorder.isHearing());
        QTRY_VERIFY(program.player.position() > 0.5);
        recorder.take();
        QElapsedTimer late;
        qint64 longest = 0;
        QTimer ticks; // does the window's thread come to its events?
        QObject::connect(&ticks, &QTimer::timeout, &ticks, [&] {
            if (late.isValid())
                longest = std::max(longest, late.elapsed());
            late.start();
        });
        ticks.start(0ms);
        program.hold(Qt::Key_Down, 2s);
        ticks.stop();
        const int stopped = program.place().section(u' ', 0, 0).toInt() - 1;
        QVERIFY2(stopped > 30, qPrintable(program.place()));
        QTRY_VERIFY(program.player.position() > 0.7);
        const auto heard = heardSteps(recorder.take(), SinkRecorder::Rate);
        // The first press was a press like any other; then nothing but the last.
        QCOMPARE(soundsOf(heard), (QList<int>{1, stopped % Staircase::Most}));
        QVERIFY2(heard.back().at - heard[heard.size() - 2].end() > 0.5, "silent while the key is held");
        qInfo("longest time away from the events: %lld ms", longest);
    }

    void thirtyVerdictsTwentyUndone()
    {
        const auto verdictOf = [](int clip) { return clip % 3 == 0 ? Verdict::Reject : Verdict::Keep; };
        {
            AuditionProgram program(m_folder->path());
            BEGIN(program);
            for (int clip = 0; clip < 30; ++clip) {
                QCOMPARE(program.place(), u"%1 of 80"_s.arg(clip + 1));
                program.key(verdictOf(clip) == Verdict::Keep ? Qt::Key_K : Qt::Key_R);
                QCOMPARE(program.verdict(clip), verdictOf(clip));
            }
            QCOMPARE(program.place(), u"31 of 80"_s);
            for (int undone = 0; undone < 20; ++undone)
                program.key(Qt::Key_Z);
            QCOMPARE(program.place(), u"11 of 80"_s); // where the last was taken back
            program.key(Qt::Key_Z, Qt::ShiftModifier);
            QCOMPARE(program.verdict(10), verdictOf(10));
            program.key(Qt::Key_Z);
            QTRY_VERIFY(program.isPlaying());
        }
        AuditionProgram program(m_folder->path());
        QVERIFY(program.isReady());
        for (int clip = 0; clip < 30; ++clip)
            QCOMPARE(program.verdict(clip), clip < 10 ? verdictOf(clip) : Verdict::Undecided);
        // Undo and the place one has come to survive the restart.
        program.key(Qt::Key_F5);
        QTRY_VERIFY(program.isAuditioning());
        QCOMPARE(program.place(), u"11 of 80"_s);
        program.key(Qt::Key_Z);
        QCOMPARE(program.verdict(9), Verdict::Undecided);
        program.key(Qt::Key_Z, Qt::ShiftModifier);
        program.key(Qt::Key_Z, Qt::ShiftModifier);
        QCOMPARE(program.verdict(10), verdictOf(10));
    }

    void everyOtherKey()
    {
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        program.key(Qt::Key_F);
        QVERIFY(program.judgement(0).isFlagged);
        program.key(Qt::Key_2);
        QCOMPARE(program.judgement(0).doubted, "/m/0bt9lr");
        QCOMPARE(program.find<QCheckBox>(u"Dog"_s)->isChecked(), false);
        QTest::mouseClick(program.find<QCheckBox>(u"Dog"_s), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(program.judgement(0).doubted.isEmpty());
        QVERIFY(program.find<QCheckBox>(u"Dog"_s)->isChecked());
        program.key(Qt::Key_S);
        QCOMPARE(program.player.speed(), 0.5);
        QCOMPARE(program.player.pitch(), Player::Pitch::Kept);
        program.key(Qt::Key_S);
        program.key(Qt::Key_G);
        QTRY_VERIFY(program.player.gain() != 0);
        program.key(Qt::Key_G);
        QCOMPARE(program.player.gain(), 0.0);
        // A verdict that is taken away.
        program.key(Qt::Key_K);
        program.key(Qt::Key_Up);
        program.key(Qt::Key_U);
        QCOMPARE(program.verdict(0), Verdict::Undecided);
        QCOMPARE(program.place(), u"1 of 80"_s);
        // A note.
        program.key(Qt::Key_N);
        auto *dialog = program.window.findChild<QInputDialog *>();
        QVERIFY(dialog);
        QTRY_COMPARE(QApplication::focusWidget(), dialog->findChild<QLineEdit *>());
        QTest::keyClicks(QApplication::focusWidget(), u"kr far away"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(program.judgement(0).note, u"kr far away"_s);
        // Esc goes back to where the table was.
        QTRY_VERIFY(QApplication::focusWidget());
        program.key(Qt::Key_Escape);
        QTRY_VERIFY(!program.isAuditioning());
        QTRY_VERIFY(program.window.page().table().hasFocus());
        QCOMPARE(program.window.page().currentRow(), std::optional<segments::Row>(0));
    }

    void spacePlaysWhateverWasClicked()
    {
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        const auto controls = program.window.findChildren<QWidget *>();
        int clicked = 0;
        for (QWidget *control : controls) {
            const bool isControl = qobject_cast<QAbstractButton *>(control) ||
                                   qobject_cast<QAbstractSlider *>(control) ||
                                   qobject_cast<QLabel *>(control) || qobject_cast<ui::SoundView *>(control);
            const QString name = control->accessibleName();
            // These lead away from the page, or ask something.
            if (!isControl || !control->isVisible() || !control->isEnabled() ||
                name == u"Back to the table"_s || name == u"Order"_s || name == u"Note"_s ||
                name == u"Open in browser"_s || name == u"Sound output"_s || name.startsWith(u"Tools: "_s))
                continue;
            const bool wasPlaying = program.isPlaying();
            const QString place = program.place();
            QTest::mouseClick(control, Qt::LeftButton);
            ++clicked;
            if (name == u"Play"_s)
                QTRY_VERIFY(program.isPlaying() != wasPlaying);
            if (program.place() != place) // another clip, and it plays
                QTRY_VERIFY(program.isPlaying());
            const bool before = program.isPlaying();
            QTRY_VERIFY(program.player.hasSound());
            program.key(Qt::Key_Space);
            QTRY_VERIFY2(program.isPlaying() != before,
                         qPrintable(name + QLatin1StringView(control->metaObject()->className())));
        }
        QVERIFY2(clicked > 15, qPrintable(QString::number(clicked)));
    }

    /// The docks come back into the room that the page took; the window stays as large as it was.
    void theWindowKeepsItsSize()
    {
        AuditionProgram program(m_folder->path());
        QVERIFY(program.isReady());
        const QSize size = program.window.size();
        for (int round = 0; round < 2; ++round) {
            program.key(Qt::Key_F5);
            QTRY_VERIFY(program.isAuditioning());
            QTRY_VERIFY(program.isPlaying());
            program.key(Qt::Key_Escape);
            QTRY_VERIFY(!program.isAuditioning());
            QTRY_VERIFY(program.window.page().table().hasFocus());
            QTRY_VERIFY(program.view().isVisible()); // the Clip panel is there again
            QCOMPARE(program.window.size(), size);
        }
    }

    void labelsStayHidden()
    {
        AuditionProgram program(m_folder->path());
        BEGIN(program);
        QVERIFY(program.find<QCheckBox>(u"Speech"_s));
        program.key(Qt::Key_H);
        QVERIFY(!program.find<QCheckBox>(u"Speech"_s));
        auto *list = program.find<QTableView>(u"Clips of the audition"_s);
        const auto labels = [list](int row) {
            return list->model()->index(row, list->model()->columnCount() - 1).data().toString();
        };
        QCOMPARE(labels(0), u"…"_s);
        program.key(Qt::Key_1); // what cannot be seen cannot be doubted
        QVERIFY(program.judgement(0).doubted.isEmpty());
        program.key(Qt::Key_K);
        QVERIFY(!program.find<QCheckBox>(u"Speech"_s));
        QCOMPARE(labels(0), u"Speech, Dog"_s);
        program.key(Qt::Key_Up);
        QVERIFY(program.find<QCheckBox>(u"Speech"_s));
    }

    void aBatchInTheTable()
    {
        AuditionProgram program(m_folder->path());
        QVERIFY(program.isReady());
        QTRY_VERIFY(program.window.page().table().hasFocus());
        program.key(Qt::Key_A, Qt::ControlModifier);
        program.key(Qt::Key_R);
        QCOMPARE(program.verdict(0), Verdict::Reject);
        QCOMPARE(program.verdict(Clips - 1), Verdict::Reject);
        QCOMPARE(program.session.workspace()->journal().size(), std::size_t{1});
        // The filter finds them by what was said.
        program.key(Qt::Key_F, Qt::ControlModifier);
        auto *filter = program.window.page().filter().findChild<QLineEdit *>();
        QTest::keyClicks(filter, u"verdict:reject "_s);
        QTRY_COMPARE(program.window.page().foundCount(), Clips);
        QCOMPARE(filter->text(), u"verdict:reject "_s); // the keys of the audition are letters here
        program.key(Qt::Key_Escape);
        program.key(Qt::Key_Escape);
        program.key(Qt::Key_Down);
        QTRY_VERIFY(program.window.page().table().hasFocus());
        program.key(Qt::Key_Z);
        QCOMPARE(program.verdict(Clips - 1), Verdict::Undecided);
        // One row: the verdict goes on to the next.
        program.key(Qt::Key_Home);
        QTRY_COMPARE(program.window.page().selectedCount(), 1);
        program.key(Qt::Key_K);
        QCOMPARE(program.verdict(0), Verdict::Keep);
        QCOMPARE(program.window.page().currentRow(), std::optional<segments::Row>(1));
    }

    void keysCanBeChanged()
    {
        {
            AuditionProgram program(m_folder->path());
            BEGIN(program);
            program.key(Qt::Key_Question);
            auto *dialog = program.window.findChild<QDialog *>();
            QVERIFY(dialog);
            auto *table = dialog->findChild<QTableWidget *>();
            auto *edit = dialog->findChild<QKeySequenceEdit *>();
            QCOMPARE(table->item(table->currentRow(), 1)->text(), u"Keep"_s);
            QSignalSpy finished(edit, &QKeySequenceEdit::editingFinished);
            QTest::keyClick(edit, Qt::Key_R);
            QTRY_COMPARE(finished.count(), 1);
            QCOMPARE(table->item(table->currentRow(), 0)->text(), u"R"_s);
            QVERIFY(program.window.actions()["review.reject"_L1]->shortcuts().isEmpty());
            dialog->close();
            QTRY_VERIFY(QApplication::focusWidget() &&
                        QApplication::focusWidget()->window() == &program.window);
            program.key(Qt::Key_R);
            QCOMPARE(program.verdict(0), Verdict::Keep);
        }
        AuditionProgram program(m_folder->path());
        QCOMPARE(program.window.actions()["review.keep"_L1]->shortcut(), QKeySequence(Qt::Key_R));
        QVERIFY(program.window.actions()["review.reject"_L1]->shortcut().isEmpty());
        QCOMPARE(program.window.actions().defaultKeys(*program.window.actions()["review.keep"_L1]).front(),
                 QKeySequence(Qt::Key_K));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestAudition)
#include "tst_audition.moc"
