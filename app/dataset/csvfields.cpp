#include "dataset/csvfields.h"

namespace earmark::dataset {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view withoutByteOrderMark(std::string_view text)
{
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

bool splitFields(std::string_view line, std::vector<std::string> &fields)
{
    fields.clear();
    for (;;) {
        const auto blank = line.find_first_not_of(" \t");
        line.remove_prefix(blank == std::string_view::npos ? line.size() : blank);
        std::string field;
        if (line.starts_with('"')) {
            line.remove_prefix(1);
            for (;;) {
                const auto quote = line.find('"');
                if (quote == std::string_view::npos)
                    return false;
                field += line.substr(0, quote);
                line.remove_prefix(quote + 1);
                if (!line.starts_with('"'))
                    break;
                field += '"';
                line.remove_prefix(1);
            }
            const auto comma = line.find(',');
            if (!trimmed(line.substr(0, comma)).empty())
                return false;
        } else {
            field = trimmed(line.substr(0, line.find(',')));
        }
        fields.push_back(std::move(field));
        const auto comma = line.find(',');
        if (comma == std::string_view::npos)
            return true;
        line.remove_prefix(comma + 1);
    }
}

} // namespace earmark::dataset
