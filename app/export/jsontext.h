#pragma once

#include <QByteArray>

#include <nlohmann/json_fwd.hpp>

namespace earmark::exports {

/// A value as JSON, ASCII only; `indent` is of a level, -1: all in one line. What is not UTF-8 becomes
/// U+FFFD: texts of others never throw.
QByteArray jsonText(const nlohmann::ordered_json &json, int indent = -1);

} // namespace earmark::exports
