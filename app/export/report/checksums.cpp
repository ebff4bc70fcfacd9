#include "export/report/checksums.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "export/exporttext.h"
#include "export/parallel.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <mutex>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

/// As sha256sum writes a name: one that holds a line end or a backslash is escaped, and the line begins with
/// a backslash.
QByteArray lineOf(const QByteArray &sum, const QByteArray &name)
{
    const QByteArray written = escapedName(name);
    return (written != name ? "\\" : "") + sum.toHex() + "  " + written + '\n';
}

struct Line
{
    QByteArray name;
    QByteArray sum;
};

std::optional<Line> lineFrom(QByteArrayView text)
{
    const bool isEscaped = text.startsWith('\\');
    if (isEscaped)
        text = text.sliced(1);
    // Sum, a space, and a space or (of a file read as binary) a star.
    constexpr qsizetype head = 2 * Sha256Bytes + 2;
    if (text.size() <= head || text[head - 2] != ' ' || (text[head - 1] != ' ' && text[head - 1] != '*'))
        return std::nullopt;
    const QByteArray digits = text.first(2 * Sha256Bytes).toByteArray();
    Line line{text.sliced(head).toByteArray(), QByteArray::fromHex(digits)};
    if (line.sum.toHex() != digits.toLower()) // fromHex() passes over what is no digit
        return std::nullopt;
    if (isEscaped)
        line.name = unescapedName(line.name);
    return line;
}

Result<std::vector<Line>> readLines(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return failure(ErrorCode::NotFound, u"There is no file %1."_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable, u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    std::vector<Line> lines;
    while (!file.atEnd()) {
        QByteArray text = file.readLine();
        if (text.endsWith('\n'))
            text.chop(1);
        auto line = lineFrom(text);
        if (!line)
            return failure(
                ErrorCode::BadInput,
                u"Line %1 of %2 is not a checksum as sha256sum writes them; is it the right file?"_s
                    .arg(lines.size() + 1)
                    .arg(path));
        lines.push_back(std::move(*line));
    }
    if (lines.empty())
        return failure(ErrorCode::BadInput, u"%1 holds no checksums."_s.arg(path));
    return lines;
}

/// The SHA-256 of a file that a frozen export names, half a sentence where there is none. A link is followed,
/// as sha256sum does: large datasets are kept so. Nothing of the file but "the same or not" is told.
Result<QByteArray> contentSum(const QString &path, const std::stop_token &stop)
{
    // Not what a folder, a device or a pipe of that name would give.
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorCode::NotFound, u"is not there"_s);
    if (!info.isFile())
        return failure(ErrorCode::Unreadable, u"is not a file"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(ErrorCode::Unreadable, u"cannot be read: %1"_s.arg(file.errorString()));
    return sha256Of(file, stop).map_error([](Error error) {
        if (error.code == ErrorCode::Unreadable)
            error.text = u"cannot be read: %1"_s.arg(error.text);
        return error;
    });
}

} // namespace

Result<void> writeChecksums(const QString &path, std::vector<ChecksummedFile> files, TaskProgress &progress,
                            const std::stop_token &stop)
{
    const QDir folder = QFileInfo(path).absoluteDir();
    progress.total = static_cast<qint64>(files.size());
    std::mutex mutex;
    std::optional<Error> problem;
    std::stop_source halt; // by the caller, or by a file that cannot be read
    const std::stop_callback halted(stop, [&halt] { halt.request_stop(); });
    forEachOf(files.size(), halt.get_token(), [&](std::size_t at) {
        ChecksummedFile &file = files[at];
        if (file.sha256.size() != Sha256Bytes) {
            auto sum = contentSum(folder.absoluteFilePath(file.path), halt.get_token());
            if (!sum) {
                const std::scoped_lock lock(mutex);
                if (!halt.stop_requested())
                    problem =
                        Error{sum.error().code,
                              u"%1 %2, so no checksums were written."_s.arg(file.path, sum.error().text)};
                halt.request_stop();
                return;
            }
            file.sha256 = *sum;
        }
        ++progress.done;
    });
    if (problem)
        return tl::unexpected(*problem);
    if (stop.stop_requested())
        return cancelled();

    std::vector<Line> lines;
    lines.reserve(files.size());
    for (const ChecksummedFile &file : files)
        lines.push_back({QFile::encodeName(folder.relativeFilePath(file.path)), file.sha256});
    std::ranges::sort(lines, {}, &Line::name);
    const auto same = std::ranges::unique(lines, {}, &Line::name);
    lines.erase(same.begin(), same.end());
    AtomicFile out(path);
    Result<void> written = out.open();
    for (auto line = lines.cbegin(); written && line != lines.cend(); ++line)
        written = out.write(lineOf(line->sum, line->name));
    return written.and_then([&out] { return out.commit(); });
}

QString checksumsFile(const QString &exported)
{
    const QFileInfo info(exported);
    const QString inside = QDir(exported).absoluteFilePath(ChecksumsName);
    return info.isFile()                                ? info.absoluteFilePath()
           : info.isDir() && QFileInfo(inside).isFile() ? inside
                                                        : QString();
}

Result<ChecksumReport> verifyChecksums(const QString &path, TaskProgress &progress,
                                       const std::stop_token &stop)
{
    const auto lines = readLines(path);
    if (!lines)
        return tl::unexpected(lines.error());
    progress.total = static_cast<qint64>(lines->size());
    const QDir folder = QFileInfo(path).absoluteDir();
    std::vector<QString> reasons(lines->size());
    forEachOf(lines->size(), stop, [&](std::size_t at) {
        const Line &line = (*lines)[at];
        const auto sum = contentSum(folder.absoluteFilePath(QFile::decodeName(line.name)), stop);
        if (!sum)
            reasons[at] = sum.error().text;
        else if (*sum != line.sum)
            reasons[at] = u"is no longer what was exported: its SHA-256 is another"_s;
        ++progress.done;
    });
    if (stop.stop_requested())
        return cancelled();
    ChecksumReport report{static_cast<qint64>(lines->size()), {}};
    for (std::size_t at = 0; at < reasons.size(); ++at) {
        if (!reasons[at].isEmpty())
            report.bad.push_back({QFile::decodeName((*lines)[at].name), reasons[at]});
    }
    return report;
}

} // namespace earmark::exports
