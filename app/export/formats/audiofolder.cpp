#include "export/exportlayout.h"
#include "export/formats/jsonlines.h"
#include "export/formats/tablelines.h"
#include "export/formats/writers.h"

#include <algorithm>

namespace earmark::exports {

namespace {

/// Of 10 kB each, they fill what is read of metadata.jsonl for the types.
constexpr std::size_t FirstRows = 1000;

bool hasValue(ExportColumn column, const ClipTable &clips, const ExportItem &item)
{
    return hasMeasure(column, clips.segments().measures(item.row));
}

/// Whether a clip has a value for this column, and in some part none of the first has.
bool beginsWithout(ExportColumn column, const ClipTable &clips, const ExportSet &set,
                   const ExportParts &parts)
{
    struct Part
    {
        std::size_t clips = 0;
        bool hasValue = false; ///< one of the first has
    };
    std::vector<Part> all(std::max<std::size_t>(1, parts.names.size()));
    bool isAny = false;
    for (std::size_t item = 0; item < set.items.size(); ++item) {
        const bool isKnown = hasValue(column, clips, set.items[item]);
        isAny = isAny || isKnown;
        Part &part = all[parts.partOf.empty() ? 0 : parts.partOf[item]];
        part.hasValue = part.hasValue || (isKnown && part.clips < FirstRows);
        ++part.clips;
    }
    return isAny &&
           !std::ranges::all_of(all, [](const Part &part) { return part.clips == 0 || part.hasValue; });
}

} // namespace

std::unique_ptr<LineFormat> audioFolderObjects(const ExportContext &context)
{
    return std::make_unique<JsonLines>(context, "file_name");
}

std::unique_ptr<LineFormat> audioFolderTable(const ExportContext &context)
{
    return std::make_unique<TableLines>(context, TableStyle{',', false, true},
                                        std::vector{"file_name", "duration"});
}

ColumnTypes audioFolderObjectTypes(const ClipTable &clips, const ExportSet &set, const ExportParts &parts,
                                   const ExportOptions &options)
{
    ColumnTypes types{.areFixed = true, .texts = {}, .fractions = {}};
    for (const ExportColumn column : options.columns) {
        if (isMeasure(column) && beginsWithout(column, clips, set, parts))
            types.texts.push_back(column);
    }
    return types;
}

ColumnTypes audioFolderTableTypes(const ClipTable &clips, const ExportSet &set, const ExportParts &,
                                  const ExportOptions &)
{
    ColumnTypes types{.areFixed = true, .texts = {}, .fractions = {}};
    // pandas has no missing whole numbers.
    if (!std::ranges::all_of(set.items, [&clips](const ExportItem &item) {
            return hasValue(ExportColumn::Clipped, clips, item);
        }))
        types.fractions.push_back(ExportColumn::Clipped);
    return types;
}

} // namespace earmark::exports
