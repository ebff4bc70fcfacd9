#include "export/partition.h"
#include "readers/segmentfile.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <set>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;
using segments::LabelNumber;

namespace {

/// Iterative stratification as its paper has it (Sechidis, Tsoumakas, Vlahavas: On the Stratification of
/// Multi-Label Data, 2011, algorithm 1), over groups instead of examples: what the program's own split is
/// measured against, and nothing of it. Gives the part of each group.
std::vector<std::uint8_t> iterativeStratification(const ClipGroups &groups, std::size_t labelCount,
                                                  std::span<const Share> shares, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    const std::size_t parts = shares.size();
    const auto ratio = [&](std::size_t part) {
        return static_cast<double>(shares[part].hundredths) / Share::Whole;
    };
    std::vector<std::optional<std::uint8_t>> partOf(groups.size());
    std::vector<double> left(labelCount);
    std::vector<std::vector<ClipGroups::Group>> holders(labelCount);
    double clips = 0;
    for (ClipGroups::Group group = 0; group < groups.size(); ++group) {
        clips += groups.sizes[group];
        for (const ClipGroups::Has &each : groups.labels(group)) {
            left[each.label] += each.clips;
            holders[each.label].push_back(group);
        }
    }
    std::vector<double> desired(parts);
    std::vector<std::vector<double>> desiredOf(labelCount, std::vector<double>(parts));
    for (std::size_t part = 0; part < parts; ++part) {
        desired[part] = clips * ratio(part);
        for (std::size_t label = 0; label < labelCount; ++label)
            desiredOf[label][part] = left[label] * ratio(part);
    }
    const auto give = [&](ClipGroups::Group group, const std::vector<double> &first) {
        if (partOf[group])
            return;
        std::vector<std::uint8_t> best;
        for (std::uint8_t part = 0; part < parts; ++part) {
            const auto want = [&](std::uint8_t of) { return std::pair(first[of], desired[of]); };
            if (!best.empty() && want(part) < want(best.front()))
                continue;
            if (!best.empty() && want(part) > want(best.front()))
                best.clear();
            best.push_back(part);
        }
        const std::uint8_t part = best[random() % best.size()];
        partOf[group] = part;
        desired[part] -= groups.sizes[group];
        for (const ClipGroups::Has &each : groups.labels(group)) {
            desiredOf[each.label][part] -= each.clips;
            left[each.label] -= each.clips;
        }
    };
    for (auto &each : holders)
        std::ranges::shuffle(each, random);
    for (;;) {
        std::optional<std::size_t> rarest;
        for (std::size_t label = 0; label < labelCount; ++label) {
            if (left[label] > 0 && (!rarest || left[label] < left[*rarest]))
                rarest = label;
        }
        if (!rarest)
            break;
        for (const ClipGroups::Group group : holders[*rarest])
            give(group, desiredOf[*rarest]);
    }
    std::vector<std::uint8_t> result;
    for (ClipGroups::Group group = 0; group < groups.size(); ++group) {
        give(group, desired);
        result.push_back(*partOf[group]);
    }
    return result;
}

/// The paper's label distance: by how much the odds of a class in a part differ from its odds in all, mean of
/// all classes and parts. `partOf` is by group.
double labelDistance(const ClipGroups &groups, std::size_t labelCount, std::size_t parts,
                     std::span<const std::uint8_t> partOf)
{
    std::vector<double> sizes(parts);
    std::vector<std::vector<double>> counts(labelCount, std::vector<double>(parts));
    for (ClipGroups::Group group = 0; group < groups.size(); ++group) {
        sizes[partOf[group]] += groups.sizes[group];
        for (const ClipGroups::Has &each : groups.labels(group))
            counts[each.label][partOf[group]] += each.clips;
    }
    const double clips = std::accumulate(sizes.begin(), sizes.end(), 0.0);
    double sum = 0;
    double labels = 0;
    for (const auto &counted : counts) {
        const double all = std::accumulate(counted.begin(), counted.end(), 0.0);
        if (all == 0 || all == clips)
            continue;
        ++labels;
        for (std::size_t part = 0; part < parts; ++part) {
            const double others = std::max(sizes[part] - counted[part], 1.0); // odds without end are none
            sum += std::abs(counted[part] / others - all / (clips - all)) / static_cast<double>(parts);
        }
    }
    return labels > 0 ? sum / labels : 0;
}

using Random = std::mt19937_64;

double chance(Random &random)
{
    return static_cast<double>(random() >> 11U) * 0x1p-53;
}

SegmentKey keyOf(std::size_t video, std::uint32_t number = 0)
{
    const std::string id = u"v%1"_s.arg(video, 10, 10, QChar(u'0')).toStdString();
    return {*YtId::parse(id), number * 10'000, (number + 1) * 10'000};
}

/// 2,000 clips of 12 classes; 12 % of the videos have 2 to 6 clips, and 40 sounds come again.
SplitClips videosOfSeveralClips(std::uint64_t seed)
{
    constexpr std::array shares{.25, .2, .16, .13, .11, .09, .08, .07, .06, .05, .045, .04};
    Random random(seed);
    SplitClips clips;
    std::uint64_t sound = 1;
    for (std::size_t video = 0; clips.size() < 2'000; ++video) {
        std::set<LabelNumber> usual;
        while (usual.empty()) {
            for (LabelNumber label = 0; label < shares.size(); ++label) {
                if (chance(random) < shares[label])
                    usual.insert(label);
            }
        }
        const auto several = static_cast<std::uint32_t>(chance(random) < .12 ? 2 + random() % 5 : 1);
        for (std::uint32_t number = 0; number < several && clips.size() < 2'000; ++number) {
            std::set<LabelNumber> labels = usual;
            if (number > 0 && chance(random) < .5)
                labels.insert(static_cast<LabelNumber>(random() % shares.size()));
            const bool isCopy = clips.size() > 0 && clips.size() % 50 == 0;
            const std::uint64_t its = isCopy ? clips.sounds[random() % clips.size()] : sound++;
            clips.add(keyOf(video, number), std::vector(labels.begin(), labels.end()), its);
        }
    }
    return clips;
}

/// One clip a video, with labels as in AudioSet's balanced split: each clip was chosen for one of the
/// classes, and has more frequent ones besides.
SplitClips chosenByClass(std::size_t count, std::size_t classes, std::uint64_t seed)
{
    Random random(seed);
    SplitClips clips;
    for (std::size_t video = 0; video < count; ++video) {
        std::set<LabelNumber> labels{static_cast<LabelNumber>(random() % classes)};
        if (chance(random) < .24)
            labels.insert(0); // Speech
        if (chance(random) < .26)
            labels.insert(1);       // Music
        while (chance(random) < .5) // the more frequent the lower their numbers
            labels.insert(static_cast<LabelNumber>(std::pow(static_cast<double>(classes), chance(random))) %
                          static_cast<LabelNumber>(classes));
        clips.add(keyOf(video), std::vector(labels.begin(), labels.end()));
    }
    return clips;
}

/// The clips that have labels between two ranks by frequency, and these labels alone.
SplitClips ofRanks(const SplitClips &all, std::size_t from, std::size_t to)
{
    std::vector<std::size_t> counts(all.labelCount);
    for (const LabelNumber label : all.labels)
        ++counts[label];
    std::vector<LabelNumber> order(all.labelCount);
    std::iota(order.begin(), order.end(), LabelNumber{0});
    std::ranges::sort(order, std::greater(),
                      [&](LabelNumber label) { return std::pair(counts[label], label); });
    std::map<LabelNumber, LabelNumber> numbers;
    for (std::size_t rank = from; rank < std::min(to, order.size()); ++rank)
        numbers[order[rank]] = static_cast<LabelNumber>(rank - from);
    SplitClips some;
    for (std::size_t clip = 0; clip < all.size(); ++clip) {
        std::set<LabelNumber> labels;
        for (const LabelNumber label : all.labelsOf(clip)) {
            if (numbers.contains(label))
                labels.insert(numbers[label]);
        }
        if (!labels.empty())
            some.add(all.keys[clip], std::vector(labels.begin(), labels.end()));
    }
    return some;
}

/// AudioSet's own balanced split, where it lies beside the project.
SplitClips balanced(const QString &path)
{
    SplitClips clips;
    const auto split = readers::readSegments(path);
    for (segments::Row row = 0; split && row < split->table.size(); ++row)
        clips.add(split->table.key(row), split->table.labels(row));
    return clips;
}

/// So many of them at random.
SplitClips some(const SplitClips &all, std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::shuffle(order, random);
    SplitClips clips;
    for (std::size_t i = 0; i < std::min(count, all.size()); ++i)
        clips.add(all.keys[order[i]], all.labelsOf(order[i]));
    return clips;
}

using Make = std::function<SplitClips(std::uint64_t seed)>;

} // namespace
Q_DECLARE_METATYPE(Make)

