#include "dataset/query.h"

#include "base/clipstate.h"

#include <QStringList>

#include <optional>
#include <utility>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

QString folded(QStringView text)
{
    QString result;
    const QString decomposed = text.toString().normalized(QString::NormalizationForm_D).toCaseFolded();
    for (const QChar c : decomposed) {
        if (c.category() != QChar::Mark_NonSpacing)
            result.append(c);
    }
    return result;
}

QString Query::toString() const
{
    const auto joined = [this](QLatin1StringView name) {
        QStringList parts;
        for (const Query &term : terms)
            parts.append(term.toString());
        return QString(name) + u'(' + parts.join(u", "_s) + u')';
    };
    const auto leaf = [this](QLatin1StringView name) { return QString(name) + u'(' + text + u')'; };
    switch (kind) {
    case Kind::All:
        return u"all"_s;
    case Kind::And:
        return joined("and"_L1);
    case Kind::Or:
        return joined("or"_L1);
    case Kind::Not:
        return joined("not"_L1);
    case Kind::Word:
        return leaf("word"_L1);
    case Kind::Label:
        return leaf("label"_L1);
    case Kind::Id:
        return leaf("id"_L1);
    case Kind::State:
        return leaf("state"_L1);
    default:
        break;
    }
    return {};
}

namespace {

struct Field
{
    QLatin1StringView name;
    Query::Kind kind;
};
constexpr Field Fields[] = {
    {"label"_L1, Query::Kind::Label}, {"id"_L1, Query::Kind::Id}, {"state"_L1, Query::Kind::State}};

/// Recursive descent: or-list of and-lists of terms.
class Parser final
{
public:
    explicit Parser(QStringView text)
        : m_text(text)
    {
    }

    tl::expected<Query, QueryError> parse()
    {
        skipBlanks();
        if (atEnd())
            return Query{};
        Query query = parseOr();
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
    Query fail(qsizetype position, qsizetype length, const QString &text)
    {
        if (!m_error)
            m_error = QueryError{position, length, text};
        m_at = m_text.size();
        return {};
    }
    static Query listOf(Query::Kind kind, std::vector<Query> terms)
    {
        if (terms.size() == 1)
            return std::move(terms.front());
        return {.kind = kind, .terms = std::move(terms)};
    }

    Query parseOr()
    {
        std::vector<Query> terms{parseAnd()};
        while (!atEnd() && here() == u'|') {
            ++m_at;
            skipBlanks();
            terms.push_back(parseAnd());
        }
        return listOf(Query::Kind::Or, std::move(terms));
    }

    Query parseAnd()
    {
        std::vector<Query> terms;
        while (!atEnd() && here() != u'|' && here() != u')') {
            terms.push_back(parseTerm());
            skipBlanks();
        }
        if (terms.empty() && !m_error)
            return fail(m_at, 1, u"expected a word or a field such as label:Bark here"_s);
        return listOf(Query::Kind::And, std::move(terms));
    }

    Query parseTerm()
    {
        const qsizetype start = m_at;
        if (here() == u'-') {
            ++m_at;
            if (atEnd() || here().isSpace())
                return fail(start, 1, u"expected what to exclude right after “-”"_s);
            return {.kind = Query::Kind::Not, .terms = {parseTerm()}};
        }
        if (here() == u'(') {
            ++m_at;
            skipBlanks();
            Query inner = parseOr();
            if (m_error)
                return {};
            if (atEnd())
                return fail(start, 1, u"this “(” is not closed"_s);
            ++m_at; // parseOr() stops at ')' or at the end only
            return inner;
        }
        if (here() == u'"')
            return {.kind = Query::Kind::Word, .text = quoted()};
        const QStringView word = bare();
        if (!atEnd() && here() == u':')
            return parseField(word, start);
        return {.kind = Query::Kind::Word, .text = word.toString()};
    }

    Query parseField(QStringView name, qsizetype start)
    {
        for (const Field &field : Fields) {
            if (name.compare(field.name, Qt::CaseInsensitive) != 0)
                continue;
            const qsizetype valueAt = ++m_at;
            const QString value = atEnd() ? QString() : here() == u'"' ? quoted() : bareValue().toString();
            if (m_error)
                return {};
            if (value.isEmpty())
                return fail(start, valueAt - start, u"expected a value right after “%1:”"_s.arg(field.name));
            if (field.kind == Query::Kind::State && !clipStateFromWord(value)) {
                QStringList words;
                for (const ClipState state : AllClipStates)
                    words.append(word(state));
                return fail(valueAt, m_at - valueAt, u"expected a state: "_s + words.join(u", "_s));
            }
            return {.kind = field.kind, .text = value};
        }
        return fail(start, name.size() + 1,
                    u"there is no field “%1”; expected label:, id: or state:"_s.arg(name));
    }

    QString quoted()
    {
        const qsizetype start = m_at++;
        const qsizetype end = m_text.indexOf(u'"', m_at);
        if (end < 0) {
            fail(start, m_text.size() - start, u"this quote is not closed"_s);
            return {};
        }
        const QString text = m_text.sliced(m_at, end - m_at).toString();
        m_at = end + 1;
        if (text.trimmed().isEmpty())
            fail(start, m_at - start, u"expected a word between the quotes"_s);
        return text;
    }

    /// Up to a blank, a parenthesis, a bar or a colon.
    QStringView bare()
    {
        const qsizetype start = m_at;
        while (!atEnd() && !here().isSpace() && here() != u'|' && here() != u'(' && here() != u')' &&
               here() != u':')
            ++m_at;
        if (m_at == start)
            fail(m_at, 1, u"expected a word before “:”"_s);
        return m_text.sliced(start, std::min(m_at, m_text.size()) - start);
    }

    /// A field's value may hold colons: nothing else begins with one.
    QStringView bareValue()
    {
        const qsizetype start = m_at;
        while (!atEnd() && !here().isSpace() && here() != u'|' && here() != u'(' && here() != u')')
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    QStringView m_text;
    qsizetype m_at = 0;
    std::optional<QueryError> m_error;
};

} // namespace

tl::expected<Query, QueryError> parseQuery(QStringView text)
{
    return Parser(text).parse();
}

} // namespace earmark::dataset
