#include "ui/files/opencontroller.h"

#include "classes/labelmap.h"
#include "session/session.h"
#include "support/resulttest.h"
#include "support/splittexts.h"
#include "support/testmain.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"

#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>
#include <QWidget>

using namespace earmark;
using namespace Qt::StringLiterals;

/// What becomes of files that are opened or dropped.
class TestFiles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_desk = std::make_unique<Desk>(); }
    void cleanup() { m_desk.reset(); }

    void segmentsOfAnyForm_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("rows");
        QTest::addColumn<QString>("said");
        QTest::newRow("a split") << QByteArray("zzZZ_yy-012, 0.000, 3.000, \"/m/09x0r,/m/04rlf\"\n")
                                 << QStringList{u"zzZZ_yy-012 0-3000 /m/09x0r,/m/04rlf"_s} << QString();
        QTest::newRow("strong labels")
            << QByteArray("zzZZ_yy-012_30000\t0\t1\t/m/09x0r\nzzZZ_yy-012_30000\t2\t3\t/m/04rlf\n")
            << QStringList{u"zzZZ_yy-012 30000-40000 /m/09x0r,/m/04rlf"_s} << QString();
        QTest::newRow("VGGSound") << QByteArray("zzZZ_yy-012,0,people marching,test\n")
                                  << QStringList{u"zzZZ_yy-012 0-10000 people marching"_s}
                                  << u"segments names no ends: each segment is taken to be 10 s long."_s;
        QTest::newRow("a manifest")
            << QByteArray(R"({"audio_filepath":"YzzZZ_yy-012_0_3.wav","labels":["/m/09x0r"]})")
            << QStringList{u"zzZZ_yy-012 0-3000 /m/09x0r"_s} << QString();
    }
    void segmentsOfAnyForm()
    {
        QFETCH(QByteArray, text);
        m_desk->drop(m_desk->write("segments", text));
        QTRY_VERIFY(m_desk->session.split());
        QTEST(test::rowsOf(m_desk->session.split()->table), "rows");
        QTEST(m_desk->banners.text(ui::Topic::Split), "said");
    }

    void filesOnClassesAreTakenForThat()
    {
        auto &desk = *m_desk;
        desk.drop(desk.write("labels.txt", "0,/m/09x0r,\"Chatter\"\n"));
        QTRY_COMPARE(desk.session.classes().displayName("/m/09x0r"), u"Chatter"_s);
        QVERIFY(desk.banners.text(ui::Topic::Labels).contains(u"labels.txt"_s));
        desk.drop(desk.write("ratings.txt", "/m/09x0r,100,97\n"));
        QTRY_VERIFY(desk.banners.text(ui::Topic::Labels).contains(u"ratings.txt"_s));
        QCOMPARE(desk.session.classes().ratings->size(), 1);
        desk.drop(desk.write("ontology.txt", R"([{"id":"/m/09x0r","name":"Talk","child_ids":[]}])"));
        QTRY_VERIFY(desk.banners.text(ui::Topic::Labels).contains(u"ontology.txt"_s));
        QCOMPARE(desk.session.classes().ontology->nodes().size(), std::size_t{1});
        QVERIFY(!desk.session.split());
        QCOMPARE(desk.banners.text(ui::Topic::Split), QString());
    }

    void openedAsSegmentsTheyAreNamed()
    {
        m_desk->files.openSplit(m_desk->write("labels.txt", "0,/m/09x0r,\"Chatter\"\n"));
        QTRY_VERIFY(m_desk->banners.text(ui::Topic::Split).contains(u"Open label file"_s));
        QVERIFY(!m_desk->session.split());
    }

    void whatCannotBeReadIsSaid()
    {
        m_desk->drop(m_desk->folder.path());
        QTRY_VERIFY(m_desk->banners.text(ui::Topic::Split).contains(u"is a folder"_s));
    }

    void aManifestBelongsToTheWorkspaceAroundIt()
    {
        VERIFY_OK(workspace::Workspace::open(m_desk->folder.path()));
        m_desk->drop(m_desk->write(
            "manifest.json", R"({"audio_filepath":"processed/YzzZZ_yy-012_0_3.wav","labels":["/m/09x0r"]})"));
        QTRY_VERIFY(m_desk->session.workspace());
        QCOMPARE(m_desk->session.workspace()->layout().root(), m_desk->folder.path());
    }

private:
    struct Desk
    {
        QString write(const char *name, const QByteArray &content) const
        {
            return test::writeFile(folder.filePath(QString::fromLatin1(name)), content);
        }
        void drop(const QString &path)
        {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QVERIFY(ui::OpenController::canDrop(data));
            files.openDropped(data);
        }

        QTemporaryDir folder;
        ui::Settings settings{folder.filePath(u"settings.ini"_s)};
        session::Session session{ytdlp::Source()};
        QWidget window;
        ui::BannerStack banners{&window};
        ui::ActionRegistry actions{&window};
        ui::OpenController files{session, settings, banners, actions, {}, &window};
    };
    std::unique_ptr<Desk> m_desk;
};

QTEST_MAIN(TestFiles)
#include "tst_opencontroller.moc"
