// Any bytes as a split: read from a file, where two threads share the work, and from a pipe, where one does
// it all. Both must see the same, and what they see must be sound.
#include "readers/officialrow.h"
#include "readers/splitreader.h"
#include "sound.h"

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

using namespace earmark;
using namespace earmark::readers;
using namespace earmark::segments;
using fuzz::require;
using namespace Qt::StringLiterals;

namespace {

/// A pipe takes so much before somebody has to read.
constexpr std::size_t Most = 60'000;
/// The reader's limit when it is fuzzed, bytes.
constexpr qsizetype LongestLine = 200;

Result<Split> readFile(const unsigned char *data, std::size_t size)
{
    return readSplit(fuzz::fileOf(data, size));
}

Result<Split> readPipe(const unsigned char *data, std::size_t size)
{
    int ends[2];
    require(pipe(ends) == 0 && write(ends[1], data, size) == static_cast<ssize_t>(size),
            "the pipe can be written");
    close(ends[1]);
    auto split = readSplit(fuzz::pathOf(ends[0]));
    close(ends[0]);
    return split;
}

void areSame(const Split &a, const Split &b)
{
    require(a.table.size() == b.table.size(), "two threads read as many rows as one");
    for (Row row = 0; row < a.table.size(); ++row)
        require(splitLine(a.table, row) == splitLine(b.table, row), "two threads read the same rows as one");
    require(a.problemCount == b.problemCount, "two threads find as many problems as one");
    require(std::ranges::equal(
                a.problems, b.problems,
                [](const Problem &x, const Problem &y) { return x.line == y.line && x.reason == y.reason; }),
            "two threads find the same problems as one");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    if (size > Most)
        return 0;
    const auto file = readFile(data, size);
    const auto pipe = readPipe(data, size);
    // An empty file and an empty pipe are told apart.
    require(file.has_value() == pipe.has_value(), "a file and a pipe are both read, or neither is");
    if (!file) {
        require(!file.error().text.isEmpty() && !pipe.error().text.isEmpty(), "a refusal says why");
        return 0;
    }
    fuzz::isSound(file->table);
    areSame(*file, *pipe);
    // What is written of it is read as the same.
    QByteArray text;
    for (Row row = 0; row < file->table.size(); ++row) {
        const QByteArray line = splitLine(file->table, row).toUtf8();
        if (line.size() > LongestLine) // "29" became "29.000"
            return 0;
        text += line + '\n';
    }
    if (static_cast<std::size_t>(text.size()) > Most)
        return 0;
    const auto again = readPipe(reinterpret_cast<const unsigned char *>(text.constData()),
                                static_cast<std::size_t>(text.size()));
    require(again && again->problemCount == 0, "a written split is read without a problem");
    require(again->table.size() == file->table.size(), "a written split has all rows");
    for (Row row = 0; row < file->table.size(); ++row)
        require(file->table.key(row) == again->table.key(row) &&
                    file->table.midList(row) == again->table.midList(row),
                "a written row is read as it was");
    return 0;
}
