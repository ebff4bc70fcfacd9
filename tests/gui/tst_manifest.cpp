#include "gui/auditionprogram.h"
#include "support/testmain.h"
#include "ui/export/exportdialog.h"
#include "ui/export/exporter.h"
#include "ui/widgets/bannerstack.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;

/// A manifest that is opened in the window: what it says that listeners said.
class TestManifest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgedExportedOpenedElsewhere()
    {
        const QTemporaryDir here;
        makeClips(QDir(here.path()));
        {
            AuditionProgram program(here.path());
            QVERIFY(program.isReady());
            QTRY_VERIFY(program.window.page().table().hasFocus());
            program.key(Qt::Key_Home);
            for (const Qt::Key key : {Qt::Key_K, Qt::Key_R, Qt::Key_K})
                program.key(key);
            QCOMPARE(program.verdict(2), Verdict::Keep);
            QVERIFY(exported(program));
        }
        const QByteArray manifest = test::readFile(here.filePath(u"clips/manifest.json"_s));
        QCOMPARE(manifest.count('\n'), qsizetype(Clips));

        // Somebody else has the same clips and has not heard any.
        const QTemporaryDir elsewhere;
        makeClips(QDir(elsewhere.path()));
        AuditionProgram program(elsewhere.path());
        QVERIFY(program.isReady());
        QTRY_VERIFY(program.window.page().table().hasFocus());
        open(program, here.filePath(u"clips/manifest.json"_s));
        QTRY_COMPARE(program.window.banners().text(ui::Topic::Judgements),
                     u"What listeners said of 3 clips was taken over from manifest.json."_s);
        QCOMPARE(program.window.page().foundCount(), Clips);
        QCOMPARE(program.verdict(0), Verdict::Keep);
        QCOMPARE(program.verdict(1), Verdict::Reject);
        QTRY_COMPARE(program.session.split()->table.verdict(1), Verdict::Reject);
        QCOMPARE(program.verdict(3), Verdict::Undecided);
        QVERIFY(exported(program));
        QCOMPARE(test::readFile(elsewhere.filePath(u"clips/manifest.json"_s)), manifest);

        // One key takes all of it back, and it stays so when the manifest is opened again.
        program.key(Qt::Key_Z);
        QTRY_COMPARE(program.session.split()->table.verdict(1), Verdict::Undecided);
        QCOMPARE(program.verdict(0), Verdict::Undecided);
        open(program, here.filePath(u"clips/manifest.json"_s));
        QTRY_VERIFY(program.window.banners().text(ui::Topic::Judgements).contains(u"of 3 clips stays"_s));
        QCOMPARE(program.verdict(0), Verdict::Undecided);
    }

    /// Reject and Ctrl+E: a rejected clip stays out, and the banner says so. Ctrl+Z and Ctrl+Shift+Z work as
    /// everywhere.
    void leavesOutWhatWasRejected()
    {
        const QTemporaryDir folder;
        makeClips(QDir(folder.path()));
        AuditionProgram program(folder.path());
        QVERIFY(program.isReady());
        QTRY_VERIFY(program.window.page().table().hasFocus());
        program.key(Qt::Key_Home);
        program.key(Qt::Key_R);
        QCOMPARE(program.verdict(0), Verdict::Reject);
        program.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(program.verdict(0), Verdict::Undecided);
        program.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(program.verdict(0), Verdict::Reject);
        program.key(Qt::Key_E, Qt::ControlModifier);
        const QString path = program.session.workspace()->layout().manifest();
        QTRY_VERIFY(program.window.banners()
                        .text(ui::Topic::Export)
                        .startsWith(u"79 clips written to %1. 1 clip left out: rejected."_s.arg(path)));
        const QByteArray manifest = test::readFile(path);
        QCOMPARE(manifest.count('\n'), qsizetype(Clips - 1));
        QVERIFY(!manifest.contains(keyOf(0).stem().toUtf8()));
    }

    /// The manifest of the workspace is open as a list: Ctrl+E does not replace what it shows.
    void keepsTheListThatIsOpen()
    {
        const QTemporaryDir folder;
        makeClips(QDir(folder.path()));
        AuditionProgram program(folder.path());
        QVERIFY(program.isReady());
        QTRY_VERIFY(program.window.page().table().hasFocus());
        QVERIFY(exported(program));
        const QString path = program.session.workspace()->layout().manifest();
        const QByteArray before = test::readFile(path);
        open(program, path);
        QTRY_COMPARE(program.session.split()->path, path);
        QVERIFY(program.isReady());
        QTRY_VERIFY(program.window.page().table().hasFocus());
        program.window.banners().dismiss(ui::Topic::Export);
        program.key(Qt::Key_Home);
        program.key(Qt::Key_R);
        program.key(Qt::Key_E, Qt::ControlModifier);
        const auto banner = [&program] { return program.window.banners().text(ui::Topic::Export); };
        QTRY_VERIFY2(banner().startsWith(path + u" is the list of segments that you export from"_s),
                     qPrintable(banner()));
        QCOMPARE(test::readFile(path), before);
        for (auto *button : program.window.banners().findChildren<QPushButton *>()) {
            if (button->text() == u"Export as…"_s)
                button->setFocus();
        }
        program.key(Qt::Key_Return);
        QTRY_VERIFY(program.window.findChild<ui::ExportDialog *>());
    }

private:
    static bool exported(AuditionProgram &program)
    {
        program.window.banners().dismiss(ui::Topic::Export);
        exports::ExportJob job{.options = {.out = program.session.workspace()->layout().manifest()}};
        job.options.scope = exports::ExportScope::All; // what was said of rejected clips, too
        program.window.findChild<ui::Exporter *>()->run(job);
        return QTest::qWaitFor([&program] {
            return program.window.banners().text(ui::Topic::Export).startsWith(u"80 clips written to "_s);
        });
    }
    /// By way of File > Open.
    static void open(AuditionProgram &program, const QString &path)
    {
        program.window.banners().dismiss(ui::Topic::Judgements);
        QTimer::singleShot(0, &program.window, [path] {
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog != nullptr);
            dialog->findChild<QLineEdit *>()->setText(path);
            dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Open)->click();
        });
        program.key(Qt::Key_O, Qt::ControlModifier);
    }
};

QTEST_MAIN(TestManifest)
#include "tst_manifest.moc"
