#include "readers/fileformat.h"

#include "base/csvfields.h"
#include "base/enumkeywords.h"
#include "base/format.h"
#include "classes/labellist.h"
#include "clips/segmentkey.h"
#include "readers/clipline.h"
#include "readers/csvrecords.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>

namespace earmark::readers {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array KindKeywords{
    EnumKeyword{FileKind::Split, "split", "a split of AudioSet"},
    EnumKeyword{FileKind::StrongLabels, "strong",
                "AudioSet's strong labels: the events of each clip are gathered"},
    EnumKeyword{FileKind::FramedLabels, "framed",
                "AudioSet's framed labels: those that are present in a clip are gathered"},
    EnumKeyword{FileKind::List, "list", "a list of segments"},
    EnumKeyword{FileKind::Manifest, "manifest", "a manifest of clips"},
    EnumKeyword{FileKind::LabelFile, "labels", "a label file"},
    EnumKeyword{FileKind::Ontology, "ontology", "AudioSet's ontology"},
    EnumKeyword{FileKind::QualityRatings, "quality", "AudioSet's quality ratings"},
};

/// Comments and a first caption of any real file are shorter.
constexpr qint64 HeadSize = 64 * 1024;

// What columns are called in AudioSet's own files, VGGSound, AudioCaps, MusicCaps and what people make of
// them; the better name first. Lower case, '_' for blanks.
constexpr std::array<std::string_view, 7> IdNames{"ytid",     "youtube_id", "youtubeid", "yt_id",
                                                  "video_id", "videoid",    "id"};
constexpr std::array<std::string_view, 1> SegmentIdNames{"segment_id"};
constexpr std::array<std::string_view, 4> FileNames{"audio_filepath", "file_name", "path", "wav"};
constexpr std::array<std::string_view, 7> StartNames{
    "start_seconds", "start_time_seconds", "start_s", "start_sec", "start_time", "start", "onset"};
constexpr std::array<std::string_view, 7> EndNames{
    "end_seconds", "end_time_seconds", "end_s", "end_sec", "end_time", "end", "offset"};
constexpr std::array<std::string_view, 5> DurationNames{"duration_seconds", "duration_s", "duration_sec",
                                                        "duration", "length"};
constexpr std::array<std::string_view, 5> ListNames{"mids", "positive_labels", "audioset_positive_labels",
                                                    "labels", "tags"};
constexpr std::array<std::string_view, 3> LabelNames{"label", "class", "category"};
constexpr std::array<std::string_view, 1> CaptionNames{"caption"};
constexpr std::array<std::string_view, 1> PresentNames{"present"};

std::string columnName(std::string_view field)
{
    std::string name(field);
    for (char &c : name)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == ' ' || c == '-' ? '_' : c;
    return name;
}

/// The column that has the first of these names; -1: none has any of them.
int columnOf(const std::vector<std::string> &header, std::span<const std::string_view> names)
{
    for (const std::string_view name : names) {
        const auto found = std::ranges::find(header, name);
        if (found != header.end())
            return static_cast<int>(found - header.begin());
    }
    return -1;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A field is one mid, or several joined by commas; with the quotes that a spreadsheet leaves.
bool isMidList(std::string_view text)
{
    text = text.substr(std::min(text.find_first_not_of(" \""), text.size()));
    return classes::isMid(trimmed(text.substr(0, text.find_first_of(",\""))));
}

/// The columns that begin each table of clips that Earmark exports: CSV and TSV, metadata.csv, SpeechBrain's.
bool isExportHeader(const std::vector<std::string> &names)
{
    const auto begins = [&names](std::initializer_list<std::string_view> expected) {
        return names.size() >= expected.size() &&
               std::ranges::equal(expected, std::span(names).first(expected.size()));
    };
    return begins({"path", "duration", "labels"}) || begins({"file_name", "duration", "labels"}) ||
           begins({"id", "duration", "wav", "labels"});
}

/// What a header says; nothing when the line is none.
std::optional<FileFormat> fromHeader(const CsvFields &fields)
{
    std::vector<std::string> names;
    for (std::size_t field = 0; field < fields.size(); ++field)
        names.push_back(columnName(fields[static_cast<int>(field)]));
    FileFormat form;
    const auto has = [&names](std::string_view name) {
        return std::ranges::find(names, name) != names.end();
    };
    if (has("mid") && has("display_name")) {
        form.kind = FileKind::LabelFile;
        return form;
    }
    if (has("num_rated") && has("num_true")) {
        form.kind = FileKind::QualityRatings;
        return form;
    }
    ListColumns &columns = form.columns;
    columns.id = columnOf(names, IdNames);
    columns.segmentId = columnOf(names, SegmentIdNames);
    columns.start = columnOf(names, StartNames);
    columns.end = columnOf(names, EndNames);
    columns.duration = columnOf(names, DurationNames);
    columns.present = columnOf(names, PresentNames);
    columns.labels = columnOf(names, ListNames);
    columns.severalLabels = columns.labels >= 0;
    if (columns.labels < 0)
        columns.labels = columnOf(names, LabelNames);
    if (columns.labels < 0)
        columns.labels = columnOf(names, CaptionNames);
    if (columns.start < 0 && columns.segmentId < 0)
        columns.file = columnOf(names, FileNames);
    for (const auto &[column, name] :
         {std::pair(&ListColumns::verdict, "verdict"), std::pair(&ListColumns::flagged, "flagged"),
          std::pair(&ListColumns::doubted, "doubted"), std::pair(&ListColumns::note, "note")}) {
        const std::array<std::string_view, 1> called{name};
        columns.*column = columnOf(names, called);
    }
    if (isExportHeader(names)) {
        columns.isExported = true;
        columns.escapesFormulas = names.front() == "path";
        const std::array<std::string_view, 1> called{"delimiter"};
        columns.delimiter = columnOf(names, called);
    }
    const auto known = {columns.start, columns.end, columns.duration, columns.labels};
    if ((columns.id < 0 && columns.segmentId < 0 && columns.file < 0) ||
        std::ranges::all_of(known, [](int column) { return column < 0; }))
        return std::nullopt;
    form.kind = columns.segmentId < 0 ? FileKind::List
                : columns.present < 0 ? FileKind::StrongLabels
                                      : FileKind::FramedLabels;
    return form;
}

/// What a row says, by its content and order alone; nothing when it can be anything.
std::optional<FileFormat> fromRow(const CsvFields &fields)
{
    FileFormat form;
    ListColumns &columns = form.columns;
    const auto is = [&form](FileKind kind) {
        form.kind = kind;
        return std::optional(form);
    };
    const bool isTimed = parseSeconds(fields[1]).has_value();
    if (isTimed && parseSeconds(fields[2]) && fields.size() >= 4 && SegmentKey::fromSegmentId(fields[0])) {
        columns.segmentId = 0;
        columns.start = 1;
        columns.end = 2;
        columns.labels = 3;
        columns.present = fields.size() > 4 ? 4 : -1;
        return is(fields.size() > 4 ? FileKind::FramedLabels : FileKind::StrongLabels);
    }
    if (isTimed && YtId::parse(fields[0])) {
        columns.id = 0;
        columns.start = 1;
        if (!parseSeconds(fields[2])) {
            columns.labels = 2;
            return fields[2].empty() ? std::nullopt : is(FileKind::List);
        }
        if (isMidList(fields[3]))
            return is(FileKind::Split);
        columns.end = 2;
        columns.labels = 3;
        columns.severalLabels = true;
        return fields[3].empty() ? std::nullopt : is(FileKind::List);
    }
    if (!isTimed && !fields[1].empty() && segmentOfVggSound(fields[0])) {
        columns.clip = 0;
        columns.labels = 1;
        return is(FileKind::List);
    }
    const bool isNumbered = isNumber(fields[0]) && classes::isMid(fields[1]) && fields.size() == 3;
    const bool isNamed = classes::isMid(fields[0]) && !fields[1].empty() && fields.size() == 2;
    if (isNumbered || isNamed)
        return is(FileKind::LabelFile);
    if (classes::isMid(fields[0]) && isNumber(fields[1]) && isNumber(fields[2]))
        return is(FileKind::QualityRatings);
    return std::nullopt;
}

/// Under a header that names an id and no times, the id may be VGGSound's name of a clip: a row says so.
void takeClipNames(ListColumns &columns, std::string_view rows)
{
    const bool isTimed = columns.start >= 0 || columns.end >= 0 || columns.duration >= 0;
    if (columns.id < 0 || columns.segmentId >= 0 || isTimed)
        return;
    CsvFields fields;
    while (!rows.empty()) {
        const std::string_view line = rows.substr(0, rows.find('\n'));
        rows.remove_prefix(std::min(line.size() + 1, rows.size()));
        if (isBlankOrComment(trimmed(line)) ||
            fields.split(line, columns.separator) == CsvFields::Outcome::Broken)
            continue;
        if (segmentOfVggSound(fields[columns.id]))
            columns.clip = std::exchange(columns.id, -1);
        return;
    }
}

/// The header that the official files have as a comment. What stands below it decides whether this is a
/// split: other lists have taken it over.
bool isOfficialHeader(const CsvFields &fields)
{
    constexpr std::array<std::string_view, 4> official{"ytid", "start_seconds", "end_seconds",
                                                       "positive_labels"};
    int field = 0;
    return fields.size() == official.size() && std::ranges::all_of(official, [&](std::string_view name) {
               return columnName(fields[field++]) == name;
           });
}

} // namespace

QLatin1StringView keyword(FileKind kind)
{
    return keywordOf(KindKeywords, kind);
}

QString description(FileKind kind)
{
    return entryOf(KindKeywords, kind)->explanation;
}

FileFormat detectFormat(std::string_view head)
{
    head = withoutByteOrderMark(head);
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && head[first] == '{')
        return {FileKind::Manifest, {}, {}};
    if (first != std::string_view::npos && head[first] == '[' &&
        head.find("\"child_ids\"") != std::string_view::npos)
        return {FileKind::Ontology, {}, {}};

