#include "workspace/sql/columns.h"

#include "base/bytes.h"
#include "workspace/sql/journaltable.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <limits>

namespace earmark::workspace::schema {

namespace {

constexpr qint64 MostSamples = qint64{1} << 40;
constexpr qint64 HighestRate = 1'000'000; // Hz

/// Bytes of measures, and of those that earlier versions wrote, without a true peak.
constexpr qsizetype MeasuresSize = 18;
constexpr qsizetype FormerMeasuresSize = 16;

/// Calls `visit` with each number of the measures in the order in which the ledger keeps them, little-endian;
/// what was added later comes last.
template <class AnyMeasures, class Visit>
void forEachNumber(AnyMeasures &measures, Visit visit)
{
    visit(measures.peak);
    visit(measures.rms);
    visit(measures.loudness);
    visit(measures.offset);
    visit(measures.silence);
    visit(measures.bandwidth);
    visit(measures.clipped);
    visit(measures.truePeak);
}

void bindMeasures(Statement &statement, int parameter, const Measures &measures)
{
    std::array<char, MeasuresSize> bytes;
    char *at = bytes.data();
    forEachNumber(measures, [&at](auto number) {
        qToLittleEndian(number, at);
        at += sizeof number;
    });
    statement.bindCopy(parameter, {bytes.data(), measures.areKnown() ? MeasuresSize : 0});
}

Measures measuresOf(QByteArrayView bytes)
{
    Measures measures;
    if (bytes.size() != MeasuresSize && bytes.size() != FormerMeasuresSize)
        return measures;
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    forEachNumber(measures, [&at, end](auto &number) {
        if (at == end)
            return;
        number = qFromLittleEndian<std::remove_reference_t<decltype(number)>>(at);
        at += sizeof number;
    });
    return measures;
}

struct Column
{
    enum Part : unsigned { Place = 1, Details = 2, Labels = 4 };

