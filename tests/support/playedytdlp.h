#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace earmark::test {

/// What a played yt-dlp does with one video.
struct Played
{
    enum class End {
        Job,    ///< it is done with the job, and takes the next
        Exit,   ///< it ends
        Killed, ///< it is ended by a signal
        Hangs,  ///< it does nothing more
    };

    QStringList lines{}; ///< printed first
    QString sound{};     ///< a Matroska file that becomes the section; empty: there is none
    double duration = 0; ///< seconds, as the source states it; 0: it does not
    double sleeps = 0;   ///< seconds, after the lines
    End end = End::Job;
};

/// A program in the place of yt-dlp that keeps to its protocol and does as it is told, in milliseconds: for
/// what takes the real one days. Works in the thread that made it.
class PlayedYtdlp final
{
public:
    /// `folder`: its own, which must exist.
    explicit PlayedYtdlp(QString folder);

    QString program() const { return m_folder + QStringLiteral("/yt-dlp"); }
    /// Of this video: one each time that it is asked for; the last one repeats.
    void play(const QString &ytid, const QList<Played> &answers);
    /// Of all these, in place of what was played before.
    void play(const QHash<QString, QList<Played>> &answers);
    /// Of all the others.
    void play(const Played &answer);
    /// What each process prints before its first answer.
    void playAtStart(const QStringList &lines);
    /// The videos that were asked for, in order.
    QStringList asked() const;

private:
    void write() const;

    QString m_folder;
    QHash<QString, QList<Played>> m_answers;
    Played m_default;
    QStringList m_atStart;
};

} // namespace earmark::test
