#include "ui/labels/labelpanel.h"

#include "session/session.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/labels/labelview.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::ui;
using namespace Qt::StringLiterals;

namespace {

using Tester = QAbstractItemModelTester;

/// Two dogs, a cat, music twice, and a label that no ontology has.
const QByteArray Split = R"(# YTID, start_seconds, end_seconds, positive_labels
--aaaaaaaaa, 0.000, 10.000, "/m/0bt9lr"
--bbbbbbbbb, 0.000, 10.000, "/m/0bt9lr,/m/05tny_"
--ccccccccc, 0.000, 10.000, "/m/01yrx,/m/04rlf"
--ddddddddd, 0.000, 10.000, "/m/04rlf"
--eeeeeeeee, 0.000, 10.000, "/x/strange"
)";

QModelIndex find(const QAbstractItemModel &model, const QString &name, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, LabelModel::Class, parent);
        if (index.data().toString() == name)
            return index;
        if (const QModelIndex below = find(model, name, index); below.isValid())
            return below;
    }
    return {};
}

int rowsIn(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    int rows = model.rowCount(parent);
    for (int row = 0; row < model.rowCount(parent); ++row)
        rows += rowsIn(model, model.index(row, 0, parent));
    return rows;
}

/// A panel beside the page that it filters.
struct Shown
{
    explicit Shown(const QByteArray &split = Split)
    {
        auto *row = new QHBoxLayout(&window);
        row->addWidget(&panel);
        row->addWidget(&page, 1);
        window.resize(1100, 700);
        window.show();
        isActive = QTest::qWaitForWindowActive(&window);
        const QString path = folder.filePath(u"split.csv"_s);
        test::writeFile(path, split);
        session.openSplit(path);
    }
    LabelView &view() { return *panel.findChild<LabelView *>(); }
    QLineEdit &search() { return *panel.findChild<QLineEdit *>(); }
    QPushButton &list() { return *panel.findChild<QPushButton *>(); }
    QAbstractItemModel &model() { return *view().model(); }
    QModelIndex label(const QString &name) { return find(model(), name); }
    Qt::CheckState tick(const QString &name)
    {
        return static_cast<Qt::CheckState>(label(name).data(Qt::CheckStateRole).toInt());
    }
    QString count(const QString &name, int column)
    {
        return label(name).siblingAtColumn(column).data().toString();
    }
    /// Waits for the counts: they come after the table is painted.
    bool hasCounts()
    {
        return QTest::qWaitFor([this] { return !count(u"Animal"_s, LabelModel::Found).isEmpty(); });
    }
    void press(const QString &name, Qt::Key key)
    {
        view().setCurrentIndex(label(name));
        QTest::keyClick(&view(), key);
    }
    QString text() { return page.filter().text(); }

    bool isActive = false;
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.ini"_s)};
    session::Session session{ytdlp::Source()};
    QWidget window;
    SegmentPage page{session, settings, &window};
    LabelPanel panel{session, page, settings, &window};
};

} // namespace

