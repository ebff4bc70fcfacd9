#pragma once

#include "export/lineformat.h"

namespace earmark::exports {

/// JSON lines for NVIDIA NeMo: `audio_filepath`, `duration`, `labels` as a list, the same under `label` as
/// one text, joined by LabelWords::delimiter(), `offset`; `mids` where labels are no ids, so that the
/// manifest can be read back; `verdict` where there is one. Rules: NeMo's speech classification wants a text
/// under `label`.
std::unique_ptr<LineFormat> nemoLines(const ExportContext &context);

/// metadata.jsonl of Hugging Face's AudioFolder: `file_name`, relative to it, and any other keys.
std::unique_ptr<LineFormat> audioFolderLines(const ExportContext &context);

/// The JSON of SpeechBrain: one object of objects by id; the path under `wav`. Braces in texts are doubled:
/// load_data_json() gives each text to Python's str.format_map(), which takes `{name}` for a replacement;
/// those of a prefix (PathStyle::Prefixed) stay, to be replaced.
std::unique_ptr<LineFormat> speechBrainJson(const ExportContext &context);

/// The JSON that goes with a clip in a WebDataset: labels and all columns.
std::unique_ptr<LineFormat> sampleJson(const ExportContext &context);

} // namespace earmark::exports
