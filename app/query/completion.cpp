#include "query/completion.h"

#include "clips/clipstate.h"
#include "query/lexer.h"

#include <QSet>

#include <algorithm>
#include <optional>

namespace earmark::query {

using namespace Qt::StringLiterals;

namespace {

/// The word or field in which the cursor stands.
struct Place
{
    qsizetype valueStart = 0;          ///< behind the colon; the word's start when there is no field
    qsizetype end = 0;                 ///< of what a choice replaces
    const QueryField *field = nullptr; ///< before the colon, when it is one
    QString typed = {};                ///< of a value or a word, up to the cursor, without quotes
    bool isQuoted = false;
    bool isFieldName = false; ///< the cursor is in front of the colon
    bool isOver = false;      ///< nothing can be added here: behind a closing quote, after an unknown field
};

Place placeOf(QStringView text, qsizetype cursor)
{
    const auto isLeaf = [](const Token &token) {
        return token.kind == Token::Kind::Word || token.kind == Token::Kind::Field;
    };
    Lexer lexer(text);
    Token token = lexer.next();
    while (token.kind != Token::Kind::End && (isLeaf(token) ? token.end < cursor : token.end <= cursor))
        token = lexer.next();
    if (token.start > cursor || (!isLeaf(token) && token.kind != Token::Kind::Not))
        return {.valueStart = cursor, .end = cursor};
    const Token before = Lexer(text.sliced(token.start, cursor - token.start)).next();
    Place place{.valueStart = token.start, .end = token.end, .typed = before.text};
    if (token.kind == Token::Kind::Field && cursor < token.valueStart) {
        place.isFieldName = true;
        place.end = token.valueStart;
        return place;
    }
    const bool isKnown = token.kind != Token::Kind::Field || token.field != nullptr;
    place.valueStart = token.valueStart;
    place.field = token.field;
    place.isQuoted = token.isQuoted;
    place.isOver = !isKnown || (token.isQuoted && token.isClosed && cursor == token.end);
    if (!token.isClosed) // what follows an open quote was there before it: it is not to be replaced
        place.end = cursor;
    return place;
}

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
    Finder(const Place &place, const classes::Classes &classes)
        : m_place(place)
        , m_typed(folded(place.typed))
        , m_classes(classes)
    {
    }

    std::vector<Match> matches()
    {
        if (!m_place.field) {
            if (!m_place.isQuoted)
                addFields();
            if (!m_typed.isEmpty() && !m_place.isFieldName)
                addClasses(u"label:"_s, false);
        } else if (m_place.field->kind == QueryNode::Kind::Label ||
                   m_place.field->kind == QueryNode::Kind::Under) {
            addClasses({}, m_place.field->kind == QueryNode::Kind::Under);
        } else if (m_place.field->kind == QueryNode::Kind::Reason) {
            for (const FailureClass failure : AllFailureClasses)
                addWord(keyword(failure));
        } else {
            for (const QString &each : queryWords(m_place.field->kind))
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

    const Place &m_place;
    const QString m_typed;
    const classes::Classes &m_classes;
    std::vector<Match> m_matches;
};

} // namespace

std::vector<Completion> completions(const QString &text, qsizetype cursor, const classes::Classes &classes,
                                    std::size_t most)
{
    const Place place = placeOf(text, cursor);
    // In front of a word somebody means to add something, not to replace the word.
    if (place.isOver || (cursor <= place.valueStart && place.end > cursor))
        return {};
    std::vector<Completion> result;
    for (Match &match : Finder(place, classes).matches()) {
        if (result.size() == most)
            break;
        Completion &completion = match.completion;
        completion.text = text.first(place.valueStart) + match.written;
        completion.cursor = completion.text.size();
        if (QStringView(text).first(place.end) == completion.text)
            continue; // stands there already
        completion.text += text.sliced(place.end);
        if (completion.kind != Completion::Kind::Field && completion.cursor == completion.text.size()) {
            completion.text += u' ';
            ++completion.cursor;
        }
        result.push_back(std::move(completion));
    }
    return result;
}

} // namespace earmark::query
