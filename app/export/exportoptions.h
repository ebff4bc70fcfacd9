#pragma once

#include "classes/classes.h"
#include "clips/segmentkey.h"

#include <QLatin1StringView>
#include <QSet>
#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace earmark::exports {

/// What is written: AudioFolder and what follows are folders, the others one file. See
/// ExportOptions::isFolder().
enum class ExportFormat {
    Nemo,            ///< JSON lines as NVIDIA NeMo reads them
    Csv,             ///< a row a clip
    Tsv,             ///< the same with tabs
    Official,        ///< AudioSet's own CSV of segments
    SpeechBrainCsv,  ///< ID, duration, wav and labels
    SpeechBrainJson, ///< one object, by id
    AudioFolder,     ///< of Hugging Face datasets: metadata.jsonl beside the clips
    AudioFolderCsv,  ///< the same with metadata.csv
    Kaldi,           ///< wav.scp, text, utt2spk, spk2utt, as ESPnet reads them too
    Icefall,         ///< what icefall's AudioSet recipe looks for
    WebDataset,      ///< tar shards
    Croissant        ///< a CSV and its description as Croissant 1.1
};

/// Clips with which verdicts. All of them can be played; ExportOptions::query and keys choose among them.
enum class ExportScope {
    NotRejected, ///< kept and undecided clips
    Kept,
    All ///< rejected clips, too
};
enum class LabelKind { Ids, Names, Indices };
enum class PathStyle {
    Relative, ///< to the folder that the manifest is in
    Absolute,
    Prefixed ///< `prefix` and the file's name
};
enum class ClipFiles {
    Left,   ///< where they are in the workspace
    Copied, ///< into the folder that is written
    Linked  ///< the same with hard links; copied where the file system has none between the two
};

/// What else a line says of a clip, in the order in which it is written.
enum class ExportColumn {
    Ytid,
    Start, ///< seconds
    End,   ///< seconds
    Names,
    Mids,
    SamplingRate, ///< Hz
    Verdict,
    Flagged,
    Doubted, ///< the mids of the labels that are not heard
    Note,
    Sha256,
    Peak,      ///< dBFS
    TruePeak,  ///< dBTP
    Rms,       ///< dBFS
    Loudness,  ///< LUFS; none for clips that are too short for it
    Silence,   ///< share of the clip, 0 to 1
    Bandwidth, ///< Hz
    Clipped    ///< samples
};

