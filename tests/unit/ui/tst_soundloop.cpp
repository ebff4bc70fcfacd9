#include "unit/ui/shownsound.h"

#include "support/testmain.h"

using namespace earmark::test;
using namespace earmark::ui;

class TestSoundLoop final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDragMarksALoop();
    void edgesCanBeDragged();
    void loopsGo();
    void loopsByKeys();
    void loopsAreCutToTheSound_data();
    void loopsAreCutToTheSound();
};

void TestSoundLoop::aDragMarksALoop()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    const QSignalSpy seeked(&shown.view, &SoundView::seeked);
    const QSignalSpy changed(&shown.view, &SoundView::loopChanged);
    shown.drag(2, 5);
    QCOMPARE(changed.count(), 1);
    QVERIFY(shown.view.loop() && near(shown.view.loop()->from, 2) && near(shown.view.loop()->to, 5));
    shown.drag(9, 6); // another, backwards
    QCOMPARE(changed.count(), 2);
    QVERIFY(near(shown.view.loop()->from, 6) && near(shown.view.loop()->to, 9));
    QVERIFY(seeked.isEmpty());
    // Beyond the end, and let go there.
    QTest::mousePress(&shown.view, Qt::LeftButton, {}, shown.at(8));
    QTest::mouseMove(&shown.view, QPoint(shown.view.width() + 100, 40));
    QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, QPoint(shown.view.width() + 100, 40));
    QVERIFY(shown.view.loop() && near(shown.view.loop()->to, 10));
    // Escape in the middle of it leaves all as it was.
    const auto before = shown.view.loop();
    QTest::mousePress(&shown.view, Qt::LeftButton, {}, shown.at(1));
    QTest::mouseMove(&shown.view, shown.at(4));
    QTest::keyClick(&shown.view, Qt::Key_Escape);
    QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, shown.at(4));
    QCOMPARE(shown.view.loop(), before);
}

void TestSoundLoop::edgesCanBeDragged()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    shown.view.setLoop(LoopSpan{3, 6});
    QTest::mouseMove(&shown.view, shown.at(6));
    QCOMPARE(shown.view.cursor().shape(), Qt::SizeHorCursor);
    QTest::mouseMove(&shown.view, shown.at(4.5));
    QCOMPARE(shown.view.cursor().shape(), Qt::PointingHandCursor);
    shown.drag(6, 8);
    QVERIFY(near(shown.view.loop()->from, 3) && near(shown.view.loop()->to, 8));
    shown.drag(3, 1);
    QVERIFY(near(shown.view.loop()->from, 1) && near(shown.view.loop()->to, 8));
    shown.drag(1, 9); // past the other end
    QVERIFY(near(shown.view.loop()->from, 8) && near(shown.view.loop()->to, 9));
}

void TestSoundLoop::loopsGo()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    shown.view.setLoop(LoopSpan{3, 6});
    const QSignalSpy seeked(&shown.view, &SoundView::seeked);
    const QSignalSpy changed(&shown.view, &SoundView::loopChanged);
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.at(4)); // inside
    QVERIFY(shown.view.loop());
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.at(8));
    QVERIFY(!shown.view.loop());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(seeked.count(), 2);
    shown.view.setLoop(LoopSpan{3, 6});
    QTest::keyClick(&shown.view, Qt::Key_Escape);
    QVERIFY(!shown.view.loop());
    QCOMPARE(changed.count(), 2);
    shown.view.setLoop(LoopSpan{3, 6});
    shown.view.setSound(toneSound(2000));
    QVERIFY(!shown.view.loop());
    QCOMPARE(changed.count(), 2);
}

void TestSoundLoop::loopsByKeys()
{
    Shown shown;
    VERIFY_SHOWN(shown);
    shown.view.setPosition(4);
    QTest::keyClick(&shown.view, Qt::Key_BracketLeft);
    QCOMPARE(shown.view.loop(), (LoopSpan{4, 10}));
    shown.view.setPosition(6);
    QTest::keyClick(&shown.view, Qt::Key_BracketRight);
    QCOMPARE(shown.view.loop(), (LoopSpan{4, 6}));
    shown.view.setPosition(2);
    QTest::keyClick(&shown.view, Qt::Key_BracketRight);
    QCOMPARE(shown.view.loop(), (LoopSpan{0, 2}));
}

void TestSoundLoop::loopsAreCutToTheSound_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("inside") << 2.0 << 3.0 << true;
    QTest::newRow("beyond the end") << 9.0 << 30.0 << true;
    QTest::newRow("before the start") << -5.0 << 1.0 << true;
    QTest::newRow("elsewhere") << 20.0 << 30.0 << false;
    QTest::newRow("too short") << 2.0 << 2.001 << false;
    QTest::newRow("backwards") << 3.0 << 2.0 << false;
}

void TestSoundLoop::loopsAreCutToTheSound()
{
    QFETCH(const double, from);
    QFETCH(const double, to);
    QFETCH(const bool, isThere);
    SoundView view;
    view.setLoop(LoopSpan{from, to});
    QVERIFY(!view.loop());
    view.setSound(toneSound());
    view.setLoop(LoopSpan{from, to});
    QCOMPARE(view.loop().has_value(), isThere);
    if (isThere)
        QCOMPARE(*view.loop(), (LoopSpan{std::max(from, 0.0), std::min(to, 10.0)}));
}

QTEST_MAIN(TestSoundLoop)
#include "tst_soundloop.moc"
