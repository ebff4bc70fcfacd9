#include "manifest/cliptable.h"

#include "dataset/labellist.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <cstring>

namespace earmark::manifest {

using namespace Qt::StringLiterals;
using workspace::Judgement;
using workspace::LedgerRow;

namespace {

/// The labels of a ledger's row; the views are good for as long as row and `kept` are.
void readLabels(QByteArrayView list, std::vector<std::string_view> &labels, std::vector<QByteArray> &kept)
{
    labels.clear();
    std::string_view rest(list.data(), static_cast<std::size_t>(list.size()));
    if (rest.find('"') != std::string_view::npos) {
        kept = dataset::splitLabels(list);
        for (const QByteArray &label : kept)
            labels.emplace_back(label.constData(), static_cast<std::size_t>(label.size()));
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
    QHash<SegmentKey, Judgement> judgements;
    if (auto read = (*reader)->forEachJudgement(
            [&judgements](const SegmentKey &key, const Judgement &each) { judgements.insert(key, each); });
        !read)
        return tl::unexpected(read.error());

    const auto counts = (*reader)->counts();
    if (!counts)
        return tl::unexpected(counts.error());
    // Growing by copies would take half as much again.
    const auto total = static_cast<std::size_t>(counts->total());
    table.m_files.reserve(total);
    table.m_sums.reserve(total);
    table.m_segments.reserve(total);

    std::vector<std::string_view> labels;
    std::vector<QByteArray> kept;
    QSet<std::uint64_t> sounds;
    bool fits = true;
    const auto visit = [&](const LedgerRow &row) {
        readLabels(row.labels, labels, kept);
        fits = table.m_segments.append(row.key, labels);
        if (!fits)
            return false;
        const Row at = table.size() - 1;
        table.m_files.push_back({static_cast<std::uint32_t>(row.samples), row.sampleRate});
        Sum sum{};
        bool isDuplicate = false;
        if (std::cmp_equal(row.sha256.size(), sum.size())) {
            std::memcpy(sum.data(), row.sha256.data(), sum.size());
            const std::uint64_t sound = workspace::soundOf(row.sha256);
            // The first in the split is none.
            isDuplicate = isPlayable(row.state) && sounds.contains(sound);
            sounds.insert(sound);
        }
        table.m_sums.push_back(sum);
        const auto said = judgements.constFind(row.key);
        const Judgement *judgement = said == judgements.cend() ? nullptr : &*said;
        if (judgement)
            table.m_judgements.insert(at, *judgement);
        const QString reason = row.state == ClipState::Failed
                                   ? workspace::whyFailed(row.failure, QString::fromUtf8(row.reason))
                                   : QString();
        table.m_segments.setClip(at, {.state = row.state,
                                      .verdict = judgement ? judgement->verdict : Verdict::Undecided,
                                      .reason = reason,
                                      .marks = static_cast<ClipMarks>((judgement ? judgement->marks() : 0) |
                                                                      (isDuplicate ? Duplicate : 0)),
                                      .measures = row.measures});
        return !stop.stop_requested();
    };
    if (auto read = (*reader)->forEachRow(workspace::schema::Select::InOrder, visit); !read)
        return tl::unexpected(read.error());
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, u"The export was cancelled."_s);
    if (!fits)
        return failure(
            ErrorCode::BadInput,
            u"The clips of %1 have more than %2 different labels between them: export them from several folders."_s
                .arg(table.m_layout.root())
                .arg(dataset::SegmentTable::MostLabels));
    return table;
}

QByteArrayView ClipTable::sha256(Row row) const
{
    const Sum &sum = m_sums[row];
    return sum == Sum{} ? QByteArrayView() : QByteArrayView(sum.data(), std::ssize(sum));
}

const Judgement &ClipTable::judgement(Row row) const
{
    static const Judgement none;
    const auto at = m_judgements.constFind(row);
    return at == m_judgements.cend() ? none : *at;
}

} // namespace earmark::manifest
