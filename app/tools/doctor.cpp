#include "tools/doctor.h"

#include "base/format.h"

#include <QDir>
#include <QFileInfo>
#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStorageInfo>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>

namespace earmark::tools {

using namespace Qt::StringLiterals;
using State = ToolReport::State;
using Solver = ytdlp::SelfReport::Solver;

namespace {

constexpr int ProxyLimitMs = 3000;
/// Raw section (0.2 MB) and WAV of ten seconds, 44.1 kHz, mono (0.9 MB).
constexpr qint64 BytesPerClip = 1'100'000;
/// Less is worth a word, whatever is queued.
constexpr qint64 ScantBytes = 1'000'000'000;
/// YouTube renews the cookies of a browser that is in use, and the exported ones go stale.
constexpr qint64 FreshCookieDays = 30;
/// Videos an hour that YouTube lets a guest and an account download. Source: yt-dlp's wiki, Extractors.
constexpr int Guest = 300, Account = 2000;

/// Null when none is set.
QUrl proxyOf(const ytdlp::FetchSettings &settings)
{
    if (!settings.proxy.isEmpty())
        return QUrl(settings.proxy);
    const auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto name :
         {"https_proxy"_L1, "HTTPS_PROXY"_L1, "http_proxy"_L1, "all_proxy"_L1, "ALL_PROXY"_L1}) {
        if (const QString value = environment.value(name); !value.isEmpty())
            return QUrl(value);
    }
    return {};
}

bool answers(const QUrl &proxy)
{
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    const int usual = proxy.scheme() == "https"_L1 ? 443 : 80;
    socket.connectToHost(proxy.host(), static_cast<quint16>(proxy.port(usual)));
    return socket.waitForConnected(ProxyLimitMs);
}

qint64 freeBytesAt(const QString &folder)
{
    QDir place(QFileInfo(folder).absoluteFilePath());
    while (!place.exists() && !place.isRoot())
        place.setPath(QFileInfo(place.path()).path());
    const QStorageInfo storage(place.path());
    return storage.isValid() ? storage.bytesAvailable() : -1;
}

bool isAboutCookies(const QString &text)
{
    return text.contains("cookie"_L1, Qt::CaseInsensitive);
}

/// yt-dlp's own words, as the end of a sentence.
QString quoted(const QString &text)
{
    return text.endsWith(u'.') ? text : text + u'.';
}

void judgeYtDlp(ToolReport &report, const DoctorQuestion &question, const DoctorFacts &facts)
{
    ytdlp::FetchSettings others = question.settings; // the proxy and the cookies have lines of their own
    others.proxy.clear();
    others.cookiesFile.clear();
    if (report.state == State::Bad || (!facts.self && isAboutCookies(facts.self.error().text)))
        return;
    if (const QString problem = others.problem(); !problem.isEmpty())
        report.worsen(State::Bad, problem);
    else if (!facts.self)
        report.worsen(State::Bad, facts.self.error().text);
    else if (!facts.self->refusal.isEmpty() && !isAboutCookies(facts.self->refusal))
        report.worsen(State::Bad, u"It ends with an error: %1 Check the settings of downloads."_s.arg(
                                      quoted(facts.self->refusal)));
    else if (facts.self->version.isEmpty())
        report.worsen(State::Doubtful, u"It does not say what it has found (yt-dlp -v)."_s);
}

void judgeFfmpeg(ToolReport &report, const DoctorQuestion &question)
{
    // The one doubt there is: parts of YouTube's videos.
    if (question.tools.ffmpeg.isUsable() && !question.tools.ffmpeg.doubt.isEmpty())
        report.state = question.source.isYouTube() ? State::Bad : State::Good;
}

/// yt-dlp runs no JavaScript for this source, or is too old to.
bool needsNoSolver(const DoctorQuestion &question)
{
    return !question.source.isYouTube() || !question.tools.wantsJsRuntime();
}

void judgeRuntime(ToolReport &report, const DoctorQuestion &question, const DoctorFacts &facts)
{
    if (!question.source.isYouTube()) {
        report.state = State::Good;
        report.sentence = u"Not needed: only YouTube's videos take JavaScript."_s;
        report.fixes.clear();
    } else if (!question.tools.wantsJsRuntime() || !question.tools.ytdlp.isUsable()) {
        return;
    } else if (facts.self && facts.self->solver == Solver::NoRuntime) {
        if (question.tools.jsRuntime.isUsable()) // found, but the settings name another
            report.sentence =
                u"The settings of downloads name a runtime that is not there (JS runtime “%1”)."_s.arg(
                    question.settings.jsRuntime);
        report.state = State::Bad;
        report.sentence = u"Without one, YouTube withholds most formats from yt-dlp %1. %2"_s.arg(
            question.tools.ytdlp.version, report.sentence);
        report.fixes = {Fix::FetchDeno};
    } else if (!question.tools.jsRuntime.isUsable() && (!facts.self || facts.self->runtimes.empty())) {
        report.state = State::Bad; // yt-dlp did not say
    }
}

/// Why no solver script can be used, in yt-dlp's warnings.
QString scriptTrouble(const ytdlp::SelfReport &self)
{
    static const QRegularExpression unsupported(
        u"script version (\\S+) is not supported .*supported version: ([^)]+)\\)"_s);
    for (const QString &warning : self.warnings) {
        if (const auto found = unsupported.match(warning); found.hasMatch())
            return u"yt-dlp needs version %1 of its solver script and found %2."_s.arg(found.captured(2),
                                                                                       found.captured(1));
        if (warning.contains("Hash mismatch on challenge solver"_L1))
            return u"The solver script was changed or is damaged."_s;
    }
    return u"yt-dlp has no solver script for YouTube's JavaScript."_s;
}

ToolReport ofSolver(const DoctorQuestion &question, const DoctorFacts &facts)
{
    ToolReport report{u"Solver script"_s, u"answers YouTube's JavaScript challenges"_s};
    if (question.source.isYouTube() && !question.tools.ytdlp.isUsable()) {
        report.state = State::Doubtful;
        report.sentence = u"Not tried: there is no yt-dlp to run it."_s;
        return report;
    }
    if (needsNoSolver(question)) {
        report.sentence = question.source.isYouTube()
                              ? u"yt-dlp %1 does without one."_s.arg(question.tools.ytdlp.version)
                              : u"Not needed for this source."_s;
        return report;
    }
    const ytdlp::SelfReport self = facts.self.value_or(ytdlp::SelfReport());
    report.version = self.scriptVersion.isEmpty() ? self.ejs : self.scriptVersion;
    const bool isAllowed = std::ranges::any_of(
        self.skipped, [&self](const QString &each) { return self.allowed.contains(each); });
    switch (self.solver) {
    case Solver::Works:
        report.sentence = u"OK: it runs in %1."_s.arg(self.solverRuntime);
        break;
    case Solver::NoScript:
        if (isAllowed) {
            report.sentence =
                u"yt-dlp downloads it with the first video (%1)."_s.arg(self.allowed.join(u", "_s));
            break;
        }
        report.state = State::Bad;
        report.sentence =
            scriptTrouble(self) +
            u" YouTube withholds most formats. Let Earmark fetch the official yt-dlp, which brings "
            "the script, or allow yt-dlp to download it."_s;
        report.fixes = {Fix::UpdateYtDlp, Fix::AllowSolverScript};
        break;
    case Solver::Fails:
        report.state = State::Bad;
        report.sentence = u"It does not run in %1: %2 Let Earmark fetch deno and the official yt-dlp."_s.arg(
            self.solverRuntime, quoted(self.solverError));
        report.fixes = {Fix::FetchDeno, Fix::UpdateYtDlp};
        break;
    case Solver::NoRuntime:
        report.state = State::Doubtful;
        report.sentence = u"Not tried: there is no JavaScript runtime to run it."_s;
        break;
    case Solver::Unknown:
        report.state = report.version.isEmpty() ? State::Doubtful : State::Good;
        report.sentence = self.version.isEmpty() ? u"Not tried: yt-dlp did not answer."_s
                                                 : u"Not tried: this yt-dlp does not know how."_s;
        break;
    }
    return report;
}

ToolReport ofPoTokens(const DoctorQuestion &question, const DoctorFacts &facts)
{
    ToolReport report{u"PO tokens"_s, u"prove to YouTube that a browser asks"_s};
    const QStringList found = facts.self ? facts.self->poTokens : QStringList();
    const bool areAway =
        std::ranges::all_of(found, [](const QString &each) { return each.contains("unavailable"_L1); });
    if (!question.source.isYouTube())
        report.sentence = u"Not needed for this source."_s;
    else if (!found.isEmpty() && areAway)
        report.worsen(State::Doubtful,
                      u"The provider does not answer: start it (%1)."_s.arg(found.join(u", "_s)));
    else if (!found.isEmpty())
        report.sentence = u"OK: %1."_s.arg(found.join(u", "_s));
    else if (!question.settings.poToken.isEmpty())
        report.worsen(State::Doubtful,
                      u"The token that is set holds for one video only. Install a provider of "
                      "PO tokens for yt-dlp instead."_s);
    else
        report.sentence =
            u"No provider. Most videos download without; install one if YouTube asks for them."_s;
    return report;
}

ToolReport ofCookies(const DoctorQuestion &question, const DoctorFacts &facts)
{
    ToolReport report{u"Cookies"_s, u"log in to an account"_s};
    const ytdlp::FetchSettings &settings = question.settings;
    const CookiesAge &cookies = facts.cookies;
    const qint64 days = cookies.changed.isValid() ? cookies.changed.daysTo(facts.now) : 0;
    if (facts.self && isAboutCookies(facts.self->refusal)) {
        report.worsen(State::Bad, u"yt-dlp cannot read them: %1 Choose a file of cookies, or none."_s.arg(
                                      quoted(facts.self->refusal)));
    } else if (!settings.cookiesFromBrowser.isEmpty()) {
        report.sentence = u"OK: read from %1."_s.arg(settings.cookiesFromBrowser);
    } else if (settings.cookiesFile.isEmpty()) {
        report.sentence = u"None: downloads count as a guest's."_s;
    } else if (!cookies.changed.isValid()) {
        report.worsen(State::Bad, u"%1 cannot be read. Check the file, or choose another."_s.arg(
                                      QDir::toNativeSeparators(settings.cookiesFile)));
    } else if (!cookies.isNetscape) {
        report.worsen(State::Bad,
                      u"%1 is not in Netscape's format. Export the cookies again, as cookies.txt."_s.arg(
                          QDir::toNativeSeparators(settings.cookiesFile)));
    } else if (!question.source.isYouTube()) {
        report.sentence = u"OK."_s;
    } else if (!cookies.hasLogin) {
        report.worsen(State::Doubtful,
                      u"The file holds no login to YouTube: downloads count as a guest's. Log in "
                      "and export the cookies again."_s);
    } else if (cookies.expires.isValid() && cookies.expires <= facts.now) {
        report.worsen(State::Doubtful, u"The login expired on %1. Export the cookies again."_s.arg(
                                           cookies.expires.date().toString(Qt::ISODate)));
    } else if (days > FreshCookieDays) {
        report.worsen(State::Doubtful,
                      u"The file is %1 days old, and YouTube renews its cookies. Export them again if "
                      "downloads are refused."_s.arg(days));
    } else {
        report.sentence = u"OK: a login%1."_s.arg(
            cookies.expires.isValid() ? u", until %1"_s.arg(cookies.expires.date().toString(Qt::ISODate))
                                      : QString());
    }
    if (cookies.changed.isValid()) {
        report.age = ageText(cookies.changed.date(), facts.now.date());
        report.path = settings.cookiesFile;
        report.origin = u"chosen by you"_s;
    }
    return report;
}

ToolReport ofProxy(const DoctorQuestion &question, const DoctorFacts &facts)
{
    ToolReport report{u"Proxy"_s, u"what downloads go through"_s};
    if (const QString problem = ytdlp::FetchSettings{.proxy = question.settings.proxy}.problem();
        !problem.isEmpty())
        report.worsen(State::Bad, problem);
    else if (facts.proxy.isEmpty())
        report.sentence = u"None."_s;
    else if (facts.proxyAnswers)
        report.sentence = u"OK: %1 answers."_s.arg(facts.proxy);
    else
        report.worsen(
            State::Bad,
            u"%1 does not answer. Check the address, or download without a proxy."_s.arg(facts.proxy));
    return report;
}

ToolReport ofDisk(const DoctorQuestion &question, const DoctorFacts &facts)
{
    ToolReport report{u"Disk"_s, u"holds the clips"_s};
    const qint64 needed = question.queued * BytesPerClip;
    if (facts.freeBytes < 0) {
        report.sentence = u"Not checked: no workspace was named."_s;
        return report;
    }
    const QString room = u"%1 free, room for about %2 clips."_s.arg(
        bytesText(facts.freeBytes), countText(facts.freeBytes / BytesPerClip));
    if (needed > facts.freeBytes)
        report.worsen(State::Bad, u"%1 %2 are queued. Free some space, or choose another folder."_s.arg(
                                      room, countText(question.queued)));
    else if (facts.freeBytes < ScantBytes)
        report.worsen(State::Doubtful, room + u" Free some space."_s);
    else
        report.sentence =
            question.queued > 0 ? room + u" %1 are queued."_s.arg(countText(question.queued)) : room;
    report.path = question.folder;
    return report;
}

ToolReport ofRateLimit(const DoctorQuestion &question)
{
    ToolReport report{u"Rate limit"_s, u"keeps YouTube from blocking"_s};
    const bool isAccount =
        !question.settings.cookiesFile.isEmpty() || !question.settings.cookiesFromBrowser.isEmpty();
    const int allowed = isAccount ? Account : Guest;
    report.version = question.perHour > 0 ? u"%1 per hour"_s.arg(question.perHour) : u"none"_s;
    if (!question.source.isYouTube())
        report.sentence = question.perHour > 0 ? u"OK."_s : u"None needed for this source."_s;
    else if (question.perHour == 0 || question.perHour > allowed)
        report.worsen(State::Doubtful,
                      u"YouTube blocks more than about %1 downloads per hour."_s.arg(allowed));
    else if (isAccount)
        report.sentence = u"OK: an account may download about %1 clips per hour."_s.arg(countText(Account));
    else
        report.sentence =
            u"OK: what a guest may download. With cookies of an account, about %1 per hour."_s.arg(
                countText(Account));
    return report;
}

} // namespace

