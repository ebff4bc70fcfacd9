#include "tools/toolreport.h"

#include "base/enumkeywords.h"
#include "base/format.h"

#include <algorithm>

namespace earmark::tools {

using namespace Qt::StringLiterals;
using State = ToolReport::State;

namespace {

/// YouTube changes every few weeks; releases follow within days.
constexpr qint64 FreshDays = 60;
constexpr auto Fine = "OK."_L1;
/// For so long, what was the newest release counts as the newest.
constexpr qint64 LookAgainDays = 14;

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
    ToolReport report{tool.name, purpose,   State::Good,      tool.version, {},
                      {},        tool.path, originText(tool), Fine};
    if (!tool.isUsable()) {
        report.state = State::Bad;
        report.sentence = tool.problem;
    } else if (!tool.doubt.isEmpty()) {
        report.state = State::Doubtful;
        report.sentence = tool.doubt;
    }
    return report;
}

/// "today", "3 days ago".
QString sinceText(const QDate &seen, const QDate &today)
{
    const qint64 days = seen.daysTo(today);
    return days <= 0 ? u"today"_s : days == 1 ? u"yesterday"_s : u"%1 days ago"_s.arg(days);
}

/// Judges by the releases that Earmark has seen, and by the calendar where it has not looked lately.
void judgeAge(ToolReport &report, const ytdlp::Tools &tools, const QDate &today)
{
    const bool isKnown = !tools.newestYtDlp.isEmpty() && tools.newestSeen.isValid();
    if (isKnown && isOlder(tools.ytdlp.version, tools.newestYtDlp)) {
        report.state = State::Doubtful;
        report.sentence =
            u"Too old: %1 is out, and YouTube changes often. Update it."_s.arg(tools.newestYtDlp);
    } else if (isKnown && tools.newestSeen.daysTo(today) <= LookAgainDays) {
        report.sentence = u"The newest release (checked %1)."_s.arg(sinceText(tools.newestSeen, today));
        if (report.released.isValid() && report.released.daysTo(today) > FreshDays)
            report.sentence += u" If YouTube refuses it, try the nightly releases."_s;
    } else if (report.released.isValid() && report.released.daysTo(today) > FreshDays) {
        report.state = State::Doubtful;
        report.sentence = u"Too old: it is %1, and YouTube changes often. Update it."_s.arg(report.age);
    }
}

ToolReport ofYtDlp(const ytdlp::Tools &tools, const QDate &today)
{
    const ytdlp::Tool &tool = tools.ytdlp;
    ToolReport report = plain(tool, u"reads YouTube"_s);
    report.released = ytdlp::releaseDate(tool.version);
    report.age = ageText(report.released, today);
    if (tool.isUsable())
        judgeAge(report, tools, today);
    if (report.state != State::Good)
        report.fixes = {Fix::UpdateYtDlp};
    const ytdlp::Tool &other = tools.pathYtDlp;
    if (tool.origin == ytdlp::Tool::Origin::Fetched && other.isUsable() && !other.version.isEmpty())
        report.sentence += u" This computer has %1 of its own (%2)."_s.arg(other.version, other.path);
    return report;
}

ToolReport ofJsRuntime(const ytdlp::Tools &tools)
{
    const ytdlp::Tool &tool = tools.jsRuntime;
    ToolReport report = plain(tool, u"runs YouTube's JavaScript for yt-dlp"_s);
    report.state = std::min(report.state, State::Doubtful);
    if (!tools.wantsJsRuntime() && tools.ytdlp.isUsable()) {
        // It asks for none, so none is missing; a newer one will.
        report.sentence = u"yt-dlp %1 does without one; %2 and newer need one."_s.arg(
            tools.ytdlp.version, ytdlp::FirstWithJsRuntimes);
        if (!tool.isUsable())
            report.sentence += u' ' + tool.problem;
    } else if (report.state == State::Good && !tools.jsRuntimeArgument().isEmpty()) {
        report.sentence =
            u"OK. Earmark tells yt-dlp to use it (--js-runtimes %1)."_s.arg(tools.jsRuntimeArgument());
    }
    if (report.state != State::Good)
        report.fixes = {Fix::FetchDeno};
    return report;
}

} // namespace

std::vector<ToolReport> reportOf(const ytdlp::Tools &tools, const QDate &today)
{
    return {ofYtDlp(tools, today), plain(tools.ffmpeg, u"fetches the sound for yt-dlp"_s),
            ofJsRuntime(tools)};
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
        return counted(days, u"day") + u" old"_s;
    // Months and years of the calendar, as one would say it.
    qint64 months = (today.year() - released.year()) * 12 + today.month() - released.month();
    if (today.day() < released.day())
        --months;
    return (months < 24 ? counted(months, u"month") : counted(months / 12, u"year")) + u" old"_s;
}

QString keyword(ToolReport::State state)
{
    constexpr std::array words{EnumKeyword{State::Good, "good"}, EnumKeyword{State::Doubtful, "doubtful"},
                               EnumKeyword{State::Bad, "bad"}};
    return keywordOf(words, state);
}

QString keyword(Fix fix)
{
    constexpr std::array words{EnumKeyword{Fix::UpdateYtDlp, "update-yt-dlp"},
                               EnumKeyword{Fix::FetchDeno, "fetch-deno"},
                               EnumKeyword{Fix::AllowSolverScript, "allow-solver-script"}};
    return keywordOf(words, fix);
}

void ToolReport::worsen(State to, const QString &why)
{
    const QString rest = sentence.startsWith(Fine) ? sentence.sliced(Fine.size()).trimmed() : sentence;
    sentence = rest.isEmpty() ? why : why + u' ' + rest;
    state = std::max(state, to);
}

} // namespace earmark::tools
