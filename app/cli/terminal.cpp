#include "cli/terminal.h"

#include <algorithm>

#include <sys/ioctl.h>
#include <unistd.h>

namespace earmark::cli {

namespace {

constexpr int Usual = 80;
constexpr int Least = 20;

/// Not exact: what may be wide counts as wide, so that a line is too short rather than too long.
int widthOf(QChar character)
{
    // Source: Unicode Standard Annex 11; the first wide characters are those of Hangul.
    constexpr char16_t firstWide = 0x1100;
    constexpr char16_t firstPunctuation = 0x2000;
    constexpr char16_t firstPictograph = 0x2E80;
    const char16_t unit = character.unicode();
    const bool isWide = unit >= firstPictograph || (unit >= firstWide && unit < firstPunctuation);
    return isWide && !character.isSurrogate() ? 2 : 1; // a pair: one for each half
}

} // namespace

int columnsOf(int descriptor)
{
    winsize size = {};
    int columns = 0;
    if (::isatty(descriptor) != 0 && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (columns == 0)
        columns = qEnvironmentVariableIntValue("COLUMNS");
    return columns > 0 ? std::max(columns, Least) : Usual;
}

bool canRewrite(int descriptor)
{
    const QByteArray terminal = qgetenv("TERM");
    return ::isatty(descriptor) != 0 && !terminal.isEmpty() && terminal != "dumb";
}

int widthOf(QStringView text)
{
    int width = 0;
    for (const QChar character : text)
        width += widthOf(character);
    return width;
}

QString cutTo(const QString &text, int columns)
{
    if (widthOf(text) <= columns)
        return text;
    int width = 1; // of the ellipsis
    qsizetype end = 0;
    while (end < text.size() && width + widthOf(text[end]) <= columns)
        width += widthOf(text[end++]);
    if (end > 0 && text[end - 1].isHighSurrogate())
        --end;
    return text.first(end) + u'…';
}

QStringList wrapped(const QString &text, int columns)
{
    QStringList lines;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (!lines.isEmpty() && widthOf(lines.back()) + 1 + widthOf(word) <= columns)
            lines.back() += u' ' + word;
        else
            lines.append(word);
    }
    return lines;
}

} // namespace earmark::cli
