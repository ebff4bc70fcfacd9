#include "official/officialstore.h"

#include "support/faultserver.h"
#include "support/officialfiles.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using namespace earmark::official;
using Stage = OfficialStore::Stage;

class TestOfficialStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<test::FaultServer>();
        serve(u"eval"_s, test::smallSplit(20));
        serve(u"balanced"_s, test::smallSplit(30));
        serve(u"unbalanced"_s, test::smallSplit(5000));
        serve(u"labels"_s, test::smallLabels(527));
        serve(u"ontology"_s, test::smallOntology());
        serve(u"ratings"_s, test::smallRatings());
        serve(u"strong-train"_s, test::smallStrong(50));
        serve(u"strong-eval"_s, test::smallStrong(5));
        serve(u"strong-names"_s, test::smallStrongNames());
    }

    void fetchesWhatIsMissing()
    {
        const auto store = make();
        QVERIFY(store->isBusy());
        QTRY_VERIFY(!store->isBusy());
        for (const auto &entry : store->entries())
            QCOMPARE(entry.stage, Stage::Missing);
        QSignalSpy fetched(store.get(), &OfficialStore::fetched);
        store->fetchMissing();
        QTRY_VERIFY(!store->isBusy());
        QCOMPARE(fetched.count(), static_cast<int>(catalogue().size()));
        for (const auto &entry : store->entries()) {
            QVERIFY2(entry.stage == Stage::There, qPrintable(entry.file->name + entry.trouble));
            QCOMPARE(entry.date, QDateTime({2017, 3, 2}, {10, 0}, QTimeZone::utc()));
        }
        QCOMPARE(entry(*store, u"eval"_s).finding.rows, 20);
        QVERIFY(entry(*store, u"eval"_s).finding.warning.contains(u"20 segments instead of 20,371"_s));
        QCOMPARE(entry(*store, u"ratings"_s).finding, (Finding{test::smallRatings().size(), 2, {}}));
        QCOMPARE(QDir(store->folder()).entryList(QDir::Files | QDir::Hidden).size(),
                 static_cast<qsizetype>(catalogue().size()));

        // The next program finds what this one has fetched.
        const auto next = make();
        QTRY_VERIFY(!next->isBusy());
        for (std::size_t index = 0; index < catalogue().size(); ++index) {
            QCOMPARE(next->entries()[index].stage, Stage::There);
            QCOMPARE(next->entries()[index].finding, store->entries()[index].finding);
            QCOMPARE(next->entries()[index].date, store->entries()[index].date);
        }
        const auto requests = m_server->requests().size();
        next->fetchMissing();
        QVERIFY(!next->isBusy());
        QCOMPARE(m_server->requests().size(), requests);
    }

    void refusesWhatIsNoSuchFile()
    {
        serve(u"ontology"_s, "<html>Sign in</html>");
        const auto store = make();
        QTRY_VERIFY(!store->isBusy());
        store->fetch(indexOf(u"ontology"_s));
        QTRY_VERIFY(!store->isBusy());
        const auto entry = this->entry(*store, u"ontology"_s);
        QCOMPARE(entry.stage, Stage::Missing);
        QVERIFY2(entry.trouble.contains(u"ontology.json is not JSON"_s) &&
                     !entry.trouble.contains(m_folder->path()),
                 qPrintable(entry.trouble));
        QVERIFY(QDir(store->folder()).isEmpty());
    }

    void keepsWhatIsThereWhenTheNewOneFails()
    {
        const QString path = place(u"eval"_s, test::smallSplit(7));
        m_server->misbehave(pathOf(u"eval"_s), {{.status = 404}});
        const auto store = make();
        QTRY_VERIFY(!store->isBusy());
        store->fetch(indexOf(u"eval"_s));
        QCOMPARE(entry(*store, u"eval"_s).stage, Stage::Fetching);
        QTRY_VERIFY(!store->isBusy());
        QCOMPARE(entry(*store, u"eval"_s).stage, Stage::There);
        QVERIFY(entry(*store, u"eval"_s).trouble.contains(u"(404"_s));
        QCOMPARE(test::readFile(path), test::smallSplit(7));

        store->fetch(indexOf(u"eval"_s));
        QTRY_VERIFY(!store->isBusy());
        QCOMPARE(entry(*store, u"eval"_s).trouble, QString());
        QCOMPARE(test::readFile(path), test::smallSplit(20));
    }

    void tellsOfDamage()
    {
        place(u"eval"_s, test::smallSplit(7).chopped(9));
        const auto store = make();
        QTRY_VERIFY(!store->isBusy());
        QCOMPARE(entry(*store, u"eval"_s).stage, Stage::Damaged);
        QVERIFY(entry(*store, u"eval"_s).trouble.contains(u"not whole"_s));
        store->fetch(indexOf(u"eval"_s));
        QTRY_COMPARE(entry(*store, u"eval"_s).stage, Stage::There);
    }

    void cancelsAndGoesOn()
    {
        const auto index = indexOf(u"unbalanced"_s);
        m_server->misbehave(pathOf(u"unbalanced"_s), {{.stallAfter = 100'000}});
        const auto store = make();
        QTRY_VERIFY(!store->isBusy());
        connect(store.get(), &OfficialStore::changed, store.get(), [&](std::size_t changed) {
            if (changed == index && store->entries()[index].progress.bytes == 100'000)
                store->cancel(index);
        });
        store->fetch(index);
        QTRY_COMPARE(entry(*store, u"unbalanced"_s).stage, Stage::Missing);
        QVERIFY(entry(*store, u"unbalanced"_s).trouble.isEmpty());
        store->disconnect(store.get());
        store->fetch(index);
        QTRY_COMPARE(entry(*store, u"unbalanced"_s).stage, Stage::There);
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=100000-");
        QCOMPARE(test::readFile(store->path(index)), test::smallSplit(5000));
    }

    void cancelsWhatWaits()
    {
        for (const OfficialFile &file : catalogue())
            m_server->misbehave(pathOf(file.name), {{.stallAfter = 1}});
        const auto store = make();
        QTRY_VERIFY(!store->isBusy());
        store->fetchMissing();
        const auto last = catalogue().size() - 1;
        QCOMPARE(store->entries()[last].stage, Stage::Waiting);
        store->cancel(last);
        QTRY_COMPARE(store->entries()[last].stage, Stage::Missing);
        for (std::size_t index = 0; index < last; ++index)
            store->cancel(index);
        QTRY_VERIFY(!store->isBusy());
    }

    void endsInTheMiddle()
    {
        m_server->misbehave(pathOf(u"unbalanced"_s), {{.stallAfter = 100'000}});
        auto store = make();
        store->fetchMissing(); // nothing: it is still looking
        QVERIFY(m_server->requests().isEmpty());
        QTRY_VERIFY(!store->isBusy());
        store->fetchMissing();
        QTRY_VERIFY(store->entries()[indexOf(u"unbalanced"_s)].progress.total > 0);
        store.reset();
        store = make();
        QTRY_VERIFY(!store->isBusy());
        store->fetchMissing();
        QTRY_VERIFY(!store->isBusy());
        for (const auto &entry : store->entries())
            QVERIFY2(entry.stage == Stage::There, qPrintable(entry.file->name + entry.trouble));
    }

private:
    static std::size_t indexOf(const QString &name)
    {
        return static_cast<std::size_t>(findOfficial(name) - catalogue().data());
    }
    static const OfficialStore::Entry &entry(const OfficialStore &store, const QString &name)
    {
        return store.entries()[indexOf(name)];
    }
    Addresses addresses() const { return {m_server->url("/corpus"), m_server->url("/ontology.json")}; }
    QByteArray pathOf(const QString &name) const
    {
        return addresses().of(*findOfficial(name)).path().toLatin1();
    }
    void serve(const QString &name, const QByteArray &content) { m_server->serve(pathOf(name), {content}); }
    QString place(const QString &name, const QByteArray &content) const
    {
        QDir(m_folder->path()).mkdir(u"official"_s);
        return test::writeFile(m_folder->filePath(u"official/"_s + findOfficial(name)->fileName), content);
    }
    std::unique_ptr<OfficialStore> make() const
    {
        net::FetchOptions options;
        options.patience = 300ms;
        options.pauses = {1ms, 1ms, 1ms};
        return std::make_unique<OfficialStore>(OfficialStore::folderIn(m_folder->path()), addresses(),
                                               options);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FaultServer> m_server;
};

QTEST_GUILESS_MAIN(TestOfficialStore)
#include "tst_officialstore.moc"
