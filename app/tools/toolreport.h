#pragma once

#include "tools/toolinstallations.h"

#include <QDate>

#include <vector>

namespace earmark::tools {

/// What Earmark itself can do about a finding.
enum class Fix {
    UpdateYtDlp, ///< fetch the newest release of yt-dlp
    FetchDeno,
    AllowSolverScript, ///< let yt-dlp download its solver script from GitHub
};

/// How a tool, or something else that downloads need, stands, for people.
struct ToolReport
{
    enum class State {
        Good,
        Doubtful, ///< usable for now, but something should be done
        Bad,      ///< downloads fail like this
    };

    QString name;
    QString purpose; ///< what it is there for, a few words; may be empty
    State state = State::Good;
    QString version{};        ///< empty: unknown
    QDate released{};         ///< invalid: its version does not say
    QString age{};            ///< "4 months old"; empty: unknown
    QString path{};           ///< empty: not found
    QString origin{};         ///< "on PATH", "chosen by you", "fetched by Earmark"; empty: not found
    QString sentence{};       ///< whether it is good, and what to do if not
    std::vector<Fix> fixes{}; ///< the better first

    /// Makes it no better than `to`, with what there is to say about that first.
    void worsen(State to, const QString &why);
};

/// yt-dlp, ffmpeg and the JavaScript runtime, in this order, whatever the source of the downloads.
std::vector<ToolReport> reportOf(const ytdlp::Tools &tools, const QDate &today);

/// "yt-dlp 2025.04.30 is 18 months old; YouTube will probably refuse it."; empty when it is recent, or cannot
/// be used at all. For the moment before the first download from YouTube.
QString ageWarning(const ytdlp::Tools &tools, const QDate &today);

/// "of today", "1 day old", "12 days old", "4 months old", "2 years old".
QString ageText(const QDate &released, const QDate &today);

/// "good", "doubtful", "bad".
QString keyword(ToolReport::State state);
/// "update-yt-dlp", "fetch-deno", "allow-solver-script".
QString keyword(Fix fix);

} // namespace earmark::tools
