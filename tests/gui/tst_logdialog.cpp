#include "ui/tools/logdialog.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

/// "Paste a log…" of the Tools page, as it is worked by keys.
class TestLogDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); } // no failure rules of this user
    void init()
    {
        m_dialog = new ui::LogDialog(nullptr);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog));
    }
    void cleanup() { delete m_dialog; }

    void explainsWhatIsPasted()
    {
        QVERIFY(edit(u"Log"_s)->hasFocus());
        QVERIFY(meaning().isEmpty());
        QVERIFY(!button(u"Copy the explanation"_s)->isEnabled());
        QGuiApplication::clipboard()->setText(u"ERROR: [youtube] -0RWZT-miFs: Private video"_s);
        QTest::keyClick(m_dialog->focusWidget(), Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY2(meaning().startsWith(u"The video is private.\n"_s), qUtf8Printable(meaning()));
        QVERIFY2(meaning().endsWith(u"Cause: ERROR: [youtube] -0RWZT-miFs: Private video"_s),
                 qUtf8Printable(meaning()));
        button(u"Copy the explanation"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), meaning());
        edit(u"Log"_s)->clear();
        QVERIFY(meaning().isEmpty()); // at once, though an explanation may be under way
    }

    void tabReachesEverything()
    {
        QStringList seen;
        for (int step = 0; step < 6; ++step) {
            QWidget *focus = m_dialog->focusWidget();
            seen += focus->accessibleName().isEmpty() ? qobject_cast<QPushButton *>(focus)->text()
                                                      : focus->accessibleName();
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        for (const QString &each : {u"Log"_s, u"Explanation"_s})
            QVERIFY2(seen.contains(each), qUtf8Printable(seen.join(u' ')));
        QVERIFY2(seen.filter(u"Open"_s).size() == 1, qUtf8Printable(seen.join(u' ')));
    }

    void opensAFile_data()
    {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QString>("said");
        QTest::newRow("good") << QByteArray(
                                     "ERROR: unable to write data: [Errno 28] No space left on device\n")
                              << u"The disk is full."_s;
        QTest::newRow("long") << QByteArray(
                                     "ERROR: unable to write data: [Errno 28] No space left on device\n") +
                                     QByteArray("[download] Destination: something.webm\n").repeated(200'000)
                              << u"The disk is full."_s;
        QTest::newRow("too large") << QByteArray(16'000'001, '\n') << u"is larger than"_s;
    }

    void opensAFile()
    {
        QFETCH(QByteArray, log);
        QFETCH(QString, said);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"x.log"_s);
        test::writeFile(path, log);
        button(u"Open a file…"_s)->click();
        auto *chooser = m_dialog->findChild<QFileDialog *>();
        QVERIFY(chooser != nullptr);
        chooser->selectFile(path);
        Q_EMIT chooser->accepted(); // as the platform's own dialog does
        QTRY_VERIFY2(meaning().contains(said), qUtf8Printable(meaning()));
        QVERIFY(edit(u"Log"_s)->toPlainText().size() < 250'000); // megabytes would hold up the window
        chooser->reject();
    }

    void escapeCloses()
    {
        const QPointer<ui::LogDialog> dialog = m_dialog;
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QTRY_VERIFY(!dialog);
        m_dialog = nullptr;
    }

private:
    QPlainTextEdit *edit(const QString &name) const
    {
        for (auto *each : m_dialog->findChildren<QPlainTextEdit *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    QString meaning() const { return edit(u"Explanation"_s)->toPlainText(); }
    QPushButton *button(const QString &text) const
    {
        for (auto *each : m_dialog->findChildren<QPushButton *>()) {
            if (each->text().remove(u'&') == text)
                return each;
        }
        return nullptr;
    }

    ui::LogDialog *m_dialog = nullptr;
};

QTEST_MAIN(TestLogDialog)
#include "tst_logdialog.moc"
