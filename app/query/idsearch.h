#pragma once

#include "clips/segmentkey.h"
#include "query/block.h"

#include <span>
#include <string_view>

namespace earmark::query {

/// Takes out of `block` which of its first ids.size() do not hold `text`, upper and lower case told apart.
void keepIdsHolding(std::string_view text, std::span<const YtId> ids, Block &block);

} // namespace earmark::query
