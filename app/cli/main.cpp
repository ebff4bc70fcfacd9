#include "cli/commandline.h"
#include "cli/settingsfile.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace earmark::cli;

namespace {

/// A descriptor that is closed would be given to the next file that is opened, and messages written into it.
/// Then reading and writing fail instead.
void openMissingDescriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) == -1)
            (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

Exit runCommand(std::span<const char *const> given)
{
    Manner manner;
    manner.isJson = std::ranges::any_of(given, [](std::string_view each) { return each == "--json"; });
    setManner(manner);

    // Texts and names are UTF-8 throughout; a name that is not could be neither opened again nor shown.
    for (const char *argument : given) {
        if (!QByteArrayView(argument).isValidUtf8())
            return refuse(
                u"“%1” is not valid UTF-8. Rename the file or folder."_s.arg(QString::fromUtf8(argument)));
    }
    const auto arguments = withSettingsFiles(given);
    if (!arguments)
        return refuse(arguments.error().text);
    return CommandLine().run(*arguments);
}

} // namespace

int main(int argc, char *argv[])
{
    openMissingDescriptors();
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(u"Earmark"_s); // the window's data folder is ours too
    QCoreApplication::setApplicationName(u"earmark"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(EARMARK_VERSION));
    return finishOutput(runCommand({argv, static_cast<std::size_t>(argc)}));
}
