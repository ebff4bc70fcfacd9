#include "readers/segmentfile.h"

#include "base/descriptor.h"
#include "base/spoolfile.h"
#include "readers/listreader.h"
#include "readers/manifestreader.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace earmark::readers {

using namespace Qt::StringLiterals;

namespace {

/// Bytes; AudioSet's largest split has 100 MB.
constexpr qint64 MostPiped = 2'000'000'000;

constexpr auto StandardInput = "-"_L1;

/// Whether a list cannot be read twice.
bool isPipe(const QString &path)
{
    struct stat about = {};
    return path == StandardInput ||
           (::stat(QFile::encodeName(path).constData(), &about) == 0 &&
            (S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode) || S_ISCHR(about.st_mode)));
}

Result<std::unique_ptr<SpoolFile>> spooled(const QString &path, const std::stop_token &stop)
{
    Descriptor opened;
    if (path != StandardInput) {
        opened = Descriptor(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
        if (!opened.isOpen())
            return failure(ErrorCode::Unreadable,
                           u"%1 cannot be read: %2."_s.arg(shownName(path), qt_error_string(errno)));
    }
    auto spool = SpoolFile::make();
    if (!spool)
        return spool;
    const int input = opened.isOpen() ? opened.number() : STDIN_FILENO;
    if (auto filled = (*spool)->fill(input, shownName(path), MostPiped, stop); !filled)
        return tl::unexpected(filled.error());
    return spool;
}

Result<Split> readFile(const QString &path, std::stop_token stop, const ReadProgress &progress)
{
    const auto form = detectFileFormat(path);
    if (!form)
        return tl::unexpected(form.error());
    const auto refuse = [&path](const QString &sentence) {
        return failure(ErrorCode::BadInput, sentence.arg(path));
    };
    switch (form->kind) {
    case FileKind::Split:
        break;
    case FileKind::StrongLabels:
    case FileKind::FramedLabels:
    case FileKind::List:
        return readList(path, *form, std::move(stop), progress);
    case FileKind::Manifest:
        return readManifest(path, std::move(stop), progress);
    case FileKind::LabelFile:
        return refuse(
            u"%1 is a label file: it names classes and holds no segment. Open it with File → Open label file (earmark-cli: --labels)."_s);
    case FileKind::Ontology:
        return refuse(
            u"%1 is AudioSet's ontology and holds no segment. Drop it on the window to use it (earmark-cli: --ontology)."_s);
    case FileKind::QualityRatings:
        return refuse(
            u"%1 holds AudioSet's quality ratings and no segment. Drop it on the window to use it (earmark-cli: --quality)."_s);
    }
    return readSplit(path, std::move(stop), progress);
}

} // namespace

QString shownName(const QString &path)
{
    return path == StandardInput || path == "/dev/stdin"_L1 ? u"standard input"_s : path;
}

Result<Split> readSegments(const QString &path, std::stop_token stop, const ReadProgress &progress)
{
    if (!isPipe(path))
        return readFile(path, std::move(stop), progress);
    // The readers look twice, and from two threads.
    const auto spool = spooled(path, stop);
    if (!spool)
        return tl::unexpected(spool.error());
    auto split = readFile((*spool)->path(), std::move(stop), progress);
    // They name the file that they read; the user knows the pipe.
    if (!split)
        split.error().text.replace((*spool)->path(), shownName(path));
    else
        split->path = shownName(path);
    return split;
}

} // namespace earmark::readers
