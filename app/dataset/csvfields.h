#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace earmark::dataset {

/// Splits a line at its commas. Blanks around a field are dropped; a field in double quotes may hold commas,
/// and "" for one quote. (AudioSet's separator is comma *and blank*, so a quote after blanks still opens a
/// field.) False when a quote is not closed or text follows a closed one. `fields` is replaced.
bool splitFields(std::string_view line, std::vector<std::string> &fields);

/// The text without blanks (space, tab, carriage return) at either end.
std::string_view trimmed(std::string_view text);

/// Takes a UTF-8 byte-order mark from the front.
std::string_view withoutByteOrderMark(std::string_view text);

} // namespace earmark::dataset
