#pragma once

#include <QDateTime>
#include <QString>

namespace earmark::download {

/// The minimum time, in milliseconds, for `clips` downloads at `perHour` starts per hour; 0 when there
/// is no limit.
qint64 pacedMs(qint64 clips, int perHour);

/// How long that is and when it ends, for the user: "3 days 2 h, done about 14:00 on Wednesday".
QString endText(qint64 remainingMs, const QDateTime &now);
/// A forecast for the user: "22,160 clips at 300/h: 3 days 2 h, done about 14:00 on Wednesday". `perHour` 0:
/// no limit, which is not mentioned. `now` in the time zone of the user.
QString forecastText(qint64 clips, int perHour, qint64 remainingMs, const QDateTime &now);

} // namespace earmark::download
