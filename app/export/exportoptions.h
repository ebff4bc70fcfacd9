#pragma once

#include "base/enumkeywords.h"
#include "classes/classes.h"
#include "clips/segmentkey.h"
#include "export/formats/formats.h"

#include <QSet>
#include <QString>

#include <optional>
#include <vector>

namespace earmark::exports {

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

inline constexpr std::array ExportScopeKeywords{
    EnumKeyword{ExportScope::NotRejected, "not-rejected", "all but rejected clips"},
    EnumKeyword{ExportScope::Kept, "kept", "kept clips only"},
    EnumKeyword{ExportScope::All, "all", "all clips, rejected ones included"},
};
inline constexpr std::array LabelKindKeywords{
    EnumKeyword{LabelKind::Ids, "id", "/m/0bt9lr"},
    EnumKeyword{LabelKind::Names, "name", "Dog"},
    EnumKeyword{LabelKind::Indices, "index", "74, of the label map"},
};
inline constexpr std::array PathStyleKeywords{
    EnumKeyword{PathStyle::Relative, "relative", "to the folder of what is written"},
    EnumKeyword{PathStyle::Absolute, "absolute", "from the root on"},
    EnumKeyword{PathStyle::Prefixed, "prefix", "a prefix and the file's name"},
};
inline constexpr std::array ClipFilesKeywords{
    EnumKeyword{ClipFiles::Left, "leave", "where they are"},
    EnumKeyword{ClipFiles::Copied, "copy", "into the folder that is written"},
    EnumKeyword{ClipFiles::Linked, "link", "the same, which takes no room"},
};
inline constexpr std::array ExportColumnKeywords{
    EnumKeyword{ExportColumn::Ytid, "ytid", "id of the video"},
    EnumKeyword{ExportColumn::Start, "start", "where the segment begins in the video, seconds"},
    EnumKeyword{ExportColumn::End, "end", "where it ends, seconds"},
    EnumKeyword{ExportColumn::Names, "label_names", "names of the labels"},
    EnumKeyword{ExportColumn::Mids, "mids", "ids of the labels"},
    EnumKeyword{ExportColumn::SamplingRate, "sampling_rate", "Hz"},
    EnumKeyword{ExportColumn::Verdict, "verdict", "what a listener decided: keep or reject"},
    EnumKeyword{ExportColumn::Flagged, "flagged", "to be looked at again"},
    EnumKeyword{ExportColumn::Doubted, "doubted", "ids of the labels that a listener does not hear"},
    EnumKeyword{ExportColumn::Note, "note", "what a listener wrote down"},
    EnumKeyword{ExportColumn::Sha256, "sha256", "checksum of the file"},
    EnumKeyword{ExportColumn::Peak, "peak", "loudest sample, dBFS"},
    EnumKeyword{ExportColumn::TruePeak, "true_peak", "peak between the samples, dBTP"},
    EnumKeyword{ExportColumn::Rms, "rms", "mean level, dBFS"},
    EnumKeyword{ExportColumn::Loudness, "loudness", "integrated loudness, LUFS"},
    EnumKeyword{ExportColumn::Silence, "silence", "share of it that is silent, 0 to 1"},
    EnumKeyword{ExportColumn::Bandwidth, "bandwidth", "highest frequency with something in it, Hz"},
    EnumKeyword{ExportColumn::Clipped, "clipped", "samples at full scale"},
};

/// All that decides what an export writes. The same options and the same clips give the same bytes.
struct ExportOptions
{
    const ExportFormat *format = &exportFormats().front(); ///< never null
    QString out = {};                                      ///< the file or folder to write
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

    /// Clips are copied or linked into the folder that is written.
    bool takesClips() const
    {
        return !format->holdsClips && (format->needsClips || clips != ClipFiles::Left);
    }
    PathStyle pathStyle() const
    {
        return format->hasFixedPaths
                   ? PathStyle::Relative
                   : paths.value_or(format->hasAbsolutePaths ? PathStyle::Absolute : PathStyle::Relative);
    }
    bool namesHaveY() const { return hasYPrefix && !format->hasBareNames; }
    /// `out` is a folder: the format has several files, clips come with it, or it is split into parts.
    bool isFolder(bool hasParts) const { return hasParts || format->isFolder() || clips != ClipFiles::Left; }
};

} // namespace earmark::exports
