#include "cli/messages.h"

#include "base/enumkeywords.h"
#include "base/format.h"
#include "base/terminaltext.h"
#include "cli/progressline.h"
#include "export/jsontext.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

// Standard output and standard error are the program's, and so is what is known of them.
Manner chosen;
int outputError = 0;    ///< error number of the first write to standard output that failed
bool hasObject = false; ///< an object of JSON was printed

/// True when the whole line was taken.
bool write(std::FILE *file, const QByteArray &line)
{
    const auto size = static_cast<std::size_t>(line.size());
    return std::fwrite(line.constData(), 1, size, file) == size && std::fputc('\n', file) != EOF;
}

void print(const QByteArray &line)
{
    errno = 0;
    if (outputError == 0 && !write(stdout, line))
        outputError = errno != 0 ? errno : EIO;
}

void tell(const QString &sentence)
{
    ProgressLine::clear();
    write(stderr, "earmark-cli: " + terminalText(sentence).toUtf8());
}

constexpr std::array CodeKeywords{
    EnumKeyword{ErrorCode::Cancelled, "interrupted"}, EnumKeyword{ErrorCode::NotFound, "not-found"},
    EnumKeyword{ErrorCode::Unreadable, "unreadable"}, EnumKeyword{ErrorCode::Unwritable, "unwritable"},
    EnumKeyword{ErrorCode::DiskFull, "disk-full"},    EnumKeyword{ErrorCode::BadInput, "bad-input"},
    EnumKeyword{ErrorCode::BadMedia, "bad-media"},    EnumKeyword{ErrorCode::TooOld, "too-old"},
    EnumKeyword{ErrorCode::Locked, "locked"},         EnumKeyword{ErrorCode::Unreachable, "unreachable"},
    EnumKeyword{ErrorCode::Internal, "internal"},
};

void answerError(const QString &code, const QString &message)
{
    if (chosen.isJson && !hasObject)
        printJson({{"error", errorJson(code, message)}});
}

} // namespace

void setManner(const Manner &manner)
{
    chosen = manner;
}

const Manner &manner()
{
    return chosen;
}

void printLine(const QString &text)
{
    static const bool isTerminal = ::isatty(STDOUT_FILENO) != 0;
    print((isTerminal ? terminalText(text) : text).toUtf8());
}

void printJson(const nlohmann::ordered_json &json)
{
    hasObject = true;
    print(exports::jsonText(json));
}

Exit finishOutput(Exit exit)
{
    errno = 0;
    // Some file systems, those of networks above all, say only now that they had no room.
    const bool isFlushed = std::fflush(stdout) == 0;
    if (outputError == 0 && !isFlushed)
        outputError = errno != 0 ? errno : EIO;
    if (outputError == 0 && ::fcntl(STDOUT_FILENO, F_GETFD) != -1 && ::close(STDOUT_FILENO) != 0)
        outputError = errno;
    if (outputError == EPIPE)
        return PipeClosed;
    if (outputError == 0)
        return exit;
    complain(u"The output could not be written: %1."_s.arg(qt_error_string(outputError)));
    return Failed;
}

void complain(const QString &sentence)
{
    tell(sentence);
}

void explain(const QString &lines)
{
    write(stderr, terminalText(lines).toUtf8());
}

void note(const QString &sentence)
{
    if (!chosen.isQuiet)
        tell(sentence);
}

void detail(const QString &sentence)
{
    if (chosen.isVerbose && !chosen.isQuiet)
        tell(sentence);
}

nlohmann::ordered_json errorJson(const QString &code, const QString &message)
{
    return {{"code", code.toStdString()}, {"message", message.toStdString()}};
}

Exit fail(const Error &error)
{
    complain(error.text);
    answerError(keywordOf(CodeKeywords, error.code), error.text);
    return error.code == ErrorCode::Cancelled ? Interrupted : Failed;
}

Exit refuse(const QString &sentence)
{
    complain(sentence);
    answerError(u"usage"_s, sentence);
    return Usage;
}

QString sentence(const QString &text)
{
    return text.endsWith(u'?') ? text : text + u'.';
}

} // namespace earmark::cli
