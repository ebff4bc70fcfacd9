#include "tools/toolreport.h"

namespace earmark::tools {

using namespace Qt::StringLiterals;
using State = ToolReport::State;

namespace {

/// YouTube changes every few weeks; releases follow within days.
constexpr qint64 FreshDays = 60;

QString counted(qint64 count, const QString &unit)
{
    return count == 1 ? u"1 %1 old"_s.arg(unit) : u"%1 %2s old"_s.arg(count).arg(unit);
}

QString originText(const ytdlp::Tool &tool)
{
    if (tool.path.isEmpty())
        return {};
    switch (tool.origin) {
    case ytdlp::Tool::Origin::Chosen:
        return u"chosen by you"_s;
    case ytdlp::Tool::Origin::Fetched:
        return u"fetched by Earmark"_s;
    case ytdlp::Tool::Origin::Path:
        break;
    }
    return u"on PATH"_s;
}

ToolReport plain(const ytdlp::Tool &tool, const QString &purpose)
{
    return {tool.name,
            purpose,
            tool.isUsable() ? State::Good : State::Bad,
            tool.version,
            {},
            {},
            tool.path,
            originText(tool),
            tool.problem};
}

ToolReport ofYtDlp(const ytdlp::Tools &tools, const QDate &today)
{
    const ytdlp::Tool &tool = tools.ytdlp;
    ToolReport report = plain(tool, u"reads YouTube"_s);
    report.released = ytdlp::releaseDate(tool.version);
    report.age = ageText(report.released, today);
    if (!tool.isUsable())
        return report;
    if (report.released.isValid() && report.released.daysTo(today) > FreshDays) {
        report.state = State::Doubtful;
        report.sentence = u"It is %1, and YouTube changes often: update it."_s.arg(report.age);
    } else {
        report.sentence = u"It will do."_s;
    }
    const ytdlp::Tool &other = tools.pathYtDlp;
    if (tool.origin == ytdlp::Tool::Origin::Fetched && other.isUsable() && !other.version.isEmpty())
        report.sentence += u" This computer has %1 of its own (%2)."_s.arg(other.version, other.path);
    return report;
}

ToolReport ofFfmpeg(const ytdlp::Tool &tool)
{
    ToolReport report = plain(tool, u"fetches the sound for yt-dlp"_s);
    if (tool.isUsable())
        report.sentence = u"It will do."_s;
    return report;
}

ToolReport ofJsRuntime(const ytdlp::Tools &tools)
{
    const ytdlp::Tool &tool = tools.jsRuntime;
    ToolReport report = plain(tool, u"runs YouTube's JavaScript for yt-dlp"_s);
    if (!tools.wantsJsRuntime() && tools.ytdlp.isUsable()) {
        // It asks for none, so none is missing; a newer one will.
        const QString later = u"yt-dlp %1 does without one; from %2 on it wants one."_s.arg(
            tools.ytdlp.version, ytdlp::FirstWithJsRuntimes);
        report.state = tool.isUsable() ? State::Good : State::Doubtful;
        report.sentence = tool.isUsable() ? later : later + u' ' + tool.problem;
    } else if (!tool.isUsable()) {
        report.state = State::Doubtful;
    } else {
        report.sentence = tools.jsRuntimeArgument().isEmpty()
                              ? u"It will do; yt-dlp takes it by itself."_s
                              : u"It will do; Earmark tells yt-dlp to use it (--js-runtimes %1)."_s.arg(
                                    tools.jsRuntimeArgument());
    }
    return report;
}

} // namespace

std::vector<ToolReport> reportOf(const ytdlp::Tools &tools, const QDate &today)
{
    return {ofYtDlp(tools, today), ofFfmpeg(tools.ffmpeg), ofJsRuntime(tools)};
}

QString ageWarning(const ytdlp::Tools &tools, const QDate &today)
{
    const ToolReport report = ofYtDlp(tools, today);
    return report.state == State::Doubtful
               ? u"yt-dlp %1 is %2; YouTube will probably refuse it."_s.arg(report.version, report.age)
               : QString();
}

QString ageText(const QDate &released, const QDate &today)
{
    if (!released.isValid())
        return {};
    const qint64 days = released.daysTo(today);
    if (days <= 0) // a release of tomorrow: another time zone
        return u"of today"_s;
    if (days < 62) // two months at most
        return counted(days, u"day"_s);
    // Months and years of the calendar, as one would say it.
    qint64 months = (today.year() - released.year()) * 12 + today.month() - released.month();
    if (today.day() < released.day())
        --months;
    return months < 24 ? counted(months, u"month"_s) : counted(months / 12, u"year"_s);
}

QString word(ToolReport::State state)
{
    switch (state) {
    case State::Good:
        return u"good"_s;
    case State::Doubtful:
        return u"doubtful"_s;
    case State::Bad:
        break;
    }
    return u"bad"_s;
}

} // namespace earmark::tools
