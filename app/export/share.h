#pragma once

#include "base/result.h"

#include <QString>

#include <span>
#include <vector>

namespace earmark::exports {

/// A part of a dataset, and how much of it is to be in it.
struct Share
{
    static constexpr std::uint32_t Whole = 10'000;

    QString name; ///< letters, digits, '-' and '_' of ASCII: files and folders are called so; each only once
    std::uint32_t hundredths = 0; ///< of a per cent, 1 to Whole; those of all parts are Whole together

    /// 1250 -> "12.50".
    static QString text(std::uint64_t hundredths);
    bool operator==(const Share &) const = default;
};

/// "80/10/10" (train, validation, test), "90/10" (train, test) or "train=70,dev=12.5,eval=17.5": per cent,
/// with up to two decimals. BadInput, with what is wrong, for anything else: also when it is not 100 in all.
Result<std::vector<Share>> parseShares(const QString &text);

/// Whether these can be the parts of a dataset, at most 100 of them. BadInput, with what is wrong.
Result<void> checkShares(std::span<const Share> shares);

} // namespace earmark::exports
