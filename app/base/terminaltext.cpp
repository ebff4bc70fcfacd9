#include "base/terminaltext.h"

namespace earmark {

namespace {

/// What is shown in the place of a character; itself when it is harmless.
QChar shownAs(QChar character)
{
    constexpr char16_t pictures = 0x2400; // of U+0000 to U+001F
    constexpr char16_t deleted = 0x2421;
    const char16_t unit = character.unicode();
    if (unit == u'\n' || unit == u'\t')
        return character;
    if (unit < 0x20)
        return QChar(static_cast<char16_t>(pictures + unit));
    if (unit == 0x7F)
        return QChar(deleted);
    const bool isC1 = unit >= 0x80 && unit < 0xA0;
    // Source: Unicode Standard Annex 9, section 2.
    const bool isBidi = unit == 0x061C || unit == 0x200E || unit == 0x200F ||
                        (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
    return isC1 || isBidi ? QChar(QChar::ReplacementCharacter) : character;
}

} // namespace

QString terminalText(QString text)
{
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar character = text[at];
        const bool isPair =
            character.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        if (isPair)
            ++at;
        else if (const QChar shown =
                     character.isSurrogate() ? QChar(QChar::ReplacementCharacter) : shownAs(character);
                 shown != character)
            text[at] = shown;
    }
    return text;
}

} // namespace earmark
