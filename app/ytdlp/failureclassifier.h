#pragma once

#include "ytdlp/failurerules.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace earmark::ytdlp {

struct LogParts;

/// What a job's output says about why it failed.
struct Diagnosis
{
    FailureClass failure = FailureClass::Unknown;
    QString sentence; ///< what happened, for the user; the same text for the same cause
    Remedy help = Remedy::None;
    std::chrono::minutes later{0}; ///< for Later: how long to wait, as far as the site said
    QString remedy{};              ///< what to do about it, for the user; may be empty
    QString cause{};               ///< the line that decided; empty when none did

    /// Sentence and remedy.
    QString text() const { return remedy.isEmpty() ? sentence : sentence + u' ' + remedy; }
};

/// Finds the cause of a failure in what yt-dlp and ffmpeg printed. In each place the first rule that matches
/// decides, the user's before Earmark's:
/// 1. an error that explains itself;
/// 2. what ffmpeg said, for "ffmpeg exited with code" carries no cause;
/// 3. a warning, when the error is only a consequence ("Requested format is not available") or there is none.
///    A rule that says which consequences it explains goes first. The others must not make a failure final:
///    that one way to a video fails does not mean that it has gone.
/// A consequence without a cause decides itself, and an error that no rule knows keeps its own text. Rules
/// for this computer (environment) are not matched against words of a server, except the user's own.
class FailureClassifier final
{
public:
    explicit FailureClassifier(std::vector<FailureRule> own = {});

    /// `lines`: those of one job, in their order, each as yt-dlp printed it. `standing`: what isStanding()
    /// found among the lines of the process's former jobs; of those about one video, what names this job's.
    Diagnosis classify(const QStringList &lines, const QStringList &standing = {}) const;
    /// Whether the line is a warning that yt-dlp prints once in a process, for all or for one video, and that
    /// holds for later jobs.
    bool isStanding(const QString &line) const;

private:
    struct Found
    {
        const FailureRule *rule = nullptr;
        QString line;
    };
    using Condition = std::function<bool(const FailureRule &rule)>;

    Found find(const QStringList &lines, const Condition &mayDecide) const;
    /// For what a line holds beside the job that printed it.
    FailureRule::Holds holds(const QString &line) const;
    Found findCause(const LogParts &parts, const FailureRule *consequence) const;
    bool isOwn(const FailureRule &rule) const { return &rule < m_rules.data() + m_ownCount; }

    std::vector<FailureRule> m_rules; ///< the user's first
    std::size_t m_ownCount;
};

/// "Premieres in 27 hours", "will begin in 3 days": how long that is, with some time for it to have ended. A
/// day when the text does not say. Source of the texts: YouTube's playability status.
std::chrono::minutes timeUntilShown(const QString &text);

} // namespace earmark::ytdlp
