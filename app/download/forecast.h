#pragma once

#include <QDateTime>
#include <QString>

namespace earmark::download {

/// The least time, in milliseconds, that so many clips take when so many may start in an hour; 0 when there
/// is no limit.
qint64 pacedMs(qint64 clips, int perHour);

/// How long that is and when it ends, for the user: "3 days 2 h, done on Wednesday about 14:00".
QString endText(qint64 remainingMs, const QDateTime &now);
/// What is ahead, for the user: "22,160 clips at 300/h: 3 days 2 h, done on Wednesday about 14:00".
/// `perHour` 0: no limit, and nothing is said of it. `now` in the time zone of the user.
QString forecastText(qint64 clips, int perHour, qint64 remainingMs, const QDateTime &now);

} // namespace earmark::download
