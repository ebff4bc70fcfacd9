#include "cli/usage.h"

#include "base/nearest.h"
#include "cli/help.h"
#include "cli/terminal.h"

#include <CLI/CLI.hpp>

#include <QRegularExpression>

#include <algorithm>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr auto QueryTopic = "query"_L1;

/// The command that was named, else the program itself.
const CLI::App &namedCommand(const CLI::App &app)
{
    const auto named = app.get_subcommands();
    return named.empty() ? app : *named.front();
}

std::vector<QString> commandNames(const CLI::App &app)
{
    std::vector<QString> names;
    for (const CLI::App *command : app.get_subcommands({}))
        names.push_back(QString::fromStdString(command->get_name()));
    return names;
}

bool hasQuery(const CLI::App &command)
{
    const CLI::Option *where = command.get_option_no_throw("--where");
    return where != nullptr && where->count() > 0;
}

/// What was not expected: an option that there is not, or one argument too many.
QString extraText(const CLI::App &app)
{
    const CLI::App &command = namedCommand(app);
    QStringList extras;
    for (const std::string &each : app.remaining(true))
        extras.append(QString::fromStdString(each));
    const auto found = std::ranges::find_if(
        extras, [](const QString &each) { return each.size() > 1 && each.startsWith(u'-'); });
    if (found == extras.end())
        return u"Unexpected argument “%1”."_s.arg(extras.value(0)) +
               (hasQuery(command) ? u" Put quotes around a query that contains blanks."_s : QString());
    std::vector<QString> names;
    for (const CLI::Option *option : command.get_options()) {
        for (const std::string &name : option->get_lnames())
            names.push_back(u"--"_s + QString::fromStdString(name));
    }
    const QString typed = found->section(u'=', 0, 0);
    if (std::ranges::find(names, typed) != names.end())
        return u"%1 stands before the command. Put it behind “%2”."_s.arg(
            typed, QString::fromStdString(command.get_name()));
    return sentence(u"Unknown option %1%2"_s.arg(typed, guessText(typed, names)));
}

/// CLI11's text in the words of this program. Wrong values come as a sentence already (see options.h).
QString textOf(const CLI::App &app, const CLI::ParseError &error)
{
    const QString text = QString::fromUtf8(error.what());
    if (dynamic_cast<const CLI::ExtrasError *>(&error) != nullptr)
        return extraText(app);
    if (dynamic_cast<const CLI::ValidationError *>(&error) != nullptr)
        return text;
    if (dynamic_cast<const CLI::ExcludesError *>(&error) != nullptr) // "--random excludes --limit"
        return QString(text).replace(u" excludes "_s, u" cannot be combined with "_s) + u'.';
    if (dynamic_cast<const CLI::RequiresError *>(&error) != nullptr) // "--class requires --per-label"
        return QString(text).replace(u" requires "_s, u" works only with "_s) + u'.';
    if (dynamic_cast<const CLI::RequiredError *>(&error) != nullptr) // "--into is required"
        return u"%1 is missing."_s.arg(text.section(u' ', 0, 0));
    if (dynamic_cast<const CLI::ArgumentMismatch *>(&error) != nullptr) {
        // "--where: 1 required TEXT missing", "--json was given a disallowed flag override", "--where: At
        // Most 1 required but received 2"
        if (text.contains(u" missing"_s))
            return u"%1 needs a value."_s.arg(text.section(u':', 0, 0));
        static const QRegularExpression name(u"--[a-z-]+"_s);
        const QString option = name.match(text).captured();
        return text.contains(u"flag override"_s) ? u"%1 takes no value."_s.arg(option)
                                                 : u"%1 was given more than once."_s.arg(option);
    }
    return sentence(text);
}

} // namespace

Exit refuseCommandLine(const CLI::App &app, const CLI::ParseError &error)
{
    const Exit exit = refuse(textOf(app, error));
    const CLI::App &command = namedCommand(app);
    explain(u"Usage: %1\n“earmark-cli help%2” shows all options."_s.arg(
        usageText(command),
        command.get_parent() == nullptr ? QString() : u' ' + QString::fromStdString(command.get_name())));
    return exit;
}

Exit refuseCommand(const CLI::App &app, const std::string &word)
{
    const QString typed = QString::fromStdString(word);
    const Exit exit =
        refuse(typed.isEmpty()
                   ? u"Name a command."_s
                   : sentence(u"Unknown command “%1”%2"_s.arg(typed, guessText(typed, commandNames(app)))));
    explain(u"Commands:\n"_s + commandsText(app, columnsOf(STDERR_FILENO)).chopped(1));
    return exit;
}

Exit showHelp(const CLI::App &app, const QString &topic)
{
    const int columns = columnsOf(STDOUT_FILENO);
    if (topic == QueryTopic) {
        printLine(queryHelp(columns));
        return Done;
    }
    if (topic.isEmpty()) {
        printLine(helpText(app, columns));
        return Done;
    }
    for (const CLI::App *command : app.get_subcommands({})) {
        if (topic == QString::fromStdString(command->get_name())) {
            printLine(helpText(*command, columns));
            return Done;
        }
    }
    std::vector<QString> topics = commandNames(app);
    topics.push_back(QueryTopic);
    const Exit exit = refuse(sentence(u"There is no help on “%1”%2"_s.arg(topic, guessText(topic, topics))));
    explain(u"Topics: query, and the commands:\n"_s + commandsText(app, columnsOf(STDERR_FILENO)).chopped(1));
    return exit;
}

} // namespace earmark::cli
