#include "base/nearest.h"

#include <algorithm>
#include <numeric>

namespace earmark {

using namespace Qt::StringLiterals;

namespace {

/// How many characters must be changed, added, left out or swapped with the next to make one text of the
/// other.
int distanceBetween(const QString &a, const QString &b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> before(width);
    std::vector<int> above(width);
    std::vector<int> row(width);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = static_cast<int>(i) + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j) + 1;
            row[at] = std::min({above[at] + 1, row[at - 1] + 1, above[at - 1] + (a[i] == b[j] ? 0 : 1)});
            if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j])
                row[at] = std::min(row[at], before[at - 2] + 1);
        }
    }
    return row.back();
}

} // namespace

std::optional<std::size_t> nearestName(const QString &typed, std::span<const QString> names)
{
    if (typed.isEmpty())
        return std::nullopt;
    // Half a name is most often the beginning of the one that is meant: of the shortest, the first.
    std::optional<std::size_t> best;
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (names[at].startsWith(typed) && (!best || names[at].size() < names[*best].size()))
            best = at;
    }
    if (best)
        return best;
    int least = 2 + static_cast<int>(typed.size()) / 4; // what is as far away is another word
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (std::abs(names[at].size() - typed.size()) >= least)
            continue;
        if (const int distance = distanceBetween(typed, names[at]); distance < least) {
            least = distance;
            best = at;
        }
    }
    return best;
}

QString guessText(const QString &typed, const std::vector<QString> &names)
{
    const auto nearest = nearestName(typed, names);
    return nearest ? u"; did you mean “%1”?"_s.arg(names[*nearest]) : QString();
}

} // namespace earmark
