#pragma once

#include "ytdlp/failurerules.h"

#include <QStringList>

#include <chrono>
#include <vector>

namespace earmark::ytdlp {

/// What a job's output says about why it failed.
struct Diagnosis
{
    FailureClass failure = FailureClass::Unknown;
    QString sentence; ///< for the person: what happened and what to do; the same text for the same cause
    Help help = Help::None;
    std::chrono::minutes later{0}; ///< for Later: how long to wait, as far as the site said
};

/// Finds the cause of a failure in what yt-dlp and ffmpeg printed. The first rule that matches decides, the
/// person's before Earmark's. Where it is looked for, in this order: rate limits in any line (the cause of a
/// failed extraction is often only in a warning); then the other rules in yt-dlp's errors; in what ffmpeg
/// said, for "ffmpeg exited with code" carries no cause; in warnings, which are often there without being the
/// cause: they make no failure final.
class FailureClassifier final
{
public:
    explicit FailureClassifier(std::vector<FailureRule> own = {});
    /// The lines of one job, in their order, each as yt-dlp printed it.
    Diagnosis classify(const QStringList &lines) const;

private:
    const FailureRule *find(const QStringList &lines, bool (*mayDecide)(FailureClass)) const;

    std::vector<FailureRule> m_rules;
};

/// "Premieres in 27 hours", "will begin in 3 days": how long that is, with some time for it to have ended. A
/// day when the text does not say. Source of the texts: YouTube's playability status.
std::chrono::minutes timeUntilShown(const QString &text);

} // namespace earmark::ytdlp