    std::optional<FileFormat> underHeader; // what it is unless the row below says better
    bool isFirst = true;
    CsvFields fields;
    for (qint64 number = 1; !head.empty(); ++number) {
        const auto end = head.find('\n');
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
        const std::string_view content = trimmed(line);
        if (isBlankOrComment(content))
            continue;
        for (const char separator : {',', '\t', ';'}) {
            if (fields.split(line, separator) != CsvFields::Outcome::Whole)
                continue;
            auto form = isFirst ? fromHeader(fields) : std::nullopt;
            if (form) {
                form->columns.headerLine = number;
                form->header = content;
            } else {
                form = fromRow(fields);
            }
            if (!form)
                continue;
            form->columns.separator = separator;
            if (form->columns.headerLine > 0)
                takeClipNames(form->columns, head);
            if (isFirst && separator == ',' && isOfficialHeader(fields)) {
                underHeader = form;
                break;
            }
            if (underHeader && form->kind != FileKind::Split)
                return *underHeader;
            return *form;
        }
        isFirst = false;
    }
    return underHeader.value_or(FileFormat());
}

Result<FileFormat> detectFileFormat(const QString &path)
{
    if (QFileInfo(path).isDir())
        return failure(ErrorCode::Unreadable,
                       u"%1 is a folder; choose a split such as balanced_train_segments.csv."_s.arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(file.exists() ? ErrorCode::Unreadable : ErrorCode::NotFound,
                       u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    const QByteArray head = file.read(HeadSize);
    return detectFormat(viewOf(head));
}

} // namespace earmark::readers