    std::string_view name;
    void (*bind)(Statement &, int parameter, const LedgerRow &);
    bool (*read)(const Statement &, int column, LedgerRow &); ///< false: it holds what cannot be
    unsigned parts = 0; ///< Place: of the split; Details: not read by key; Labels: not read in brief
};

/// A number: group and member say where it is, `least` and `most` what it can be.
template <auto group, auto member, qint64 least, qint64 most>
constexpr Column number(std::string_view name, unsigned parts = 0)
{
    return {name,
            [](Statement &statement, int parameter, const LedgerRow &row) {
                statement.bind(parameter, static_cast<qint64>(row.*group.*member));
            },
            [](const Statement &statement, int column, LedgerRow &row) {
                auto &to = row.*group.*member;
                const qint64 value = statement.integer(column);
                to = static_cast<std::remove_reference_t<decltype(to)>>(value);
                return value >= least && value <= most;
            },
            parts};
}

template <auto member>
constexpr Column moment(std::string_view name)
{
    return {name,
            [](Statement &statement, int parameter, const LedgerRow &row) {
                statement.bind(parameter, row.progress.*member);
            },
            [](const Statement &statement, int column, LedgerRow &row) {
                row.progress.*member = momentOf(statement.integer(column));
                return true;
            },
            Column::Details};
}

template <auto group, auto member>
constexpr Column text(std::string_view name, unsigned parts = 0)
{
    return {name,
            [](Statement &statement, int parameter, const LedgerRow &row) {
                statement.bindText(parameter, row.*group.*member);
            },
            [](const Statement &statement, int column, LedgerRow &row) {
                row.*group.*member = statement.text(column);
                return (row.*group.*member).size() <= LongestText;
            },
            parts};
}

using Row = LedgerRow;
using Progress = BasicProgress<std::string_view>;
using Origin = BasicOrigin<std::string_view>;
constexpr qint64 MostUint32 = std::numeric_limits<std::uint32_t>::max();

/// All but the three of the key, which come first.
constexpr std::array Columns{
    number<&Row::origin, &Origin::position, std::numeric_limits<qint64>::min(),
           std::numeric_limits<qint64>::max()>("position", Column::Place),
    Column{"labels",
           [](Statement &statement, int parameter, const Row &row) {
               statement.bindText(parameter, viewOf(row.labels));
           },
           [](const Statement &statement, int column, Row &row) {
               row.labels = statement.bytes(column);
               return row.labels.size() <= static_cast<qsizetype>(LongestText);
           },
           Column::Place | Column::Labels},
    number<&Row::progress, &ClipStatus::state, 0, static_cast<qint64>(AllClipStates.back())>("state"),
    number<&Row::progress, &ClipStatus::failure, 0, static_cast<qint64>(FailureClass::Unknown)>("failure"),
    text<&Row::progress, &Progress::reason>("reason"),
    number<&Row::progress, &ClipStatus::attempts, std::numeric_limits<qint64>::min(),
           std::numeric_limits<qint64>::max()>("attempts", Column::Details),
    number<&Row::audio, &ClipAudio::samples, 0, MostSamples>("samples"),
    number<&Row::audio, &ClipAudio::sampleRate, 0, HighestRate>("sample_rate"),
    Column{"sha256",
           [](Statement &statement, int parameter, const Row &row) {
               statement.bindBytes(parameter, row.audio.sha256.view());
           },
           [](const Statement &statement, int column, Row &row) {
               row.audio.sha256 = statement.bytes(column);
               return true;
           }},
    text<&Row::origin, &Origin::formatId>("format_id", Column::Details),
    text<&Row::origin, &Origin::toolVersion>("tool_version", Column::Details),
    moment<&ClipStatus::changedAt>("changed_at"),
    moment<&ClipStatus::retryAt>("retry_at"),
    Column{"measures",
           [](Statement &statement, int parameter, const Row &row) {
               bindMeasures(statement, parameter, row.audio.measures);
           },
           [](const Statement &statement, int column, Row &row) {
               row.audio.measures = measuresOf(statement.bytes(column));
               return true;
           }},
};

static_assert(std::ranges::is_partitioned(Columns,
                                          [](const Column &column) { return column.parts & Column::Place; }),
              "the place comes first, so that its parameters have the same numbers in all statements");

constexpr std::string_view KeyNames = "ytid, start_ms, end_ms";
constexpr int KeyColumns = 3;

constexpr bool isRead(const Column &column, Select what)
{
    return what == Select::InOrder || (what == Select::ByKey && !(column.parts & Column::Details)) ||
           (what == Select::Brief && !(column.parts & Column::Labels));
}

/// Unrolled, so that the list costs nothing when millions of rows are read.
template <Select what>
std::optional<LedgerRow> read(const Statement &statement)
{
    const auto key = readKey(statement, 0);
    if (!key)
        return std::nullopt;
    std::optional<LedgerRow> row(std::in_place);
    row->key = *key;
    int column = KeyColumns;
    const bool isSound = [&]<std::size_t... at>(std::index_sequence<at...>)
    {
        return ([&] {
            if constexpr (isRead(Columns[at], what))
                return Columns[at].read(statement, column++, *row);
            else
                return true;
        }() && ...);
    }
    (std::make_index_sequence<Columns.size()>());
    return isSound ? row : std::nullopt;
}

} // namespace

std::string selectText(Select what)
{
    std::string text = "SELECT clips.ytid, clips.start_ms, clips.end_ms";
    for (const Column &column : Columns) {
        if (isRead(column, what))
            text.append(", ").append(column.name);
    }
    switch (what) {
    case Select::InOrder:
        return text.append(", ").append(JudgementColumns) +
               " FROM clips LEFT JOIN judgements USING (ytid, start_ms, end_ms) "
               "ORDER BY position, clips.ytid, clips.start_ms, clips.end_ms";
    case Select::ByKey:
        return text + " FROM clips ORDER BY ytid, start_ms, end_ms";
    case Select::Brief:
        break;
    }
    return text + " FROM clips";
}

int judgementColumn()
{
    return KeyColumns + static_cast<int>(Columns.size());
}

std::optional<LedgerRow> readRow(const Statement &row, Select what)
{
    switch (what) {
    case Select::ByKey:
        return read<Select::ByKey>(row);
    case Select::Brief:
        return read<Select::Brief>(row);
    case Select::InOrder:
        break;
    }
    return read<Select::InOrder>(row);
}

std::string upsertText(bool keepsPlace)
{
    std::string names(KeyNames), values = "?, ?, ?", changes;
    for (const Column &column : Columns) {
        names.append(", ").append(column.name);
        values.append(", ?");
        if (!keepsPlace || !(column.parts & Column::Place))
            changes.append(changes.empty() ? "" : ", ")
                .append(column.name)
                .append(" = excluded.")
                .append(column.name);
    }
    return "INSERT INTO clips (" + names + ") VALUES (" + values + ") ON CONFLICT DO UPDATE SET " + changes;
}

void bindUpsert(Statement &statement, const LedgerRow &row)
{
    bindKey(statement, row.key);
    int parameter = KeyColumns;
    for (const Column &column : Columns)
        column.bind(statement, ++parameter, row);
}

std::string placeText()
{
    std::string changes;
    int parameter = KeyColumns;
    for (const Column &column : Columns) {
        if (column.parts & Column::Place)
            changes.append(changes.empty() ? "" : ", ")
                .append(column.name)
                .append(" = ?" + std::to_string(++parameter));
    }
    return "UPDATE clips SET " + changes + " WHERE ytid = ?1 AND start_ms = ?2 AND end_ms = ?3";
}

void bindPlace(Statement &statement, const LedgerRow &row)
{
    bindKey(statement, row.key);
    int parameter = KeyColumns;
    for (const Column &column : Columns) {
        if (column.parts & Column::Place)
            column.bind(statement, ++parameter, row);
    }
}

void bindKey(Statement &statement, const SegmentKey &key)
{
    statement.bindText(1, key.ytid.view());
    statement.bind(2, key.startMs);
    statement.bind(3, key.endMs);
}

std::optional<SegmentKey> readKey(const Statement &row, int firstColumn)
{
    const auto ytid = YtId::parse(row.text(firstColumn));
    const qint64 start = row.integer(firstColumn + 1);
    const qint64 end = row.integer(firstColumn + 2);
    if (!ytid || start < 0 || end <= start || end > MostUint32)
        return std::nullopt;
    return SegmentKey{*ytid, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

qint64 momentOf(qint64 number)
{
    constexpr qint64 endOf9999 = 253'402'300'799'999;
    return std::clamp<qint64>(number, 0, endOf9999);
}

} // namespace earmark::workspace::schema