/// Splits against an independent implementation of iterative stratification.
class TestStratification final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Label distance at most 1.2 times the paper's, mean of all seeds; parts within 1 % of the sizes asked
    /// for.
    void isAsEvenAsIterativeStratification_data()
    {
        QTest::addColumn<Make>("make");
        QTest::addColumn<int>("seeds");
        const auto row = [](const char *name, int seeds, Make make) { QTest::newRow(name) << make << seeds; };
        row("videos of several clips", 15, videosOfSeveralClips);
        const auto few = [](std::uint64_t seed) { return chosenByClass(2'000, 527, seed); };
        const auto all = [](std::uint64_t seed) { return chosenByClass(20'000, 527, seed); };
        row("2,000 clips of 527 classes", 5, few);
        row("500 clips of 527 classes", 5, [](std::uint64_t seed) { return chosenByClass(500, 527, seed); });
        row("20,000 clips of 527 classes", 3, all);
        row("the 12 most frequent classes", 5, [few](auto seed) { return ofRanks(few(seed), 0, 12); });
        row("the 50 most frequent classes", 5, [few](auto seed) { return ofRanks(few(seed), 0, 50); });
        row("the 150 most frequent classes", 5, [few](auto seed) { return ofRanks(few(seed), 0, 150); });
        row("50 middling classes", 5, [all](auto seed) { return ofRanks(all(seed), 30, 80); });
        const QString path = test::sharedData(u"balanced_train_segments.csv"_s);
        if (path.isEmpty())
            return;
        const auto real = std::make_shared<SplitClips>(balanced(path));
        row("2,000 real clips", 5, [real](auto seed) { return some(*real, 2'000, seed); });
        row("all real clips", 2, [real](auto) { return *real; });
        row("real, top 12", 5, [real](auto seed) { return some(ofRanks(*real, 0, 12), 2'000, seed); });
        row("real, top 50", 5, [real](auto seed) { return some(ofRanks(*real, 0, 50), 2'000, seed); });
        row("real, top 150", 5, [real](auto seed) { return some(ofRanks(*real, 0, 150), 2'000, seed); });
        row("real, 50 middling ones", 5, [real](auto) { return ofRanks(*real, 238, 288); });
    }
    void isAsEvenAsIterativeStratification()
    {
        QFETCH(Make, make);
        QFETCH(int, seeds);
        const auto shares = *parseShares(u"80/10/10"_s);
        double ours = 0;
        double papers = 0;
        double farthest = 0; ///< of the paper's parts from what was asked for
        for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(seeds); ++seed) {
            const SplitClips clips = make(seed);
            QVERIFY(clips.size() > 100);
            const ClipGroups groups = ClipGroups::of(clips, seed);
            const auto paper = iterativeStratification(groups, clips.labelCount, shares, seed);
            const auto split = partitionClips(clips, shares, seed);
            VERIFY_OK(split);
            std::vector<std::uint8_t> partOf(groups.size());
            for (std::size_t clip = 0; clip < clips.size(); ++clip)
                partOf[groups.ofClip[clip]] = split->partOf[clip];
            std::vector<double> paperSizes(shares.size());
            for (ClipGroups::Group group = 0; group < groups.size(); ++group)
                paperSizes[paper[group]] += groups.sizes[group];
            for (std::size_t part = 0; part < shares.size(); ++part)
                farthest = std::max(
                    farthest, std::abs(paperSizes[part] * Share::Whole /
                                           (static_cast<double>(clips.size()) * shares[part].hundredths) -
                                       1));
            papers += labelDistance(groups, clips.labelCount, shares.size(), paper);
            ours += labelDistance(groups, clips.labelCount, shares.size(), partOf);
            QCOMPARE(partitionNotes(*split, shares), QStringList());
            for (std::size_t part = 0; part < shares.size(); ++part) {
                const double asked =
                    static_cast<double>(clips.size()) * shares[part].hundredths / Share::Whole;
                QVERIFY(std::abs(split->clips[part] - asked) <= std::max(asked / 100, 1.0));
            }
        }
        qInfo("label distance %.4f, the paper's %.4f (in thousandths), ratio %.2f; its parts are up to %.1f "
              "%% off",
              1e3 * ours / seeds, 1e3 * papers / seeds, ours / papers, 100 * farthest);
        QVERIFY2(ours <= 1.2 * papers, qPrintable(QString::number(ours / papers)));
    }

    /// Where they lie says nothing of how many clips their videos have.
    void videosOfSeveralClipsAreInEveryPart()
    {
        const auto shares = *parseShares(u"80/10/10"_s);
        std::vector<double> several(shares.size());
        std::vector<double> clipsIn(shares.size());
        for (std::uint64_t seed = 1; seed <= 15; ++seed) {
            const SplitClips clips = videosOfSeveralClips(seed);
            const auto split = partitionClips(clips, shares, seed);
            VERIFY_OK(split);
            const ClipGroups groups = ClipGroups::of(clips, seed);
            for (std::size_t clip = 0; clip < clips.size(); ++clip) {
                several[split->partOf[clip]] += groups.sizes[groups.ofClip[clip]] > 1 ? 1 : 0;
                clipsIn[split->partOf[clip]] += 1;
            }
        }
        for (std::size_t part = 0; part < shares.size(); ++part) {
            const double share = several[part] / clipsIn[part];
            QVERIFY2(share > 0.25 && share < 0.5, qPrintable(QString::number(share)));
        }
    }

    /// As many classes as clips.
    void captionsAreSplitAsClips()
    {
        SplitClips clips;
        for (std::uint32_t video = 0; video < 40'000; ++video)
            clips.add(keyOf(video), std::array{static_cast<LabelNumber>(video)});
        const auto shares = *parseShares(u"80/10/10"_s);
        const auto split = partitionClips(clips, shares, 1);
        VERIFY_OK(split);
        QCOMPARE(partitionNotes(*split, shares), QStringList());
        QCOMPARE(split->groups, std::size_t{40'000});
    }

    void aPartThatCannotBeAsAskedIsNamed()
    {
        SplitClips clips;
        for (std::uint32_t number = 0; number < 50; ++number)
            clips.add(keyOf(1, number), std::vector<LabelNumber>{0});
        for (std::size_t video = 2; video < 12; ++video)
            clips.add(keyOf(video), std::vector<LabelNumber>{0});
        const auto shares = *parseShares(u"a=50,b=50"_s);
        const auto split = partitionClips(clips, shares, 1);
        VERIFY_OK(split);
        const QStringList notes = partitionNotes(*split, shares);
        QCOMPARE(notes.size(), 2);
        QVERIFY2(notes[0].startsWith(u"Part a has 50 of 60 clips instead of 30.00 (50.00 %)"_s) ||
                     notes[0].startsWith(u"Part a has 10 of 60 clips instead of 30.00 (50.00 %)"_s),
                 qPrintable(notes[0]));
        QVERIFY2(notes[0].endsWith(u"the largest of 11 groups has 50."_s), qPrintable(notes[0]));
    }
};

QTEST_GUILESS_MAIN(TestStratification)
#include "tst_stratification.moc"
