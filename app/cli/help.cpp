#include "cli/help.h"

#include "cli/terminal.h"
#include "query/query.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int Indent = 2;
constexpr int Widest = 34;   ///< descriptions of options begin there at the latest
constexpr int Shortest = 30; ///< with fewer columns descriptions stand below the names

/// "  --where QUERY  Only segments that match QUERY": a name at `indent` and its description from `begin` on,
/// in as many lines as it takes.
QString entry(const QString &name, const QString &description, int columns, int begin, int indent = Indent)
{
    if (columns - begin < Shortest)
        begin = indent + 2 * Indent;
    QString text = QString(indent, u' ') + name;
    const bool isBelow = widthOf(text) + 2 > begin;
    if (isBelow)
        text += u'\n';
    else
        text = text.leftJustified(begin);
    const QStringList lines = wrapped(description, columns - begin);
    return text + (isBelow ? QString(begin, u' ') : QString()) + lines.join(u'\n' + QString(begin, u' ')) +
           u'\n';
}

/// Where descriptions begin beside these names, which stand at `indent`.
int columnBeside(const QStringList &names, int indent = Indent)
{
    int column = 0;
    for (const QString &name : names)
        column = std::max(column, indent + widthOf(name) + 2);
    return column;
}

QString paragraph(const QString &text, int columns)
{
    return wrapped(text, columns).join(u'\n') + u'\n';
}

/// "-h, --help", "--where QUERY", "LIST". Of several long names the first: the others are aliases.
QString nameOf(const CLI::Option &option)
{
    QStringList names;
    for (const std::string &each : option.get_snames())
        names.append(u'-' + QString::fromStdString(each));
    if (!option.get_lnames().empty())
        names.append(u"--"_s + QString::fromStdString(option.get_lnames().front()));
    if (names.isEmpty())
        return QString::fromStdString(option.get_name(true, false));
    const QString value = QString::fromStdString(option.get_option_text());
    // What has a value behind "=" alone is written in one: --manifest[=PATH].
    const bool isApart = !value.isEmpty() && !value.startsWith(u"[="_s);
    return names.join(u", "_s) + (isApart ? u" "_s : QString()) + value;
}

/// An option with its default, and below it the values that it can have.
QString optionText(const CLI::Option &option, int columns, int begin)
{
    QStringList values = QString::fromStdString(option.get_description()).split(u'\n');
    QString description = values.takeFirst();
    if (const std::string value = option.get_default_str(); !value.empty())
        description += u" [default: %1]"_s.arg(QString::fromStdString(value));
    QString text = entry(nameOf(option), description, columns, begin);
    QStringList names;
    for (const QString &value : values)
        names.append(value.section(u": "_s, 0, 0));
    const int indent = (columns - begin < Shortest ? 3 * Indent : begin) + Indent;
    for (const QString &value : values)
        text += entry(value.section(u": "_s, 0, 0), value.section(u": "_s, 1), columns,
                      columnBeside(names, indent), indent);
    return text;
}

/// The first line of a description.
QString summaryOf(const CLI::App &app)
{
    return QString::fromStdString(app.get_description()).section(u'\n', 0, 0);
}

QString titled(const QString &title, const QString &text)
{
    return text.isEmpty() ? QString() : u'\n' + title + u":\n"_s + text;
}

const QString Arguments = u"Arguments"_s;

/// The heading that an option stands under.
QString groupOf(const CLI::Option &option)
{
    return option.get_positional() ? Arguments : QString::fromStdString(option.get_group());
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
    QStringList names;
    for (const CLI::App *command : app.get_subcommands({}))
        names.append(QString::fromStdString(command->get_name()));
    QString text;
    for (const CLI::App *command : app.get_subcommands({}))
        text += entry(QString::fromStdString(command->get_name()), summaryOf(*command), columns,
                      columnBeside(names));
    return text;
}

QString helpText(const CLI::App &app, int columns)
{
    QString text = paragraph(u"Usage: "_s + usageText(app), columns);
    for (const QString &line :
         QString::fromStdString(app.get_description()).split(u"\n"_s, Qt::SkipEmptyParts))
        text += u'\n' + paragraph(line, columns);
    text += titled(u"Commands"_s, commandsText(app, columns));

    QStringList names;
    QStringList groups; // in the order in which they were declared
    for (const CLI::Option *option : app.get_options()) {
        names.append(nameOf(*option));
        const QString group = groupOf(*option);
        if (!groups.contains(group))
            groups.append(group);
    }
    const int begin = std::min(columnBeside(names), Widest);
    if (groups.removeOne(Arguments))
        groups.prepend(Arguments);
    // Those that all commands have, last.
    if (groups.removeOne(u"General"_s))
        groups.append(u"General"_s);
    groups.removeOne(QString()); // hidden
    for (const QString &group : groups) {
        QString options;
        for (const CLI::Option *option : app.get_options()) {
            if (groupOf(*option) == group)
                options += optionText(*option, columns, begin);
        }
        text += titled(group, options);
    }
    text += titled(u"Examples"_s, examplesOf(app));
    if (app.get_parent() == nullptr)
        text += u'\n' +
                paragraph(
                    u"See “earmark-cli help COMMAND” for a command, “earmark-cli help query” for queries."_s,
                    columns);
    return text.chopped(1);
}

QString queryHelp(int columns)
{
    QStringList names;
    for (const query::QueryRule &rule : query::queryRules())
        names.append(rule.example);
    for (const query::QueryField &field : query::queryFields())
        names.append(field.example);
    const int begin = columnBeside(names);
    QString rules;
    for (const query::QueryRule &rule : query::queryRules())
        rules += entry(rule.example, rule.explanation, columns, begin);
    QString fields;
    for (const query::QueryField &field : query::queryFields()) {
        QString explanation = field.explanation;
        if (const QStringList words = query::queryWords(field.kind); !words.isEmpty())
            explanation += u": "_s + words.join(u", "_s);
        fields += entry(field.example, explanation, columns, begin);
    }
    QString text = paragraph(
        u"A query selects segments: with --where of list, fetch and export, or in the window's filter."_s,
        columns);
    text += titled(u"Rules"_s, rules) + titled(u"Fields"_s, fields);
    text +=
        titled(u"Examples"_s, u"  earmark-cli list split.csv --where 'under:Animal -label:Music' --count\n"
                              "  earmark-cli list split.csv --where '(label:Dog | label:Cat) duration:<10'\n"
                              "  earmark-cli list split.csv --where 'state:failed' --workspace dogs\n"
                              "  earmark-cli export dogs --where 'verdict:keep silence:<0.5'\n"_s);
    text += u'\n' + paragraph(u"Put queries in single quotes, to protect them from the shell."_s, columns);
    return text.chopped(1);
}

} // namespace earmark::cli
