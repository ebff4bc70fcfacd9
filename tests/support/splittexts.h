#pragma once

#include "readers/splitreader.h"

#include <QStringList>

namespace earmark::test {

/// "id start-end label,label" of each row, in milliseconds; labels with commas are quoted.
inline QStringList rowsOf(const segments::SegmentTable &table)
{
    QStringList rows;
    for (segments::Row row = 0; row < table.size(); ++row) {
        const SegmentKey key = table.key(row);
        rows.append(QStringLiteral("%1 %2-%3 %4")
                        .arg(key.ytid.toString())
                        .arg(key.startMs)
                        .arg(key.endMs)
                        .arg(QString::fromUtf8(table.midList(row))));
    }
    return rows;
}

/// "line: reason" of each.
inline QStringList linesOf(const std::vector<readers::Problem> &problems)
{
    QStringList lines;
    for (const readers::Problem &problem : problems)
        lines.append(QStringLiteral("%1: %2").arg(problem.line).arg(problem.reason));
    return lines;
}

} // namespace earmark::test
