#pragma once

#include "base/result.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace earmark::exports {

class ClipTable;
class DocumentWriter;
class LineFormat;
struct ColumnTypes;
struct ExportContext;
struct ExportDocument;
struct ExportOptions;
struct ExportParts;
struct ExportSet;
struct LeftOut;

/// A file of lines that a format has.
struct FormatFile
{
    QLatin1StringView name;                                      ///< in the export's folder
    QLatin1StringView ofPart;                                    ///< follows a part's name: ".json", "/text"
    std::unique_ptr<LineFormat> (*lines)(const ExportContext &); ///< never null
    bool isSorted = false; ///< by the bytes of the clips' names, else in the order of the split
};

/// What a format's own function works with, once the folder's lines and clips are written.
struct FolderWriting
{
    const ExportContext &context;
    const ExportSet &set;
    const ExportParts &parts;
    const DocumentWriter &writer;
    const std::vector<ExportDocument> &documents; ///< all are written
    QString folder;
    std::vector<LeftOut> &unfit; ///< gets the clips whose bytes are not as the ledger says
    std::function<Result<void>(qint64 clips)> progress;
    const std::stop_token &stop;
};

/// An export format, all that is known of it outside its own file: a row of the table.
struct ExportFormat
{
    QLatin1StringView keyword;     ///< on the command line
    QLatin1StringView explanation; ///< a line for users
    QLatin1StringView file = {};   ///< the usual name of an export that is one file; empty: it is a folder
    std::vector<FormatFile> files = {};
    /// Where clips go that are copied or linked; %1 is the part's folder, "train/", or nothing.
    QLatin1StringView clipFolder = QLatin1StringView("clips/");
    bool needsClips = false; ///< clips have to be in the folder that is written
    bool holdsClips = false; ///< its own files hold the sound; `files` only says what goes with a clip
    /// Of paths, unless others are asked for: its programs take relative ones from where they are started.
    bool hasAbsolutePaths = false;
    bool hasFixedPaths = false; ///< relative to the document, whatever is asked for
    bool hasBareNames = false;  ///< file names begin with the video's id, without the Y
    bool takesMultiHot = false; ///< see ExportOptions::isMultiHot
    bool needsIndices = false;  ///< every label has to be in the label map
    bool joinsLabels = true;    ///< labels are one text, and nothing in it says what joins them
    /// The types of columns; null: as they come.
    ColumnTypes (*columnTypes)(const ClipTable &, const ExportSet &, const ExportParts &,
                               const ExportOptions &) = nullptr;
    /// Whether the format can hold these clips; null: any. Errors: BadInput, with what to do.
    Result<void> (*check)(const ClipTable &, const ExportSet &) = nullptr;
    /// Sentences for the user on what the format's programs do with these clips; null: none.
    QStringList (*warnings)(const ExportContext &, const ExportSet &, const ExportParts &) = nullptr;
    /// Writes what else is in the folder; null: nothing. Errors: DiskFull, Unwritable, Cancelled.
    Result<void> (*writeMore)(const FolderWriting &) = nullptr;

    bool isFolder() const { return file.isEmpty(); }
};

/// All formats, in the order in which they are offered; the first is the default.
const std::vector<ExportFormat> &exportFormats();
/// The format called `keyword`; null when there is none.
const ExportFormat *exportFormat(QStringView keyword);

} // namespace earmark::exports
