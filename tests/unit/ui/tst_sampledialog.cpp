#include "ui/segments/sampledialog.h"

#include "query/queryparser.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/segments/outcomemodel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QUuid>

#include <algorithm>
#include <numeric>

using namespace earmark;
using namespace earmark::ui;
using namespace Qt::StringLiterals;
using segments::ClassOutcome;
using segments::Row;

namespace {

/// The part of the dialog with that accessible name or text.
template <class Widget>
Widget *part(const QDialog &dialog, const QString &name)
{
    for (Widget *widget : dialog.findChildren<Widget *>()) {
        if (widget->accessibleName() == name || widget->property("text").toString().remove(u'&') == name)
            return widget;
    }
    return nullptr;
}

} // namespace

class TestSampleDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto split = readers::readSampleSplit();
        VERIFY_OK(split);
        m_split = std::make_shared<const readers::Split>(std::move(*split));
        m_found.resize(m_split->table.size());
        std::iota(m_found.begin(), m_found.end(), Row{0});
    }
    void init()
    {
        m_settings = std::make_unique<Settings>(m_folder.filePath(QUuid::createUuid().toString()));
    }

    void modelShowsOutcomes()
    {
        OutcomeModel model{classes::Classes()};
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto texts = [&model] {
            QStringList cells;
            for (int row = 0; row < model.rowCount(); ++row) {
                for (int column = 0; column < model.columnCount(); ++column)
                    cells.append(model.index(row, column).data().toString());
            }
            return cells.join(u'|');
        };
        model.setOutcomes({{"/m/05tny_", 100, 60, 60}, {"/m/04rlf", 100, 1'234, 6'244}});
        QCOMPARE(texts(), u"Bark|100|60|60|only 60 segments have it|Music|100|1,234|6,244|"_s);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setOutcomes({{"/m/05tny_", 10, 10, 60}, {"/m/04rlf", 10, 123, 6'244}});
        QCOMPARE(texts(), u"Bark|10|10|60||Music|10|123|6,244|"_s);
        QCOMPARE(resets.size(), 0);
        model.setOutcomes({{"/m/09x0r", 1, 0, 0}});
        QCOMPARE(texts(), u"Speech|1|0|0|no segment has it"_s);
        model.setOutcomes({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(resets.size(), 2);
    }

    void followsTheNumbers()
    {
        auto *dialog = open({});
        auto *select = part<QPushButton>(*dialog, u"Select these rows"_s);
        auto *view = part<QTableView>(*dialog, u"What each class gets"_s);
        QTRY_VERIFY(select->isEnabled());
        QVERIFY(!part<QComboBox>(*dialog, u"Classes"_s)->isVisible());
        part<QSpinBox>(*dialog, u"Segments for each class"_s)->setValue(2);
        QTRY_COMPARE(view->model()->index(0, OutcomeModel::Asked).data().toString(), u"2"_s);
        QCOMPARE(view->model()->rowCount(), static_cast<int>(m_split->table.labelCount()));

        QSignalSpy selected(dialog, &SampleDialog::selectRequested);
        QTRY_VERIFY(select->isEnabled());
        select->click();
        QCOMPARE(selected.size(), 1);
        const auto expected = segments::samplePerClass(
            m_split->table, m_found, segments::classesToSample(m_split->table, m_found, {}), 2, 1);
        QCOMPARE(selected.front().front().value<std::vector<Row>>(), expected.rows);
    }

    void choosesAtRandom()
    {
        std::ranges::reverse(m_found); // as a table sorted the other way round hands them out
        auto *dialog = open({});
        std::ranges::reverse(m_found);
        part<QRadioButton>(*dialog, u"Of all together"_s)->click();
        part<QSpinBox>(*dialog, u"Segments of all together"_s)->setValue(5);
        part<QSpinBox>(*dialog, u"Seed"_s)->setValue(7);
        auto *download = part<QPushButton>(*dialog, u"Download these…"_s);
        QTRY_VERIFY(download->isEnabled());
        QSignalSpy wanted(dialog, &SampleDialog::downloadRequested);
        download->click();
        QCOMPARE(wanted.front().front().value<std::vector<Row>>(),
                 segments::sampleAtRandom(m_split->table, m_found, 5, 7));
    }

    void takesTheClassesThatTheFilterAsksFor()
    {
        auto *dialog = open(*query::parseQuery(u"label:Speech | label:Music"));
        auto *view = part<QTableView>(*dialog, u"What each class gets"_s);
        auto *classes = part<QComboBox>(*dialog, u"Classes"_s);
        QTRY_COMPARE(view->model()->rowCount(), 2);
        QVERIFY(classes->isVisible());
        classes->setCurrentIndex(1);
        QTRY_COMPARE(view->model()->rowCount(), static_cast<int>(m_split->table.labelCount()));
        dialog->reject();
    }

    void remembersItsNumbers()
    {
        auto *dialog = open({});
        part<QSpinBox>(*dialog, u"Segments for each class"_s)->setValue(12);
        part<QSpinBox>(*dialog, u"Seed"_s)->setValue(99);
        part<QRadioButton>(*dialog, u"Of all together"_s)->click();
        dialog->reject();
        const SampleOptions wish = m_settings->sampleOptions();
        QVERIFY(!wish.isPerClass);
        QCOMPARE(wish.perClass, 12);
        QCOMPARE(wish.seed, 99);
        dialog = open({});
        QVERIFY(part<QRadioButton>(*dialog, u"Of all together"_s)->isChecked());
        QCOMPARE(part<QSpinBox>(*dialog, u"Segments for each class"_s)->value(), 12);
        dialog->reject();
    }

    void nothingFoundIsNothingToChoose()
    {
        std::vector<Row> found;
        found.swap(m_found);
        auto *dialog = open({});
        found.swap(m_found);
        QTRY_VERIFY(part<QLabel>(*dialog, u"0 of 0 segments chosen."_s) != nullptr);
        QVERIFY(!part<QPushButton>(*dialog, u"Select these rows"_s)->isEnabled());
        dialog->reject();
    }

private:
    SampleDialog *open(const query::QueryNode &query)
    {
        auto *dialog = new SampleDialog(m_split, {}, m_found, query, *m_settings, nullptr);
        dialog->open();
        return dialog;
    }

    std::shared_ptr<const readers::Split> m_split;
    std::vector<Row> m_found;
    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
};

QTEST_MAIN(TestSampleDialog)
#include "tst_sampledialog.moc"
