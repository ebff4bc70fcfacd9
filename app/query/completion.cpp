#include "query/completion.h"

#include "clips/clipstate.h"
#include "query/query.h"

#include <QSet>

#include <algorithm>
#include <optional>

namespace earmark::query {

using namespace Qt::StringLiterals;

namespace {

/// The word or field in which the cursor stands.
struct Token
{
    qsizetype start = 0;               ///< after any '-'
    qsizetype valueStart = 0;          ///< behind the colon; `start` when there is no field
    qsizetype end = 0;                 ///< of what a choice replaces
    const QueryField *field = nullptr; ///< before the colon, when it is one
    QString typed;                     ///< of a value or a word, up to the cursor, without quotes
    bool isQuoted = false;
    bool isFieldName = false; ///< the cursor is in front of the colon
    bool isOver = false;      ///< nothing can be added here: behind a closing quote, after an unknown field
};

/// Like the parser's, but made for a text that is still being typed.
class Scanner final
{
public:
    Scanner(const QString &text, qsizetype cursor)
        : m_text(text)
        , m_cursor(cursor)
    {
    }

    Token find()
    {
        while (true) {
            while (m_at < m_cursor && (isSeparator(m_text[m_at]) || m_text[m_at] == u'-'))
                ++m_at;
            Token token;
            token.start = token.valueStart = m_at;
            readValue(token, u':');
            if (m_at < m_text.size() && m_text[m_at] == u':') {
                if (m_cursor <= m_at) {
                    token.isFieldName = true;
                    token.end = m_at + 1;
                } else {
                    readField(token);
                }
            }
            if (m_cursor <= m_at)
                return token;
        }
    }

private:
    static bool isSeparator(QChar c) { return c.isSpace() || u"()|"_s.contains(c); }

    /// Goes on behind the colon.
    void readField(Token &token)
    {
        const QStringView name = QStringView(m_text).sliced(token.start, m_at - token.start);
        const auto field = std::ranges::find_if(queryFields(), [name](const QueryField &each) {
            return name.compare(each.name, Qt::CaseInsensitive) == 0;
        });
        const bool isKnown = field != queryFields().end();
        token.field = isKnown ? &*field : nullptr;
        token.valueStart = ++m_at;
        readValue(token, {});
        token.isOver = token.isOver || !isKnown;
    }

    /// Reads a quoted or a bare text; a bare one ends before `separator`, too.
    void readValue(Token &token, QChar separator)
    {
        const qsizetype start = m_at;
        token.isQuoted = m_at < m_text.size() && m_text[m_at] == u'"';
        if (!token.isQuoted) {
            while (m_at < m_text.size() && !isSeparator(m_text[m_at]) && m_text[m_at] != separator)
                ++m_at;
            token.end = m_at;
            token.typed = m_text.sliced(start, std::clamp(m_cursor, start, m_at) - start);
            return;
        }
        bool isOpen = true;
        while (isOpen && ++m_at < m_text.size()) {
            if (m_text[m_at] != u'"')
                continue;
            isOpen = m_text.sliced(m_at + 1).startsWith(u'"');
            m_at += isOpen ? 1 : 0;
        }
        m_at = isOpen ? m_text.size() : m_at + 1;
        // What follows an open quote was there before it: it is not to be replaced.
        token.end = isOpen ? std::min(m_cursor, m_at) : m_at;
        token.isOver = !isOpen && m_cursor == m_at;
        token.typed = m_text.sliced(start + 1, std::clamp(m_cursor, start + 1, m_at) - start - 1);
        token.typed.replace(u"\"\""_s, u"\""_s);
    }

