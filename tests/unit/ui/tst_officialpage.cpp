#include "ui/official/officialpage.h"

#include "session/session.h"
#include "support/faultserver.h"
#include "support/officialfiles.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/files/opencontroller.h"
#include "ui/official/officialfiles.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using official::OfficialStore;
using ui::OfficialModel;
using ui::OfficialPage;
using Stage = OfficialStore::Stage;

namespace {

const QByteArray Eval = "/corpus/v1/csv/eval_segments.csv";
const QByteArray Ontology = "/ontology.json";
constexpr int EvalRow = 0;
constexpr int OntologyRow = 4;

} // namespace

class TestOfficialPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<ui::Settings>(m_folder->filePath(u"settings.ini"_s));
        m_server = std::make_unique<test::FaultServer>();
        m_server->serve(Eval, {test::smallSplit(5000)});
        m_server->serve(Ontology, {test::smallOntology()});
        net::FetchOptions options;
        options.patience = 10s;
        options.pauses = {1ms, 1ms};
        m_store = std::make_unique<OfficialStore>(
            OfficialStore::folderIn(m_settings->dataFolder()),
            official::Addresses{m_server->url("/corpus"), m_server->url(Ontology)}, options);
        m_page = new OfficialPage(*m_store, *m_settings);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page));
        QTRY_VERIFY(!m_store->isBusy());
    }
    void cleanup() { delete m_page; }

    void theModelIsSound()
    {
        OfficialModel model(*m_store);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 9);
        QCOMPARE(model.index(EvalRow, OfficialModel::Title).data().toString(), u"Evaluation split"_s);
        QCOMPARE(model.index(EvalRow, OfficialModel::Size).data().toString(), u"1.1 MB"_s);
        QCOMPARE(model.index(EvalRow, OfficialModel::State).data().toString(), u"not there"_s);
        m_store->fetchMissing();
        QTRY_VERIFY(!m_store->isBusy());
        QVERIFY2(state(EvalRow).contains(u"2 Mar 2017 · 5,000 segments · not as documented"_s),
                 qPrintable(state(EvalRow)));
        QVERIFY(state(1).startsWith(u"Failed: 127.0.0.1 has nothing at"_s));
    }

    void fetchesByKeys()
    {
        QCOMPARE(m_page->focusWidget(), &view());
        QTest::keyClick(&view(), Qt::Key_Return);
        QTRY_COMPARE(stage(EvalRow), Stage::There);
        QVERIFY(m_page->isVisible());
        QVERIFY(details().contains(u"5,000 segments instead of 20,371"_s));
        QCOMPARE(button(u"Fetch again"_s)->isEnabled(), true);

        const QSignalSpy used(m_page, &OfficialPage::useRequested);
        QTest::keyClick(&view(), Qt::Key_Return);
        QCOMPARE(used.count(), 1);
        QCOMPARE(used.first().first().toString(), m_store->path(EvalRow));
        QTest::keyClick(m_page, Qt::Key_O, Qt::AltModifier);
        QTRY_COMPARE(used.count(), 2);
    }

    void showsTheFailureAndRetries()
    {
        m_server->misbehave(Ontology, {{.status = 404}});
        view().selectRow(OntologyRow);
        button(u"Fetch"_s)->click();
        QTRY_COMPARE(stage(OntologyRow), Stage::Missing);
        QVERIFY(details().contains(u"(404"_s) && details().contains(u"Check the address"_s));
        button(u"Retry"_s)->click();
        QTRY_COMPARE(stage(OntologyRow), Stage::There);
        QVERIFY(!details().contains(u"(404"_s));
        QVERIFY(button(u"Use"_s)->isEnabled());
    }

    void cancels()
    {
        m_server->misbehave(Eval, {{.stallAfter = 100'000}});
        QVERIFY(!button(u"Cancel"_s)->isEnabled());
        button(u"Fetch"_s)->click();
        const QModelIndex state = view().model()->index(EvalRow, OfficialModel::State);
        QTRY_VERIFY(state.data(OfficialModel::ProgressRole).toDouble() > 0.2);
        QVERIFY2(state.data().toString().contains(u" %"_s), qPrintable(state.data().toString()));
        QVERIFY(!button(u"Fetch"_s)->isEnabled());
        QVERIFY(!m_page->grab().isNull());
        button(u"Cancel"_s)->click();
        QTRY_COMPARE(stage(EvalRow), Stage::Missing);
        QCOMPARE(state.data().toString(), u"not there"_s);
        button(u"Fetch"_s)->click();
        QTRY_COMPARE(stage(EvalRow), Stage::There);
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=100000-");
    }

    void goesOnWhenItIsClosed()
    {
        m_server->misbehave(Eval, {{.breakAfter = 100'000}});
        button(u"Fetch"_s)->click();
        QPointer<OfficialPage> page = m_page;
        m_page->resize(711, 577); // within the screen, as Qt 6.8 brings back no more
        m_page->close();
        QTRY_VERIFY(page.isNull());
        QTRY_COMPARE(stage(EvalRow), Stage::There);
        m_page = new OfficialPage(*m_store, *m_settings);
        QCOMPARE(m_page->size(), QSize(711, 577));
    }

    void takesAddresses()
    {
        auto &corpus = *edit(u"Address of the corpus"_s);
        corpus.setText(u"nowhere"_s);
        QVERIFY(!button(u"Fetch"_s)->isEnabled());
        QVERIFY(!button(u"Fetch all that is missing"_s)->isEnabled());
        QVERIFY(!label(u"What is wrong with the addresses"_s)->text().isEmpty());
        corpus.setText(u"https://example.org/mirror"_s);
        QVERIFY(button(u"Fetch"_s)->isEnabled());
        QVERIFY(details().contains(u"https://example.org/mirror/v1/csv/eval_segments.csv"_s));
        QCOMPARE(m_settings->officialAddresses().corpus, QUrl(u"https://example.org/mirror"_s));
        button(u"Reset"_s)->click();
        QCOMPARE(m_store->addresses(), official::Addresses());
        QCOMPARE(m_settings->officialAddresses(), official::Addresses());
        QVERIFY(corpus.text().startsWith(u"https://storage.googleapis.com/"_s));
        QVERIFY(!button(u"Reset"_s)->isEnabled());
    }

    void everythingHasAName()
    {
        for (const QWidget *widget : m_page->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(u"qt_"_s))
                continue;
            const auto *text = qobject_cast<const QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (text && !text->text().isEmpty()),
                     widget->metaObject()->className());
        }
    }

    /// Fetched, used, and used again when the program starts the next time.
    void theSessionUsesWhatIsThere()
    {
        m_settings->officialAddresses = m_store->addresses();
        ui::ActionRegistry actions;
        QWidget window;
        ui::BannerStack banners;
        {
            session::Session session{ytdlp::Source()};
            ui::OpenController files(session, *m_settings, banners, actions, {}, &window);
            ui::OfficialFiles official(session, *m_settings, files, actions, &window);
            official.begin();
            actions["official.officialFiles"_L1]->trigger();
            auto *page = window.findChild<OfficialPage *>();
            QVERIFY(page);
            auto *table = page->findChild<QTableView *>();
            table->selectRow(OntologyRow);
            QTRY_COMPARE(table->model()->index(OntologyRow, OfficialModel::State).data(), u"not there"_s);
            QTest::keyClick(table, Qt::Key_Return);
            QTRY_COMPARE(session.classes().ontology->nodes().size(), 2);

            table->selectRow(EvalRow);
            QTest::keyClick(table, Qt::Key_Return);
            const QModelIndex eval = table->model()->index(EvalRow, OfficialModel::State);
            QTRY_VERIFY(eval.data().toString().startsWith(u"there"_s));
            QTest::keyClick(table, Qt::Key_Return);
            // The page makes way for what it opened.
            QTRY_VERIFY(session.split());
            QCOMPARE(session.split()->table.size(), 5000U);
            QTRY_VERIFY(!window.findChild<OfficialPage *>());

            actions["official.officialFiles"_L1]->trigger();
            table = window.findChild<OfficialPage *>()->findChild<QTableView *>();
            table->selectRow(OntologyRow);
            const QModelIndex ontology = table->model()->index(OntologyRow, OfficialModel::State);
            QTRY_VERIFY(ontology.data().toString().startsWith(u"there"_s));
            QTest::keyClick(table, Qt::Key_Return);
            QTRY_VERIFY(banners.text(ui::Topic::Labels).contains(u"ontology.json is used from now on"_s));
            QTRY_VERIFY(!window.findChild<OfficialPage *>());
        }
        session::Session session{ytdlp::Source()};
        ui::OpenController files(session, *m_settings, banners, actions, {}, &window);
        ui::OfficialFiles official(session, *m_settings, files, actions, &window);
        official.begin();
        QTRY_COMPARE(session.classes().ontology->nodes().size(), 2);
        QVERIFY(session.classes().ratings->isEmpty());
    }

private:
    QTableView &view() const { return *m_page->findChild<QTableView *>(); }
    Stage stage(int row) const { return m_store->entries()[static_cast<std::size_t>(row)].stage; }
    QString state(int row) const
    {
        return view().model()->index(row, OfficialModel::State).data().toString();
    }
    QPushButton *button(const QString &text) const
    {
        for (auto *each : m_page->findChildren<QPushButton *>()) {
            if (each->text().remove(u'&') == text)
                return each;
        }
        qFatal("There is no button %s", qPrintable(text));
    }
    template <class Widget>
    Widget *named(const QString &name) const
    {
        for (auto *each : m_page->findChildren<Widget *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        qFatal("There is no %s", qPrintable(name));
    }
    QLineEdit *edit(const QString &name) const { return named<QLineEdit>(name); }
    QLabel *label(const QString &name) const { return named<QLabel>(name); }
    QString details() const { return label(u"About this file"_s)->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<test::FaultServer> m_server;
    std::unique_ptr<OfficialStore> m_store;
    OfficialPage *m_page = nullptr;
};

QTEST_MAIN(TestOfficialPage)
#include "tst_officialpage.moc"
