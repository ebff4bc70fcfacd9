#pragma once

#include "readers/splitreader.h"

#include <QHash>

#include <optional>
#include <vector>

namespace earmark::readers {

/// Makes a table of rows each of which may tell only some of a segment's labels: they are gathered in the
/// order in which the file names them; segments stay in the order of their first rows.
class SegmentMerger final
{
public:
    /// What it means when a row tells nothing new.
    enum class Repeats { AreNormal, AreProblems };

    /// `mostLabels`: distinct ones; what has more is a problem.
    SegmentMerger(const QString &path, FileKind kind, Repeats repeats,
                  std::size_t mostLabels = segments::SegmentTable::MostLabels);

    /// `labels` as labelFromText() gives them; none is a problem.
    void add(qint64 line, const SegmentKey &key, const std::vector<QByteArray> &labels);
    void problem(qint64 line, const QString &reason);
    /// Errors: BadInput when there is no segment; Cancelled.
    Result<Split> finish(const std::stop_token &stop);

private:
    struct Segment
    {
        SegmentKey key;
        qint64 line = 0; ///< where it comes first
        std::vector<segments::LabelNumber> labels;
    };
    std::optional<segments::LabelNumber> number(const QByteArray &label);
    Segment &segment(const SegmentKey &key);

    Split m_split;
    Repeats m_repeats;
    std::vector<Segment> m_segments;
    QHash<SegmentKey, std::size_t> m_places; ///< in m_segments
    std::size_t m_mostLabels;
    std::vector<QByteArray> m_labels;
    QHash<QByteArray, segments::LabelNumber> m_numbers; ///< in m_labels
    std::vector<segments::LabelNumber> m_row;           ///< the labels of one row, kept for its memory
};

} // namespace earmark::readers
