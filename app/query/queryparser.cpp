#include "query/query.h"

#include "base/nearest.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace earmark::query {

using namespace Qt::StringLiterals;

namespace {

/// "9.5"; nothing for signs, exponents, other characters or what no double holds.
std::optional<double> parseNumber(QStringView text)
{
    const auto isPart = [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'.'; };
    bool ok = false;
    const double value = std::ranges::all_of(text, isPart) ? text.toDouble(&ok) : 0;
    return ok ? std::optional(value) : std::nullopt;
}

/// The same with a sign, for levels.
std::optional<double> parseLevel(QStringView text)
{
    const bool isBelowZero = text.startsWith(u'-');
    const auto value = parseNumber(text.sliced(isBelowZero ? 1 : 0));
    return value && isBelowZero ? std::optional(-*value) : value;
}

/// "9.5", "1:30", "1:02:03.5" as seconds.
std::optional<double> parseTime(QStringView text)
{
    const QList<QStringView> parts = text.split(u':');
    if (parts.size() == 1)
        return parseNumber(text);
    double seconds = 0;
    for (const QStringView part : parts) {
        const auto number = parseNumber(part);
        const bool isFirst = part.begin() == text.begin();
        const bool isLast = part.end() == text.end();
        if (!number || parts.size() > 3 || (!isFirst && *number >= 60) || (!isLast && part.contains(u'.')))
            return std::nullopt;
        seconds = 60 * seconds + *number;
    }
    // As near to the decimal number as when it were written without colons: "1:23.7" is "83.7".
    return std::round(seconds * 1000) / 1000;
}

/// A comparison as after `duration:`; `number` reads one end of it.
std::optional<Range> parseRange(QStringView text, std::optional<double> (*number)(QStringView))
{
    if (const qsizetype dots = text.indexOf(u".."_s); dots >= 0) {
        const QStringView first = text.first(dots);
        const QStringView last = text.sliced(dots + 2);
        const auto low = first.isEmpty() ? Range().low : number(first);
        const auto high = last.isEmpty() ? Range().high : number(last);
        if (!low || !high || *low > *high || (first.isEmpty() && last.isEmpty()))
            return std::nullopt;
        return Range{.low = *low, .high = *high};
    }
    const QChar sign = text.isEmpty() ? QChar() : text.front();
    const bool hasSign = sign == u'<' || sign == u'>' || sign == u'=';
    const bool withEqual = hasSign && sign != u'=' && text.sliced(1).startsWith(u'=');
    const auto value = number(text.sliced(hasSign ? (withEqual ? 2 : 1) : 0));
    if (!value)
        return std::nullopt;
    if (sign == u'<')
        return Range{.high = *value, .withHigh = withEqual};
    if (sign == u'>')
        return Range{.low = *value, .withLow = withEqual};
    return Range{.low = *value, .high = *value};
}

/// Qualities and shares are 0 to 1: nobody means to find nothing with `quality:>=80`.
bool isShare(const Range &range)
{
    const auto fits = [](double end) { return std::isinf(end) || end <= 1; };
    return fits(range.low) && fits(range.high);
}

/// Recursive descent: or-list of and-lists of terms.
class Parser final
{
public:
    explicit Parser(QStringView text)
        : m_text(text)
    {
    }

