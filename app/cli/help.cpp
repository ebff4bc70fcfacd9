#include "cli/help.h"

#include "cli/terminal.h"
#include "query/query.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int Indent = 2;
constexpr int Column = 27; ///< at which descriptions of options begin
constexpr int CommandColumn = 12;
constexpr int Roomy = 60; ///< with fewer columns descriptions stand below the names

/// "  --where QUERY            Only segments that match QUERY", in as many lines as it takes. Lines of the
/// description, each for a value of the option, stay apart.
QString entry(const QString &name, const QString &description, int columns, int column = Column)
{
    const int begin = columns < Roomy ? 3 * Indent : column;
    QString text = QString(Indent, u' ') + name;
    const bool isBelow = widthOf(text) + 2 > begin;
    if (!isBelow)
        text = text.leftJustified(begin);
    bool isFirst = !isBelow;
    for (const QString &part : description.split(u'\n')) {
        int indent = begin;
        for (const QString &line : wrapped(part, columns - begin - Indent)) {
            text += isFirst ? line : u'\n' + QString(indent, u' ') + line;
            isFirst = false;
            indent = begin + (part.contains(u": "_s) && part != description ? Indent : 0);
        }
    }
    return text + u'\n';
}

QString paragraph(const QString &text, int columns)
{
    return wrapped(text, columns).join(u'\n') + u'\n';
}

/// "-h, --help", "--where QUERY", "LIST".
QString nameOf(const CLI::Option &option)
{
    QStringList names;
    for (const std::string &each : option.get_snames())
        names.append(u'-' + QString::fromStdString(each));
    for (const std::string &each : option.get_lnames())
        names.append(u"--"_s + QString::fromStdString(each));
    if (names.isEmpty())
        return QString::fromStdString(option.get_name(true, false));
    const QString value = QString::fromStdString(option.get_option_text());
    if (value.isEmpty())
        return names.join(u", "_s);
    // An optional value is part of the name: --manifest[=PATH].
    return names.join(u", "_s) + (value.startsWith(u'[') ? QString() : u" "_s) + value;
}

QString titled(const QString &title, const QString &text)
{
    return text.isEmpty() ? QString() : u'\n' + title + u":\n"_s + text;
}

QString examplesOf(const CLI::App &app)
{
    QString text;
    for (const QString &line : QString::fromStdString(app.get_footer()).split(u'\n', Qt::SkipEmptyParts))
        text += QString(Indent, u' ') + line + u'\n';
    return text;
}

} // namespace

QString usageText(const CLI::App &app)
{
    QString text = u"earmark-cli"_s;
    if (app.get_parent() == nullptr)
        return text + u" COMMAND [options]"_s;
    text += u' ' + QString::fromStdString(app.get_name());
    for (const CLI::Option *option : app.get_options()) {
        const bool mayRepeat = option->get_expected_max() > 1;
        const QString name = nameOf(*option) + (mayRepeat ? u"…"_s : QString());
        if (option->get_positional())
            text += u' ' + (option->get_required() ? name : u'[' + name + u']');
        else if (option->get_required())
            text += u' ' + name;
    }
    return text + u" [options]"_s;
}

QString commandsText(const CLI::App &app, int columns)
{
    QString text;
    for (const CLI::App *command : app.get_subcommands({}))
        text += entry(QString::fromStdString(command->get_name()),
                      QString::fromStdString(command->get_description()), columns, CommandColumn);
    return text;
}

QString helpText(const CLI::App &app, int columns)
{
    QString text = paragraph(u"Usage: "_s + usageText(app), columns) + u'\n';
    text += paragraph(QString::fromStdString(app.get_description()), columns);
    text += titled(u"Commands"_s, commandsText(app, columns));

    QString positional;
    QStringList groups; // in the order in which they were declared
    for (const CLI::Option *option : app.get_options()) {
        const QString group = QString::fromStdString(option->get_group());
        if (option->get_positional())
            positional += entry(nameOf(*option), QString::fromStdString(option->get_description()), columns);
        else if (!group.isEmpty() && !groups.contains(group))
            groups.append(group);
    }
    if (!positional.isEmpty())
        text += u'\n' + positional;
    // Those that all commands have, last.
    if (groups.removeOne(u"General"_s))
        groups.append(u"General"_s);
    for (const QString &group : groups) {
        QString options;
        for (const CLI::Option *option : app.get_options()) {
            if (!option->get_positional() && option->get_group() == group.toStdString())
                options += entry(nameOf(*option), QString::fromStdString(option->get_description()), columns);
        }
        text += titled(group, options);
    }
    text += titled(u"Examples"_s, examplesOf(app));
    if (app.get_parent() == nullptr)
        text +=
            u'\n' +
            paragraph(
                u"“earmark-cli help COMMAND” shows the options of a command, “earmark-cli help query” explains queries."_s,
                columns);
    return text.chopped(1);
}

QString queryHelp(int columns)
{
    QString text = paragraph(
        u"Queries choose segments: --where of list, fetch and export, and the filter of the window."_s,
        columns);
    const auto rules = {
        std::pair(u"dog bark"_s, u"Segments that match both words, in a label's name or a video's id"_s),
        std::pair(u"dog | bark"_s, u"Segments that match either"_s),
        std::pair(u"-music"_s, u"Segments that do not match"_s),
        std::pair(u"(dog | cat) -music"_s, u"Parentheses group"_s),
        std::pair(u"label:Bark"_s, u"A field and its value, without a blank between them"_s),
        std::pair(u"label:\"Child singing\""_s, u"Quotes keep words together; two quotes are one"_s),
        std::pair(u"start:<30"_s, u"Comparisons: 30, <30, <=30, >30, >=30, 30..60, 30.., ..60"_s),
        std::pair(u"end:1:30"_s, u"Seconds, m:ss or h:mm:ss"_s),
    };
    QString list;
    for (const auto &[query, meaning] : rules)
        list += entry(query, meaning, columns);
    text += titled(u"Rules"_s, list);
    list.clear();
    for (const query::QueryField &field : query::queryFields()) {
        QString explanation = field.explanation;
        if (const QStringList words = query::queryWords(field.kind); !words.isEmpty())
            explanation += u" ("_s + words.join(u", "_s) + u')';
        list += entry(field.name + u':', explanation, columns);
    }
    text += titled(u"Fields"_s, list);
    text += titled(u"Examples"_s,
                   u"  earmark-cli list split.csv --where 'under:Animal -label:Music' --count\n"
                   "  earmark-cli list split.csv --where '(label:Dog | label:Cat) duration:<10'\n"
                   "  earmark-cli list split.csv --where 'state:failed reason:private' --workspace DIR\n"
                   "  earmark-cli export DIR --where 'verdict:keep silence:<0.5'\n"_s);
    text += u'\n' + paragraph(u"Put a query in single quotes, so that the shell leaves it alone."_s, columns);
    return text.chopped(1);
}

} // namespace earmark::cli
