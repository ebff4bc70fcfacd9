#include "query/queryparser.h"

#include "base/nearest.h"
#include "query/lexer.h"

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
        , m_lexer(text)
    {
    }

    tl::expected<QueryNode, QueryError> parse()
    {
        if (m_next.kind == Token::Kind::End)
            return QueryNode{};
        QueryNode query = parseOr();
        if (m_next.kind == Token::Kind::Close)
            fail(m_next.start, 1, u"this “)” has no “(” before it"_s);
        if (m_error)
            return tl::unexpected(*m_error);
        return query;
    }

private:
    Token take() { return std::exchange(m_next, m_lexer.next()); }
    /// Keeps the first error only: those after it are its consequences.
    QueryNode fail(qsizetype position, qsizetype length, const QString &text)
    {
        if (!m_error)
            m_error = QueryError{position, length, text};
        m_next = {};
        return {};
    }
    /// The word or value is wrong.
    QueryNode refuse(const Token &token, const QString &expected)
    {
        return fail(token.valueStart, token.end - token.valueStart, expected);
    }
    static QueryNode listOf(QueryNode::Kind kind, std::vector<QueryNode> terms)
    {
        if (terms.size() == 1)
            return std::move(terms.front());
        const qsizetype start = terms.front().position;
        const qsizetype end = terms.back().position + terms.back().length;
        return {.kind = kind, .terms = std::move(terms), .position = start, .length = end - start};
    }
    QueryNode leaf(QueryNode::Kind kind, const Token &token, const QString &text, const Range &range = {})
    {
        const qsizetype length = token.end - token.start;
        if (++m_terms > QueryNode::MostTerms)
            return fail(token.start, length, u"expected no more than %1 words"_s.arg(QueryNode::MostTerms));
        return {.kind = kind, .text = text, .range = range, .position = token.start, .length = length};
    }

    QueryNode parseOr()
    {
        std::vector<QueryNode> terms{parseAnd()};
        while (m_next.kind == Token::Kind::Or) {
            take();
            terms.push_back(parseAnd());
        }
        return listOf(QueryNode::Kind::Or, std::move(terms));
    }

    QueryNode parseAnd()
    {
        std::vector<QueryNode> terms;
        while (beginsTerm(m_next.kind))
            terms.push_back(parseTerm());
        if (terms.empty())
            return fail(m_next.start, 1, u"expected a word or a field such as label:Bark here"_s);
        return listOf(QueryNode::Kind::And, std::move(terms));
    }

    static bool beginsTerm(Token::Kind kind)
    {
        return kind != Token::Kind::End && kind != Token::Kind::Or && kind != Token::Kind::Close;
    }

    QueryNode parseTerm()
    {
        const Token token = take();
        if (token.kind == Token::Kind::Word || token.kind == Token::Kind::Field)
            return parseLeaf(token);
        if (++m_depth > QueryNode::MostDepth)
            return fail(
                token.start, 1,
                u"expected no more than %1 “(” and “-” inside each other"_s.arg(QueryNode::MostDepth));
        QueryNode inner = token.kind == Token::Kind::Not ? parseNot(token) : parseGroup(token);
        --m_depth;
        return inner;
    }

    QueryNode parseNot(const Token &sign)
    {
        if (!beginsTerm(m_next.kind) || m_next.start != sign.end)
            return fail(sign.start, 1, u"expected what to exclude right after “-”"_s);
        QueryNode inner = parseTerm();
        const qsizetype end = inner.position + inner.length;
        std::vector<QueryNode> terms;
        terms.push_back(std::move(inner));
        return {.kind = QueryNode::Kind::Not,
                .terms = std::move(terms),
                .position = sign.start,
                .length = end - sign.start};
    }

    QueryNode parseGroup(const Token &open)
    {
        const bool isEmpty = m_next.kind == Token::Kind::End;
        QueryNode inner = isEmpty ? QueryNode() : parseOr();
        if (m_next.kind == Token::Kind::End) // parseOr() stops at ')' or at the end only
            return fail(open.start, 1, u"this “(” is not closed"_s);
        inner.position = open.start;
        inner.length = take().end - open.start;
        return inner;
    }

    QueryNode parseLeaf(const Token &token)
    {
        const bool isField = token.kind == Token::Kind::Field;
        if (isField && token.valueStart == token.start + 1)
            return fail(token.start, 1, u"expected a word before “:”"_s);
        if (isField && token.field == nullptr)
            return unknownField(token);
        if (!token.isClosed)
            return refuse(token, u"this quote is not closed"_s);
        if (token.isQuoted && token.text.trimmed().isEmpty())
            return refuse(token, u"expected a word between the quotes"_s);
        return isField ? parseField(*token.field, token) : leaf(QueryNode::Kind::Word, token, token.text);
    }

    QueryNode unknownField(const Token &token)
    {
        const qsizetype length = token.valueStart - token.start;
        const QStringView name = m_text.sliced(token.start, length - 1);
        std::vector<QString> names;
        QStringList known;
        for (const QueryField &field : queryFields()) {
            names.push_back(field.name);
            known.append(field.name + u':');
        }
        const QString last = known.takeLast();
        const QString guess = guessText(folded(name), names);
        return fail(token.start, length,
                    u"there is no field “%1”"_s.arg(name) +
                        (guess.isEmpty() ? u"; expected %1 or %2, or quotes around what is no field"_s.arg(
                                               known.join(u", "_s), last)
                                         : guess));
    }

    QueryNode parseField(const QueryField &field, const Token &token)
    {
        const QString &value = token.text;
        if (value.isEmpty())
            return fail(token.start, token.end - token.start,
                        u"expected a value right after “%1:”"_s.arg(field.name));
        switch (field.kind) {
        case QueryNode::Kind::Start:
        case QueryNode::Kind::End:
        case QueryNode::Kind::Duration:
            if (const auto range = parseRange(value, parseTime))
                return leaf(field.kind, token, {}, *range);
            return refuse(token, u"expected seconds such as %1:<10, %1:30..60 or %1:1:30"_s.arg(field.name));
        case QueryNode::Kind::Labels:
            if (const auto range = parseRange(value, parseNumber))
                return leaf(field.kind, token, {}, *range);
            return refuse(token, u"expected a number such as labels:1, labels:>=3 or labels:2..4"_s);
        case QueryNode::Kind::Quality:
        case QueryNode::Kind::Silence:
            if (const auto range = parseRange(value, parseNumber); range && isShare(*range))
                return leaf(field.kind, token, {}, *range);
            return refuse(token,
                          u"expected a number from 0 to 1 such as %1:>=0.8 or %1:0.5..0.9"_s.arg(field.name));
        case QueryNode::Kind::Peak:
        case QueryNode::Kind::TruePeak:
        case QueryNode::Kind::Loudness:
            if (const auto range = parseRange(value, parseLevel))
                return leaf(field.kind, token, {}, *range);
            return refuse(token, u"expected decibels such as %1:<-40 or %1:-30..-20"_s.arg(field.name));
        case QueryNode::Kind::Bandwidth:
            if (const auto range = parseRange(value, parseNumber))
                return leaf(field.kind, token, {}, *range);
            return refuse(token, u"expected Hertz such as bandwidth:<8000 or bandwidth:4000..8000"_s);
        case QueryNode::Kind::State:
        case QueryNode::Kind::Verdict:
        case QueryNode::Kind::Is: {
            const QStringList words = queryWords(field.kind);
            const qsizetype known = words.indexOf(value.toLower());
            if (known >= 0)
                return leaf(field.kind, token, words[known]);
            return refuse(token, field.kind == QueryNode::Kind::Is
                                     ? u"expected one of is:%1"_s.arg(words.join(u", is:"_s))
                                     : u"expected a %1: %2"_s.arg(field.name, words.join(u", "_s)));
        }
        default:
            return leaf(field.kind, token, value);
        }
    }

    QStringView m_text;
    Lexer m_lexer;
    Token m_next = m_lexer.next();
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
