#include "base/csvtext.h"

#include <algorithm>

namespace earmark {

using namespace Qt::StringLiterals;

QByteArray csvLine(const QStringList &fields)
{
    QString line;
    for (const QString &field : fields) {
        if (&field != &fields.front())
            line += u',';
        static constexpr QStringView Special = u",\"\r\n";
        const bool isQuoted =
            std::ranges::any_of(field, [](QChar character) { return Special.contains(character); });
        line += isQuoted ? u'"' + QString(field).replace(u'"', u"\"\""_s) + u'"' : field;
    }
    return line.toUtf8() + '\n';
}

} // namespace earmark
