#pragma once

#include "base/result.h"
#include "dataset/segmenttable.h"
#include "workspace/cliprecord.h"
#include "workspace/layout.h"

#include <QHash>

#include <array>
#include <stop_token>

namespace earmark::manifest {

/// All clips of a workspace as its ledger has them, in the order of the split, as columns: what exports
/// choose from. A picture of the moment at which it was read.
class ClipTable final
{
public:
    using Row = dataset::Row;

    /// Reads the ledger on a connection of its own, beside a program that works on it: call it off the
    /// window's thread, after Workspace::flush(). Errors: as LedgerReader::open(); Cancelled; BadInput when
    /// there are more different labels than a table holds.
    static Result<ClipTable> read(const QString &workspaceFolder, const std::stop_token &stop = {});

    const workspace::Layout &layout() const { return m_layout; }
    /// Keys, labels and what filters ask of clips.
    const dataset::SegmentTable &segments() const { return m_segments; }
    Row size() const { return m_segments.size(); }

    /// Of the WAV, Hz; 0 while there is none.
    int sampleRate(Row row) const { return m_files[row].sampleRate; }
    /// Of the WAV, seconds.
    double duration(Row row) const
    {
        const File &file = m_files[row];
        return file.sampleRate > 0 ? static_cast<double>(file.samples) / file.sampleRate : 0.0;
    }
    /// Of the WAV, 32 bytes; empty when nobody knows it.
    QByteArrayView sha256(Row row) const;
    /// What a listener has said of it.
    const workspace::Judgement &judgement(Row row) const;

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
    using Sum = std::array<char, 32>;

    workspace::Layout m_layout;
    dataset::SegmentTable m_segments;
    std::vector<File> m_files;
    std::vector<Sum> m_sums; ///< all zero when it is not known
    QHash<Row, workspace::Judgement> m_judgements;
};

} // namespace earmark::manifest
