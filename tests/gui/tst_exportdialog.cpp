#include "gui/auditionprogram.h"
#include "manifest/exportoptions.h"
#include "ui/export/exportdialog.h"
#include "ui/segments/filterbar.h"
#include "ui/widgets/bannerstack.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>

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
        QTest::addColumn<int>("format");
        for (const auto &each : manifest::ExportFormatWords)
            QTest::newRow(each.word.data()) << static_cast<int>(each.value);
    }
    void exportsEachFormat()
    {
        QFETCH(int, format);
        open();
        auto *formats = control<QComboBox>(u"Format"_s);
        formats->setCurrentIndex(formats->findData(format));
        const QString out = m_folder->filePath(u"out"_s);
        control<QLineEdit>(u"Write to"_s)->setText(out);
        QTRY_VERIFY(button()->isEnabled());
        QTRY_VERIFY(summary().contains(u"80 clips will be written"_s));
        QVERIFY(format == static_cast<int>(manifest::ExportFormat::WebDataset) || !preview().isEmpty());
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
        labels->setCurrentIndex(labels->findData(static_cast<int>(manifest::LabelKind::Names)));
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
        scope->setCurrentIndex(scope->findData(static_cast<int>(manifest::ExportScope::Kept)));
        QTRY_VERIFY(summary().contains(u"3 clips will be written"_s));
    }

    void splitsDescribesAndSums()
    {
        open();
        const QString out = m_folder->filePath(u"parts"_s);
        auto *formats = control<QComboBox>(u"Format"_s);
        formats->setCurrentIndex(formats->findData(static_cast<int>(manifest::ExportFormat::AudioFolder)));
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
    }

private:
    void open()
    {
        QTRY_VERIFY(m_program->window.actions().exportAs->isEnabled());
        m_program->key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(dialog());
        QTRY_VERIFY(button());
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
