#include "export/cliptable.h"

#include "base/bytes.h"
#include "classes/labellist.h"
#include "clips/duplicates.h"
#include "export/clipfiles.h"
#include "segments/radixsort.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cstring>
#include <future>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

/// The labels of a ledger's row; the views are good for as long as row and `kept` are.
void readLabels(QByteArrayView list, std::vector<std::string_view> &labels, std::vector<QByteArray> &kept)
{
    labels.clear();
    std::string_view rest(list.data(), static_cast<std::size_t>(list.size()));
    if (rest.find('"') != std::string_view::npos) {
        kept = classes::splitLabels(list);
        for (const QByteArray &label : kept)
            labels.push_back(viewOf(label));
        return;
    }
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        labels.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

} // namespace

Result<ClipTable> ClipTable::read(const QString &workspaceFolder, const std::stop_token &stop)
{
    ClipTable table(QDir::cleanPath(QFileInfo(workspaceFolder).absoluteFilePath()));
    auto reader = workspace::LedgerReader::open(table.m_layout.root());
    if (!reader)
        return tl::unexpected(reader.error());
    // Two million take a second of either, and neither waits for the other.
    auto files = std::async(std::launch::async, [&] { return clipsIn(table.m_layout.processed(), stop); });
    if (auto read = table.readLedger(**reader, stop); !read)
        return tl::unexpected(read.error());
    table.setFiles(files.get());
    if (stop.stop_requested())
        return cancelled();
    table.markDuplicates();
    return table;
}

Result<void> ClipTable::readLedger(workspace::LedgerReader &reader, const std::stop_token &stop)
{
    QHash<SegmentKey, Judgement> judgements;
    if (auto read = reader.forEachJudgement(
            [&judgements](const SegmentKey &key, const Judgement &each) { judgements.insert(key, each); });
        !read)
        return read;
    const auto size = reader.size();
    if (!size)
        return tl::unexpected(size.error());
    // Growing by copies would take half as much again.
    const auto total = static_cast<std::size_t>(*size);
    m_segments.reserve(total);
    m_positions.reserve(total);
    m_files.reserve(total);
    m_sums.reserve(total);

    std::vector<std::string_view> labels;
    std::vector<QByteArray> kept;
    bool fits = true;
    const auto visit = [&](const LedgerRow &row) {
        readLabels(row.labels, labels, kept);
        fits = m_segments.append(row.key, labels);
        if (!fits)
            return false;
        const Row at = this->size() - 1;
        m_positions.push_back(row.origin.position);
        m_files.push_back({static_cast<std::uint32_t>(row.audio.samples), row.audio.sampleRate});
        m_sums.push_back(row.audio.sha256);
        const auto said = judgements.constFind(row.key);
        const Judgement *judgement = said == judgements.cend() ? nullptr : &*said;
        if (judgement)
            m_judgements.insert(at, *judgement);
        const QString reason = hasWhy(row.progress.state)
                                   ? why(row.progress, QString::fromUtf8(row.progress.reason))
                                   : QString();
        m_segments.setClip(at, {.state = row.progress.state,
                                .verdict = judgement ? judgement->verdict : Verdict::Undecided,
                                .reason = reason,
                                .marks = judgement ? judgement->marks() : ClipMarks(0),
                                .measures = row.audio.measures});
        return !stop.stop_requested();
    };
    if (auto read = reader.forEachRow(workspace::schema::Select::ByKey, visit); !read)
        return read;
    m_damagedRows = reader.skippedRows();
    if (!fits)
        return failure(
            ErrorCode::BadInput,
            u"The clips of %1 have more than %2 different labels between them: export them from several folders."_s
                .arg(m_layout.root())
                .arg(segments::SegmentTable::MostLabels));
    return {};
}

void ClipTable::setFiles(const std::vector<SegmentKey> &keys)
{
    m_hasFile.resize(size());
    auto key = keys.begin();
    for (Row row = 0; row < size() && key != keys.end(); ++row) {
        const SegmentKey wanted = m_segments.key(row);
        while (key != keys.end() && *key < wanted)
            ++key;
        m_hasFile[row] = key != keys.end() && *key == wanted;
    }
}

void ClipTable::markDuplicates()
{
    const auto soundAt = [this](Row row) {
        return isPlayable(m_segments.state(row)) ? sha256(row).beginning() : 0;
    };
    FirstOfEqualSounds sounds;
    sounds.reserve(size());
    for (Row row = 0; row < size(); ++row)
        sounds.add(soundAt(row), row, [this](Row each) { return m_positions[each]; });
    for (Row row = 0; row < size(); ++row) {
        if (sounds.first(soundAt(row), row) != row)
            m_segments.setClip(row, {.state = m_segments.state(row),
                                     .verdict = m_segments.verdict(row),
                                     .reason = m_segments.reason(row),
                                     .marks = static_cast<ClipMarks>(m_segments.marks(row) | Duplicate),
                                     .measures = m_segments.measures(row)});
    }
}

void ClipTable::sortBySplit(std::vector<Row> &rows) const
{
    const auto position = [this](Row row) { return m_positions[row]; };
    if (!std::ranges::is_sorted(rows, {}, position)) // AudioSet's splits are by key themselves
        segments::radixSort(rows, position);
}

const Judgement &ClipTable::judgement(Row row) const
{
    static const Judgement none;
    const auto at = m_judgements.constFind(row);
    return at == m_judgements.cend() ? none : *at;
}

} // namespace earmark::exports
