#pragma once

#include "query/query.h"

namespace earmark::query {

/// What a query is made of. A word and a field are one token each, quotes included.
struct Token
{
    enum class Kind {
        End,
        Or,    ///< "|"
        Open,  ///< "("
        Close, ///< ")"
        Not,   ///< "-" before a term
        Word,
        Field, ///< a name, a colon and a value, which may be empty
    };
    Kind kind = Kind::End;
    qsizetype start = 0; ///< its first character, from 0
    qsizetype end = 0;   ///< behind its last character
    /// Where a word, or the value of a field, begins.
    qsizetype valueStart = 0;
    const QueryField *field = nullptr; ///< of a field; null when no field has its name
    QString text = {};                 ///< the word or the value, without its quotes
    bool isQuoted = false;
    bool isClosed = true; ///< false when the closing quote is missing: the text goes up to the end
};

/// Cuts a query into tokens. Any text can be cut, also one that is still being typed.
class Lexer final
{
public:
    /// `text` must outlive the lexer.
    explicit Lexer(QStringView text)
        : m_text(text)
    {
    }
    /// Skips blanks and takes what follows; at the end, and again after it, an End.
    Token next();

private:
    void takeValue(Token &token, QStringView separators);

    QStringView m_text;
    qsizetype m_at = 0;
};

/// A name as it is written in a query, after a colon or by itself: with quotes if it needs them.
QString quotedIfNeeded(const QString &name);

} // namespace earmark::query
