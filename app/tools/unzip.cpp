#include "tools/unzip.h"

#include "base/atomicfile.h"

#include <QDir>

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <vector>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t BlockBytes = 1 << 20;

struct Free
{
    void operator()(archive *archive) const { archive_read_free(archive); }
};

Result<void> copyEntry(archive *from, const QString &name, const QString &target, qint64 mostBytes)
{
    AtomicFile file(target);
    if (const auto opened = file.open(); !opened)
        return opened;
    std::vector<char> block(BlockBytes);
    qint64 total = 0;
    for (;;) {
        const la_ssize_t got = archive_read_data(from, block.data(), block.size());
        if (got == 0)
            return file.commit();
        total += got;
        if (got < 0)
            return failure(ErrorCode::BadInput, u"%1 is damaged in the zip: %2."_s.arg(
                                                    name, QString::fromUtf8(archive_error_string(from))));
        if (total > mostBytes)
            return failure(ErrorCode::BadInput, u"%1 in the zip is larger than any release."_s.arg(name));
        if (const auto written = file.write({block.data(), static_cast<qsizetype>(got)}); !written)
            return written;
    }
}

} // namespace

Result<void> unzipFile(const QString &archive, const QString &name, const QString &target, qint64 mostBytes)
{
    const std::unique_ptr<::archive, Free> zip(archive_read_new());
    archive_read_support_format_zip(zip.get());
    archive_entry *entry = nullptr;
    // What is no zip has no first header.
    archive_read_open_filename(zip.get(), QFile::encodeName(archive).constData(), BlockBytes);
    while (archive_read_next_header(zip.get(), &entry) == ARCHIVE_OK) {
        if (QFile::decodeName(archive_entry_pathname(entry)) == name &&
            archive_entry_filetype(entry) == AE_IFREG)
            return copyEntry(zip.get(), name, target, mostBytes);
    }
    return failure(ErrorCode::BadInput,
                   u"%1 is no zip that holds %2."_s.arg(QDir::toNativeSeparators(archive), name));
}

} // namespace earmark::tools
