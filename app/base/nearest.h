#pragma once

#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace earmark {

/// The place in `names` of the name that `typed` was most likely meant to be: the shortest that begins with
/// it, else the one that the fewest changes of a character make of it. Nothing when all are other words, or
/// nothing was typed. Upper and lower case are told apart: fold both where that does not matter.
std::optional<std::size_t> nearestName(const QString &typed, std::span<const QString> names);

/// "; did you mean “list”?" for the end of a sentence; empty when no name is near.
QString guessText(const QString &typed, const std::vector<QString> &names);

} // namespace earmark
