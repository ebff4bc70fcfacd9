#include "query/lexer.h"

#include <algorithm>

namespace earmark::query {

using namespace Qt::StringLiterals;

namespace {

/// End a bare word, besides blanks.
constexpr QStringView WordSeparators = u"()|:";
/// End a bare value, which may hold colons: "1:30".
constexpr QStringView ValueSeparators = u"()|";

Token::Kind kindOf(QChar c)
{
    switch (c.unicode()) {
    case u'|':
        return Token::Kind::Or;
    case u'(':
        return Token::Kind::Open;
    case u')':
        return Token::Kind::Close;
    case u'-':
        return Token::Kind::Not;
    default:
        return Token::Kind::Word;
    }
}

} // namespace

Token Lexer::next()
{
    while (m_at < m_text.size() && m_text[m_at].isSpace())
        ++m_at;
    Token token{.start = m_at, .end = m_at, .valueStart = m_at};
    if (m_at == m_text.size())
        return token;
    token.kind = kindOf(m_text[m_at]);
    if (token.kind != Token::Kind::Word) {
        token.end = ++m_at;
        return token;
    }
    takeValue(token, WordSeparators);
    if (!token.isQuoted && m_text.sliced(m_at).startsWith(u':')) {
        const auto field = std::ranges::find_if(queryFields(), [&token](const QueryField &each) {
            return token.text.compare(each.name, Qt::CaseInsensitive) == 0;
        });
        token.kind = Token::Kind::Field;
        token.field = field == queryFields().end() ? nullptr : &*field;
        token.valueStart = ++m_at;
        takeValue(token, ValueSeparators);
    }
    token.end = m_at;
    return token;
}

/// Takes a text in quotes, or one that ends at a blank or one of the separators.
void Lexer::takeValue(Token &token, QStringView separators)
{
    const QStringView rest = m_text.sliced(m_at);
    token.isQuoted = rest.startsWith(u'"');
    if (!token.isQuoted) {
        const auto isEnd = [separators](QChar c) { return c.isSpace() || separators.contains(c); };
        token.text = rest.first(std::ranges::find_if(rest, isEnd) - rest.begin()).toString();
        m_at += token.text.size();
        return;
    }
    qsizetype quote = rest.indexOf(u'"', 1);
    while (quote >= 0 && rest.sliced(quote + 1).startsWith(u'"'))
        quote = rest.indexOf(u'"', quote + 2);
    token.isClosed = quote >= 0;
    const qsizetype end = token.isClosed ? quote : rest.size();
    token.text = rest.first(end).sliced(1).toString().replace(u"\"\""_s, u"\""_s);
    m_at += token.isClosed ? end + 1 : end;
}

QString quotedIfNeeded(const QString &name)
{
    const auto separates = [](QChar c) { return c.isSpace() || c == u'"' || WordSeparators.contains(c); };
    if (!name.isEmpty() && !name.startsWith(u'-') && std::ranges::none_of(name, separates))
        return name;
    return u'"' + QString(name).replace(u'"', u"\"\""_s) + u'"';
}

} // namespace earmark::query
