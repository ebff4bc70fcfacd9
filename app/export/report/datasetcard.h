#pragma once

#include "base/result.h"
#include "export/exportset.h"
#include "export/report/clipstatistics.h"
#include "export/report/coverage.h"

#include <map>
#include <optional>
#include <vector>

namespace earmark::exports {

inline constexpr QLatin1StringView CardName("dataset_card.md");
inline constexpr QLatin1StringView CoverageName("coverage.json");
/// Beside them when the clips are split: what each part was to get and got.
inline constexpr QLatin1StringView PartsName("parts.csv");

/// A list of segments that clips were chosen from.
struct CardSource
{
    QString name;           ///< of the file: "balanced_train_segments.csv"
    qint64 rows = 0;        ///< segments in it; 0: not known
    QByteArray sha256 = {}; ///< of the file, 32 bytes; empty: not known
    QString path = {};      ///< where the file lies; runExport() takes its checksum there. Not in the card.
};

/// A part of the dataset.
struct CardPart
{
    QString name;                 ///< as Share has it
    std::uint32_t hundredths = 0; ///< asked for, as Share has it
    qint64 clips = 0;
};

/// A class and its clips.
struct CardClass
{
    QString mid; ///< or the text that the list of segments had
    QString name = {};
    std::vector<qint64> clips; ///< by part; one number when there are no parts
};

/// What the maker of an export knows of it, for people that use it. What is not known is left out. Nothing
/// here is taken from a clock: the same facts give the same bytes.
struct Card
{
    QString title;       ///< a line
    QString manifest;    ///< the file or folder that the card is beside
    QString format = {}; ///< "nemo"
    std::vector<CardSource> sources = {};
    QString query = {};     ///< in the language of the filter bar; empty: all segments
    QString selection = {}; ///< which of the clips, a few words: "those that were kept"
    QString madeAt = {};    ///< ISO 8601
    std::optional<std::uint64_t> splitSeed = {};
    std::vector<CardPart> parts = {};
    QStringList partNotes = {};             ///< sentences on parts that are not as they were asked for
    std::vector<CardClass> classes = {};    ///< in the order in which they are shown
    std::map<QString, qint64> leftOut = {}; ///< segments asked for and not exported, by why
    ClipStatistics sums = {};               ///< of the exported clips
};

/// The card: Markdown in UTF-8 with the head that Hugging Face reads (YAML).
QByteArray datasetCard(const Card &card, const Coverage &coverage);
/// The same as JSON, ASCII only, with what coverageJson() tells; its last key, "missing_clips", is left to
/// write.
QByteArray provenanceHead(const Card &card, const Coverage &coverage);

/// Writes dataset_card.md and coverage.json into a folder, each whole or not at all; the latter names every
/// segment that was asked for and is not in the export, and why. Reads the ledger beside a program that works
/// on it; blocks. Errors: as LedgerReader::open(); Unwritable, DiskFull; Cancelled.
Result<void> writeCard(const ClipTable &clips, const ExportSet &set, const QString &folder, const Card &card,
                       const std::stop_token &stop = {});

} // namespace earmark::exports
