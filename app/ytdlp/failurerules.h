#pragma once

#include "base/result.h"
#include "clips/clipstate.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <vector>

namespace earmark::ytdlp {

/// What the user can do about a failure, for a button beside the sentence.
enum class Remedy {
    None,
    Tools,   ///< install or update yt-dlp, ffmpeg or a JavaScript runtime
    Cookies, ///< give the cookies of an account
    Proxy,   ///< give another proxy
    Folder,  ///< make room in the workspace's folder, or make it writable
    Network, ///< look after the connection to the internet
};

/// The word of the rules' files and of JSON: "tools", "cookies"; empty for None.
QLatin1StringView keyword(Remedy help);

/// One cause of failures: the texts by which it is known, and what it means.
struct FailureRule
{
    FailureClass failure = FailureClass::Unknown;
    QString sentence; ///< what happened, for the user
    QString remedy;   ///< what to do about it, for the user; may be empty
    Remedy help = Remedy::None;
    QString follows;      ///< not empty: no cause but a consequence, of this kind; see FailureClassifier
    QStringList explains; ///< kinds of consequences of which a warning with this text names the cause
    /// For what else a text holds that yt-dlp prints once in a process.
    enum class Holds {
        Once,      ///< for nothing else
        ForVideo,  ///< for later jobs of the video that the line names
        ForProcess ///< for all later jobs
    };
    Holds holds = Holds::Once;
    QStringList texts; ///< lower case; one of them somewhere in the output is enough
    std::vector<QRegularExpression> expressions; ///< the same, matched against lower case

    bool matches(const QString &plainText) const;
};

/// Reads rules: a JSON list of {"class", "patterns", "sentence", "remedy", "help", "follows", "explains",
/// "once"}, all but the first three optional; "once" is true (for the process) or "video". A pattern between
/// slashes is a regular expression, another a text; case does not matter. Errors: BadInput, with the name of
/// the file and the line of the wrong rule.
Result<std::vector<FailureRule>> parseFailureRules(const QByteArray &json, const QString &fileName);

/// The rules that Earmark comes with.
const std::vector<FailureRule> &builtInFailureRules();

/// Where the user may put further rules: failurerules.json in Earmark's configuration folder.
QString ownFailureRulesPath();
/// The user's rules; none when the file does not exist. Errors: Unreadable, and as parseFailureRules().
Result<std::vector<FailureRule>> readOwnFailureRules(const QString &path = ownFailureRulesPath());

/// The text that rules are matched against: lower case, and with plain apostrophes.
QString plainText(const QString &text);

} // namespace earmark::ytdlp
