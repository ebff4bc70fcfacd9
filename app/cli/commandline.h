#pragma once

#include "cli/commands.h"
#include "cli/messages.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace earmark::cli {

/// The commands of earmark-cli with their options, descriptions and examples.
class CommandLine final
{
public:
    CommandLine();
    ~CommandLine();
    CommandLine(const CommandLine &) = delete;
    CommandLine &operator=(const CommandLine &) = delete;

    const CLI::App &app() const { return *m_app; }

    /// Reads the arguments, those of settings files included, without the name of the program. Does nothing
    /// else. Throws CLI::ParseError. Once per object.
    void parse(std::vector<std::string> arguments);
    /// Reads the arguments and runs the command. Errors are printed.
    Exit run(const std::vector<std::string> &arguments);

private:
    /// Adds a command. `examples`: one per line. `json`: null when the command has no --json.
    CLI::App *add(const char *name, const std::string &description, const char *examples,
                  std::function<Exit()> action, bool *json = nullptr);
    void addWorkspaceCommands();
    void addToolCommands();
    void addHelp();

    std::unique_ptr<CLI::App> m_app;
    Manner m_manner;
    std::function<Exit()> m_action; ///< of the command that was parsed

    InspectOptions m_inspect;
    ListOptions m_list;
    FetchOptions m_fetch;
    StatusOptions m_status;
    VerifyOptions m_verify;
    CoverageOptions m_coverage;
    ExportOptions m_export;
    DemoOptions m_demo;
    OfficialOptions m_official;
    ToolsOptions m_tools;
    DoctorOptions m_doctor;
    ExplainOptions m_explain;
    QString m_topic; ///< of help
};

} // namespace earmark::cli
