#pragma once

#include "query/query.h"

#include <tl/expected.hpp>

namespace earmark::query {

/// Parses a query. Seconds are `9.5` or `m:ss` or `h:mm:ss`, levels may be below zero; comparisons `30`,
/// `=30`, `<30`, `<=30`, `>30`, `>=30`, `30..60`, `30..`, `..60`. Errors: the first thing that does not fit;
/// more than QueryNode::MostTerms or MostDepth.
tl::expected<QueryNode, QueryError> parseQuery(QStringView text);

} // namespace earmark::query
