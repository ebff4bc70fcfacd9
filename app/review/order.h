#pragma once

#include "segments/segmenttable.h"

#include <QStringView>

#include <span>
#include <vector>

namespace earmark::review {

/// In which order clips are listened to.
enum class Order {
    AsShown,        ///< as the table shows them
    Shuffled,       ///< by chance, the same for the same seed on every machine, whatever else is found
    UndecidedFirst, ///< those without a verdict, then the others, each as shown
    ByLabel,        ///< all of a class together, each clip with the rarest of its classes; rarest class first
};
inline constexpr std::array AllOrders{Order::AsShown, Order::Shuffled, Order::UndecidedFirst, Order::ByLabel};
/// The word by which it is remembered: "by-label".
QLatin1StringView keyword(Order order);

/// Those of the rows `shown` whose clips can be heard, in this order.
std::vector<segments::Row> inOrder(const segments::SegmentTable &table, std::span<const segments::Row> shown,
                                   Order order, std::uint32_t seed);

} // namespace earmark::review
