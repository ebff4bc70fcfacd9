#include "export/columntypes.h"

#include "export/exportclip.h"
#include "export/exportlayout.h"

#include <algorithm>

namespace earmark::exports {

namespace {

/// Of 10 kB each, they fill what is read of metadata.jsonl for the types.
constexpr std::size_t FirstRows = 1000;

/// Whether clips have a value.
struct Presence
{
    bool isAny = false;           ///< one has
    bool isAll = true;            ///< each has
    bool isInFirstOfParts = true; ///< of each part that has clips, one of the first has
};

Presence presenceOf(ExportColumn column, const ClipTable &clips, const ExportSet &set,
                    const ExportParts &parts)
{
    struct Part
    {
        std::size_t clips = 0;
        bool hasValue = false;
    };
    Presence presence;
    std::vector<Part> all(std::max<std::size_t>(1, parts.names.size()));
    for (std::size_t item = 0; item < set.items.size(); ++item) {
        const bool hasValue = hasMeasure(column, clips.segments().measures(set.items[item].row));
        presence.isAny = presence.isAny || hasValue;
        presence.isAll = presence.isAll && hasValue;
        Part &part = all[parts.partOf.empty() ? 0 : parts.partOf[item]];
        part.hasValue = part.hasValue || (hasValue && part.clips < FirstRows);
        ++part.clips;
    }
    presence.isInFirstOfParts =
        std::ranges::all_of(all, [](const Part &part) { return part.clips == 0 || part.hasValue; });
    return presence;
}

} // namespace

ColumnTypes ColumnTypes::of(const ClipTable &clips, const ExportSet &set, const ExportParts &parts,
                            const ExportOptions &options)
{
    const bool isJson = options.format == ExportFormat::AudioFolder;
    ColumnTypes types{
        .areFixed = isJson || options.format == ExportFormat::AudioFolderCsv, .texts = {}, .fractions = {}};
    if (!types.areFixed)
        return types;
    for (const ExportColumn column : options.columns) {
        if (!isMeasure(column))
            continue;
        const Presence presence = presenceOf(column, clips, set, parts);
        if (isJson && presence.isAny && !presence.isInFirstOfParts)
            types.texts.push_back(column);
        // pandas has no missing whole numbers.
        if (!isJson && column == ExportColumn::Clipped && !presence.isAll)
            types.fractions.push_back(column);
    }
    return types;
}

} // namespace earmark::exports
