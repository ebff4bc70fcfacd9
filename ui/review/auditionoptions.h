#pragma once

#include "review/order.h"

namespace earmark::ui {

/// How a person wants to go through clips; remembered.
struct AuditionOptions
{
    review::Order order = review::Order::AsShown;
    std::uint32_t seed = 1; ///< of review::Order::Shuffled
    bool isBlind = false;   ///< labels stay hidden until the verdict
    bool operator==(const AuditionOptions &) const = default;
};

} // namespace earmark::ui
