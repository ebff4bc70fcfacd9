#include "base/terminaltext.h"

#include "support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;

class TestTerminalText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("harmless") << u"Ünïcödé – “日本語” 🎵\tand\nmore"_s
                                  << u"Ünïcödé – “日本語” 🎵\tand\nmore"_s;
        QTest::newRow("a title for the window") << u"\033]0;pwned\007x"_s << u"␛]0;pwned␇x"_s;
        QTest::newRow("clears the screen") << u"a\033[2Jb"_s << u"a␛[2Jb"_s;
        QTest::newRow("writes over the line") << u"bad\rgood"_s << u"bad␍good"_s;
        QTest::newRow("erases") << u"bad\b\b\b\x7f"_s << u"bad␈␈␈␡"_s;
        QTest::newRow("nothing in the middle") << u"a\0b"_s << u"a␀b"_s;
        QTest::newRow("C1, which some terminals take for ESC [") << u"a\u009b2Jb"_s << u"a\ufffd2Jb"_s;
        QTest::newRow("right to left") << u"gnp.\u202egpj\u202c"_s << u"gnp.\ufffdgpj\ufffd"_s;
        QTest::newRow("isolated") << u"\u2066a\u2069\u200e\u061c"_s << u"\ufffda\ufffd\ufffd\ufffd"_s;
        QTest::newRow("half a character") << u"a"_s + QChar(0xD83C) + u"b"_s << u"a\ufffdb"_s;
        QTest::newRow("the other half") << u"a"_s + QChar(0xDFB5) << u"a\ufffd"_s;
    }
    void shows()
    {
        QFETCH(QString, text);
        QTEST(terminalText(text), "shown");
        QCOMPARE(terminalText(terminalText(text)), terminalText(text));
    }
};

QTEST_APPLESS_MAIN(TestTerminalText)
#include "tst_terminaltext.moc"
