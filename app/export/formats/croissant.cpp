#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "export/exportlayout.h"
#include "export/formats/formats.h"
#include "export/formats/tablelines.h"
#include "export/formats/writers.h"
#include "export/jsontext.h"

#include <QFile>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

namespace {

/// As mlcroissant 1.1 writes it, which names the keys that it misses in another:
/// https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
constexpr const char *Context = R"({
"@language": "en", "@vocab": "https://schema.org/", "arrayShape": "cr:arrayShape", "citeAs": "cr:citeAs",
"column": "cr:column", "conformsTo": "dct:conformsTo", "containedIn": "cr:containedIn",
"cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
"data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
"dct": "http://purl.org/dc/terms/", "description": {"@container": "@language"},
"equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"},
"extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
"fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isArray": "cr:isArray",
"isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5",
"name": {"@container": "@language"}, "parentField": "cr:parentField", "path": "cr:path",
"prov": "http://www.w3.org/ns/prov#", "recordSet": "cr:recordSet", "references": "cr:references",
"regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate",
"sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
"transform": "cr:transform"})";

struct Described
{
    std::string name;
    std::string description;
    const char *type;
    bool isList = false;
};

const char *typeOf(ExportColumn column)
{
    switch (column) {
    case ExportColumn::Start:
    case ExportColumn::End:
    case ExportColumn::Peak:
    case ExportColumn::TruePeak:
    case ExportColumn::Rms:
    case ExportColumn::Loudness:
    case ExportColumn::Silence:
    case ExportColumn::Bandwidth:
        return "sc:Float";
    case ExportColumn::SamplingRate:
    case ExportColumn::Flagged:
    case ExportColumn::Clipped:
        return "sc:Integer";
    default:
        return "sc:Text";
    }
}

std::vector<Described> columnsOf(const ExportContext &context)
{
    std::vector<Described> columns{{"path", "The clip's file.", "sc:Text"},
                                   {"duration", "Its length in seconds, as measured.", "sc:Float"},
                                   {"labels", "Its labels.",
                                    context.words.areNumbers() ? "sc:Integer" : "sc:Text",
                                    !context.words.areSingleNumbers()}};
    for (const ExportColumn column : context.columns.all()) {
        const auto *entry = entryOf(ExportColumnKeywords, column);
        const bool isList =
            column == ExportColumn::Names || column == ExportColumn::Mids || column == ExportColumn::Doubted;
        columns.push_back({std::string(entry->keyword.data(), entry->keyword.data() + entry->keyword.size()),
                           QString(entry->explanation).toStdString(), typeOf(column), isList});
    }
    if (context.options.isMultiHot) {
        for (const auto &each : context.options.classes.labels->labels())
            columns.push_back({each.mid.toStdString(), each.displayName.toStdString(), "sc:Integer"});
    }
    return columns;
}

/// The spec's words for what parts are mostly called; nothing for other names.
const char *splitUrl(std::string_view part)
{
    if (part == "train" || part == "training")
        return "cr:TrainingSplit";
    if (part == "validation" || part == "valid" || part == "val" || part == "dev")
        return "cr:ValidationSplit";
    return part == "test" || part == "eval" ? "cr:TestSplit" : nullptr;
}

/// The parts that clips were split into, as the specification has it ("ML splits"): what they are called, and
/// what they are for when that is known of all.
Json splitSet(const std::vector<std::string> &parts)
{
    const bool areKnown = std::ranges::all_of(parts, [](const std::string &part) { return splitUrl(part); });
    Json records{{"@type", "cr:RecordSet"}, {"@id", "splits"},
                 {"name", "splits"},        {"description", "The parts of the dataset."},
                 {"dataType", "cr:Split"},  {"key", {{"@id", "splits/name"}}}};
    const auto addField = [&records](const char *name, const char *type) {
        records["field"].push_back({{"@type", "cr:Field"},
                                    {"@id", std::string("splits/") + name},
                                    {"name", name},
                                    {"dataType", type}});
    };
    addField("name", "sc:Text");
    if (areKnown)
        addField("url", "sc:URL");
    for (const std::string &part : parts) {
        Json record{{"splits/name", part}};
        if (areKnown)
            record["splits/url"] = splitUrl(part);
        records["data"].push_back(std::move(record));
    }
    return records;
}

/// What makes a list of a field. A delimiter at the end is there for pandas alone.
Json splitting(const LabelWords &words)
{
    const std::string delimiter(1, words.delimiter());
    const Json split{{"separator", delimiter}};
    if (!words.looksLikeNumbers())
        return split;
    return Json::array({{{"regex", "^(.*?)[" + delimiter + "]?$"}}, split});
}

