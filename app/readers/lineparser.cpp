#include "readers/lineparser.h"
#include "base/format.h"

#include "segments/segmenttable.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace earmark::readers {

using namespace Qt::StringLiterals;

namespace {

bool canBeMid(std::string_view text)
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

bool LineParser::parseLabels(std::string_view list)
{
    m_labels.clear();
    return addLabels(list) && !m_labels.empty() &&
           m_labels.size() <= segments::SegmentTable::MostLabelsOfSegment;
}

/// Everything that means the same: whatever quotes and blanks, labels spread over columns, trailing commas.
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
    if (m_labels.size() > segments::SegmentTable::MostLabelsOfSegment)
        return problem(segments::manyLabelsText());
    m_key = {*ytid, *start, *end};
    return Kind::Segment;
}

/// Adds the mids of a list; empty places are passed over. Quotes at the ends of a mid are what a spreadsheet
/// leaves when it has split the list at its commas. A mid that is repeated counts once. Ends at the first
/// that is one too many.
bool LineParser::addLabels(std::string_view list)
{
    while (!list.empty() && m_labels.size() <= segments::SegmentTable::MostLabelsOfSegment) {
        const auto comma = list.find(',');
        std::string_view mid = trimmed(list.substr(0, comma));
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        while (mid.starts_with('"'))
            mid.remove_prefix(1);
        while (mid.ends_with('"'))
            mid.remove_suffix(1);
        if (mid.empty())
            continue;
        if (!canBeMid(mid))
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

} // namespace earmark::readers
