#pragma once

#include "base/linebuffer.h"
#include "ytdlp/processlimits.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace earmark::ytdlp {

/// A program with a folder of its own and all that it starts, as one process group: they end together, and
/// they end when this program does, however it does. The folder goes when the last of them has.
///
/// Unix only. On Linux the kernel sends the program a SIGINT when the *thread* that started it ends, so start
/// it from a thread that lasts. (yt-dlp stops its ffmpeg on SIGINT, and leaves it behind on SIGTERM and
/// SIGKILL.)
class GroupProcess final : public QObject
{
    Q_OBJECT

public:
    explicit GroupProcess(QString folder, QObject *parent = nullptr);
    /// Kills the group at once, waits for the program (at most 2 s) and removes the folder.
    ~GroupProcess() override;

    /// Starts it in its folder, which must exist. Standard output and error are one stream of lines.
    void start(const QString &program, const QStringList &arguments, const ProcessLimits &limits);
    void write(const QByteArray &bytes) { m_process.write(bytes); }
    /// Asks the group to end, kills it after that time, and deletes this object when it has ended. No signals
    /// follow.
    void retire(std::chrono::milliseconds killAfter);

    const QString &folder() const { return m_folder; }
    /// After ended(): a signal ended it.
    bool wasKilled() const { return m_process.exitStatus() == QProcess::CrashExit; }
    /// The most memory that the program itself has had so far, in bytes; 0 when it has ended. Linux only.
    qint64 peakMemory() const;

Q_SIGNALS:
    void lineRead(const QByteArray &line);
    /// It has ended, or could not be started: then there is a reason.
    void ended(const QString &startProblem);

private:
    void readLines();
    void onEnded(const QString &startProblem);
    void signalGroup(int signal) const;

    QProcess m_process;
    LineBuffer m_lines;
    QTimer m_killTimer;
    QString m_folder;
    qint64 m_group = 0; ///< its process id; 0: never started
    bool m_isRetired = false;
};

} // namespace earmark::ytdlp
