#include "dataset/qualityratings.h"

#include "dataset/csvfields.h"

#include <QFile>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

Result<QualityRatings> QualityRatings::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.exists() ? ErrorCode::Unreadable : ErrorCode::NotFound,
                       u"The quality ratings %1 cannot be read: %2."_s.arg(path, file.errorString()));
    QualityRatings ratings;
    CsvFields fields;
    for (int line = 1; !file.atEnd(); ++line) {
        const std::string text = file.readLine(10'000).toStdString();
        const std::string_view content = trimmed(line == 1 ? withoutByteOrderMark(text) : text);
        const std::string_view bare =
            content.ends_with('\n') ? content.substr(0, content.size() - 1) : content;
        if (trimmed(bare).empty() || bare.starts_with('#'))
            continue;
        const bool whole = fields.split(trimmed(bare)) == CsvFields::Outcome::Whole && fields.size() >= 3;
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
                    .arg(line));
        if (rating.rated > 0)
            ratings.m_ratings.insert(bytesOf(fields[0]), rating);
    }
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

} // namespace earmark::dataset