    const QString &m_text;
    const qsizetype m_cursor;
    qsizetype m_at = 0;
};

/// How well a name answers what was typed: 0 is best; nothing when it does not. Both are folded.
std::optional<int> rank(const QString &name, const QString &typed)
{
    if (name.startsWith(typed))
        return 0;
    bool isHeld = false;
    for (qsizetype at = name.indexOf(typed); at >= 0; at = name.indexOf(typed, at + 1)) {
        if (!name[at - 1].isLetterOrNumber())
            return 1;
        isHeld = true;
    }
    return isHeld ? std::optional(2) : std::nullopt;
}

/// A choice that answers what was typed.
struct Match
{
    int rank;
    QString order;
    Completion completion;
    QString written;
};

class Finder final
{
public:
    Finder(const Token &token, const classes::Classes &classes)
        : m_token(token)
        , m_typed(folded(token.typed))
        , m_classes(classes)
    {
    }

    std::vector<Match> matches()
    {
        if (!m_token.field) {
            if (!m_token.isQuoted)
                addFields();
            if (!m_typed.isEmpty() && !m_token.isFieldName)
                addClasses(u"label:"_s, false);
        } else if (m_token.field->kind == QueryNode::Kind::Label ||
                   m_token.field->kind == QueryNode::Kind::Under) {
            addClasses({}, m_token.field->kind == QueryNode::Kind::Under);
        } else if (m_token.field->kind == QueryNode::Kind::Reason) {
            for (const FailureClass failure : AllFailureClasses)
                addWord(word(failure));
        } else {
            for (const QString &each : queryWords(m_token.field->kind))
                addWord(each);
        }
        std::ranges::stable_sort(m_matches, {},
                                 [](const Match &match) { return std::pair(match.rank, match.order); });
        return std::move(m_matches);
    }

private:
    void addFields()
    {
        for (const QueryField &field : queryFields()) {
            const QString written = field.name + u':';
            if (written.startsWith(m_typed))
                m_matches.push_back({-1, {}, {Completion::Kind::Field, written, field.explanation}, written});
        }
    }

    void addWord(const QString &choice)
    {
        if (const auto found = rank(choice, m_typed))
            m_matches.push_back({*found, {}, {Completion::Kind::Word, choice}, choice});
    }

    void addClasses(const QString &prefix, bool withAbstract)
    {
        QSet<QString> known;
        const auto add = [&](const QByteArray &mid, const QString &name) {
            const QString plain = folded(name);
            const auto found = rank(plain, m_typed);
            if (!found || known.contains(plain))
                return;
            known.insert(plain);
            m_matches.push_back({*found,
                                 plain,
                                 {Completion::Kind::Class, name, QString::fromUtf8(mid), mid},
                                 prefix + quotedIfNeeded(name)});
        };
        for (const classes::LabelMap::Label &label : m_classes.labels->labels())
            add(label.mid, label.displayName);
        for (const classes::Ontology::Node &node : m_classes.ontology->nodes()) {
            if ((withAbstract || !node.abstract) && !m_classes.labels->find(node.mid))
                add(node.mid, node.name);
        }
    }

    const Token &m_token;
    const QString m_typed;
    const classes::Classes &m_classes;
    std::vector<Match> m_matches;
};

} // namespace

std::vector<Completion> completions(const QString &text, qsizetype cursor, const classes::Classes &classes,
                                    std::size_t most)
{
    const Token token = Scanner(text, cursor).find();
    // In front of a word somebody means to add something, not to replace the word.
    if (token.isOver || (cursor <= token.valueStart && token.end > cursor))
        return {};
    std::vector<Completion> result;
    for (Match &match : Finder(token, classes).matches()) {
        if (result.size() == most)
            break;
        Completion &completion = match.completion;
        completion.text = text.first(token.valueStart) + match.written;
        completion.cursor = completion.text.size();
        if (QStringView(text).first(token.end) == completion.text)
            continue; // stands there already
        completion.text += text.sliced(token.end);
        if (completion.kind != Completion::Kind::Field && completion.cursor == completion.text.size()) {
            completion.text += u' ';
            ++completion.cursor;
        }
        result.push_back(std::move(completion));
    }
    return result;
}

} // namespace earmark::query
