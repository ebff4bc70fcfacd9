#include "ytdlp/failureclassifier.h"

#include <algorithm>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A warning is about one of the ways to a video: that its page was not found does not mean that it has gone.
bool mayComeFromWarning(FailureClass failure)
{
    return failure == FailureClass::Transient || failure == FailureClass::Environment ||
           failure == FailureClass::Unknown;
}

} // namespace

FailureClassifier::FailureClassifier(std::vector<FailureRule> own)
    : m_rules(std::move(own))
{
    const auto &builtIn = builtInFailureRules();
    m_rules.insert(m_rules.end(), builtIn.begin(), builtIn.end());
}

const FailureRule *FailureClassifier::find(const QStringList &lines, bool (*mayDecide)(FailureClass)) const
{
    const QString text = plainText(lines.join(u'\n'));
    const auto rule = std::ranges::find_if(
        m_rules, [&](const FailureRule &each) { return mayDecide(each.failure) && each.matches(text); });
    return rule == m_rules.end() ? nullptr : &*rule;
}

Diagnosis FailureClassifier::classify(const QStringList &lines) const
{
    QStringList said, errors, others, warnings;
    bool isError = false;
    for (const QString &line : lines) {
        // yt-dlp's status lines hold titles and addresses, which may say anything.
        const bool isStatus = line.startsWith(u'[') &&
                              (line.startsWith("[download]"_L1) || line.startsWith("[info]"_L1) ||
                               line.startsWith("[MoveFiles]"_L1) || line.startsWith("[youtube]"_L1) ||
                               line.startsWith("[generic]"_L1) || line.contains("] Extracting URL: "_L1));
        if (isStatus) {
            isError = false;
            continue;
        }
        said += line;
        const bool isOther = !line.startsWith("ERROR: "_L1) && !line.startsWith("WARNING: "_L1);
        // What follows an error belongs to it: YouTube's reasons have several lines.
        isError = line.startsWith("ERROR: "_L1) || (isError && isOther);
        if (isError)
            errors += line;
        else
            (isOther ? others : warnings) += line;
    }
    const FailureRule *rule =
        find(said, [](FailureClass failure) { return failure == FailureClass::RateLimit; });
    for (const QStringList *place : {&errors, &others}) {
        if (rule == nullptr)
            rule = find(*place, [](FailureClass failure) { return failure != FailureClass::RateLimit; });
    }
    if (rule == nullptr)
        rule = find(warnings, mayComeFromWarning);
    if (rule != nullptr) {
        const bool isLater = rule->failure == FailureClass::Later;
        return {rule->failure, rule->sentence, rule->help, isLater ? timeUntilShown(said.join(u'\n')) : 0min};
    }
    if (errors.isEmpty())
        return {FailureClass::Unknown, u"yt-dlp gave no file and no reason. Its log may say more."_s};
    return {FailureClass::Unknown, u"yt-dlp reports: %1"_s.arg(errors.first().sliced(7).trimmed().left(300))};
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
