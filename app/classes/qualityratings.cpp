#include "classes/qualityratings.h"

#include "base/csvfields.h"
#include "base/format.h"
#include "base/linesource.h"
#include "classes/labelmap.h"

#include <utility>

namespace earmark::classes {

using namespace Qt::StringLiterals;

Result<QualityRatings> QualityRatings::read(const QString &path, std::stop_token stop)
{
    LineSource source(path, std::move(stop));
    QualityRatings ratings;
    CsvFields fields;
    while (source.next()) {
        const std::string_view content = trimmed(source.line());
        if (!source.isTooLong() && (content.empty() || content.starts_with('#')))
            continue;
        const bool whole = fields.split(content) == CsvFields::Outcome::Whole && fields.size() >= 3;
        if (whole && ratings.isEmpty() && !fields[0].starts_with('/'))
            continue; // the header
        bool isRated = false;
        bool isRight = false;
        Rating rating;
        if (whole) {
            rating.rated = bytesOf(fields[1]).toInt(&isRated);
            rating.right = bytesOf(fields[2]).toInt(&isRight);
        }
        if (!whole || !fields[0].starts_with('/') || !isRated || !isRight || rating.rated < 0 ||
            rating.right < 0 || rating.right > rating.rated)
            return failure(
                ErrorCode::BadInput,
                u"%1, line %2: expected a class, how many were rated and how many of these were right, such as /m/09x0r,100,97."_s
                    .arg(path)
                    .arg(source.number()));
        if (rating.rated > 0)
            ratings.m_ratings.insert(bytesOf(fields[0]), rating);
        if (std::cmp_greater(ratings.size(), LabelMap::MostClasses))
            return failure(ErrorCode::BadInput,
                           u"%1, line %2: more than %3 classes, which is the limit."_s.arg(
                               path, QString::number(source.number()), countText(LabelMap::MostClasses)));
    }
    if (!source.outcome())
        return tl::unexpected(source.outcome().error());
    if (ratings.isEmpty())
        return failure(ErrorCode::BadInput,
                       u"%1 holds no rating; expected lines like /m/09x0r,100,97."_s.arg(path));
    return ratings;
}

std::optional<double> QualityRatings::quality(QByteArrayView mid) const
{
    const auto found = m_ratings.constFind(mid.toByteArray());
    if (found == m_ratings.cend())
        return std::nullopt;
    return static_cast<double>(found->right) / found->rated;
}

} // namespace earmark::classes
