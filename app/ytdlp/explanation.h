#pragma once

#include "base/result.h"
#include "ytdlp/failureclassifier.h"

#include <stop_token>

class QIODevice;

namespace earmark::ytdlp {

/// A reason for which downloads of a log failed, and how many.
struct ExplainedFailure
{
    Diagnosis diagnosis;
    int count = 0;
};

/// What a log of yt-dlp means.
struct Explanation
{
    int downloads = 0;                      ///< that came to an end in the log
    int failed = 0;                         ///< of them
    bool isLog = false;                     ///< it holds something that yt-dlp or ffmpeg prints
    std::vector<ExplainedFailure> failures; ///< most frequent first, then in the order of the log

    /// In a sentence: what the log shows. Of one failure, its own sentence.
    QString summary() const;
    /// In lines: the summary, then each failure with its remedy, its class and the line that is its cause.
    QString text() const;
};

/// Explains the log of one or several downloads, with or without "--verbose": what yt-dlp prints, what
/// Earmark keeps of it, or either with times before each line, colours or quotation marks from a chat. `stop`
/// is asked before each download; what is known by then is given.
Explanation explain(const QString &log, const FailureClassifier &classifier,
                    const std::stop_token &stop = {});

/// A log of at most 16 MB. Errors: Unreadable, or BadInput when it is larger; `name` is for the sentence.
Result<QString> readLog(QIODevice &device, const QString &name);

/// What a class means, in plain words: "temporary: a retry may work".
QString meaningOf(FailureClass failure);

} // namespace earmark::ytdlp
