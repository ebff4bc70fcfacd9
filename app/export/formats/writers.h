#pragma once

#include "export/lineformat.h"

#include <QStringList>

// What the rows of the table of formats point to, by the file in which it is.

namespace earmark::exports {

struct ExportParts;
struct FolderWriting;

// nemo.cpp. NeMo's speech classification wants a text under `label`. `offset` beside the other keys, and
// `verdict` where there is one.
std::unique_ptr<LineFormat> nemoLines(const ExportContext &context);

// tablelines.cpp
std::unique_ptr<LineFormat> csvLines(const ExportContext &context);
std::unique_ptr<LineFormat> tsvLines(const ExportContext &context);

// official.cpp: three comment lines, then `YTID, start, end, "mids"`. icefall's reader skips exactly three.
std::unique_ptr<LineFormat> officialLines(const ExportContext &context);

// speechbrain.cpp. ID and duration are required, the ids are all different, `$name` in a path is replaced by
// the user's recipe. In JSON, one object of objects by id, braces in texts are doubled: load_data_json()
// gives each text to Python's str.format_map(), which takes `{name}` for a replacement; those of a prefix
// (PathStyle::Prefixed) stay, to be replaced.
std::unique_ptr<LineFormat> speechBrainTable(const ExportContext &context);
std::unique_ptr<LineFormat> speechBrainObjects(const ExportContext &context);
QStringList speechBrainWarnings(const ExportContext &context, const ExportSet &set, const ExportParts &parts);

// audiofolder.cpp. Paths are relative to the metadata; any other keys.
std::unique_ptr<LineFormat> audioFolderObjects(const ExportContext &context);
std::unique_ptr<LineFormat> audioFolderTable(const ExportContext &context);
ColumnTypes audioFolderObjectTypes(const ClipTable &clips, const ExportSet &set, const ExportParts &parts,
                                   const ExportOptions &options);
ColumnTypes audioFolderTableTypes(const ClipTable &clips, const ExportSet &set, const ExportParts &parts,
                                  const ExportOptions &options);

// kaldi.cpp: the utterance, a blank, the rest of the line. `text` has words, so that blanks in names become
// '_'. A video is a speaker; spk2utt has a line a speaker.
std::unique_ptr<LineFormat> kaldiPaths(const ExportContext &context);
std::unique_ptr<LineFormat> kaldiTexts(const ExportContext &context);
std::unique_ptr<LineFormat> kaldiSpeakers(const ExportContext &context);
std::unique_ptr<LineFormat> kaldiUtterances(const ExportContext &context);

// icefall.cpp. The recipe knows a clip by its video alone and would give all clips of a video the labels of
// one; it looks up every label in class_labels_indices.csv, the label map, beside each document.
Result<void> checkVideos(const ClipTable &clips, const ExportSet &set);
QStringList icefallWarnings(const ExportContext &context, const ExportSet &set, const ExportParts &parts);
Result<void> writeLabelMap(const FolderWriting &job);

// webdataset.cpp: shard-000000.tar, or train-000000.tar where there are parts. A clip is two files one after
// the other, KEY.wav and KEY.json. The key ends at the first dot, so that times in it are milliseconds; the
// archives are ustar, their entries of nobody and of 1970.
std::unique_ptr<LineFormat> sampleLines(const ExportContext &context);
Result<void> writeShards(const FolderWriting &job);

// croissant.cpp: croissant.json describes the tables, which are written: Croissant 1.1 in JSON-LD, with the
// SHA-256 of each, a field for each column and, where clips lie in the folder, these as a FileSet.
std::unique_ptr<LineFormat> croissantTable(const ExportContext &context);
Result<void> writeCroissant(const FolderWriting &job);

} // namespace earmark::exports
