#include "download/forecast.h"

#include "base/format.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace earmark::download {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Minute = 60'000, Hour = 60 * Minute, Day = 24 * Hour;

qint64 rounded(qint64 value, qint64 to)
{
    return (value + to / 2) / to * to;
}

/// No more exact than it can be known.
qint64 roughly(qint64 remainingMs)
{
    if (remainingMs >= Day)
        return rounded(remainingMs, Hour);
    return remainingMs >= Hour ? rounded(remainingMs, 5 * Minute) : rounded(remainingMs, Minute);
}

QString dayText(const QDate &day, const QDate &today)
{
    const qint64 days = today.daysTo(day);
    if (days == 0)
        return u"today"_s;
    if (days == 1)
        return u"tomorrow"_s;
    if (days < 7)
        return u"on "_s + QLocale::c().dayName(day.dayOfWeek());
    return u"on "_s + QLocale::c().toString(day, day.year() == today.year() ? u"d MMMM"_s : u"d MMMM yyyy"_s);
}

} // namespace

qint64 pacedMs(qint64 clips, int perHour)
{
    return perHour > 0 ? clips * Hour / perHour : 0;
}

QString endText(qint64 remainingMs, const QDateTime &now)
{
    if (remainingMs < Minute)
        return u"less than a minute"_s;
    const qint64 grain = remainingMs >= Day ? Hour : remainingMs >= Hour ? 10 * Minute : Minute;
    const QDateTime end = now.addMSecs(remainingMs);
    const QDateTime about = QDateTime::fromMSecsSinceEpoch(
        rounded(end.toMSecsSinceEpoch() + end.offsetFromUtc() * 1000, grain) - end.offsetFromUtc() * 1000,
        now.timeZone());
    return u"%1, done %2 about %3"_s.arg(spanText(roughly(remainingMs)), dayText(about.date(), now.date()),
                                         QLocale::c().toString(about.time(), u"HH:mm"_s));
}

QString forecastText(qint64 clips, int perHour, qint64 remainingMs, const QDateTime &now)
{
    return (clips == 1 ? u"1 clip"_s : countText(clips) + u" clips"_s) +
           (perHour > 0 ? u" at %1/h"_s.arg(countText(perHour)) : QString()) + u": "_s +
           endText(remainingMs, now);
}

} // namespace earmark::download
