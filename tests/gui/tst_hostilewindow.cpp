#include "gui/auditionprogram.h"
#include "support/hostileworkspace.h"
#include "support/testmain.h"
#include "ui/widgets/bannerstack.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::test;

/// A workspace that was made to harm, opened in the window and gone through by keys.
class TestHostileWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesNothingOutside()
    {
        const QTemporaryDir folder;
        const HostileWorkspace hostile(folder.path());
        if (QTest::currentTestFailed())
            return;
        const auto before = hostile.treasures();
        {
            AuditionProgram program(hostile.home());
            QVERIFY(QTest::qWaitForWindowActive(&program.window));
            QTRY_VERIFY(program.session.workspace());
            QTRY_VERIFY(program.session.count(ClipState::Ready) >= HostileWorkspace::HonestClips);
            QTRY_VERIFY(program.window.page().table().hasFocus());
            auto &table = program.window.page().table();

            // Every clip is looked at, then heard, the bad ones too.
            program.key(Qt::Key_Home);
            for (int row = 0; row < table.model()->rowCount(); ++row) {
                QTRY_COMPARE(table.currentIndex().row(), row);
                program.key(Qt::Key_Down);
            }
            program.key(Qt::Key_Home);
            program.key(Qt::Key_F5);
            QTRY_VERIFY(program.isAuditioning());
            QTRY_VERIFY(program.isPlaying());
            for (int clip = 0; clip < HostileWorkspace::HonestClips + 5; ++clip)
                program.key(Qt::Key_Right);
            program.key(Qt::Key_Escape);
            QTRY_VERIFY(!program.isAuditioning());
            QTRY_VERIFY(table.hasFocus());

            program.key(Qt::Key_E, Qt::ControlModifier);
            QTRY_VERIFY(!program.window.banners().text(ui::Topic::Export).isEmpty());
        }
        auto after = hostile.treasures();
        after.remove(u"settings.ini"_s);
        QCOMPARE(after, before);
        QVERIFY(QFileInfo(hostile.path() + u"/manifest.json"_s).isFile());
        QVERIFY(!QFileInfo(hostile.path() + u"/manifest.json"_s).isSymLink());
        QCOMPARE(test::readFile(hostile.path() + u"/manifest.json"_s).count('\n'),
                 qsizetype(HostileWorkspace::HonestClips));
    }
};

QTEST_MAIN(TestHostileWindow)
#include "tst_hostilewindow.moc"
