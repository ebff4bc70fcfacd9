#include "export/exportoptions.h"
#include "gui/auditionprogram.h"
#include "support/testmain.h"
#include "ui/export/exportdialog.h"
#include "ui/segments/filterbar.h"
#include "ui/widgets/bannerstack.h"

#include <QAbstractButton>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;

/// The export dialog: what it shows, refuses and writes.
class TestExportDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeClips(QDir(m_folder->path()));
        m_program = std::make_unique<AuditionProgram>(m_folder->path());
        QVERIFY(m_program->isReady());
    }
    void cleanup()
    {
        m_program.reset();
        m_folder.reset();
    }

    void exportsEachFormat_data()
    {
        QTest::addColumn<QString>("format");
        for (const auto &each : exports::exportFormats())
            QTest::newRow(each.keyword.data()) << QString(each.keyword);
    }
    void exportsEachFormat()
    {
        QFETCH(QString, format);
        open();
        auto *formats = control<QComboBox>(u"Format"_s);
        formats->setCurrentIndex(formats->findData(format));
        const QString out = m_folder->filePath(u"out"_s);
        control<QLineEdit>(u"Write to"_s)->setText(out);
        QTRY_VERIFY(button()->isEnabled());
        QTRY_VERIFY(summary().contains(u"80 clips will be written"_s));
        QVERIFY(format == u"webdataset" || !preview().isEmpty());
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(banner().startsWith(u"80 clips written to "_s), 60'000);
        const QFileInfo written(out);
        QVERIFY(written.exists());
        QVERIFY(written.isDir() ? !QDir(out).isEmpty() : written.size() > 0);
    }

    void writesWhatItShows()
    {
        open();
        auto *labels = control<QComboBox>(u"Labels as"_s);
        labels->setCurrentIndex(labels->findData(static_cast<int>(exports::LabelKind::Names)));
        const QString out = m_folder->filePath(u"lines.json"_s);
        control<QLineEdit>(u"Write to"_s)->setText(out);
        QTRY_VERIFY(preview().contains(u"Speech"_s));
        const QByteArray shown = control<QPlainTextEdit>(u"First lines"_s)->toPlainText().toUtf8().trimmed();
        QTRY_VERIFY(button()->isEnabled());
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_VERIFY(banner().startsWith(u"80 clips written to "_s));
        QVERIFY(test::readFile(out).startsWith(shown));
    }

    void onlyWhatWasKept()
    {
        QTRY_VERIFY(m_program->window.page().table().hasFocus());
        m_program->key(Qt::Key_Home);
        for (int clip = 0; clip < 3; ++clip)
            m_program->key(Qt::Key_K);
        QCOMPARE(m_program->verdict(2), Verdict::Keep);
        open();
        auto *scope = control<QComboBox>(u"Which clips"_s);
        scope->setCurrentIndex(scope->findData(static_cast<int>(exports::ExportScope::Kept)));
        QTRY_VERIFY(summary().contains(u"3 clips will be written"_s));
    }

    void splitsDescribesAndSums()
    {
        open();
        const QString out = m_folder->filePath(u"parts"_s);
        auto *formats = control<QComboBox>(u"Format"_s);
        formats->setCurrentIndex(formats->findData(u"audiofolder"_s));
        control<QLineEdit>(u"Write to"_s)->setText(out);
        auto *shares = control<QLineEdit>(u"Split into parts"_s);
        shares->setText(u"80/10"_s);
        QTRY_VERIFY2(summary().contains(u"100"_s), qPrintable(summary()));
        QVERIFY(!button()->isEnabled());
        shares->setText(u"80/10/10"_s);
        control<QCheckBox>(u"With dataset card and coverage"_s)->setChecked(true);
        control<QCheckBox>(u"With checksums"_s)->setChecked(true);
        QTRY_VERIFY(button()->isEnabled());
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(banner().startsWith(u"80 clips written to "_s), 60'000);
        for (const QString &name : {u"train"_s, u"validation"_s, u"test"_s, u"dataset_card.md"_s,
                                    u"coverage.json"_s, u"parts.csv"_s, u"checksums.sha256"_s})
            QVERIFY2(QFileInfo::exists(out + u'/' + name), qPrintable(name));
        const QByteArray split = test::readFile(m_program->session.split()->path);
        const QByteArray sum = QCryptographicHash::hash(split, QCryptographicHash::Sha256).toHex();
        QVERIFY2(test::readFile(out + u"/dataset_card.md"_s).contains(sum), sum.constData());
    }

    void namesIndicesAndColumnsAreOfTheLabelMap()
    {
        open();
        choose(u"Labels as"_s, static_cast<int>(exports::LabelKind::Indices));
        QTRY_VERIFY2(preview().contains(u"\"labels\":[0,74]"_s), qPrintable(preview()));
        auto *maps = control<QComboBox>(u"Label map"_s);
        // By keys: the next one is YAMNet's.
        QTest::keyClick(maps, Qt::Key_Down);
        QCOMPARE(maps->currentText(), u"YAMNet's 521 classes"_s);
        const int index = classes::LabelMap::yamNet().find("/m/0bt9lr")->index;
        QTRY_VERIFY2(preview().contains(u"\"labels\":[0,%1]"_s.arg(index)), qPrintable(preview()));

        // A file of the person's.
        const QString path = test::writeFile(m_folder->filePath(u"two.csv"_s),
                                             "index,mid,display_name\n5,/m/09x0r,Talk\n7,/m/0bt9lr,Bark\n");
        const auto ask = [&] {
            QTimer::singleShot(0, this, [&path] {
                auto *files = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
                QVERIFY(files != nullptr);
                files->findChild<QLineEdit *>()->setText(path);
                files->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Open)->click();
            });
            QTest::keyClick(maps, Qt::Key_Down);
        };
        ask();
        QTRY_COMPARE(maps->currentText(), u"two.csv"_s);
        QTRY_VERIFY2(preview().contains(u"\"labels\":[5,7]"_s), qPrintable(preview()));

        auto *multiHot = control<QCheckBox>(u"A column for each class"_s);
        QVERIFY(!multiHot->isEnabled());
        choose(u"Format"_s, u"csv"_s);
        QTRY_VERIFY(multiHot->isEnabled());
        multiHot->setChecked(true);
        QTRY_VERIFY2(preview().startsWith(u"path,duration,labels,/m/09x0r,/m/0bt9lr\n"_s),
                     qPrintable(preview()));
        QVERIFY2(preview().contains(u",5;7,1,1\n"_s), qPrintable(preview()));

        // One that is none is said, and nothing is written by it.
        test::writeFile(path, "nothing\n");
        ask();
        QTRY_VERIFY2(summary().contains(u"two.csv"_s), qPrintable(summary()));
        QVERIFY(!button()->isEnabled());
    }

    void remembersWhatWasChosen()
    {
        open();
        choose(u"Format"_s, u"tsv"_s);
        choose(u"Labels as"_s, static_cast<int>(exports::LabelKind::Names));
        choose(u"Paths"_s, static_cast<int>(exports::PathStyle::Prefixed));
        choose(u"Which clips"_s, static_cast<int>(exports::ExportScope::All));
        auto *maps = control<QComboBox>(u"Label map"_s);
        QTest::keyClick(maps, Qt::Key_Down);
        control<QLineEdit>(u"Prefix of paths"_s)->setText(u"$root/"_s);
        control<QDoubleSpinBox>(u"Shortest clip, seconds"_s)->setValue(1.5);
        for (const QString &name : {u"A column for each class"_s, u"Also doubted labels"_s,
                                    u"With dataset card and coverage"_s, u"With checksums"_s})
            control<QCheckBox>(name)->toggle();
        control<QListWidget>(u"Further columns"_s)->item(2)->setCheckState(Qt::Checked);
        const QString out = m_folder->filePath(u"table.tsv"_s);
        control<QLineEdit>(u"Write to"_s)->setText(out);
        const QVariantMap wish = form()->wish();
        QTRY_VERIFY(button()->isEnabled());
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_VERIFY(banner().startsWith(u"80 clips written to "_s));
        const QByteArray written = test::readFile(out);

        QTRY_VERIFY(!dialog());
        open();
        QCOMPARE(form()->wish(), wish);
        QCOMPARE(control<QLineEdit>(u"Write to"_s)->text(), out);
        QCOMPARE(control<QComboBox>(u"Label map"_s)->currentText(), u"YAMNet's 521 classes"_s);
        QTRY_VERIFY(written.startsWith(preview().toUtf8().trimmed()));
    }

    /// What must not be replaced is refused while it is typed, and also when Return comes before the preview.
    void refusesWhatMustStay_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("why");
        const QString ledger = u" belongs to the workspace's ledger"_s;
        QTest::newRow("ledger") << u"clips/earmark.sqlite"_s << ledger;
        QTest::newRow("backup") << u"clips/earmark.sqlite.backup"_s << ledger;
        QTest::newRow("lock") << u"clips/.earmark.lock"_s
                              << u" has a name that Earmark uses for its own files"_s;
        QTest::newRow("list") << u"split.csv"_s << u" is the list of segments that you export from"_s;
        QTest::newRow("clips") << u"clips/processed"_s
                               << u" lies in the workspace's folder of clips or logs"_s;
    }
    void refusesWhatMustStay()
    {
        QFETCH(QString, target);
        QFETCH(QString, why);
        const QString path = m_folder->filePath(target);
        const auto before = test::readFiles(m_folder->filePath(u"split.csv"_s));
        open();
        auto *out = control<QLineEdit>(u"Write to"_s);
        QTRY_VERIFY(button()->isEnabled());
        out->setFocus();
        out->selectAll();
        QTest::keyClicks(out, path);
        QTest::keyClick(out, Qt::Key_Return); // nobody has looked at it yet
        QTRY_VERIFY2(summary().startsWith(path + why), qPrintable(summary()));
        QVERIFY(!button()->isEnabled());
        QVERIFY(dialog()->isVisible());
        QTest::keyClick(out, Qt::Key_Return);
        QVERIFY(dialog()->isVisible());
        QVERIFY(banner().isEmpty());
        QCOMPARE(test::readFiles(m_folder->filePath(u"split.csv"_s)), before);

        // Return before the preview is no reason to press twice where all is well.
        out->selectAll();
        QTest::keyClicks(out, m_folder->filePath(u"good.json"_s));
        QTRY_VERIFY(button()->isEnabled());
        QTest::keyClick(out, Qt::Key_Backspace);
        QTest::keyClick(out, Qt::Key_Return);
        QTRY_VERIFY2(banner().startsWith(u"80 clips written to "_s + m_folder->filePath(u"good.jso"_s)),
                     qPrintable(banner()));
    }

    /// Whoever hears the dialog, or goes through it with Tab, is not lost in it.
    void everyControlIsNamedAndInOrder()
    {
        open();
        QList<QWidget *> controls;
        for (auto *each : form()->findChildren<QWidget *>()) {
            const bool isOwn = each->parentWidget() == form();
            if (isOwn && each->isVisible() && each->focusPolicy() != Qt::NoFocus) {
                QVERIFY2(!each->accessibleName().isEmpty(), each->metaObject()->className());
                QVERIFY2(!each->toolTip().isEmpty(), qPrintable(each->accessibleName()));
                controls.append(each);
            }
        }
        QCOMPARE(controls.size(), 19);
        QList<QWidget *> order;
        for (QWidget *each = controls.first(); order.size() < controls.size();
             each = each->nextInFocusChain()) {
            if (controls.contains(each))
                order.append(each);
        }
        const auto place = [this](QWidget *each) {
            const QPoint at = each->mapTo(form(), each->rect().center());
            return std::pair(at.y() / 12, at.x());
        };
        QVERIFY(std::ranges::is_sorted(order, {}, place));

        // Alt and a letter mean one of them.
        QString letters;
        const auto add = [&letters](const QString &text) {
            if (const qsizetype at = text.indexOf(u'&'); at >= 0)
                letters += text[at + 1].toLower();
        };
        for (auto *each : dialog()->findChildren<QLabel *>())
            add(each->text());
        for (auto *each : dialog()->findChildren<QAbstractButton *>())
            add(each->text());
        QVERIFY(letters.size() > 12);
        std::ranges::sort(letters);
        QVERIFY2(std::ranges::adjacent_find(letters) == letters.end(), qPrintable(letters));
    }

