#include "cli/commandline.h"
#include "cli/help.h"
#include "query/queryparser.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <CLI/CLI.hpp>

#include <QRegularExpression>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Columns = 100;

/// "--where", "LIST".
QString shownName(const CLI::Option &option)
{
    return QString::fromStdString(option.get_lnames().empty() ? option.get_name(true)
                                                              : "--" + option.get_lnames().front());
}

/// The words of a line of shell, quotes removed; "|", ">" and the like are words, a comment is left out.
QStringList shellWords(const QString &line)
{
    static const QRegularExpression word(u"#.*|(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+"_s);
    static const QRegularExpression quote(u"['\"]"_s);
    QStringList words;
    for (const auto &match : word.globalMatch(line)) {
        if (!match.captured().startsWith(u'#'))
            words.append(match.captured().remove(quote));
    }
    return words;
}

/// The arguments of each earmark-cli in a line of shell.
std::vector<std::vector<std::string>> callsIn(const QString &line)
{
    std::vector<std::vector<std::string>> calls;
    bool isArgument = false;
    for (const QString &word : shellWords(line)) {
        if (word == u"earmark-cli") {
            calls.emplace_back();
            isArgument = true;
        } else if (word == u"|" || word.startsWith(u'>')) {
            isArgument = false;
        } else if (isArgument) {
            calls.back().push_back(word.toStdString());
        }
    }
    return calls;
}

} // namespace

/// What --help says is complete, fits and is true.
class TestHelp final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOptionHasALine_data() { addCommands(); }
    void everyOptionHasALine()
    {
        const CLI::App *command = fetchCommand();
        const QString text = cli::helpText(*command, Columns);
        static const QRegularExpression metavar(u"\\A(\\[=?[A-Z]+\\]|[A-Z/]+(,?…)?)\\z"_s);
        for (const CLI::Option *option : command->get_options()) {
            const QString name = shownName(*option);
            QVERIFY2(!option->get_description().empty(), qUtf8Printable(name));
            const bool hasGroup = !option->get_group().empty() && option->get_group() != "Options";
            QVERIFY2(hasGroup || option->get_positional(), qUtf8Printable(name));
            const QRegularExpression line(
                u"^  (-\\w, )?%1(?=[ \\[]).*  \\S"_s.arg(QRegularExpression::escape(name)),
                QRegularExpression::MultilineOption);
            QVERIFY2(text.contains(line), qUtf8Printable(name));
            const QString value = QString::fromStdString(option->get_option_text());
            QVERIFY2(value.isEmpty() || option->get_positional() || metavar.match(value).hasMatch(),
                     qUtf8Printable(name + u' ' + value));
        }
    }

    void linesFit_data() { addCommands(); }
    void linesFit()
    {
        const CLI::App *command = fetchCommand();
        const QString text = cli::helpText(*command, Columns);
        for (const QString &line : text.split(u'\n'))
            QVERIFY2(line.size() <= Columns, qUtf8Printable(line));
        // An option, or a value of it, has one line: nothing is wrapped.
        const auto listsOf = [](const QString &help) { return help.sliced(help.indexOf(u":\n")); };
        QCOMPARE(listsOf(text), listsOf(cli::helpText(*command, 10 * Columns)));
    }

    void examplesParse_data()
    {
        QTest::addColumn<QString>("line");
        QString text = QString::fromStdString(m_line.app().get_footer()) + u'\n' + cli::queryHelp(Columns);
        for (const CLI::App *command : m_line.app().get_subcommands({})) {
            const QString examples = QString::fromStdString(command->get_footer());
            QVERIFY(examples.contains(u"earmark-cli "_s + QString::fromStdString(command->get_name())));
            text += u'\n' + examples;
        }
        // README has examples in blocks and between backticks.
        const QByteArray readme = test::readFile(u"" EARMARK_SOURCE_DIR "/README.md"_s);
        QVERIFY(readme.contains("\nearmark-cli "));
        text += u'\n' + QString::fromUtf8(readme).replace(u'`', u'\n');
        QStringList lines;
        for (const QString &each : text.split(u'\n')) {
            const QString line = each.trimmed();
            if (line.startsWith(u"earmark-cli "_s) || line.contains(u"| earmark-cli "_s))
                lines.append(line);
        }
        lines.removeDuplicates();
        for (const QString &line : lines)
            QTest::addRow("%s", qUtf8Printable(line)) << line;
    }
    void examplesParse()
    {
        QFETCH(QString, line);
        for (const auto &call : callsIn(line)) {
            cli::CommandLine commandLine;
            try {
                commandLine.parse(call);
            } catch (const CLI::ParseError &error) {
                QFAIL(qUtf8Printable(line + u": "_s + QString::fromUtf8(error.what())));
            }
            QVERIFY2(!commandLine.app().get_subcommands().empty(), qUtf8Printable(line));
            const auto where = std::ranges::find(call, "--where");
            if (where == call.end())
                continue;
            const auto query = query::parseQuery(QString::fromStdString(*std::next(where)));
            QVERIFY2(query.has_value(), qUtf8Printable(line));
        }
    }

    void aliasesWorkAndAreNotListed_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("--mend") << u"earmark-cli verify dogs --mend"_s;
        QTest::newRow("--base") << u"earmark-cli official --base http://host/"_s;
        QTest::newRow("--back") << u"earmark-cli tools --back deno"_s;
    }
    void aliasesWorkAndAreNotListed()
    {
        QFETCH(QString, line);
        cli::CommandLine commandLine;
        commandLine.parse(callsIn(line).front());
        const CLI::App *command = commandLine.app().get_subcommands().front();
        QVERIFY(command->count(QTest::currentDataTag()) > 0);
        const QString text = cli::helpText(*command, Columns);
        QVERIFY(!text.contains(
            QRegularExpression(u"%1\\b(?!-)"_s.arg(QLatin1StringView(QTest::currentDataTag())))));
    }

    void theQueryPageIsThatOfTheParser()
    {
        const QString text = cli::queryHelp(Columns);
        for (const QString &line : text.split(u'\n'))
            QVERIFY2(line.size() <= Columns, qUtf8Printable(line));
        QVERIFY2(text.count(u'\n') < 50, "more than a page");
        for (const query::QueryField &field : query::queryFields()) {
            QVERIFY2(text.contains(u"\n  %1:"_s.arg(field.name)), field.name.data());
            const auto query = query::parseQuery(QString(field.example));
            QVERIFY2(query.has_value() && query->kind == field.kind, field.example.data());
            for (const QString &word : query::queryWords(field.kind))
                QVERIFY2(text.contains(word), qUtf8Printable(word));
        }
        for (const query::QueryRule &rule : query::queryRules()) {
            QVERIFY2(text.contains(u"\n  "_s + rule.example), rule.example.data());
            QVERIFY2(query::parseQuery(QString(rule.example)).has_value(), rule.example.data());
        }
    }

private:
    /// A row for each command, and one for the program itself.
    void addCommands() const
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("earmark-cli") << QString();
        for (const CLI::App *command : m_line.app().get_subcommands({}))
            QTest::newRow(command->get_name().c_str()) << QString::fromStdString(command->get_name());
    }
    const CLI::App *fetchCommand() const
    {
        QFETCH(QString, name);
        return name.isEmpty() ? &m_line.app() : m_line.app().get_subcommand(name.toStdString());
    }

    const cli::CommandLine m_line;
};

QTEST_GUILESS_MAIN(TestHelp)
#include "tst_help.moc"
