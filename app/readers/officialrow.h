#pragma once

#include "segments/segmenttable.h"

#include <QString>

namespace earmark::readers {

/// What stands above the rows of an official split.
inline constexpr QLatin1StringView SplitHeader("# YTID, start_seconds, end_seconds, positive_labels");
/// Appends a row as splitLine() gives it, UTF-8; `labels` as SegmentTable::midList().
void appendSplitLine(QByteArray &out, const SegmentKey &key, QByteArray labels);
/// A row as the official split has it, without a line end: `--PJHxphWEs, 30.000, 40.000,
/// "/m/09x0r,/t/dd00088"`. Other labels than mids are quoted so that readSegments() reads them back.
QString splitLine(const segments::SegmentTable &table, segments::Row row);

/// Whether the table can be written as an official split: all its labels are mids.
bool hasOnlyMids(const segments::SegmentTable &table);
/// What stands above rows of listLine().
QString listHeader();
/// A row as plain CSV, for labels of any kind: `--PJHxphWEs,30,40,"/m/09x0r,playing banjo"`. A label that
/// holds a comma is quoted within the list.
QString listLine(const segments::SegmentTable &table, segments::Row row);

} // namespace earmark::readers