/// A word for it on the command line and a line for people.
template <class T>
struct ExportWord
{
    T value;
    QLatin1StringView word;
    QLatin1StringView explanation;
};
inline constexpr std::array ExportFormatWords{
    ExportWord{ExportFormat::Nemo, QLatin1StringView("nemo"),
               QLatin1StringView("JSON lines for NVIDIA NeMo and Lhotse")},
    ExportWord{ExportFormat::Csv, QLatin1StringView("csv"), QLatin1StringView("CSV, a row a clip")},
    ExportWord{ExportFormat::Tsv, QLatin1StringView("tsv"), QLatin1StringView("the same with tabs")},
    ExportWord{ExportFormat::Official, QLatin1StringView("official"),
               QLatin1StringView("AudioSet's own CSV of segments")},
    ExportWord{ExportFormat::SpeechBrainCsv, QLatin1StringView("speechbrain-csv"),
               QLatin1StringView("CSV for SpeechBrain")},
    ExportWord{ExportFormat::SpeechBrainJson, QLatin1StringView("speechbrain-json"),
               QLatin1StringView("JSON for SpeechBrain")},
    ExportWord{ExportFormat::AudioFolder, QLatin1StringView("audiofolder"),
               QLatin1StringView("folder for Hugging Face datasets, with metadata.jsonl")},
    ExportWord{ExportFormat::AudioFolderCsv, QLatin1StringView("audiofolder-csv"),
               QLatin1StringView("the same with metadata.csv")},
    ExportWord{ExportFormat::Kaldi, QLatin1StringView("kaldi"),
               QLatin1StringView("folder for Kaldi and ESPnet: wav.scp, text, utt2spk, spk2utt")},
    ExportWord{ExportFormat::Icefall, QLatin1StringView("icefall"),
               QLatin1StringView("folder for icefall's AudioSet recipe")},
    ExportWord{ExportFormat::WebDataset, QLatin1StringView("webdataset"),
               QLatin1StringView("folder of tar shards")},
    ExportWord{ExportFormat::Croissant, QLatin1StringView("croissant"),
               QLatin1StringView("folder with a CSV and its Croissant 1.1 description")},
};
inline constexpr std::array ExportScopeWords{
    ExportWord{ExportScope::NotRejected, QLatin1StringView("not-rejected"),
               QLatin1StringView("all but rejected clips")},
    ExportWord{ExportScope::Kept, QLatin1StringView("kept"), QLatin1StringView("kept clips only")},
    ExportWord{ExportScope::All, QLatin1StringView("all"),
               QLatin1StringView("all clips, rejected ones included")},
};
inline constexpr std::array LabelKindWords{
    ExportWord{LabelKind::Ids, QLatin1StringView("id"), QLatin1StringView("/m/0bt9lr")},
    ExportWord{LabelKind::Names, QLatin1StringView("name"), QLatin1StringView("Dog")},
    ExportWord{LabelKind::Indices, QLatin1StringView("index"), QLatin1StringView("74, of the label map")},
};
inline constexpr std::array PathStyleWords{
    ExportWord{PathStyle::Relative, QLatin1StringView("relative"),
               QLatin1StringView("to the folder of what is written")},
    ExportWord{PathStyle::Absolute, QLatin1StringView("absolute"), QLatin1StringView("from the root on")},
    ExportWord{PathStyle::Prefixed, QLatin1StringView("prefix"),
               QLatin1StringView("a prefix and the file's name")},
};
inline constexpr std::array ClipFilesWords{
    ExportWord{ClipFiles::Left, QLatin1StringView("leave"), QLatin1StringView("where they are")},
    ExportWord{ClipFiles::Copied, QLatin1StringView("copy"),
               QLatin1StringView("into the folder that is written")},
    ExportWord{ClipFiles::Linked, QLatin1StringView("link"),
               QLatin1StringView("the same, which takes no room")},
};
inline constexpr std::array ExportColumnWords{
    ExportWord{ExportColumn::Ytid, QLatin1StringView("ytid"), QLatin1StringView("id of the video")},
    ExportWord{ExportColumn::Start, QLatin1StringView("start"),
               QLatin1StringView("where the segment begins in the video, seconds")},
    ExportWord{ExportColumn::End, QLatin1StringView("end"), QLatin1StringView("where it ends, seconds")},
    ExportWord{ExportColumn::Names, QLatin1StringView("label_names"),
               QLatin1StringView("names of the labels")},
    ExportWord{ExportColumn::Mids, QLatin1StringView("mids"), QLatin1StringView("ids of the labels")},
    ExportWord{ExportColumn::SamplingRate, QLatin1StringView("sampling_rate"), QLatin1StringView("Hz")},
    ExportWord{ExportColumn::Verdict, QLatin1StringView("verdict"),
               QLatin1StringView("what a listener decided: keep or reject")},
    ExportWord{ExportColumn::Flagged, QLatin1StringView("flagged"),
               QLatin1StringView("to be looked at again")},
    ExportWord{ExportColumn::Doubted, QLatin1StringView("doubted"),
               QLatin1StringView("ids of the labels that a listener does not hear")},
    ExportWord{ExportColumn::Note, QLatin1StringView("note"),
               QLatin1StringView("what a listener wrote down")},
    ExportWord{ExportColumn::Sha256, QLatin1StringView("sha256"), QLatin1StringView("checksum of the file")},
    ExportWord{ExportColumn::Peak, QLatin1StringView("peak"), QLatin1StringView("loudest sample, dBFS")},
    ExportWord{ExportColumn::TruePeak, QLatin1StringView("true_peak"),
               QLatin1StringView("peak between the samples, dBTP")},
    ExportWord{ExportColumn::Rms, QLatin1StringView("rms"), QLatin1StringView("mean level, dBFS")},
    ExportWord{ExportColumn::Loudness, QLatin1StringView("loudness"),
               QLatin1StringView("integrated loudness, LUFS")},
    ExportWord{ExportColumn::Silence, QLatin1StringView("silence"),
               QLatin1StringView("share of it that is silent, 0 to 1")},
    ExportWord{ExportColumn::Bandwidth, QLatin1StringView("bandwidth"),
               QLatin1StringView("highest frequency with something in it, Hz")},
    ExportWord{ExportColumn::Clipped, QLatin1StringView("clipped"),
               QLatin1StringView("samples at full scale")},
};

