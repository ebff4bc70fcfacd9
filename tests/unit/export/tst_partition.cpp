#include "clips/seededorder.h"
#include "export/partition.h"
#include "readers/segmentfile.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;
using segments::LabelNumber;

namespace {

SegmentKey keyOf(std::uint32_t video, std::uint32_t start = 0)
{
    const std::string id = u"v%1"_s.arg(video, 10, 10, QChar(u'0')).toStdString();
    return {*YtId::parse(id), start, start + 10'000};
}

std::vector<Share> shares(const QString &text = u"80/10/10"_s)
{
    return *parseShares(text);
}

/// Clips as AudioSet's are: a class is half as frequent as the one before; some videos have several clips,
/// and some sounds come again. Only std::mt19937_64 itself is used, which is the same everywhere.
SplitClips randomClips(std::uint32_t count, std::uint32_t classes, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    SplitClips clips;
    for (std::uint32_t i = 0; i < count; ++i) {
        const bool isAnother = i > 0 && random() % 20 == 0;
        const SegmentKey key =
            isAnother ? keyOf(static_cast<std::uint32_t>(random() % i), i * 100 + 10) : keyOf(i);
        std::set<LabelNumber> labels;
        for (auto left = random() % 4; left > 0; --left) {
            std::uint32_t label = 0;
            while (label + 1 < classes && random() % 8 < 7)
                ++label;
            labels.insert(static_cast<LabelNumber>(label));
        }
        const std::vector<LabelNumber> list(labels.begin(), labels.end());
        clips.add(key, list, random() % 10 == 0 ? 1 + random() % count : 0);
    }
    return clips;
}

/// The same clips in another order, and their labels with other numbers.
SplitClips mixed(const SplitClips &clips, std::vector<std::size_t> &order)
{
    std::mt19937_64 random(7);
    order.resize(clips.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::shuffle(order, random);
    SplitClips result;
    for (const std::size_t clip : order) {
        std::vector<LabelNumber> labels;
        for (const LabelNumber label : clips.labelsOf(clip))
            labels.push_back(static_cast<LabelNumber>(clips.labelCount - 1 - label));
        std::ranges::sort(labels);
        result.add(clips.keys[clip], labels, clips.sounds[clip]);
    }
    return result;
}

} // namespace

class TestPartition final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsShares_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QList<uint>>("hundredths");
        const QStringList three{u"train"_s, u"validation"_s, u"test"_s};
        QTest::newRow("three") << u"80/10/10"_s << three << QList<uint>{8'000, 1'000, 1'000};
        QTest::newRow("decimals") << u"70.5/ 9.25 /20.25"_s << three << QList<uint>{7'050, 925, 2'025};
        QTest::newRow("two") << u"90/10"_s << QStringList{u"train"_s, u"test"_s} << QList<uint>{9'000, 1'000};
        QTest::newRow("named") << u"a=50, b_2=25,c-3=25"_s << QStringList{u"a"_s, u"b_2"_s, u"c-3"_s}
                               << QList<uint>{5'000, 2'500, 2'500};
        QTest::newRow("one") << u"all=100"_s << QStringList{u"all"_s} << QList<uint>{10'000};
    }
    void readsShares()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, names);
        QFETCH(QList<uint>, hundredths);
        const auto read = parseShares(text);
        VERIFY_OK(read);
        QCOMPARE(static_cast<qsizetype>(read->size()), names.size());
        for (qsizetype i = 0; i < names.size(); ++i) {
            QCOMPARE((*read)[static_cast<std::size_t>(i)].name, names[i]);
            QCOMPARE((*read)[static_cast<std::size_t>(i)].hundredths, hundredths[i]);
        }
    }

    void refusesShares_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("too little") << u"80/10/5"_s << u"95.00 %"_s;
        QTest::newRow("too much") << u"80/10/10.01"_s << u"100.01 %"_s;
        QTest::newRow("nothing for one") << u"90/10/0"_s << u"test gets nothing"_s;
        QTest::newRow("twice") << u"a=50,A=50"_s << u"Two parts"_s;
        QTest::newRow("a path") << u"../a=50,b=50"_s << u"cannot be called"_s;
        QTest::newRow("no name") << u"=50,b=50"_s << u"cannot be called"_s;
        QTest::newRow("four without names") << u"25/25/25/25"_s << u"is no split"_s;
        QTest::newRow("one without a name") << u"100"_s << u"is no split"_s;
        QTest::newRow("half named") << u"a=50,50"_s << u"is no split"_s;
        QTest::newRow("words") << u"most/rest"_s << u"is no split"_s;
        QTest::newRow("negative") << u"110/-10"_s << u"is no split"_s;
        QTest::newRow("empty") << QString() << u"is no split"_s;
    }
    void refusesShares()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto read = parseShares(text);
        COMPARE_ERROR(read, ErrorCode::BadInput);
        QVERIFY2(read.error().text.contains(says), qPrintable(read.error().text));
    }

    void refusesWrongSharesOfAProgram()
    {
        COMPARE_ERROR(partitionClips({}, {}, 1), ErrorCode::BadInput);
        COMPARE_ERROR(partitionClips({}, std::vector<Share>{{u"train"_s, 9'999}}, 1), ErrorCode::BadInput);
        COMPARE_ERROR(partitionClips({}, std::vector<Share>(101, {u"a"_s, 99}), 1), ErrorCode::BadInput);
    }

    void nothingIsSplitIntoEmptyParts()
    {
        const auto result = partitionClips({}, shares(), 1);
        VERIFY_OK(result);
        QVERIFY(result->partOf.empty());
        QCOMPARE(result->clips, (std::vector<std::uint32_t>{0, 0, 0}));
        QCOMPARE(
            partitionCsv(*result, shares(), {}),
            QByteArray(
                "class,clips,train_asked,train_got,validation_asked,validation_got,test_asked,test_got\n"));
    }

    void fewClipsLeavePartsEmpty_data()
    {
        QTest::addColumn<uint>("count");
        for (const uint count : {1U, 2U, 3U})
            QTest::addRow("%u", count) << count;
    }
    void fewClipsLeavePartsEmpty()
    {
        QFETCH(uint, count);
        SplitClips clips;
        for (std::uint32_t i = 0; i < count; ++i)
            clips.add(keyOf(i), std::vector<LabelNumber>{0});
        std::vector<Share> many;
        for (int i = 0; i < 10; ++i)
            many.push_back({u"p%1"_s.arg(i), 1'000});
        const auto result = partitionClips(clips, many, 1);
        VERIFY_OK(result);
        QCOMPARE(std::accumulate(result->clips.begin(), result->clips.end(), 0U), count);
        QCOMPARE(std::ranges::max(result->clips), 1U); // equal parts want them equally
    }

    void oneVideoIsInOnePart()
    {
        SplitClips clips;
        for (std::uint32_t i = 0; i < 50; ++i)
            clips.add(keyOf(1, i * 10'000), std::vector<LabelNumber>{static_cast<LabelNumber>(i % 5)});
        const auto result = partitionClips(clips, shares(), 1);
        VERIFY_OK(result);
        QCOMPARE(result->groups, std::size_t{1});
        QCOMPARE(result->clips, (std::vector<std::uint32_t>{50, 0, 0}));
    }

    void whatSoundsTheSameIsLinkedThroughOthers()
    {
        // Videos 1 and 2 share a sound, 2 and 3 another: all three are one.
        SplitClips clips;
        const std::vector<LabelNumber> dog{0};
        clips.add(keyOf(1, 0), dog, 11);
        clips.add(keyOf(2, 0), dog, 11);
        clips.add(keyOf(2, 20'000), dog, 22);
        clips.add(keyOf(3, 0), dog, 22);
        clips.add(keyOf(4, 0), dog, 0); // not known: like no other
        clips.add(keyOf(5, 0), dog, 0);
        const auto result = partitionClips(clips, shares(u"50/50"_s), 1);
        VERIFY_OK(result);
        QCOMPARE(result->groups, std::size_t{3});
        for (std::size_t clip = 1; clip < 4; ++clip)
            QCOMPARE(result->partOf[clip], result->partOf[0]);
        QVERIFY(result->partOf[4] != result->partOf[0]);
        QVERIFY(result->partOf[5] != result->partOf[0]);
    }

    void aRareClassIsInEveryPart()
    {
        SplitClips clips;
        for (std::uint32_t i = 0; i < 100; ++i)
            clips.add(keyOf(i), i < 3 ? std::vector<LabelNumber>{0, 1} : std::vector<LabelNumber>{0});
        const auto result = partitionClips(clips, shares(), 1);
        VERIFY_OK(result);
        for (const std::uint32_t got : result->ofLabel(1))
            QCOMPARE(got, 1U);
        QCOMPARE(result->ofLabel(0)[0], 80U);
        QCOMPARE(result->ofLabel(0)[1], 10U);
        QCOMPARE(result->ofLabel(0)[2], 10U);
        QCOMPARE(partitionCsv(*result, shares(), std::vector<QString>{u"Speech"_s, u"Bee, wasp, etc."_s}),
                 QByteArray(
                     "class,clips,train_asked,train_got,validation_asked,validation_got,test_asked,test_got\n"
                     "(all),100,80.00,80,10.00,10,10.00,10\n"
                     "Speech,100,80.00,80,10.00,10,10.00,10\n"
                     "\"Bee, wasp, etc.\",3,2.40,1,0.30,1,0.30,1\n"));
    }

    void propertiesHold_data()
    {
        QTest::addColumn<uint>("count");
        QTest::addColumn<uint>("classes");
        QTest::addColumn<QString>("text");
        for (const uint count : {10U, 100U, 1'000U, 20'000U}) {
            for (const QString &text : {u"80/10/10"_s, u"50/50"_s, u"a=40,b=30,c=20,d=7.5,e=2.5"_s})
                QTest::addRow("%u clips, %s", count, qPrintable(text)) << count << 40U << text;
        }
    }
    void propertiesHold()
    {
        QFETCH(uint, count);
        QFETCH(uint, classes);
        QFETCH(QString, text);
        const auto parts = shares(text);
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const SplitClips clips = randomClips(count, classes, seed);
            const auto result = partitionClips(clips, parts, seed);
            VERIFY_OK(result);

            std::map<std::string_view, std::uint8_t> ofVideo;
            std::map<std::uint64_t, std::uint8_t> ofSound;
            for (std::size_t clip = 0; clip < clips.size(); ++clip) {
                const std::uint8_t part = result->partOf[clip];
                QCOMPARE(ofVideo.try_emplace(clips.keys[clip].ytid.view(), part).first->second, part);
                if (clips.sounds[clip] != 0)
                    QCOMPARE(ofSound.try_emplace(clips.sounds[clip], part).first->second, part);
            }
            // Each class in each part within one and a half of the largest group of what was asked for, or 3
            // %.
            const ClipGroups groups = ClipGroups::of(clips, seed);
            QCOMPARE(groups.size(), result->groups);
            const double slack = 1.5 * (groups.sizes.empty() ? 0 : std::ranges::max(groups.sizes)) + 1;
            for (std::size_t label = 0; label < clips.labelCount; ++label) {
                const auto got = result->ofLabel(label);
                const double all = std::accumulate(got.begin(), got.end(), 0U);
                std::size_t holders = 0;
                for (const ClipGroups::Has &each : groups.has)
                    holders += each.label == label ? 1 : 0;
                for (std::size_t part = 0; part < parts.size(); ++part) {
                    const double asked = all * parts[part].hundredths / Share::Whole;
                    QVERIFY2(std::abs(got[part] - asked) <= std::max(slack, 0.03 * all),
                             qPrintable(u"seed %1, label %2: %3 of %4 in part %5"_s.arg(seed)
                                            .arg(label)
                                            .arg(got[part])
                                            .arg(all)
                                            .arg(part)));
                    if (holders >=
                        (count < 20'000 ? 3 : 1) * parts.size()) // of few clips, others may need each
                        QVERIFY2(got[part] > 0,
                                 qPrintable(u"seed %1, label %2, part %3"_s.arg(seed).arg(label).arg(part)));
                }
            }
            for (std::size_t part = 0; part < parts.size(); ++part) {
                const double asked = static_cast<double>(count) * parts[part].hundredths / Share::Whole;
                QVERIFY(std::abs(result->clips[part] - asked) <= std::max(2 * slack, 0.03 * count));
            }
        }
    }

    void orderAndNumbersChangeNothing()
    {
        const SplitClips clips = randomClips(5'000, 40, 3);
        std::vector<std::size_t> order;
        const SplitClips others = mixed(clips, order);
        const auto result = partitionClips(clips, shares(), 42);
        const auto other = partitionClips(others, shares(), 42);
        VERIFY_OK(result);
        VERIFY_OK(other);
        for (std::size_t i = 0; i < order.size(); ++i)
            QCOMPARE(other->partOf[i], result->partOf[order[i]]);
        const auto another = partitionClips(clips, shares(), 43);
        VERIFY_OK(another);
        QVERIFY(another->partOf != result->partOf);
    }

    void isTheSameOnEveryMachine()
    {
        QCOMPARE(seededRank(keyOf(1), 1), std::uint64_t{9'642'103'794'752'076'047U});
        const auto result = partitionClips(randomClips(40, 6, 1), shares(u"60/20/20"_s), 1);
        VERIFY_OK(result);
        QString text;
        for (const std::uint8_t part : result->partOf)
            text += QString::number(part);
        QCOMPARE(text, u"0200010111110202000100022000000200100220"_s);
    }

    /// Each of them wants the largest part, and there are enough to fill the dataset.
    void classesOfOneClipLeaveNoPartEmpty()
    {
        SplitClips clips;
        clips.labelCount = 60;
        for (segments::LabelNumber clip = 0; clip < 60; ++clip)
            clips.add(keyOf(clip), std::array{clip});
        const auto result = partitionClips(clips, shares(), 1);
        VERIFY_OK(result);
        QVERIFY(result->clips[0] <= 49);
        QVERIFY(result->clips[1] >= 5 && result->clips[2] >= 5);
    }

    /// AudioSet's own balanced split: 527 classes, the rarest with 59 clips, no video twice.
    void theBalancedSplitIsSplitEvenly()
    {
        const QString path = test::sharedData(u"balanced_train_segments.csv"_s);
        if (path.isEmpty())
            QSKIP("AudioSet's split is not here");
        const auto split = readers::readSegments(path);
        VERIFY_OK(split);
        const auto &table = split->table;
        SplitClips clips;
        for (segments::Row row = 0; row < table.size(); ++row)
            clips.add(table.key(row), table.labels(row));
        const auto result = partitionClips(clips, shares(), 1);
        VERIFY_OK(result);
        QCOMPARE(result->groups, std::size_t{22'160});
        QVERIFY2(std::abs(static_cast<int>(result->clips[0]) - 17'728) < 222, // 1 %
                 qPrintable(QString::number(result->clips[0])));
        double farthest = 0;
        for (std::size_t label = 0; label < table.labelCount(); ++label) {
            const auto got = result->ofLabel(label);
            const double all = std::accumulate(got.begin(), got.end(), 0U);
            for (std::size_t part = 0; part < got.size(); ++part) {
                QVERIFY(got[part] > 0);
                farthest = std::max(
                    farthest, std::abs(got[part] - all * shares()[part].hundredths / Share::Whole) / all);
            }
        }
        QVERIFY2(farthest < 0.15, qPrintable(QString::number(farthest)));
    }

    void canBeStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(partitionClips(randomClips(100, 10, 1), shares(), 1, stop.get_token()),
                      ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestPartition)
#include "tst_partition.moc"
