#include "gui/downloadsettingsprogram.h"
#include "support/testmain.h"
#include "ui/files/checkdialog.h"
#include "ui/files/findingmodel.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentmodel.h"

#include <QAction>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QProgressBar>

#include <functional>

using namespace Qt::StringLiterals;
using namespace earmark;
using test::ClipCount;
using test::DownloadSettingsProgram;
using test::Patience;

namespace {

/// What happens to the file of a clip while the window is open.
using Harm = std::function<void(const QString &file)>;

QString refused(const QString &file)
{
    return file + u".refused"_s;
}

/// The window with all its clips ready, and what one does there to a lost one.
struct LostProgram final : DownloadSettingsProgram
{
    using DownloadSettingsProgram::DownloadSettingsProgram;
    using Program::find;

    void beginReady()
    {
        begin();
        downloadAll();
        QTRY_COMPARE_WITH_TIMEOUT(ready(), ClipCount, Patience);
        QTRY_COMPARE(state(), download::Queue::State::Idle);
        QTRY_COMPARE(text(ClipCount - 1), u"ready"_s);
    }
    SegmentKey keyOf(int row) { return session.split()->table.key(static_cast<segments::Row>(row)); }
    QString file(int row) { return session.workspace()->layout().clip(keyOf(row)); }
    Clip record(int row) { return session.workspace()->record(keyOf(row)); }
    QString text(int row)
    {
        return window.page().table().model()->index(row, ui::SegmentModel::State).data().toString();
    }
    QString sentence()
    {
        const auto *label = find<QLabel>(u"State of the clip"_s);
        return label ? label->text() : QString();
    }
    void goTo(int row)
    {
        key(Qt::Key_Home);
        for (int step = 0; step < row; ++step)
            key(Qt::Key_Down);
    }
    ui::CheckDialog *check()
    {
        key(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = window.findChild<ui::CheckDialog *>();
        const auto hasKeyboard = [dialog] {
            return QApplication::activeWindow() == dialog && QApplication::focusWidget() != nullptr;
        };
        return dialog && QTest::qWaitFor(hasKeyboard, 10'000) ? dialog : nullptr;
    }
    QString result() { return find<QLabel>(u"Result"_s)->text(); }
    QPushButton *button(const QString &text)
    {
        for (auto *button : window.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().remove(u'&') == text)
                return button;
        }
        return nullptr;
    }
};

} // namespace

Q_DECLARE_METATYPE(Harm)

/// Clips whose files are gone or changed: how the window meets them, and how they are made again.
class TestLostFiles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sound = test::sourceSound();
        QVERIFY(!m_sound.isEmpty());
    }

    void isMetAndDownloadedAgain_data()
    {
        QTest::addColumn<Harm>("harm");
        QTest::addColumn<bool>("rawIsKept");
        QTest::addColumn<ClipState>("lost");
        const Harm remove = [](const QString &file) { QVERIFY(QFile::remove(file)); };
        const Harm cut = [](const QString &file) { QVERIFY(QFile::resize(file, 5'000)); };
        const Harm replace = [](const QString &file) { test::writeFile(file, "of another program"); };
        QTest::newRow("missing, cut again") << remove << true << ClipState::Missing;
        QTest::newRow("missing, downloaded again") << remove << false << ClipState::Missing;
        QTest::newRow("cut off") << cut << true << ClipState::Damaged;
        QTest::newRow("replaced") << replace << false << ClipState::Damaged;
    }
    void isMetAndDownloadedAgain()
    {
        QFETCH(Harm, harm);
        QFETCH(bool, rawIsKept);
        QFETCH(ClipState, lost);
        LostProgram program(m_sound);
        program.beginReady();
        harm(program.file(1));
        const bool wasThere = QFile::exists(program.file(1));
        const QByteArray harmed = wasThere ? test::readFile(program.file(1)) : QByteArray();
        if (!rawIsKept)
            QVERIFY(QFile::remove(program.session.workspace()->layout().rawClip(program.keyOf(1))));
        const int requests = program.server.requests(DownloadSettingsProgram::path(1));

        program.goTo(1);
        QTRY_COMPARE(program.record(1).progress.state, lost);
        QTRY_COMPARE(program.text(1), QString(keyword(lost)));
        QTRY_VERIFY2(
            program.sentence().startsWith(lost == ClipState::Missing ? u"Missing: "_s : u"Damaged: "_s),
            qPrintable(program.sentence()));
        QVERIFY(program.sentence().endsWith(u"Download it again."_s));
        auto *again = program.find<QPushButton>(u"Download again"_s);
        QVERIFY(again);
        QTRY_VERIFY(again->isEnabled());
        // It can be found, and is no longer counted as ready.
        program.window.page().filter().setText(u"state:"_s + keyword(lost));
        QTRY_COMPARE(program.window.page().foundCount(), 1);
        program.window.page().filter().setText({});
        QCOMPARE(program.ready(), ClipCount - 1);

        program.window.page().focusTable();
        program.key(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        QTRY_VERIFY(program.sentence().startsWith(u"Ready"_s));
        QVERIFY(!again->isVisible());
        QCOMPARE(program.server.requests(DownloadSettingsProgram::path(1)) == requests, rawIsKept);
        // What lay there is kept beside the new clip.
        QCOMPARE(QFile::exists(refused(program.file(1))), wasThere);
        if (wasThere)
            QCOMPARE(test::readFile(refused(program.file(1))), harmed);
    }

    /// The command for what is selected makes lost clips again, and does not say that all is done.
    void downloadSelectedMakesItAgain()
    {
        LostProgram program(m_sound);
        program.beginReady();
        QVERIFY(QFile::remove(program.file(2)));
        program.goTo(2);
        QTRY_COMPARE(program.text(2), u"missing"_s);
        program.key(Qt::Key_D, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        QVERIFY2(!program.banner().contains(u"already"_s), qPrintable(program.banner()));
    }

    /// An export meets files too: what it leaves out for its file is lost from then on.
    void anExportMeetsThem()
    {
        LostProgram program(m_sound);
        program.beginReady();
        program.goTo(3);
        QVERIFY(QFile::remove(program.file(0)));
        QVERIFY(QFile::resize(program.file(1), 5'000));
        program.key(Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.record(0).progress.state, ClipState::Missing, Patience);
        QTRY_COMPARE(program.record(1).progress.state, ClipState::Damaged);
        QTRY_COMPARE(program.text(1), u"damaged"_s);
        QVERIFY(program.window.banners().text(ui::Topic::Export).startsWith(u"2 clips written"_s));
        QPushButton *check = program.button(u"Check clips…"_s);
        QVERIFY(check);
        check->setFocus();
        program.key(Qt::Key_Return);
        QTRY_VERIFY(program.window.findChild<ui::CheckDialog *>());
    }

    void theAuditionOffersIt()
    {
        LostProgram program(m_sound);
        program.beginReady();
        QVERIFY(QFile::remove(program.file(0)));
        program.goTo(1);
        program.key(Qt::Key_F5);
        QTRY_VERIFY(program.find<QLabel>(u"Place in the audition"_s));
        program.key(Qt::Key_Up);
        QTRY_COMPARE(program.record(0).progress.state, ClipState::Missing);
        QTRY_VERIFY(program.find<QPushButton>(u"Download again"_s));
        QTRY_VERIFY(program.find<QPushButton>(u"Download again"_s)->isEnabled());
        program.key(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        QTRY_VERIFY(program.sentence().startsWith(u"Ready"_s));
        QVERIFY(program.find<QLabel>(u"Place in the audition"_s));
    }

    /// By keys alone: check, look, repair; what is not Earmark's stays.
    void checksAndRepairs()
    {
        LostProgram program(m_sound);
        program.beginReady();
        auto *dialog = program.check();
        QVERIFY(dialog);
        program.key(Qt::Key_Return);
        QTRY_COMPARE(program.result(), u"4 clips checked: no problems."_s);
        QVERIFY(!program.button(u"Repair"_s)->isEnabled());

        QVERIFY(QFile::remove(program.file(0)));
        QByteArray bytes = test::readFile(program.file(1));
        bytes[20'000] = static_cast<char>(bytes[20'000] ^ 1);
        test::writeFile(program.file(1), bytes);
        const QString notes = program.session.workspace()->layout().processed() + u"/notes.txt"_s;
        test::writeFile(notes, "mine");
        program.key(Qt::Key_Return);
        QTRY_COMPARE(program.result(), u"4 clips checked: 1 missing or damaged. Other files, which Repair "
                                       "leaves alone: 1."_s);
        program.key(Qt::Key_E, Qt::AltModifier); // read every file
        QVERIFY(program.window.findChild<QCheckBox *>()->isVisible());
        QTRY_VERIFY(program.button(u"Check"_s)->isEnabled());
        program.key(Qt::Key_C, Qt::AltModifier);
        QTRY_VERIFY(program.result().startsWith(u"4 clips checked: 2 missing or damaged."_s));
        QCOMPARE(program.record(0).progress.state, ClipState::Missing);
        QCOMPARE(program.record(1).progress.state, ClipState::Damaged);
        auto *list = program.find<QTableView>(u"Problems"_s);
        QCOMPARE(list->model()->rowCount(), 3);

        QTRY_VERIFY(program.button(u"Repair"_s)->isEnabled());
        program.key(Qt::Key_R, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        const auto done = [list](int row) {
            return list->model()->index(row, ui::FindingModel::Repair).data().toString();
        };
        QCOMPARE(done(0), u"queued again"_s);
        QCOMPARE(done(1), u"queued again"_s);
        QCOMPARE(program.result(), u"2 clips queued again."_s);
        QCOMPARE(done(2), u"left alone"_s);
        QCOMPARE(test::readFile(notes), QByteArray("mine"));
        QCOMPARE(test::readFile(refused(program.file(1))), bytes);
        QVERIFY(!QFile::exists(refused(program.file(0))));
        QTRY_COMPARE(program.state(), download::Queue::State::Idle);
        program.key(Qt::Key_Return);
        QTRY_VERIFY(program.result().startsWith(u"4 clips checked: no problems."_s));
        program.key(Qt::Key_Escape);
        QTRY_VERIFY(!program.window.findChild<ui::CheckDialog *>());
    }

    /// The list of a check grows old while it is open: what the clip is when Repair is pressed decides.
    void repairAsksWhatClipsAreNow()
    {
        LostProgram program(m_sound);
        program.beginReady();
        QVERIFY(QFile::remove(program.file(0)));
        QVERIFY(program.check());
        program.key(Qt::Key_Return);
        QTRY_COMPARE(program.record(0).progress.state, ClipState::Missing);
        program.session.queue()->retry(std::array{program.keyOf(0)});
        QTRY_COMPARE_WITH_TIMEOUT(program.ready(), ClipCount, Patience);
        const QByteArray fresh = test::readFile(program.file(0));
        program.key(Qt::Key_R, Qt::AltModifier);
        auto *list = program.find<QTableView>(u"Problems"_s);
        QTRY_COMPARE(list->model()->index(0, ui::FindingModel::Repair).data().toString(),
                     u"nothing to do any more"_s);
        QCOMPARE(program.record(0).progress.state, ClipState::Ready);
        QCOMPARE(test::readFile(program.file(0)), fresh);
        QVERIFY(!QFile::exists(refused(program.file(0))));
    }

    /// A file that comes back is the clip again, without a download.
    void whatIsBackIsReadyAgain()
    {
        LostProgram program(m_sound);
        program.beginReady();
        const QString away = program.folder.filePath(u"away.wav"_s);
        QVERIFY(QFile::rename(program.file(0), away));
        program.goTo(1);
        program.goTo(0);
        QTRY_COMPARE(program.text(0), u"missing"_s);
        QVERIFY(QFile::rename(away, program.file(0)));
        QVERIFY(program.check());
        program.key(Qt::Key_Return);
        QTRY_COMPARE(program.result(),
                     u"4 clips checked: no problems. Missing or damaged before and ready again: 1 clip."_s);
        QCOMPARE(program.record(0).progress.state, ClipState::Ready);
        QTRY_COMPARE(program.text(0), u"ready"_s);
    }

    /// The window stays awake and the check ends at once, whatever it reads just then.
    void cancelEndsACheckAtOnce()
    {
        LostProgram program(m_sound);
        program.beginReady();
        QVERIFY(program.check());
        program.key(Qt::Key_Return);
        // Nothing comes back before the window has had its turn.
        QVERIFY(program.button(u"Cancel"_s));
        QElapsedTimer time;
        time.start();
        program.key(Qt::Key_Return);
        QVERIFY2(time.elapsed() < 100, qPrintable(QString::number(time.elapsed())));
        QCOMPARE(program.result(), u"Check cancelled."_s);
        QTRY_VERIFY(program.button(u"Check"_s)->isEnabled());
    }

private:
    QByteArray m_sound;
};

QTEST_MAIN(TestLostFiles)
#include "tst_lostfiles.moc"
