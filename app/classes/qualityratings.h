#pragma once

#include "base/result.h"

#include <QHash>
#include <QString>

#include <optional>
#include <stop_token>

namespace earmark::classes {

/// How far AudioSet's labels can be trusted: of each class some segments were listened to again, and for how
/// many of them the label was right. Source: AudioSet's qa_true_counts.csv (mid, how many rated, how many
/// true).
class QualityRatings final
{
public:
    struct Rating
    {
        int rated = 0; ///< segments that were listened to again, at least 1
        int right = 0; ///< of these, how many do have the sound; at most `rated`
    };

    /// Reads "mid,num_rated,num_true" with or without header. A line that is anything else, and more than
    /// 65,535 classes, is an error that names it. Cancelled besides.
    static Result<QualityRatings> read(const QString &path, std::stop_token stop = {});

    /// 0 to 1; nothing for a class that was not rated.
    std::optional<double> quality(QByteArrayView mid) const;
    qsizetype size() const { return m_ratings.size(); }
    bool isEmpty() const { return m_ratings.isEmpty(); }

private:
    QHash<QByteArray, Rating> m_ratings;
};

} // namespace earmark::classes
