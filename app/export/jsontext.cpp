#include "export/jsontext.h"

#include <nlohmann/json.hpp>

namespace earmark::exports {

QByteArray jsonText(const nlohmann::ordered_json &json, int indent)
{
    constexpr bool asciiOnly = true;
    return QByteArray::fromStdString(
        json.dump(indent, ' ', asciiOnly, nlohmann::ordered_json::error_handler_t::replace));
}

} // namespace earmark::exports