class TestLabelPanel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelIsSound()
    {
        LabelModel model;
        LabelFilter filter;
        const Tester tester(&model, Tester::FailureReportingMode::QtTest);
        filter.setSourceModel(&model);
        const Tester filterTester(&filter, Tester::FailureReportingMode::QtTest);
        QCOMPARE(rowsIn(model), 690); // 632 classes, some of them in several places
        filter.sort(LabelModel::Class);
        filter.setSearch(u"dog"_s);
        model.setQuery(u"under:Animal -label:Dog"_s);
        model.setList(true);
        filter.sort(LabelModel::Split, Qt::DescendingOrder);
        filter.setSearch({});
        model.setClasses({}, nullptr);
        model.setList(false);
        QCOMPARE(rowsIn(filter), 690);
    }

    void standsUnderEachParent()
    {
        LabelModel model;
        QList<QPersistentModelIndex> places;
        const auto gather = [&](const auto &self, const QModelIndex &parent) -> void {
            for (int row = 0; row < model.rowCount(parent); ++row) {
                const QModelIndex index = model.index(row, 0, parent);
                if (index.data().toString() == u"Growling"_s)
                    places.append(index);
                self(self, index);
            }
        };
        gather(gather, {});
        QVERIFY(places.size() > 2);
        model.setQuery(u"label:Growling"_s);
        for (const QPersistentModelIndex &index : places)
            QCOMPARE(index.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QVERIFY(places.first().data(Qt::ToolTipRole).toString().contains(u"Under: "_s));
    }

    void tickWritesTheText()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        QCOMPARE(shown.page.foundCount(), 5);
        shown.press(u"Dog"_s, Qt::Key_Space);
        QCOMPARE(shown.text(), u"under:Dog"_s);
        QCOMPARE(shown.tick(u"Dog"_s), Qt::Checked);
        QCOMPARE(shown.tick(u"Bark"_s), Qt::Checked);
        QCOMPARE(shown.tick(u"Animal"_s), Qt::PartiallyChecked);
        QCOMPARE(shown.page.foundCount(), 2);
        shown.press(u"Meow"_s, Qt::Key_Space);
        QCOMPARE(shown.text(), u"under:Dog | label:Meow"_s);
        shown.press(u"Bark"_s, Qt::Key_Space); // below what is ticked: excluded
        QCOMPARE(shown.text(), u"(under:Dog | label:Meow) -label:Bark"_s);
        QCOMPARE(shown.tick(u"Bark"_s), Qt::Unchecked);
        QVERIFY(shown.label(u"Bark"_s).data(LabelModel::ExcludedRole).toBool());
        QCOMPARE(shown.tick(u"Dog"_s), Qt::PartiallyChecked);
        QCOMPARE(shown.page.foundCount(), 1);
        shown.press(u"Bark"_s, Qt::Key_Space);
        shown.press(u"Meow"_s, Qt::Key_Space);
        shown.press(u"Dog"_s, Qt::Key_Space);
        QCOMPARE(shown.text(), QString());
        shown.press(u"Music"_s, Qt::Key_Delete);
        QCOMPARE(shown.text(), u"-under:Music"_s);
        QCOMPARE(shown.page.foundCount(), 3);
        shown.press(u"Music"_s, Qt::Key_Delete);
        QCOMPARE(shown.text(), QString());
    }

    void ticksByMouse()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        const QModelIndex index = shown.label(u"Animal"_s);
        QStyleOptionViewItem option;
        option.initFrom(&shown.view());
        option.rect = shown.view().visualRect(index);
        option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
        const QRect box = shown.view().style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option,
                                                               &shown.view());
        QTest::mouseClick(shown.view().viewport(), Qt::LeftButton, {}, box.center());
        QCOMPARE(shown.text(), u"under:Animal"_s);
        QTest::mouseClick(shown.view().viewport(), Qt::LeftButton, {}, box.center());
        QCOMPARE(shown.text(), QString());
    }

    void textMovesTheTicks()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        shown.page.filter().setText(u"under:Cat -label:Meow x"_s);
        QTRY_COMPARE(shown.tick(u"Cat"_s), Qt::PartiallyChecked);
        QCOMPARE(shown.tick(u"Purr"_s), Qt::Checked);
        QVERIFY(shown.label(u"Meow"_s).data(LabelModel::ExcludedRole).toBool());
        QCOMPARE(shown.label(u"Meow"_s).data(Qt::AccessibleTextRole).toString(), u"Meow, excluded"_s);
        shown.page.filter().setText({});
        QTRY_COMPARE(shown.tick(u"Cat"_s), Qt::Unchecked);
        // A tick is put into what stands there now, however short a time ago it was typed.
        shown.page.filter().setText(u"bark"_s);
        shown.press(u"Meow"_s, Qt::Key_Space);
        QCOMPARE(shown.text(), u"bark label:Meow"_s);
    }

    void aListTicksClassesAlone()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        shown.list().click();
        QCOMPARE(shown.count(u"Dog"_s, LabelModel::Split), u"2"_s);
        QVERIFY(!shown.label(u"Human sounds"_s).isValid()); // abstract
        shown.press(u"Dog"_s, Qt::Key_Space);
        QCOMPARE(shown.text(), u"label:Dog"_s);
        QCOMPARE(shown.tick(u"Dog"_s), Qt::Checked);
        QVERIFY(shown.settings.labelList());
        shown.list().click();
        QVERIFY(shown.label(u"Human sounds"_s).isValid());
        QVERIFY(!shown.settings.labelList());
    }

    void counts()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        QCOMPARE(shown.count(u"Animal"_s, LabelModel::Split), u"3"_s);
        QCOMPARE(shown.count(u"Dog"_s, LabelModel::Split), u"2"_s);
        QCOMPARE(shown.count(u"Bark"_s, LabelModel::Split), u"1"_s);
        QCOMPARE(shown.count(u"Speech"_s, LabelModel::Split), u"0"_s);
        QCOMPARE(shown.count(u"/x/strange"_s, LabelModel::Split), u"1"_s);
        QCOMPARE(shown.count(u"Other labels"_s, LabelModel::Split), QString());
        QCOMPARE(shown.count(u"Animal"_s, LabelModel::Found), u"3"_s);
        shown.page.filter().setText(u"label:Music"_s);
        QTRY_COMPARE(shown.count(u"Animal"_s, LabelModel::Found), u"1"_s);
        QCOMPARE(shown.count(u"Music"_s, LabelModel::Found), u"2"_s);
        QCOMPARE(shown.count(u"Music"_s, LabelModel::Ready), u"0"_s);

        shown.session.split()->table.setClip(0, {ClipState::Ready});
        shown.session.split()->table.setClip(3, {ClipState::Short});
        Q_EMIT shown.session.rowsReset();
        QTRY_COMPARE(shown.count(u"Dog"_s, LabelModel::Ready), u"1"_s); // of the split, not of what is found
        QCOMPARE(shown.count(u"Music"_s, LabelModel::Ready), u"1"_s);
        QVERIFY(shown.label(u"Dog"_s).data(Qt::ToolTipRole).toString().contains(u"2 segments"_s));
    }

    void countsAreShort()
    {
        segments::SegmentTable table;
        const std::array<std::string_view, 1> labels{"/m/0bt9lr"};
        for (std::uint32_t row = 0; row < 10'450; ++row)
            table.append({*YtId::parse("zzZZ_yy-012"), row, row + 1}, labels);
        LabelModel model;
        model.setClasses({}, &table);
        LabelModel::Counts counts;
        counts.split = segments::LabelCounts(table, {}).all();
        model.setCounts(std::move(counts));
        const QModelIndex dog = find(model, u"Dog"_s).siblingAtColumn(LabelModel::Split);
        QCOMPARE(dog.data().toString(), u"10.4k"_s);
        QCOMPARE(dog.data(Qt::AccessibleTextRole).toString(), u"10,450"_s);
        QVERIFY(dog.data(Qt::ToolTipRole).toString().contains(u"10,450 segments"_s));
        QCOMPARE(dog.data(LabelModel::SortRole).toInt(), 10'450);
    }

    /// What people read are the names.
    void namesHaveTheRoom()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        shown.panel.setFixedWidth(340);
        const QHeaderView &header = *shown.view().header();
        QVERIFY(header.isSectionHidden(LabelModel::Ready)); // nothing can be ready without a workspace
        QTRY_VERIFY(header.sectionSize(LabelModel::Class) >= 200);
        shown.session.openWorkspace(shown.folder.filePath(u"clips"_s));
        QTRY_VERIFY(!header.isSectionHidden(LabelModel::Ready));
        QTRY_VERIFY(header.sectionSize(LabelModel::Class) >= 150);
        shown.session.closeWorkspace();
        QVERIFY(header.isSectionHidden(LabelModel::Ready));
    }

    void doesNotCountWhileNobodyLooks()
    {
        Shown shown;
        LabelPanel hidden(shown.session, shown.page, shown.settings);
        const auto count = [&] {
            const auto &model = *hidden.findChild<LabelView *>()->model();
            return find(model, u"Animal"_s).siblingAtColumn(LabelModel::Found).data().toString();
        };
        QVERIFY(shown.hasCounts());
        QCOMPARE(count(), QString());
        hidden.show();
        QTRY_COMPARE(count(), u"3"_s);
    }

    void takesAnotherSplit()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        shown.view().expand(shown.label(u"Animal"_s));
        shown.page.filter().setText(u"label:Dog"_s);
        shown.session.openSample();
        QTRY_VERIFY(!shown.label(u"/x/strange"_s).isValid());
        QVERIFY(shown.hasCounts());
        QVERIFY(shown.view().isExpanded(shown.label(u"Animal"_s)));
        QCOMPARE(shown.tick(u"Dog"_s), Qt::Checked);
        QCOMPARE(shown.count(u"Animal"_s, LabelModel::Split).isEmpty(), false);
    }

    void showsLabelsThatNoOntologyHas()
    {
        Shown shown("zzZZ_yy-012,0,people marching,test\nzzZZ_yy-013,0,playing banjo,train\n");
        QTRY_VERIFY(shown.label(u"people marching"_s).isValid());
        QVERIFY(shown.view().isExpanded(shown.label(u"Other labels"_s)));
        QTRY_COMPARE(shown.count(u"playing banjo"_s, LabelModel::Found), u"1"_s);
    }

    void searches()
    {
        Shown shown;
        QVERIFY(shown.isActive && shown.hasCounts());
        shown.view().expand(shown.label(u"Music"_s));
        shown.view().setFocus();
        QTest::keyClick(&shown.view(), Qt::Key_Slash);
        QTRY_VERIFY(shown.search().hasFocus());
        shown.search().insert(u"KID spéak"_s); // QTest types ASCII only
        const QModelIndex kid = shown.label(u"Child speech, kid speaking"_s);
        QVERIFY(kid.isValid());
        QVERIFY(shown.view().isExpanded(kid.parent()));
        QVERIFY(!shown.label(u"Music"_s).isValid());
        QTest::keyClick(&shown.search(), Qt::Key_Return);
        QTRY_VERIFY(shown.view().hasFocus());
        shown.panel.focusSearch();
        QTest::keyClick(&shown.search(), Qt::Key_Escape);
        QVERIFY(shown.view().isExpanded(shown.label(u"Music"_s)));
        QVERIFY(!shown.view().isExpanded(shown.label(u"Human sounds"_s)));
        shown.search().setText(u"/x/strange"_s);
        QCOMPARE(rowsIn(shown.model()), 2);
        shown.search().setText(u"no such thing"_s);
        QCOMPARE(rowsIn(shown.model()), 0);
    }

    void sorts()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        const auto first = [&] { return shown.model().index(0, 0).data().toString(); };
        const auto last = [&] {
            return shown.model().index(shown.model().rowCount() - 1, 0).data().toString();
        };
        QCOMPARE(first(), u"Human sounds"_s);
        shown.view().sortByColumn(LabelModel::Class, Qt::AscendingOrder);
        QCOMPARE(first(), u"Animal"_s);
        QCOMPARE(last(), u"Other labels"_s);
        shown.view().sortByColumn(LabelModel::Split, Qt::DescendingOrder);
        QCOMPARE(first(), u"Animal"_s);
        QCOMPARE(last(), u"Other labels"_s);
        QCOMPARE(shown.settings.labelOrder(), u"-split"_s);
        shown.list().click();
        QCOMPARE(shown.count(first(), LabelModel::Split), u"2"_s);
        LabelPanel again(shown.session, shown.page, shown.settings);
        QCOMPARE(again.findChild<LabelView *>()->header()->sortIndicatorSection(), int(LabelModel::Split));
        QVERIFY(again.findChild<QPushButton *>()->isChecked());
    }

    void contextMenu()
    {
        Shown shown;
        QVERIFY(shown.hasCounts());
        shown.page.filter().setText(u"label:Music x"_s);
        const auto choose = [&](const QString &label, const QString &entry) {
            Q_EMIT shown.view().customContextMenuRequested(
                shown.view().visualRect(shown.label(label)).center());
            auto *menu = shown.view().findChild<QMenu *>();
            QVERIFY(menu);
            for (auto *action : menu->actions()) {
                if (action->text().remove(u'&') == entry)
                    action->trigger();
            }
            delete menu;
        };
        choose(u"Animal"_s, u"Only this class"_s);
        QCOMPARE(shown.text(), u"under:Animal x"_s);
        choose(u"Animal"_s, u"Exclude"_s);
        QCOMPARE(shown.text(), u"x -under:Animal"_s);
        choose(u"Animal"_s, u"No longer exclude"_s);
        choose(u"Animal"_s, u"Tick"_s);
        QCOMPARE(shown.text(), u"x under:Animal"_s);
        choose(u"Animal"_s, u"Copy id"_s);
        QCOMPARE(QApplication::clipboard()->text(), u"/m/0jbk"_s);
        choose(u"Animal"_s, u"Expand all below"_s);
        QVERIFY(shown.view().isExpanded(shown.label(u"Dog"_s)));
    }

    void tellsWhatIsKnown()
    {
        LabelModel model;
        const auto tip = [&](const QString &name) {
            return find(model, name).data(Qt::ToolTipRole).toString().simplified(); // however it wraps
        };
        QVERIFY(tip(u"Bark"_s).contains(u"/m/05tny_"_s));
        QVERIFY(tip(u"Bark"_s).contains(u"File → Official files"_s));
        QCOMPARE(find(model, u"Human sounds"_s).data(LabelModel::BadgesRole).toStringList(),
                 QStringList{u"abstract"_s});
        const auto ontology = classes::Ontology::parse(
            R"([{"id": "/m/05tny_", "name": "Bark", "description": "What <dogs> say.", "child_ids": []}])",
            u"ontology.json"_s);
        VERIFY_OK(ontology);
        QTemporaryDir folder;
        test::writeFile(folder.filePath(u"rated.csv"_s), "/m/05tny_,10,9\n");
        const auto ratings = classes::QualityRatings::read(folder.filePath(u"rated.csv"_s));
        VERIFY_OK(ratings);
        classes::Classes classes;
        classes.ontology = std::make_shared<const classes::Ontology>(*ontology);
        classes.ratings = std::make_shared<const classes::QualityRatings>(*ratings);
        model.setClasses(classes, nullptr);
        QVERIFY(!tip(u"Bark"_s).contains(u"Official files"_s));
        QVERIFY(tip(u"Bark"_s).contains(u"Quality: 90 %"_s));
        QVERIFY(tip(u"Bark"_s).contains(u"What <dogs> say."_s));
    }
};

QTEST_MAIN(TestLabelPanel)
#include "tst_labelpanel.moc"
