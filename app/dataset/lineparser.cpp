#include "dataset/lineparser.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

/// Takes the text up to the next ", " from the front of `line`; false when there is none.
bool takeField(std::string_view &line, std::string_view &field)
{
    const auto comma = line.find(',');
    if (comma == std::string_view::npos || comma + 1 >= line.size() || line[comma + 1] != ' ')
        return false;
    field = line.substr(0, comma);
    line.remove_prefix(comma + 2);
    return true;
}

bool isMid(std::string_view text)
{
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '/' || c == '-' || c == '.';
    };
    return text.size() >= 2 && text.front() == '/' && std::ranges::all_of(text, allowed);
}

bool isHeader(std::string_view firstField)
{
    const QByteArray name =
        QByteArray(firstField.data(), static_cast<qsizetype>(firstField.size())).toLower();
    return name == "ytid" || name == "youtube_id" || name == "video_id";
}

} // namespace

LineParser::Kind LineParser::parse(std::string_view line)
{
    if (parseOfficial(line))
        return Kind::Segment;
    const std::string_view content = trimmed(line);
    if (content.find_first_not_of(", \t\"") == std::string_view::npos)
        return Kind::Nothing; // a spreadsheet writes a blank line as ",,,"
    if (content.starts_with("#NAME?") || content.starts_with("#ERROR!"))
        return problem(
            u"a spreadsheet took the id for a formula and replaced it; take this line from the original file"_s);
    if (content[content.find_first_not_of("\" ")] == '#')
        return Kind::Nothing;
    return parseFields(content);
}

/// `YTID, start, end, "mid,mid"` exactly as AudioSet writes it: nearly every line, so without any copy.
bool LineParser::parseOfficial(std::string_view line)
{
    std::string_view id;
    std::string_view start;
    std::string_view end;
    if (!takeField(line, id) || !takeField(line, start) || !takeField(line, end) || line.size() < 3 ||
        line.front() != '"' || line.back() != '"')
        return false;
    const auto ytid = YtId::parse(id);
    const auto startMs = parseSeconds(start);
    const auto endMs = parseSeconds(end);
    m_labels.clear();
    if (!ytid || !startMs || !endMs || *startMs >= *endMs || !addLabels(line.substr(1, line.size() - 2)))
        return false;
    m_key = {*ytid, *startMs, *endMs};
    return !m_labels.empty();
}

/// Everything else that means the same: other quotes and blanks, labels spread over columns, trailing commas.
LineParser::Kind LineParser::parseFields(std::string_view line)
{
    if (m_fields.split(line) != CsvFields::Outcome::Whole)
        return problem(u"a quote that is opened is not closed, or is followed by more text"_s);
    if (isHeader(m_fields[0]))
        return Kind::Nothing;
    if (m_fields.size() < 4)
        return problem(
            u"expected YTID, start_seconds, end_seconds, labels; found %1 of these 4"_s.arg(m_fields.size()));
    const auto ytid = YtId::parse(m_fields[0]);
    if (!ytid)
        return problem(
            u"the id “%1” is not 11 characters of A-Z, a-z, 0-9, _ and -"_s.arg(shown(m_fields[0])));
    const auto start = parseSeconds(m_fields[1]);
    if (!start)
        return problem(u"the start “%1” is not a time in seconds, such as 30.000"_s.arg(shown(m_fields[1])));
    const auto end = parseSeconds(m_fields[2]);
    if (!end)
        return problem(u"the end “%1” is not a time in seconds, such as 40.000"_s.arg(shown(m_fields[2])));
    if (*start >= *end)
        return problem(
            u"the end (%1 s) is not after the start (%2 s)"_s.arg(secondsText(*end), secondsText(*start)));
    m_labels.clear();
    for (int field = 3; std::cmp_less(field, m_fields.size()); ++field) {
        if (!addLabels(m_fields[field]))
            return problem(u"“%1” is not a label id such as /m/09x0r"_s.arg(shown(m_fields[field])));
    }
    if (m_labels.empty())
        return problem(u"there is no label; expected ids such as /m/09x0r"_s);
    m_key = {*ytid, *start, *end};
    return Kind::Segment;
}

/// Adds the mids of a list; empty places are passed over. Quotes at the ends of a mid are what a spreadsheet
/// leaves when it has split the list at its commas. A mid that is repeated counts once.
bool LineParser::addLabels(std::string_view list)
{
    while (!list.empty()) {
        const auto comma = list.find(',');
        std::string_view mid = trimmed(list.substr(0, comma));
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        while (mid.starts_with('"'))
            mid.remove_prefix(1);
        while (mid.ends_with('"'))
            mid.remove_suffix(1);
        if (mid.empty())
            continue;
        if (!isMid(mid))
            return false;
        if (std::ranges::find(m_labels, mid) == m_labels.end())
            m_labels.push_back(mid);
    }
    return true;
}

LineParser::Kind LineParser::problem(QString reason)
{
    m_reason = std::move(reason);
    return Kind::Problem;
}

} // namespace earmark::dataset
