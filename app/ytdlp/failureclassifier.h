#pragma once

#include "base/clipstate.h"

#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <vector>

namespace earmark::ytdlp {

/// What a job's output says about why it failed.
struct Diagnosis
{
    FailureClass failure = FailureClass::Unknown;
    QString sentence; ///< for the person: what happened and what to do; the same text for the same cause
};

/// Finds the cause of a failure in what yt-dlp and ffmpeg printed, by the rules in
/// resources/failurerules.json. The first rule that matches decides. In this order: rate limits in any line;
/// the other rules in the error and in what ffmpeg said; the other rules in any line (warnings are often
/// there without being the cause).
class FailureClassifier final
{
public:
    FailureClassifier();
    /// The lines of one job, in their order, each as yt-dlp printed it.
    Diagnosis classify(const QStringList &lines) const;

private:
    struct Rule
    {
        FailureClass failure;
        QString sentence;
        QStringList texts; ///< lower case
        std::vector<QRegularExpression> expressions;
    };
    const Rule *find(const QString &text, bool rateLimits) const;

    std::vector<Rule> m_rules;
};

} // namespace earmark::ytdlp
