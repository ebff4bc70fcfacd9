#include "cli/settingsfile.h"

#include "base/descriptor.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view Option = "--settings-file";
/// Bytes; far more than all options of this program.
constexpr qint64 Most = 1'000'000;

Result<QByteArray> readPrivate(const std::string &name)
{
    const QString shown = QDir::toNativeSeparators(QString::fromStdString(name));
    Descriptor opened(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about = {};
    QFile file;
    if (!opened.isOpen() || ::fstat(opened.number(), &about) != 0)
        return failure(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable,
                       u"The settings file %1 cannot be read: %2."_s.arg(shown, qt_error_string(errno)));
    if (S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return failure(
            ErrorCode::BadInput,
            u"Other users can read the settings file %1. Restrict it with chmod 600."_s.arg(shown));
    if (!file.open(opened.number(), QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return failure(ErrorCode::Unreadable,
                       u"The settings file %1 cannot be read: %2."_s.arg(shown, file.errorString()));
    opened.release();
    return file.read(Most);
}

/// "--proxy VALUE" as one argument, "--proxy=VALUE": what VALUE begins with does not matter then.
std::string argumentOf(const QByteArray &line)
{
    std::string argument = line.toStdString();
    const auto end = argument.find_first_of("= ");
    if (end != std::string::npos && argument[end] == ' ') {
        const auto value = argument.find_first_not_of(' ', end);
        argument = argument.substr(0, end) + '=' + (value == std::string::npos ? "" : argument.substr(value));
    }
    return argument;
}

} // namespace

Result<std::vector<std::string>> withSettingsFiles(std::span<const char *const> arguments)
{
    std::vector<std::string> all;
    for (std::size_t at = 1; at < arguments.size(); ++at) {
        const std::string_view argument = arguments[at];
        all.emplace_back(argument);
        std::string name;
        if (argument.starts_with(Option) && argument.substr(Option.size()).starts_with('=')) {
            name = argument.substr(Option.size() + 1);
        } else if (argument == Option && at + 1 < arguments.size()) {
            name = arguments[++at];
            all.push_back(name);
        } else {
            continue;
        }
        const auto content = readPrivate(name);
        if (!content)
            return tl::unexpected(content.error());
        for (QByteArray line : content->split('\n')) {
            if (line.endsWith('\r'))
                line.chop(1);
            if (!line.trimmed().isEmpty() && !line.startsWith('#'))
                all.push_back(argumentOf(line));
        }
    }
    return all;
}

} // namespace earmark::cli