    tl::expected<QueryNode, QueryError> parse()
    {
        skipBlanks();
        if (atEnd())
            return QueryNode{};
        QueryNode query = parseOr();
        if (!m_error && !atEnd())
            fail(m_at, 1, u"this “)” has no “(” before it"_s);
        if (m_error)
            return tl::unexpected(*m_error);
        return query;
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    QChar here() const { return m_text[m_at]; }
    void skipBlanks()
    {
        while (!atEnd() && here().isSpace())
            ++m_at;
    }
    /// Keeps the first error only: those after it are its consequences.
    QueryNode fail(qsizetype position, qsizetype length, const QString &text)
    {
        if (!m_error)
            m_error = QueryError{position, length, text};
        m_at = m_text.size();
        return {};
    }
    static QueryNode listOf(QueryNode::Kind kind, std::vector<QueryNode> terms)
    {
        if (terms.size() == 1)
            return std::move(terms.front());
        const qsizetype start = terms.front().position;
        const qsizetype end = terms.back().position + terms.back().length;
        return {.kind = kind, .terms = std::move(terms), .position = start, .length = end - start};
    }
    /// A word or a field that began at `start` and ends here.
    QueryNode leaf(QueryNode::Kind kind, qsizetype start, const QString &text, const Range &range = {})
    {
        if (++m_terms > QueryNode::MostTerms)
            return fail(start, m_at - start, u"expected no more than %1 words"_s.arg(QueryNode::MostTerms));
        return {.kind = kind, .text = text, .range = range, .position = start, .length = m_at - start};
    }

    QueryNode parseOr()
    {
        std::vector<QueryNode> terms{parseAnd()};
        while (!atEnd() && here() == u'|') {
            ++m_at;
            skipBlanks();
            terms.push_back(parseAnd());
        }
        return listOf(QueryNode::Kind::Or, std::move(terms));
    }

    QueryNode parseAnd()
    {
        std::vector<QueryNode> terms;
        while (!atEnd() && here() != u'|' && here() != u')') {
            terms.push_back(parseTerm());
            skipBlanks();
        }
        if (terms.empty())
            return fail(m_at, 1, u"expected a word or a field such as label:Bark here"_s);
        return listOf(QueryNode::Kind::And, std::move(terms));
    }

    QueryNode parseTerm()
    {
        const qsizetype start = m_at;
        if (here() == u'-' || here() == u'(') {
            if (++m_depth > QueryNode::MostDepth)
                return fail(
                    start, 1,
                    u"expected no more than %1 “(” and “-” inside each other"_s.arg(QueryNode::MostDepth));
            QueryNode inner = here() == u'-' ? parseNot() : parseGroup();
            --m_depth;
            return inner;
        }
        if (here() == u'"') {
            const QString text = quoted();
            return leaf(QueryNode::Kind::Word, start, text);
        }
        const QStringView word = bare(u"()|:");
        if (atEnd() || here() != u':')
            return leaf(QueryNode::Kind::Word, start, word.toString());
        ++m_at;
        if (word.isEmpty())
            return fail(start, 1, u"expected a word before “:”"_s);
        const auto field = std::ranges::find_if(queryFields(), [word](const QueryField &each) {
            return word.compare(each.name, Qt::CaseInsensitive) == 0;
        });
        if (field == queryFields().end())
            return unknownField(word, start);
        return parseField(*field, start);
    }

    QueryNode parseNot()
    {
        const qsizetype start = m_at++;
        if (atEnd() || here().isSpace() || here() == u'|' || here() == u')')
            return fail(start, 1, u"expected what to exclude right after “-”"_s);
        QueryNode inner = parseTerm();
        const qsizetype end = inner.position + inner.length;
        std::vector<QueryNode> terms;
        terms.push_back(std::move(inner));
        return {.kind = QueryNode::Kind::Not,
                .terms = std::move(terms),
                .position = start,
                .length = end - start};
    }

    QueryNode parseGroup()
    {
        const qsizetype start = m_at++;
        skipBlanks();
        if (atEnd())
            return fail(start, 1, u"this “(” is not closed"_s);
        QueryNode inner = parseOr();
        if (atEnd())
            return fail(start, 1, u"this “(” is not closed"_s);
        ++m_at; // parseOr() stops at ')' or at the end only
        inner.position = start;
        inner.length = m_at - start;
        return inner;
    }

    QueryNode unknownField(QStringView name, qsizetype start)
    {
        std::vector<QString> names;
        QStringList known;
        for (const QueryField &field : queryFields()) {
            names.push_back(field.name);
            known.append(field.name + u':');
        }
        const QString last = known.takeLast();
        const QString guess = guessText(folded(name), names);
        return fail(start, m_at - start,
                    u"there is no field “%1”"_s.arg(name) +
                        (guess.isEmpty() ? u"; expected %1 or %2, or quotes around what is no field"_s.arg(
                                               known.join(u", "_s), last)
                                         : guess));
    }

    QueryNode parseField(const QueryField &field, qsizetype start)
    {
        const qsizetype valueAt = m_at;
        // A value may hold colons: "1:30", and nothing else begins with one.
        const QString value = !atEnd() && here() == u'"' ? quoted() : bare(u"()|").toString();
        if (m_error)
            return {};
        if (value.isEmpty())
            return fail(start, valueAt - start, u"expected a value right after “%1:”"_s.arg(field.name));
        const auto refuse = [&](const QString &expected) { return fail(valueAt, m_at - valueAt, expected); };
        switch (field.kind) {
        case QueryNode::Kind::Start:
        case QueryNode::Kind::End:
        case QueryNode::Kind::Duration:
            if (const auto range = parseRange(value, parseTime))
                return leaf(field.kind, start, {}, *range);
            return refuse(u"expected seconds such as %1:<10, %1:30..60 or %1:1:30"_s.arg(field.name));
        case QueryNode::Kind::Labels:
            if (const auto range = parseRange(value, parseNumber))
                return leaf(field.kind, start, {}, *range);
            return refuse(u"expected a number such as labels:1, labels:>=3 or labels:2..4"_s);
        case QueryNode::Kind::Quality:
        case QueryNode::Kind::Silence:
            if (const auto range = parseRange(value, parseNumber); range && isShare(*range))
                return leaf(field.kind, start, {}, *range);
            return refuse(u"expected a number from 0 to 1 such as %1:>=0.8 or %1:0.5..0.9"_s.arg(field.name));
        case QueryNode::Kind::Peak:
        case QueryNode::Kind::TruePeak:
        case QueryNode::Kind::Loudness:
            if (const auto range = parseRange(value, parseLevel))
                return leaf(field.kind, start, {}, *range);
            return refuse(u"expected decibels such as %1:<-40 or %1:-30..-20"_s.arg(field.name));
        case QueryNode::Kind::Bandwidth:
            if (const auto range = parseRange(value, parseNumber))
                return leaf(field.kind, start, {}, *range);
            return refuse(u"expected Hertz such as bandwidth:<8000 or bandwidth:4000..8000"_s);
        case QueryNode::Kind::State:
        case QueryNode::Kind::Verdict:
        case QueryNode::Kind::Is: {
            const QStringList words = queryWords(field.kind);
            const qsizetype known = words.indexOf(value.toLower());
            if (known >= 0)
                return leaf(field.kind, start, words[known]);
            return refuse(field.kind == QueryNode::Kind::Is
                              ? u"expected one of is:%1"_s.arg(words.join(u", is:"_s))
                              : u"expected a %1: %2"_s.arg(field.name, words.join(u", "_s)));
        }
        default:
            return leaf(field.kind, start, value);
        }
    }

    QString quoted()
    {
        const qsizetype start = m_at++;
        QString text;
        for (;; ++m_at) {
            const qsizetype quote = m_text.indexOf(u'"', m_at);
            if (quote < 0) {
                fail(start, m_text.size() - start, u"this quote is not closed"_s);
                return {};
            }
            text += m_text.sliced(m_at, quote - m_at);
            m_at = quote + 1;
            if (atEnd() || here() != u'"')
                break;
            text += u'"';
        }
        if (text.trimmed().isEmpty())
            fail(start, m_at - start, u"expected a word between the quotes"_s);
        return text;
    }

    /// Up to a blank or one of these characters.
    QStringView bare(QStringView separators)
    {
        const qsizetype start = m_at;
        while (!atEnd() && !here().isSpace() && !separators.contains(here()))
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    QStringView m_text;
    qsizetype m_at = 0;
    int m_terms = 0;
    int m_depth = 0;
    std::optional<QueryError> m_error;
};

} // namespace

tl::expected<QueryNode, QueryError> parseQuery(QStringView text)
{
    return Parser(text).parse();
}

} // namespace earmark::query
