#pragma once

#include "clips/clipstate.h"
#include "clips/segmentkey.h"
#include "ytdlp/failurerules.h"
#include "ytdlp/workeroptions.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace earmark::ytdlp {

/// What came of one download.
struct FetchOutcome
{
    SegmentKey key;
    QString file; ///< the raw section: a regular file directly in the worker's folder, to be moved away at
                  ///< once; empty when it failed
    QString formatId; ///< yt-dlp's name of the format
    FailureClass failure = FailureClass::None;
    QString reason;                ///< a sentence for the user; empty when it worked
    Remedy help = Remedy::None;    ///< what the user can do about it
    std::chrono::minutes later{0}; ///< for Later: how long to wait before the next try
    double sourceDuration = 0;     ///< seconds, as the source states it; 0 when it does not
    /// Of an Environment: Earmark has seen it itself, while others are read in what yt-dlp printed.
    bool isOwnFinding = false;
    QString log; ///< the last lines that yt-dlp and ffmpeg printed for this job

    bool isOk() const { return failure == FailureClass::None; }
};

/// One long-lived yt-dlp process that is given one job after the other. Lives in the thread that made it,
/// which must last as long as the program (the kernel ends the process when that thread ends).
class Worker final : public QObject
{
    Q_OBJECT

public:
    explicit Worker(WorkerOptions options, QObject *parent = nullptr);
    /// Ends the process and everything it started, at once.
    ~Worker() override;

    bool isBusy() const;
    /// Fetches a segment with a second of room on each side. Starts the process if it does not run.
    /// Only when not busy. Always answered by finished(), unless cancelled.
    void fetch(const SegmentKey &key);
    /// Ends the job that runs, with all its processes; no finished() follows. The next fetch() starts anew.
    void cancel();
    /// The last lines that yt-dlp and ffmpeg printed for the job that runs, passwords and tokens blotted out.
    QStringList log() const;

Q_SIGNALS:
    /// How far this download is, 0 to 1, never going back; and its speed so far in bytes a second, 0 while
    /// nothing has come.
    void progressed(const earmark::SegmentKey &key, double fraction, double bytesPerSecond);
    void finished(const earmark::ytdlp::FetchOutcome &outcome);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace earmark::ytdlp
