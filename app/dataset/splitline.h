#pragma once

#include "dataset/segmenttable.h"

#include <QString>

namespace earmark::dataset {

/// A row as the official split has it, without a line end: `--PJHxphWEs, 30.000, 40.000,
/// "/m/09x0r,/t/dd00088"`.
QString splitLine(const SegmentTable &table, Row row);

} // namespace earmark::dataset
