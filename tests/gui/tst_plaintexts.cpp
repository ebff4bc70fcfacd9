#include "gui/program.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/segments/segmentmodel.h"
#include "ui/widgets/ask.h"

#include <QHelpEvent>
#include <QLabel>
#include <QMessageBox>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace earmark;
using ui::SegmentModel;

/// Texts of other people's lists, ledgers and servers are shown as they are written, never as HTML: HTML
/// would read the pipe that they name, and never come back.
class TestPlainTexts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString pipe = m_folder->filePath(u"pipe"_s);
        QCOMPARE(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
        m_hostile = u"<h1>Update needed</h1><img src=\"file://%1\">"_s.arg(pipe);
        QString list = u"ytid,start_s,end_s,labels\n"_s;
        for (const SegmentKey &key : {Good, Failed})
            list += u"%1,%2,%3,\"%4\"\n"_s.arg(key.ytid.toString(), QString::number(key.startMs / 1000),
                                               QString::number(key.endMs / 1000),
                                               QString(m_hostile).replace(u'"', u"\"\""_s));
        test::writeFile(m_folder->filePath(u"list.csv"_s), list.toUtf8());

        auto workspace = workspace::Workspace::open(m_folder->filePath(u"clips"_s));
        VERIFY_OK(workspace);
        (*workspace)->enqueue({{Failed, 1, "x"}});
        Clip record = (*workspace)->record(Failed);
        record.progress.state = ClipState::Failed;
        record.progress.failure = FailureClass::Permanent;
        record.progress.reason = m_hostile;
        (*workspace)->update(Failed, record);
        VERIFY_OK((*workspace)->flush());
    }
    void cleanup()
    {
        m_program.reset();
        m_folder.reset();
    }

    void labelsInAToolTip()
    {
        open();
        QCOMPARE(tipOver(0, SegmentModel::Labels), m_hostile + u"  ("_s + m_hostile + u')');
    }

    void reasonsInAToolTipAndInTheClipPanel()
    {
        open();
        QCOMPARE(tipOver(1, SegmentModel::State), m_hostile);
        table().selectRow(1);
        const auto shown = [this] {
            for (const auto *label : m_program->window.findChildren<QLabel *>()) {
                if (label->accessibleName() == u"State of the clip"_s && label->isVisible())
                    return label;
            }
            return static_cast<const QLabel *>(nullptr);
        };
        QTRY_VERIFY(shown() && shown()->text() == m_hostile);
        QCOMPARE(shown()->textFormat(), Qt::PlainText);
    }

    void questions()
    {
        open();
        auto *box = ui::ask(&m_program->window, m_hostile, m_hostile, m_hostile, {});
        QTRY_VERIFY(box->isVisible());
        int quoting = 0;
        for (const auto *label : box->findChildren<QLabel *>()) {
            if (label->text().isEmpty())
                continue;
            QCOMPARE(label->textFormat(), Qt::PlainText);
            quoting += label->text() == m_hostile ? 1 : 0;
        }
        QCOMPARE(quoting, 2);
        box->reject();
    }

    /// A label that decides by its text would be the way in; measurements are coloured, and hold numbers
    /// alone.
    void noLabelDecidesByItsText()
    {
        open();
        table().selectRow(1);
        QCoreApplication::processEvents();
        int seen = 0;
        for (const auto *label : m_program->window.findChildren<QLabel *>()) {
            if (!label->isVisible())
                continue;
            ++seen;
            QVERIFY2(label->textFormat() == Qt::PlainText || label->accessibleName() == u"Measurements"_s,
                     qPrintable(label->text()));
        }
        QVERIFY(seen > 5);
    }

private:
    static inline const SegmentKey Good{*YtId::parse("zzZZ_yy-012"), 0, 3'000};
    static inline const SegmentKey Failed{*YtId::parse("zzZZ_yy-013"), 10'000, 20'000};

    void open()
    {
        m_program = std::make_unique<test::Program>(m_folder->path());
        m_program->window.show();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
        m_program->session.openSplit(m_folder->filePath(u"list.csv"_s));
        QTRY_COMPARE(m_program->session.count(ClipState::Failed), 1);
    }
    QTableView &table() { return m_program->window.page().table(); }
    /// What is shown when the mouse rests over a cell; empty when it is not plain text.
    QString tipOver(int line, int column)
    {
        const QPoint at = table().visualRect(table().model()->index(line, column)).center();
        QHelpEvent hover(QEvent::ToolTip, at, table().viewport()->mapToGlobal(at));
        QApplication::sendEvent(table().viewport(), &hover);
        for (const QWidget *widget : QApplication::topLevelWidgets()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            if (label && label->inherits("QTipLabel") && label->textFormat() == Qt::PlainText)
                return label->text();
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::Program> m_program;
    QString m_hostile;
};

QTEST_MAIN(TestPlainTexts)
#include "tst_plaintexts.moc"
