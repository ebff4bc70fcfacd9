#pragma once

#include "base/result.h"
#include "clips/clip.h"
#include "segments/column.h"
#include "segments/segmenttable.h"
#include "workspace/layout.h"

#include <QHash>

#include <array>
#include <stop_token>
#include <vector>

namespace earmark::workspace {
class LedgerReader;
}

namespace earmark::exports {

/// All clips of a workspace as its ledger and its folder have them, by key, as columns: what exports choose
/// from. A picture of the moment at which it was read.
class ClipTable final
{
public:
    using Row = segments::Row;

    /// Reads the ledger on a connection of its own, beside a program that works on it, and lists the folder
    /// of clips: call it off the window's thread, after Workspace::flush(). Errors: as LedgerReader::open();
    /// Cancelled; BadInput when there are more different labels than a table holds.
    static Result<ClipTable> read(const QString &workspaceFolder, const std::stop_token &stop = {});

    const workspace::Layout &layout() const { return m_layout; }
    /// Keys, labels and what filters ask of clips.
    const segments::SegmentTable &segments() const { return m_segments; }
    Row size() const { return m_segments.size(); }
    /// Brings rows into the order of the split.
    void sortBySplit(std::vector<Row> &rows) const;
    /// Rows of the ledger that are damaged: their clips are not here.
    qint64 damagedRows() const { return m_damagedRows; }
    /// Whether the WAV lies in the workspace.
    bool hasFile(Row row) const { return m_hasFile[row]; }

    /// Of the WAV, Hz; 0 while there is none.
    int sampleRate(Row row) const { return m_files[row].sampleRate; }
    /// Of the WAV: how many for each channel.
    qint64 samples(Row row) const { return m_files[row].samples; }
    /// Of the WAV, seconds.
    double duration(Row row) const
    {
        const File &file = m_files[row];
        return file.sampleRate > 0 ? static_cast<double>(file.samples) / file.sampleRate : 0.0;
    }
    /// Of the WAV, 32 bytes; empty when nobody knows it.
    const Sha256 &sha256(Row row) const { return m_sums[row]; }
    /// What a listener has said of it.
    const Judgement &judgement(Row row) const;

private:
    explicit ClipTable(const QString &root)
        : m_layout(root)
    {
    }
    struct File
    {
        std::uint32_t samples = 0;
        int sampleRate = 0;
    };

    Result<void> readLedger(workspace::LedgerReader &reader, const std::stop_token &stop);
    void markDuplicates();
    void setFiles(const std::vector<SegmentKey> &keys);

    workspace::Layout m_layout;
    segments::SegmentTable m_segments;
    segments::Column<std::uint32_t> m_positions; ///< in the split
    segments::Column<File> m_files;
    segments::Column<Sha256> m_sums;
    std::vector<bool> m_hasFile;
    QHash<Row, Judgement> m_judgements;
    qint64 m_damagedRows = 0;
};

} // namespace earmark::exports