private:
    void choose(const QString &name, const QVariant &value)
    {
        auto *box = control<QComboBox>(name);
        box->setCurrentIndex(box->findData(value));
    }
    ui::ExportForm *form() { return dialog()->findChild<ui::ExportForm *>(); }
    void open()
    {
        QTRY_VERIFY(m_program->window.actions()["export.exportAs"_L1]->isEnabled());
        m_program->key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(dialog());
        QTRY_VERIFY(button());
        QVERIFY(QTest::qWaitForWindowActive(dialog()));
    }
    ui::ExportDialog *dialog() { return m_program->window.findChild<ui::ExportDialog *>(); }
    template <class Control>
    Control *control(const QString &name)
    {
        for (auto *each : dialog()->findChildren<Control *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    QPushButton *button()
    {
        for (auto *each : dialog()->findChildren<QPushButton *>()) {
            if (each->text() == u"&Export"_s)
                return each;
        }
        return nullptr;
    }
    QString preview() { return control<QPlainTextEdit>(u"First lines"_s)->toPlainText(); }
    QString summary() { return control<QLabel>(u"What will be written"_s)->text(); }
    QString banner() { return m_program->window.banners().text(ui::Topic::Export); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AuditionProgram> m_program;
};

QTEST_MAIN(TestExportDialog)
#include "tst_exportdialog.moc"
