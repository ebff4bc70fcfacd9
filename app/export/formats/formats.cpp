#include "export/formats/formats.h"

#include "export/formats/writers.h"

#include <algorithm>

namespace earmark::exports {

using namespace Qt::StringLiterals;

const std::vector<ExportFormat> &exportFormats()
{
    static const std::vector<ExportFormat> formats{
        {.keyword = "nemo"_L1,
         .explanation = "JSON lines for NVIDIA NeMo and Lhotse"_L1,
         .file = "manifest.json"_L1,
         .files = {{"manifest.json"_L1, ".json"_L1, nemoLines}}},
        {.keyword = "csv"_L1,
         .explanation = "CSV, a row a clip"_L1,
         .file = "manifest.csv"_L1,
         .files = {{"manifest.csv"_L1, ".csv"_L1, csvLines}},
         .takesMultiHot = true},
        {.keyword = "tsv"_L1,
         .explanation = "the same with tabs"_L1,
         .file = "manifest.tsv"_L1,
         .files = {{"manifest.tsv"_L1, ".tsv"_L1, tsvLines}},
         .takesMultiHot = true},
        {.keyword = "official"_L1,
         .explanation = "AudioSet's own CSV of segments"_L1,
         .file = "segments.csv"_L1,
         .files = {{"segments.csv"_L1, "_segments.csv"_L1, officialLines}},
         .joinsLabels = false},
        {.keyword = "speechbrain-csv"_L1,
         .explanation = "CSV for SpeechBrain"_L1,
         .file = "manifest.csv"_L1,
         .files = {{"data.csv"_L1, ".csv"_L1, speechBrainTable}},
         .hasAbsolutePaths = true,
         .warnings = speechBrainWarnings},
        {.keyword = "speechbrain-json"_L1,
         .explanation = "JSON for SpeechBrain"_L1,
         .file = "speechbrain.json"_L1,
         .files = {{"data.json"_L1, ".json"_L1, speechBrainObjects}},
         .hasAbsolutePaths = true},
        {.keyword = "audiofolder"_L1,
         .explanation = "folder for Hugging Face datasets, with metadata.jsonl"_L1,
         .files = {{"metadata.jsonl"_L1, "/metadata.jsonl"_L1, audioFolderObjects}},
         .clipFolder = "%1"_L1,
         .needsClips = true,
         .hasFixedPaths = true,
         .columnTypes = audioFolderObjectTypes},
        {.keyword = "audiofolder-csv"_L1,
         .explanation = "the same with metadata.csv"_L1,
         .files = {{"metadata.csv"_L1, "/metadata.csv"_L1, audioFolderTable}},
         .clipFolder = "%1"_L1,
         .needsClips = true,
         .hasFixedPaths = true,
         .takesMultiHot = true,
         .columnTypes = audioFolderTableTypes},
        {.keyword = "kaldi"_L1,
         .explanation = "folder for Kaldi and ESPnet: wav.scp, text, utt2spk, spk2utt"_L1,
         .files = {{"wav.scp"_L1, "/wav.scp"_L1, kaldiPaths, true},
                   {"text"_L1, "/text"_L1, kaldiTexts, true},
                   {"utt2spk"_L1, "/utt2spk"_L1, kaldiSpeakers, true},
                   {"spk2utt"_L1, "/spk2utt"_L1, kaldiUtterances, true}},
         .hasAbsolutePaths = true,
         .joinsLabels = false},
        {.keyword = "icefall"_L1,
         .explanation = "folder for icefall's AudioSet recipe"_L1,
         .files = {{"balanced_train_segments.csv"_L1, "/balanced_train_segments.csv"_L1, officialLines}},
         .clipFolder = "%1balanced/"_L1,
         .needsClips = true,
         .hasBareNames = true,
         .needsIndices = true,
         .joinsLabels = false,
         .check = checkVideos,
         .warnings = icefallWarnings,
         .writeMore = writeLabelMap},
        {.keyword = "webdataset"_L1,
         .explanation = "folder of tar shards"_L1,
         .files = {{{}, {}, sampleLines}},
         .holdsClips = true,
         .writeMore = writeShards},
        {.keyword = "croissant"_L1,
         .explanation = "folder with a CSV and its Croissant 1.1 description"_L1,
         .files = {{"manifest.csv"_L1, "/manifest.csv"_L1, croissantTable}},
         .takesMultiHot = true,
         .joinsLabels = false,
         .writeMore = writeCroissant},
    };
    return formats;
}

const ExportFormat *exportFormat(QStringView keyword)
{
    const auto found = std::ranges::find_if(
        exportFormats(), [keyword](const ExportFormat &format) { return keyword == format.keyword; });
    return found == exportFormats().end() ? nullptr : &*found;
}

} // namespace earmark::exports