DoctorFacts examine(const DoctorQuestion &question, const std::stop_token &stop)
{
    DoctorFacts facts{ytdlp::SelfReport()};
    if (question.tools.ytdlp.isUsable())
        facts.self = ytdlp::askSelf({question.tools, question.source, {}, question.settings}, stop);
    if (!question.settings.cookiesFile.isEmpty())
        facts.cookies = cookiesAge(question.settings.cookiesFile);
    if (const QUrl proxy = proxyOf(question.settings); !proxy.host().isEmpty()) {
        facts.proxy = proxy.port() > 0 ? u"%1:%2"_s.arg(proxy.host()).arg(proxy.port()) : proxy.host();
        facts.proxyAnswers = answers(proxy);
    }
    if (!question.folder.isEmpty())
        facts.freeBytes = freeBytesAt(question.folder);
    facts.now = QDateTime::currentDateTime();
    return facts;
}

std::vector<ToolReport> diagnose(const DoctorQuestion &question, const DoctorFacts &facts)
{
    std::vector<ToolReport> reports = reportOf(question.tools, facts.now.date());
    if (question.tools.ytdlp.isUsable())
        judgeYtDlp(reports[0], question, facts);
    judgeFfmpeg(reports[1], question);
    judgeRuntime(reports[2], question, facts);
    reports.push_back(ofSolver(question, facts));
    reports.push_back(ofPoTokens(question, facts));
    reports.push_back(ofCookies(question, facts));
    reports.push_back(ofProxy(question, facts));
    reports.push_back(ofDisk(question, facts));
    reports.push_back(ofRateLimit(question));
    return reports;
}

QString firstProblem(const std::vector<ToolReport> &reports)
{
    const auto bad = std::ranges::find(reports, State::Bad, &ToolReport::state);
    return bad == reports.end() ? QString() : u"%1: %2"_s.arg(bad->name, bad->sentence);
}

} // namespace earmark::tools
