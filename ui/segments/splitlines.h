#pragma once

#include "dataset/segmenttable.h"

#include <QString>

#include <span>

namespace earmark::ui {

/// Rows as the official split has them: `--PJHxphWEs, 30.000, 40.000, "/m/09x0r,/t/dd00088"`, a line each.
QString splitLines(const dataset::SegmentTable &table, std::span<const dataset::Row> rows);

} // namespace earmark::ui
