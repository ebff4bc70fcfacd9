#pragma once

#include "base/result.h"

#include <QLatin1StringView>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earmark::readers {

/// What a file that people open or drop holds, told by its content and never by its name.
enum class FileKind {
    Split,        ///< AudioSet's `YTID, start_seconds, end_seconds, positive_labels`
    StrongLabels, ///< AudioSet's events: `segment_id start_time_seconds end_time_seconds label`
    FramedLabels, ///< the same for frames, with a column that tells present from not present
    List,      ///< columns named by a header, or VGGSound's `id,start,label,…` and `<id>_<start>.mp4,label`
    Manifest,  ///< JSON lines with `audio_filepath`, as Earmark exports them
    LabelFile, ///< names classes (see LabelMap::read()), holds no segment
    Ontology,  ///< ontology.json: holds no segment
    QualityRatings, ///< qa_true_counts.csv: holds no segment
};

/// "split", "strong", "framed", "list", "manifest", …: for scripts, never translated.
QLatin1StringView keyword(FileKind kind);
/// "AudioSet's strong labels", …: for a sentence.
QString description(FileKind kind);

/// Where the columns of a file stand that has rows of fields; -1: it has no such column.
struct ListColumns
{
    char separator = ',';  ///< ',', ';' or a tab
    qint64 headerLine = 0; ///< from 1; 0: there is no header
    int id = -1;           ///< the video's id
    int segmentId = -1;    ///< `<video id>_<start in ms>`; start and end are inside the clip then
    int clip = -1;         ///< as VGGSound names clips: `<video id>_<start in s, six digits>`, no other times
    int file = -1;         ///< the clip's, whose name says the segment; only where no column is its start
    int start = -1;        ///< seconds
    int end = -1;          ///< seconds
    int duration = -1;     ///< seconds
    int labels = -1;       ///< one label or several, see `severalLabels`; or a caption
    int present = -1;      ///< PRESENT or NOT_PRESENT
    bool severalLabels = false; ///< the labels' column is a list, joined by commas or semicolons
    int verdict = -1;           ///< what a listener said, as exports have it
    int flagged = -1;           ///< 0 or 1
    int doubted = -1;           ///< mids, joined by semicolons
    int note = -1;
    /// A table that Earmark exported: labels are joined by `delimiter`'s field, ';' where there is none.
    bool isExported = false;
    int delimiter = -1;
    bool escapesFormulas =
        false; ///< texts that begin as a spreadsheet's formula may stand behind an apostrophe
};

/// What the first lines of a file say.
struct FileFormat
{
    FileKind kind = FileKind::Split; ///< also when nothing fits: the split reader says what is wrong then
    ListColumns columns;             ///< of StrongLabels, FramedLabels and List
    std::string header;              ///< the header's line, when there is one
};

/// `head`: the beginning of the file, at least its first whole line.
FileFormat detectFormat(std::string_view head);
/// Reads as much of the file as that takes: some kilobytes. Errors: NotFound, Unreadable (a folder, for
/// example).
Result<FileFormat> detectFileFormat(const QString &path);

} // namespace earmark::readers
