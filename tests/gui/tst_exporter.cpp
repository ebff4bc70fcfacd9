#include "gui/program.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "ui/export/exporter.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QMessageBox>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace earmark;

/// Reports that the window writes, by way of its menu and the file dialog.
class TestExporter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_program = std::make_unique<test::Program>();
        m_program->window.show();
        m_program->openAtStart(test::writeFile(m_program->folder.filePath(u"three.csv"_s),
                                               "gui-report1, 2.000, 5.000, \"/m/09x0r\"\n"
                                               "gui-report2, 2.000, 5.000, \"/m/09x0r\"\n"
                                               "gui-report3, 2.000, 5.000, \"/m/09x0r\"\n"));
        QTRY_COMPARE(m_program->window.page().foundCount(), 3);
        QTRY_VERIFY(m_program->session.workspace());
        QVERIFY(!actions()["export.exportCoverage"_L1]->isEnabled());
        QVERIFY(!actions()["export.exportMissing"_L1]->isEnabled());
        auto &workspace = *m_program->session.workspace();
        std::vector<WantedClip> wanted;
        for (segments::Row row = 0; row < 3; ++row)
            wanted.push_back({m_program->session.split()->table.key(row), row, "/m/09x0r"});
        workspace.enqueue(wanted);
        for (const auto &clip : wanted) {
            auto record = workspace.record(clip.key);
            if (clip.position == 0) {
                // The Clip panel looks at the file of a ready clip as soon as the ledger has it.
                const auto format = workspace.format();
                record.audio.sampleRate = format.sampleRate;
                record.audio.samples = clip.key.samples(format.sampleRate);
                const std::vector<std::int16_t> silence(
                    static_cast<std::size_t>(record.audio.samples * format.channels));
                QVERIFY(test::writePlainWav(workspace.layout().clip(clip.key), silence, format.sampleRate,
                                            format.channels));
                record.progress.state = ClipState::Ready;
            } else {
                record.progress.state = ClipState::Failed;
                record.progress.failure = FailureClass::Permanent;
                record.progress.reason = u"This video is private."_s;
            }
            workspace.update(clip.key, record);
        }
        QTRY_VERIFY(actions()["export.exportMissing"_L1]->isEnabled());
    }
    void cleanup() { m_program.reset(); }

    void reports_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("said");
        QTest::newRow("coverage, CSV")
            << u"coverage"_s << u"report.csv"_s << QByteArray("missing,permanent,This video is private.,2,")
            << u"The coverage report was written to "_s;
        QTest::newRow("coverage, JSON") << u"coverage"_s << u"report.json"_s << QByteArray("\"asked\": {")
                                        << u"The coverage report was written to "_s;
        QTest::newRow("missing") << u"missing"_s << u"missing.csv"_s
                                 << QByteArray("gui-report3,2,5,/m/09x0r,permanent,This video is private.,")
                                 << u"2 clips listed in "_s;
    }
    void reports()
    {
        QFETCH(QString, action);
        QFETCH(QString, name);
        QFETCH(QByteArray, line);
        QFETCH(QString, said);
        const QString path = m_program->folder.filePath(name);
        choose(action, path);
        QTRY_VERIFY2(banner().startsWith(said + path), qPrintable(banner()));
        QVERIFY2(test::readFile(path).contains(line), test::readFile(path).constData());
    }

    /// Said before anything is written, and another name is asked for at once.
    void keepsTheLedgerAndTheList_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("why");
        const QString ledger = u" belongs to the workspace's ledger"_s;
        QTest::newRow("coverage, ledger") << u"coverage"_s << u"clips/earmark.sqlite"_s << ledger;
        QTest::newRow("missing, backup") << u"missing"_s << u"clips/earmark.sqlite.backup"_s << ledger;
        QTest::newRow("coverage, lock") << u"coverage"_s << u"clips/.earmark.lock"_s
                                        << u" has a name that Earmark uses for its own files"_s;
        QTest::newRow("missing, the list")
            << u"missing"_s << u"three.csv"_s << u" is the list of segments that you export from"_s;
    }
    void keepsTheLedgerAndTheList()
    {
        QFETCH(QString, action);
        QFETCH(QString, target);
        QFETCH(QString, why);
        const QString path = m_program->folder.filePath(target);
        choose(action, path);
        QTRY_VERIFY(box());
        QVERIFY2(box()->text().startsWith(path + why), qPrintable(box()->text()));
        QVERIFY(banner().isEmpty());
        const QByteArray content = test::readFile(path);
        QVERIFY2(!content.contains("This video is private.") && !content.startsWith("ytid,"),
                 content.constData());
        // By key: another name.
        QTest::keyClick(box(), Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activeModalWidget());
        choose(action, path);
        QTRY_VERIFY(box());
        for (auto *button : box()->buttons()) {
            if (button->text().remove(u'&') == u"Choose another name…"_s)
                button->setFocus();
        }
        const QString good = m_program->folder.filePath(u"good.csv"_s);
        saveAs(good);
        QTest::keyClick(box()->focusWidget(), Qt::Key_Space);
        QTRY_VERIFY2(banner().contains(good), qPrintable(banner()));
        QVERIFY(QFileInfo::exists(good));
    }

    void aPlaceThatCannotBeWritten()
    {
        const QString path = m_program->folder.filePath(u"no/such/report.csv"_s);
        m_program->window.findChild<ui::Exporter *>()->exportCoverage(path);
        QTRY_VERIFY2(banner().contains(path), qPrintable(banner()));
        QVERIFY(!banner().startsWith(u"The coverage report"_s));
    }

private:
    ui::ActionRegistry &actions() { return m_program->window.actions(); }
    QString banner() { return m_program->window.banners().text(ui::Topic::Export); }
    static QMessageBox *box()
    {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        return box && box->parentWidget() && !qobject_cast<QFileDialog *>(box->parentWidget()) ? box
                                                                                               : nullptr;
    }
    /// In the dialog of the action: gives the file's name and saves, over one that is there, too.
    void choose(const QString &action, const QString &path)
    {
        saveAs(path);
        (action == u"missing" ? actions()["export.exportMissing"_L1] : actions()["export.exportCoverage"_L1])
            ->trigger();
    }
    /// The same in the file dialog that comes next.
    void saveAs(const QString &path)
    {
        auto *look = new QTimer(&m_program->window);
        connect(look, &QTimer::timeout, look, [look, path] {
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            look->stop();
            look->deleteLater();
            // Qt asks about a file that is there in an event loop of its own.
            auto *sure = new QTimer(dialog);
            connect(sure, &QTimer::timeout, dialog, [dialog] {
                if (auto *box = dialog->findChild<QMessageBox *>())
                    box->button(QMessageBox::Yes)->click();
            });
            sure->start(10);
            auto *edit = dialog->findChild<QLineEdit *>();
            edit->setText(path);
            QTest::keyClick(edit, Qt::Key_Return);
        });
        look->start(10);
    }

    std::unique_ptr<test::Program> m_program;
};

QTEST_MAIN(TestExporter)
#include "tst_exporter.moc"