template <class Words>
constexpr auto fromWord(const Words &words, QStringView word) -> std::optional<decltype(words[0].value)>
{
    for (const auto &each : words) {
        if (word == each.word)
            return each.value;
    }
    return std::nullopt;
}

/// All that decides what an export writes. The same options and the same clips give the same bytes.
struct ExportOptions
{
    ExportFormat format = ExportFormat::Nemo;
    QString out = {}; ///< the file or folder to write
    /// An open descriptor that an export of one file goes to instead, all of it at the end; `out` then only
    /// says what paths are relative to. -1: none.
    int outDescriptor = -1;

    ExportScope scope = ExportScope::NotRejected;
    QString query = {}; ///< only clips that match it, in the language of the filter bar; empty: all
    std::optional<QSet<SegmentKey>> keys = {}; ///< only these clips; nothing: all
    double shortest = 0;                       ///< seconds; what is shorter is left out
    bool withDoubted = true;                   ///< also the labels that a listener does not hear
    std::vector<ExportColumn> columns = {};    ///< beside what the format has in any case

    LabelKind labels = LabelKind::Ids;
    classes::Classes classes = {}; ///< their map gives names and indices
    bool isMultiHot = false;       ///< CSV and TSV: a column of 0 and 1 for each class of the map
    bool escapesFormulas =
        true; ///< CSV and TSV: texts that a spreadsheet would compute get a leading apostrophe

    std::optional<PathStyle> paths = {}; ///< nothing: as the format's programs expect
    QString prefix = {};
    ClipFiles clips = ClipFiles::Left;
    bool hasYPrefix = true; ///< names of copies, and ids: "Yabcdefghijk_30_40", else "abcdefghijk_30_40"

    qint64 shardBytes = 1'000'000'000; ///< WebDataset: no shard is larger, unless one clip is

    /// Clips have to be in the folder that this format writes.
    bool needsClips() const
    {
        return format == ExportFormat::AudioFolder || format == ExportFormat::AudioFolderCsv ||
               format == ExportFormat::Icefall;
    }
    /// Kaldi and SpeechBrain take relative paths from the folder in which they are started.
    PathStyle pathStyle() const
    {
        const bool isKaldi = format == ExportFormat::Kaldi || format == ExportFormat::SpeechBrainCsv ||
                             format == ExportFormat::SpeechBrainJson;
        return paths.value_or(isKaldi ? PathStyle::Absolute : PathStyle::Relative);
    }
    /// icefall looks for names that begin with the id.
    bool namesHaveY() const { return hasYPrefix && format != ExportFormat::Icefall; }
    /// `out` is a folder: the format has several files, clips come with it, or it is split into parts.
    bool isFolder(bool hasParts) const
    {
        return hasParts || format >= ExportFormat::AudioFolder || clips != ClipFiles::Left;
    }
};

} // namespace earmark::exports
