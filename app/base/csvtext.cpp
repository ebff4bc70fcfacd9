#include "base/csvtext.h"

#include <algorithm>

namespace earmark {

using namespace Qt::StringLiterals;

bool isFormula(QByteArrayView utf8)
{
    const auto first = std::ranges::find_if(utf8, [](char c) { return c != '\''; });
    return first != utf8.end() && QByteArrayView("=+-@\t\r\n").contains(*first);
}

QByteArray csvLine(const QStringList &fields, Formulas formulas)
{
    QString line;
    for (const QString &field : fields) {
        if (&field != &fields.front())
            line += u',';
        static constexpr QStringView Special = u",\"\r\n";
        const bool isQuoted =
            std::ranges::any_of(field, [](QChar character) { return Special.contains(character); });
        const bool escapesFormulas = formulas == Formulas::Defused && isFormula(field.toUtf8());
        const QString text = escapesFormulas ? u'\'' + field : field;
        line += isQuoted ? u'"' + QString(text).replace(u'"', u"\"\""_s) + u'"' : text;
    }
    return line.toUtf8() + '\n';
}

} // namespace earmark
