#pragma once

#include "clips/clipstate.h"
#include "clips/segmentkey.h"

#include <QDateTime>
#include <QString>
#include <QThreadPool>

#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace earmark::download {

/// What yt-dlp and ffmpeg printed for one download.
struct JobLog
{
    SegmentKey key;
    QString title; ///< "Yabcdefghijk_30_40 2026-11-23 14:05:07.123 try 2 transient: It broke off."
    QString text;  ///< lines

    bool operator==(const JobLog &) const = default;
};

/// Logs of downloads. The last ones are kept in memory; those of failed downloads in the workspace as well,
/// in logs/failures.log, which becomes failures.1.log, in place of the former one, when it has grown to its
/// limit: of the last failures there are always some tens of thousands, and never more than twice the limit
/// on disk. They are readable by this user alone. A log that cannot be written is no reason to stop: it is in
/// memory still.
class JobLogs final
{
public:
    static constexpr qint64 FileLimit = 16'000'000; ///< bytes
    static constexpr std::size_t MostInMemory = 100;

    /// `folder`: where the files are; made when there is something to write.
    explicit JobLogs(QString folder, qint64 fileLimit = FileLimit);
    /// Waits until everything is written.
    ~JobLogs();

    /// `failure` None: it worked. Without passwords, see Worker::log().
    void add(const SegmentKey &key, int attempt, FailureClass failure, const QString &reason,
             const QString &text, const QDateTime &when);
    /// Of this clip and in memory, oldest first.
    std::vector<JobLog> recent(const SegmentKey &key) const;
    /// The clip whose download failed last in this way since the logs were opened; nothing while none did.
    std::optional<SegmentKey> lastFailed(FailureClass failure) const;

private:
    const QString m_folder;
    const qint64 m_fileLimit;
    std::deque<JobLog> m_recent;
    std::map<FailureClass, SegmentKey> m_lastFailed;
    QThreadPool m_writer; ///< of one thread: one after the other
};

/// The logs of a clip that are on disk, oldest first; none when they cannot be read. Blocks: 32 MB are read.
std::vector<JobLog> readLogs(const QString &folder, const SegmentKey &key);

} // namespace earmark::download
