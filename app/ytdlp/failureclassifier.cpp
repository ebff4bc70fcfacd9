#include "ytdlp/failureclassifier.h"

#include "ytdlp/logparts.h"

#include <algorithm>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A warning without a named consequence is about one of the ways to a video, not about the video.
bool mayComeFromWarning(const FailureRule &rule)
{
    return rule.failure == FailureClass::RateLimit || rule.failure == FailureClass::Transient ||
           rule.failure == FailureClass::Environment || rule.failure == FailureClass::Unknown;
}

/// Of consequences: whether other trouble than that which names it may be its cause.
bool isOpen(const FailureRule &consequence)
{
    return consequence.failure == FailureClass::Transient || consequence.failure == FailureClass::Unknown;
}

/// "[youtube] -0RWZT-miFs: " of a warning or an error about one video; empty when it names none.
QString videoIn(const QString &line)
{
    static const QRegularExpression head(u"^(?:ERROR|WARNING): (\\[[\\w:+.-]+\\] [\\w-]+: )"_s);
    return head.match(line).captured(1);
}

constexpr auto CookiesKind = "cookies"_L1; ///< errors that cookies cure

} // namespace

FailureClassifier::FailureClassifier(std::vector<FailureRule> own)
    : m_rules(std::move(own))
    , m_ownCount(m_rules.size())
{
    const auto &builtIn = builtInFailureRules();
    m_rules.insert(m_rules.end(), builtIn.begin(), builtIn.end());
}

FailureClassifier::Found FailureClassifier::find(const QStringList &lines, const Condition &mayDecide) const
{
    const QString text = plainText(lines.join(u'\n'));
    const QString trusted = ownWords(text);
    for (const FailureRule &rule : m_rules) {
        const bool isForServers = rule.failure != FailureClass::Environment || isOwn(rule);
        if (!mayDecide(rule) || !rule.matches(isForServers ? text : trusted))
            continue;
        const auto line = std::ranges::find_if(lines, [&](const QString &each) {
            const QString plain = plainText(each);
            return rule.matches(isForServers ? plain : ownWords(plain));
        });
        return {&rule, line == lines.end() ? lines.first() : *line};
    }
    return {};
}

FailureClassifier::Found FailureClassifier::findCause(const LogParts &parts,
                                                      const FailureRule *consequence) const
{
    const bool isUnknownError = consequence == nullptr && !parts.errors.isEmpty();
    const auto isCause = [](const FailureRule &rule) { return rule.follows.isEmpty(); };
    if (consequence == nullptr || isOpen(*consequence)) {
        if (Found found = find(parts.others, isCause); found.rule != nullptr)
            return found;
    }
    const auto named = [&](const FailureRule &rule) {
        return consequence != nullptr && rule.explains.contains(consequence->follows);
    };
    const auto unnamed = [&](const FailureRule &rule) {
        return isCause(rule) && rule.explains.isEmpty() && mayComeFromWarning(rule);
    };
    Found found = find(parts.warnings, named);
    if (found.rule == nullptr && (consequence != nullptr ? isOpen(*consequence) : !isUnknownError))
        found = find(parts.warnings, unnamed);
    if (found.rule == nullptr && isUnknownError) {
        // A refusal of the address concerns every video. All else may stand beside an error without being
        // its cause, unless the user says so.
        found = find(parts.warnings, [&](const FailureRule &rule) {
            return unnamed(rule) && (isOwn(rule) || rule.failure == FailureClass::RateLimit);
        });
    }
    return found;
}

Diagnosis FailureClassifier::classify(const QStringList &lines, const QStringList &standing) const
{
    LogParts parts = LogParts::of(lines);
    for (const QString &line : standing) {
        const auto isOfVideo = [video = videoIn(line)](const QString &each) { return each.contains(video); };
        if (holds(line) == FailureRule::Holds::ForProcess || std::ranges::any_of(lines, isOfVideo))
            parts.warnings += line;
    }
    Found found = find(parts.errors, [](const FailureRule &rule) { return rule.follows.isEmpty(); });
    const FailureRule *excuse = nullptr; // why the cookies did not cure it
    if (found.rule != nullptr && found.rule->help == Remedy::Cookies) {
        excuse = find(parts.warnings, [](const FailureRule &rule) {
                     return rule.explains.contains(CookiesKind);
                 }).rule;
    }
    if (found.rule == nullptr) {
        const Found consequence =
            find(parts.errors, [](const FailureRule &rule) { return !rule.follows.isEmpty(); });
        found = findCause(parts, consequence.rule);
        if (found.rule == nullptr)
            found = consequence;
    }
    if (const FailureRule *rule = found.rule) {
        const FailureRule &said = excuse != nullptr ? *excuse : *rule;
        const bool isLater = rule->failure == FailureClass::Later;
        const QString all = (parts.errors + parts.others + parts.warnings).join(u'\n');
        return {rule->failure, said.sentence, said.help, isLater ? timeUntilShown(all) : 0min,
                said.remedy,   found.line};
    }
    // Without an error of yt-dlp's: the exception that ended it.
    static const QRegularExpression exception(u"^[\\w.]+(Error|Exception|Interrupt)\\b"_s);
    const QString said =
        !parts.errors.isEmpty() ? parts.errors.first() : parts.others.filter(exception).value(0);
    if (said.isEmpty())
        return {FailureClass::Unknown, u"yt-dlp gave no file and no reason."_s, Remedy::None, 0min,
                u"Read the log of the download."_s};
    return {FailureClass::Unknown,
            u"yt-dlp reports: %1"_s.arg(withoutParticulars(said)),
            Remedy::None,
            0min,
            {},
            said};
}

FailureRule::Holds FailureClassifier::holds(const QString &line) const
{
    using Holds = FailureRule::Holds;
    const LogParts parts = LogParts::of({line});
    if (parts.warnings.isEmpty())
        return Holds::Once;
    const Found found =
        find(parts.warnings, [](const FailureRule &rule) { return rule.holds != Holds::Once; });
    if (found.rule == nullptr || (found.rule->holds == Holds::ForVideo && videoIn(line).isEmpty()))
        return Holds::Once;
    return found.rule->holds;
}

bool FailureClassifier::isStanding(const QString &line) const
{
    return holds(line) != FailureRule::Holds::Once;
}

std::chrono::minutes timeUntilShown(const QString &text)
{
    static const QRegularExpression span(u"\\bin (\\d{1,3}) (minute|hour|day|week|month)s?\\b"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression moment(u"in a few moments|shortly"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    constexpr auto Shown = 1h; // it must have ended before a section of it can be had
    const auto found = span.match(text);
    if (!found.hasMatch())
        return moment.match(text).hasMatch() ? Shown : std::chrono::minutes(24h);
    const QString unit = found.captured(2).toLower();
    const auto length = unit == "minute"_L1 ? 1min
                        : unit == "hour"_L1 ? std::chrono::minutes(1h)
                        : unit == "day"_L1  ? std::chrono::minutes(24h)
                        : unit == "week"_L1 ? std::chrono::minutes(24h * 7)
                                            : std::chrono::minutes(24h * 30);
    return found.captured(1).toInt() * length + Shown;
}

} // namespace earmark::ytdlp