/// A record a clip. `of` is what the fields are in: a file, or the files of all parts.
Json recordSet(const ExportContext &context, const Json &of, bool hasParts)
{
    const std::string name = "manifest";
    Json records{
        {"@type", "cr:RecordSet"}, {"@id", name}, {"name", name}, {"description", "A record a clip."}};
    if (hasParts) {
        Json field{{"@type", "cr:Field"},   {"@id", name + "/split"},
                   {"name", "split"},       {"description", "The part that the clip is in."},
                   {"dataType", "sc:Text"}, {"references", {{"field", {{"@id", "splits/name"}}}}}};
        field["source"] = of;
        field["source"]["extract"] = {{"fileProperty", "fullpath"}};
        field["source"]["transform"] = {{"regex", "^(?:.*/)?([^/]+)/manifest\\.csv$"}};
        records["field"].push_back(std::move(field));
    }
    for (const Described &column : columnsOf(context)) {
        Json field{{"@type", "cr:Field"},
                   {"@id", name + '/' + column.name},
                   {"name", column.name},
                   {"description", column.description},
                   {"dataType", column.type}};
        field["source"] = of;
        field["source"]["extract"] = {{"column", column.name}};
        if (column.isList) {
            field["repeated"] = true;
            field["source"]["transform"] = splitting(context.words);
        }
        records["field"].push_back(std::move(field));
    }
    return records;
}

/// A record a clip: its file. Not the content of the files: mlcroissant reads no WAV, but gives out a path as
/// the sound. `of` as in recordSet().
Json audioSet(const ExportContext &context, const Json &of)
{
    int rate = 0;
    for (segments::Row row = 0; row < context.clips.size() && rate == 0; ++row)
        rate = context.clips.sampleRate(row);
    Json field{{"@type", "cr:Field"},
               {"@id", "audio/path"},
               {"name", "path"},
               {"description", "The sound's file in the folder of this description: WAV, 16 bit" +
                                   (rate > 0 ? ", " + std::to_string(rate) + " Hz." : ".")},
               {"dataType", "sc:AudioObject"}};
    field["source"] = of;
    field["source"]["extract"] = {{"column", "path"}};
    field["source"]["transform"] = {{"regex", "^(?:\\.\\./)*(.*)$"}}; // parts have folders of their own
    Json records{
        {"@type", "cr:RecordSet"}, {"@id", "audio"}, {"name", "audio"}, {"description", "The clips' sound."}};
    records["field"].push_back(std::move(field));
    return records;
}

} // namespace

std::unique_ptr<LineFormat> croissantTable(const ExportContext &context)
{
    return std::make_unique<TableLines>(context, TableStyle{',', false, true});
}

Result<void> writeCroissant(const FolderWriting &job)
{
    const ExportContext &context = job.context;
    Json json;
    json["@context"] = Json::parse(Context);
    json["@type"] = "sc:Dataset";
    json["name"] = QFileInfo(context.options.out).fileName().toStdString();
    json["description"] = "Clips of AudioSet with their labels, chosen and written by Earmark. Labels are "
                          "AudioSet's (CC BY 4.0); the sound belongs to whoever published the videos.";
    json["conformsTo"] = "http://mlcommons.org/croissant/1.1";
    json["license"] = "https://creativecommons.org/licenses/by/4.0/";
    json["url"] = "https://research.google.com/audioset/";
    json["citeAs"] = "Gemmeke et al.: Audio Set: An ontology and human-labeled dataset for audio events, "
                     "ICASSP 2017.";
    json["isLiveDataset"] = false;
    std::vector<std::string> parts;
    for (const ExportDocument &document : job.documents) {
        const std::string name = document.name.toStdString();
        const QString path = job.folder + u'/' + document.name;
        const auto sum = sha256Of(path);
        if (!sum)
            return tl::unexpected(writeError(path, 0));
        json["distribution"].push_back({{"@type", "cr:FileObject"},
                                        {"@id", name},
                                        {"name", name},
                                        {"contentUrl", name},
                                        {"contentSize", std::to_string(QFileInfo(path).size()) + " B"},
                                        {"encodingFormat", "text/csv"},
                                        {"sha256", sum->toHex().toStdString()}});
        if (document.part >= 0)
            parts.push_back(name.substr(0, name.find('/')));
    }
    Json of{{"fileObject", {{"@id", "manifest.csv"}}}};
    if (parts.empty()) {
        json["recordSet"].push_back(recordSet(context, of, false));
    } else {
        json["distribution"].push_back({{"@type", "cr:FileSet"},
                                        {"@id", "manifests"},
                                        {"name", "manifests"},
                                        {"description", "The parts' files."},
                                        {"encodingFormat", "text/csv"},
                                        {"includes", "*/manifest.csv"}});
        json["recordSet"].push_back(splitSet(parts));
        of = {{"fileSet", {{"@id", "manifests"}}}};
        json["recordSet"].push_back(recordSet(context, of, true));
    }
    if (context.options.clips != ClipFiles::Left) {
        json["distribution"].push_back({{"@type", "cr:FileSet"},
                                        {"@id", "clips"},
                                        {"name", "clips"},
                                        {"encodingFormat", "audio/wav"},
                                        {"includes", "clips/*.wav"}});
        json["recordSet"].push_back(audioSet(context, of));
    }
    return writeWhole(job.folder + u"/croissant.json"_s, jsonText(json, 2) + '\n');
}

} // namespace earmark::exports
