#pragma once

#include "export/exportjob.h"
#include "segments/shard.h"
#include "session/downloadsettings.h"
#include "tools/release.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace earmark::cli {

/// Exit status of earmark-cli; a contract for scripts.
enum Exit {
    Done = 0,
    Failed = 1,        ///< an error
    Usage = 2,         ///< the command line is wrong
    SomeFailed = 3,    ///< finished, but some clips failed, or will (doctor)
    RateLimited = 4,   ///< stopped by a rate limit
    Interrupted = 130, ///< by the user; what was done is kept
    PipeClosed = 141   ///< the program that read the output went away, as a shell says of SIGPIPE
};

/// Files that say more of the classes than the program itself knows; empty: what it knows.
struct ClassOptions
{
    QString labels;   ///< label file
    QString ontology; ///< ontology.json
    QString quality;  ///< qa_true_counts.csv
};

/// How many of the matching segments, chosen at random; at most one of the two numbers is not 0.
struct SampleOptions
{
    int perLabel = 0;             ///< for each class; 0: no
    int random = 0;               ///< of all; 0: no
    std::uint64_t seed = 1;       ///< the same seed chooses the same segments
    std::vector<QString> classes; ///< for `perLabel`: names or mids; empty: those that the query asks for
};

/// A split, and which of its segments.
struct SelectionOptions
{
    QString split; ///< "-": standard input
    ClassOptions classes;
    QString where;     ///< query; empty: all
    QString workspace; ///< folder whose clips state:, reason: and verdict: ask about; empty: none
    qint64 limit = -1;
    SampleOptions sample;
    segments::Shard shard; ///< of what all the rest finds
};

struct InspectOptions
{
    QString split;
    ClassOptions classes;
    bool json = false;
};
Exit inspect(const InspectOptions &options);

struct ListOptions
{
    SelectionOptions selection;
    bool count = false;
    bool jsonLines = false; ///< else the official split format
    bool json = false;      ///< one JSON object for the whole
};
Exit list(const ListOptions &options);

struct FetchOptions
{
    SelectionOptions selection;
    QString into;
    QString ytdlp;     ///< path; empty: look for it
    QString ffmpeg;    ///< path; empty: look for it
    bool wait = false; ///< wait until the site lets through again, instead of stopping
    session::DownloadSettings downloads;
    bool anyway = false;        ///< begin even if doctor expects downloads to fail
    int sampleRate = 0;         ///< 0: what the workspace has
    int channels = 0;           ///< 0: what the workspace has
    std::vector<QString> retry; ///< failure classes to try again besides those that may work the next time
    std::optional<QString>
        manifest;          ///< write it there when all is done; empty: manifest.json in the workspace
    bool isDryRun = false; ///< say what would be done, and do nothing
    bool json = false;
};
Exit fetch(const FetchOptions &options);

struct StatusOptions
{
    QString workspace;
    bool json = false;
};
Exit status(const StatusOptions &options);

struct VerifyOptions
{
    QString path;        ///< a workspace; or the folder or the checksums of a frozen export
    bool deep = false;   ///< read every byte of the workspace, as is always done with an export
    bool repair = false; ///< put bad files aside and queue their clips
    bool json = false;
};
Exit verify(const VerifyOptions &options);

struct CoverageOptions
{
    QString workspace;
    QString out;        ///< file to write the report to; empty: standard output
    QString missing;    ///< file to write the missing clips to; empty: none
    bool isRaw = false; ///< CSV: texts as they are, see Formulas
    bool json = false;
};
Exit coverage(const CoverageOptions &options);

struct ExportOptions
{
    QString workspace;
    exports::ExportJob
        job;          ///< no `out`: manifest.json in the workspace, for NeMo alone; "-": standard output
    QString split;    ///< as exports::parseShares() has it; empty: the clips stay together
    QString labelMap; ///< label file; empty: the built-in table of 527 classes
    std::vector<QString> sources; ///< lists that the clips were chosen from, for the card
    bool isDryRun = false;        ///< say what would be written, and write nothing
    bool json = false;
};
Exit exportManifest(const ExportOptions &options);

struct DemoOptions
{
    QString into;
    session::DownloadSettings downloads; ///< its source is the demo's own
    bool json = false;
};
Exit demo(const DemoOptions &options);

struct OfficialOptions
{
    std::vector<QString> names; ///< of the catalogue; empty: all that is missing
    QString into;               ///< folder; empty: the program's own
    QString base;               ///< the corpus's address; empty: the official one
    QString ontologyUrl;        ///< empty: the official one
    bool list = false;          ///< fetch nothing
    bool json = false;
};
Exit official(const OfficialOptions &options);

struct ExplainOptions
{
    QString log; ///< file; empty or "-": standard input
    bool json = false;
};
Exit explain(const ExplainOptions &options);

struct ToolsOptions
{
    std::optional<tools::Channel> update; ///< fetch its newest yt-dlp
    bool fetchDeno = false;
    std::optional<QString> back; ///< use the one before of this program: "yt-dlp" or "deno"
    bool selfTest = false;
    bool youTube = false;          ///< with a clip of YouTube
    ytdlp::FetchSettings settings; ///< for YouTube
    QString releases;              ///< where the channel's files are; empty: the official address
    QString releaseKey;            ///< the keyring they are signed with; empty: yt-dlp's
    bool allowOlder = false;       ///< than the one in use
    QString ytdlp;                 ///< path; empty: look for it
    QString ffmpeg;                ///< path; empty: look for it
    bool json = false;
};
Exit toolsCommand(const ToolsOptions &options);
/// Where the tools are that Earmark has fetched.
QString ownDataFolder();

struct DoctorOptions
{
    QString workspace; ///< folder, there or not; empty: none
    QString ytdlp;     ///< path; empty: look for it
    QString ffmpeg;    ///< path; empty: look for it
    session::DownloadSettings downloads;
    bool fix = false;   ///< do what Earmark can about what was found
    QString releases;   ///< as in ToolsOptions
    QString releaseKey; ///< as in ToolsOptions
    bool json = false;
};
Exit doctor(const DoctorOptions &options);

} // namespace earmark::cli
