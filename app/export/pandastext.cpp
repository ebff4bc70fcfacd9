#include "export/pandastext.h"

#include "base/bytes.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <string_view>

namespace earmark::exports {

bool isTextToPandas(QByteArrayView field)
{
    static constexpr std::array<std::string_view, 17> Missing{
        "",     "#n/a", "#n/a n/a", "#na",  "-1.#ind", "-1.#qnan", "-nan", "1.#ind", "1.#qnan",
        "<na>", "n/a",  "na",       "null", "nan",     "none",     "true", "false"};
    const QByteArray lower = field.trimmed().toByteArray().toLower();
    std::string_view text = viewOf(lower);
    if (std::ranges::find(Missing, text) != Missing.end())
        return false;
    if (text.front() == '+' || text.front() == '-')
        text.remove_prefix(1);
    if (text == "inf" || text == "infinity")
        return false;
    // Digits, points, exponents: what holds another character, or no digit, is no number.
    return text.find_first_of("0123456789") == std::string_view::npos ||
           text.find_first_not_of("0123456789.e+-") != std::string_view::npos;
}

} // namespace earmark::exports
