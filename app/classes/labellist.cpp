#include "classes/labellist.h"

#include "base/csvfields.h"
#include "classes/builtinclasses.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <utility>

namespace earmark::classes {

using namespace Qt::StringLiterals;

namespace {

/// The mid of the class of this name; empty when there is none.
QByteArray midOfName(const QString &name)
{
    static const QHash<QString, QByteArray> mids = [] {
        QHash<QString, QByteArray> result;
        for (const BuiltInClass &each : builtInClasses())
            result.insert(each.name.toCaseFolded(), each.mid);
        return result;
    }();
    return mids.value(name.toCaseFolded());
}

} // namespace

void appendLabel(QByteArray &list, QByteArrayView label)
{
    if (!list.isEmpty())
        list += ',';
    const std::string_view text = viewOf(label);
    if (text.find_first_of(",;\"") == std::string_view::npos && trimmed(text) == text) {
        list += label;
        return;
    }
    list += '"' + label.toByteArray().replace('"', "\"\"") + '"';
}

std::vector<QByteArray> splitLabels(QByteArrayView list)
{
    std::vector<QByteArray> labels;
    CsvFields fields;
    if (fields.split(viewOf(list)) == CsvFields::Outcome::Whole) {
        for (int field = 0; std::cmp_less(field, fields.size()); ++field)
            labels.push_back(bytesOf(fields[field]));
    } else {
        for (const QByteArray &label : list.toByteArray().split(','))
            labels.push_back(label.trimmed());
    }
    std::erase_if(labels, [](const QByteArray &label) { return label.isEmpty(); });
    return labels;
}

bool isMid(std::string_view text)
{
    const auto isAllowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return text.size() >= 4 && text[0] == '/' && text[1] >= 'a' && text[1] <= 'z' && text[2] == '/' &&
           std::ranges::all_of(text.substr(3), isAllowed);
}

QByteArray labelFromText(std::string_view text)
{
    if (isMid(text))
        return bytesOf(text);
    QString name = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (QChar &character : name) {
        if (character.category() == QChar::Other_Control)
            character = u' ';
    }
    name = std::move(name).simplified();
    const QByteArray mid = midOfName(name);
    return mid.isEmpty() ? name.toUtf8() : mid;
}

std::vector<QByteArray> labelsFromText(std::string_view text)
{
    // "Whoosh, swoosh, swish": no class's name has more.
    constexpr std::size_t mostParts = 3;
    std::vector<QByteArray> labels;
    // No name of a class holds a semicolon.
    if (text.find(';') != std::string_view::npos && text.find('"') == std::string_view::npos) {
        for (const QByteArray &part : bytesOf(text).split(';')) {
            if (const QByteArray label = labelFromText(viewOf(part)); !label.isEmpty())
                labels.push_back(label);
        }
        return labels;
    }
    const std::vector<QByteArray> parts = splitLabels(bytesOf(text));
    for (std::size_t first = 0; first < parts.size();) {
        std::size_t count = std::min(mostParts, parts.size() - first);
        QByteArray label;
        for (; count > 1 && label.isEmpty(); --count) {
            QByteArray name = parts[first];
            for (std::size_t part = 1; part < count; ++part)
                name += ", " + parts[first + part];
            label = midOfName(QString::fromUtf8(name));
            if (!label.isEmpty())
                break;
        }
        labels.push_back(label.isEmpty() ? labelFromText(viewOf(parts[first])) : label);
        first += count;
    }
    return labels;
}

} // namespace earmark::classes
