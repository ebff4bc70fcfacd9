#include "base/format.h"
#include "clips/segmentkey.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

class TestSegmentKey final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void id_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isId");
        QTest::newRow("plain") << QByteArray("abcDEF01234") << true;
        QTest::newRow("begins with a dash") << QByteArray("-0RWZT-miFs") << true;
        QTest::newRow("underscores") << QByteArray("__p-iA312kg") << true;
        QTest::newRow("too short") << QByteArray("abcDEF0123") << false;
        QTest::newRow("too long") << QByteArray("abcDEF012345") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("path") << QByteArray("../../../x1") << false;
        QTest::newRow("blank") << QByteArray("abc DEF0123") << false;
        QTest::newRow("NUL") << QByteArray("abc\0EF01234", 11) << false;
        QTest::newRow("not ASCII") << QByteArray("abcDEF0123\xE9") << false;
    }
    void id()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isId);
        const auto parsed = YtId::parse({text.constData(), static_cast<std::size_t>(text.size())});
        QCOMPARE(parsed.has_value(), isId);
        if (isId)
            QCOMPARE(parsed->toString(), QString::fromLatin1(text));
    }

    void seconds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1: not a time
        QTest::newRow("official") << QByteArray("30.000") << qint64{30'000};
        QTest::newRow("whole") << QByteArray("30") << qint64{30'000};
        QTest::newRow("tenths") << QByteArray("239.8") << qint64{239'800};
        QTest::newRow("zero") << QByteArray("0.000") << qint64{0};
        QTest::newRow("point at the end") << QByteArray("7.") << qint64{7'000};
        QTest::newRow("rounded up") << QByteArray("1.0005") << qint64{1'001};
        QTest::newRow("rounded down") << QByteArray("1.00049") << qint64{1'000};
        QTest::newRow("largest") << QByteArray("4294967.295") << qint64{4'294'967'295};
        QTest::newRow("too large") << QByteArray("4294967.296") << qint64{-1};
        QTest::newRow("far too large") << QByteArray("99999999999999999999") << qint64{-1};
        QTest::newRow("negative") << QByteArray("-1") << qint64{-1};
        QTest::newRow("exponent") << QByteArray("1e3") << qint64{-1};
        QTest::newRow("comma") << QByteArray("1,5") << qint64{-1};
        QTest::newRow("no digit") << QByteArray(".5") << qint64{-1};
        QTest::newRow("not a number") << QByteArray("nan") << qint64{-1};
        QTest::newRow("empty") << QByteArray() << qint64{-1};
    }
    void seconds()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, milliseconds);
        const auto parsed = parseSeconds({text.constData(), static_cast<std::size_t>(text.size())});
        QCOMPARE(parsed.has_value() ? qint64{*parsed} : -1, milliseconds);
    }

    void stem_data()
    {
        QTest::addColumn<quint32>("start");
        QTest::addColumn<quint32>("end");
        QTest::addColumn<QString>("stem");
        QTest::newRow("whole") << 0u << 9'000u << u"Y--i-y1v8Hy8_0_9"_s;
        QTest::newRow("decimals") << 23'700u << 33'700u << u"Y--i-y1v8Hy8_23.7_33.7"_s;
        QTest::newRow("milliseconds") << 1'001u << 1'090u << u"Y--i-y1v8Hy8_1.001_1.09"_s;
    }
    void stem()
    {
        QFETCH(quint32, start);
        QFETCH(quint32, end);
        QFETCH(QString, stem);
        const SegmentKey key{*YtId::parse("--i-y1v8Hy8"), start, end};
        QCOMPARE(key.stem(), stem);
        const auto back = SegmentKey::fromStem(stem);
        QVERIFY(back.has_value());
        QVERIFY(*back == key);
    }

    void notAStem_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text :
             {u""_s, u"--i-y1v8Hy8_0_9"_s, u"Y--i-y1v8Hy8"_s, u"Y--i-y1v8Hy8_0"_s, u"Y--i-y1v8Hy8_9_0"_s,
              u"Y--i-y1v8Hy8_0_9_1"_s, u"Y--i-y1v8Hy8_0.0_9"_s, u"Y--i-y1v8Hy8_00_9"_s, u"Y../../../x1_0_9"_s,
              u"Y--i-y1v8Hy8_0_9ü"_s, u"Y--i-y1v8Hy8_0._9"_s, u"Y--i-y1v8Hy8_0_9.50"_s,
              u"Y--i-y1v8Hy8_0_9.0004"_s, u"Y--i-y1v8Hy8_01.5_9"_s})
            QTest::newRow(qUtf8Printable(text)) << text;
    }
    void notAStem()
    {
        QFETCH(QString, text);
        QVERIFY(!SegmentKey::fromStem(text).has_value());
    }

    void readsSegmentIds_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QString>("stem"); // empty: it is none
        QTest::newRow("plain") << QByteArray("Xvm--O7V1IA_30000") << u"YXvm--O7V1IA_30_40"_s;
        QTest::newRow("underscores in the id")
            << QByteArray("__m--O7V_1__23700") << u"Y__m--O7V_1__23.7_33.7"_s;
        QTest::newRow("the last there is")
            << QByteArray("Xvm--O7V1IA_4294957295") << u"YXvm--O7V1IA_4294957.295_4294967.295"_s;
        for (const char *none :
             {"", "_", "Xvm--O7V1IA", "Xvm--O7V1IA_", "Xvm--O7V1IA_-1", "Xvm--O7V1IA_30.5",
              "Xvm--O7V1I_30000", "Xvm--O7V1IA_4294957296", "Xvm--O7V1IA_99999999999", "Xvm--O7V1IA_000300"})
            QTest::newRow(none) << QByteArray(none) << QString();
    }
    void readsSegmentIds()
    {
        QFETCH(QByteArray, id);
        const auto key = SegmentKey::fromSegmentId(id.toStdString());
        QTEST(key ? key->stem() : QString(), "stem");
    }

    void readsNamesOfVggSound_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QString>("stem"); // empty: it is none
        QTest::newRow("seconds") << QByteArray("glLQrEijrKg_000300") << u"YglLQrEijrKg_300_310"_s;
        QTest::newRow("the beginning") << QByteArray("l-qyJLFOVYI_000000") << u"Yl-qyJLFOVYI_0_10"_s;
        QTest::newRow("underscores in the id")
            << QByteArray("__m--O7V_1__012345") << u"Y__m--O7V_1__12345_12355"_s;
        for (const char *none : {"", "glLQrEijrKg", "glLQrEijrKg_", "glLQrEijrKg_30000", "glLQrEijrKg_00030",
                                 "glLQrEijrKg_0000300", "glLQrEijrKg_230000", "glLQrEijrKg_0003.0",
                                 "glLQrEijrKg-000300", "glLQrEijrK_0000300", "glLQrEij Kg_000300"})
            QTest::newRow(none) << QByteArray(none) << QString();
    }
    void readsNamesOfVggSound()
    {
        QFETCH(QByteArray, id);
        const auto key = SegmentKey::fromVggSoundId(id.toStdString());
        QTEST(key ? key->stem() : QString(), "stem");
    }

    void ordersAsBytes()
    {
        // AudioSet's files are in byte order: '-' < digits < capitals < '_' < small letters.
        const std::array ids{"-aaaaaaaaaa", "0aaaaaaaaaa", "Aaaaaaaaaaa", "_aaaaaaaaaa", "aaaaaaaaaaa"};
        for (std::size_t i = 1; i < ids.size(); ++i)
            QVERIFY(*YtId::parse(ids[i - 1]) < *YtId::parse(ids[i]));
    }
};

QTEST_APPLESS_MAIN(TestSegmentKey)
#include "tst_segmentkey.moc"
