#pragma once

#include "segments/segmenttable.h"

#include <span>
#include <stop_token>
#include <vector>

namespace earmark::segments {

/// What one class got of a sample.
struct ClassOutcome
{
    QByteArray mid;
    Row asked = 0;
    Row got = 0;       ///< chosen rows that have it; more than asked when other classes brought them
    Row available = 0; ///< rows that have it among those that could be chosen

    /// Why it got fewer than asked, "only 59 segments have it"; empty when it did not.
    QString reason() const;
    bool operator==(const ClassOutcome &) const = default;
};

struct Sample
{
    std::vector<Row> rows;             ///< ascending
    std::vector<ClassOutcome> classes; ///< rarest first
};

/// `count` rows for each class, out of `found` (ascending). The rarest class is served first, and what it
/// gets counts for all others: a segment with several labels is chosen once, and none is chosen that no class
/// needs. Which ones is decided by the seed and by the segments themselves: the same on every machine and in
/// whatever order the file has them. A class that the table does not know gets nothing. Two passes over the
/// rows. Nothing of worth comes of it when it is stopped.
Sample samplePerClass(const SegmentTable &table, std::span<const Row> found,
                      std::span<const QByteArray> classes, Row count, std::uint64_t seed,
                      const std::stop_token &stop = {});

/// `count` rows of `found`, or all when it has fewer, ascending. The same seed with a larger `count` gives
/// these and more. Nothing of worth comes of it when it is stopped.
std::vector<Row> sampleAtRandom(const SegmentTable &table, std::span<const Row> found, Row count,
                                std::uint64_t seed, const std::stop_token &stop = {});

/// How segments were chosen, for a dataset's card: "label:Dog, 20 for each class, seed 7". At most one of the
/// two numbers is not 0; an empty query finds all.
QString choiceText(const QString &query, Row perClass, Row random, std::uint64_t seed);

/// The classes that a query asks for (`sought`, of Filter::soughtLabels()); those of the rows found when it
/// asks for none.
std::vector<QByteArray> classesToSample(const SegmentTable &table, std::span<const Row> found,
                                        const std::vector<bool> &sought);

} // namespace earmark::segments
