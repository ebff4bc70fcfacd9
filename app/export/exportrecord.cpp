#include "export/exportrecord.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "export/exporttext.h"

#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <optional>

#include <sys/stat.h>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

/// What is larger was not written by hand, and takes long to read.
constexpr qint64 LargestSummed = 64 << 20;
/// Longer is no line of a record: a path has at most 4,096 bytes, each at most escaped.
constexpr qint64 LongestLine = 10'000;

QString pathOf(const QString &folder, const QByteArray &name)
{
    return folder + u'/' + QFile::decodeName(name);
}

std::optional<struct stat> regularFile(const QString &path)
{
    struct stat about = {};
    if (::lstat(QFile::encodeName(path).constData(), &about) != 0 || !S_ISREG(about.st_mode))
        return std::nullopt;
    return about;
}

qint64 modifiedAt(const struct stat &about)
{
    return std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec;
}

} // namespace

void ExportRecord::insert(const QByteArray &name, const Entry &entry)
{
    m_entries.insert(name, entry);
    for (qsizetype at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
        const QByteArray folder = name.first(at);
        if (m_folders.contains(folder))
            return;
        m_folders.insert(folder);
    }
}

ExportRecord ExportRecord::read(const QString &path)
{
    ExportRecord record;
    QFile file(path);
    if (!openRegularFile(file))
        return record;
    while (!file.atEnd()) {
        QByteArray line = file.readLine(LongestLine);
        if (line.endsWith('\n'))
            line.chop(1);
        // Size, time, sum, name; the name may hold spaces.
        constexpr qsizetype Fields = 3;
        QByteArrayList fields;
        for (qsizetype end = 0; fields.size() < Fields && (end = line.indexOf(' ')) >= 0;) {
            fields.append(line.first(end));
            line.remove(0, end + 1);
        }
        bool hasSize = false;
        bool hasTime = false;
        const Entry entry{fields.value(0).toLongLong(&hasSize), fields.value(1).toLongLong(&hasTime),
                          QByteArray::fromHex(fields.value(2))};
        if (hasSize && hasTime && fields.size() == Fields && !line.isEmpty())
            record.insert(unescapedName(line), entry);
    }
    return record;
}

Result<ExportRecord> ExportRecord::of(const QString &folder)
{
    ExportRecord record;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QByteArray name = QFile::encodeName(files.next().sliced(folder.size() + 1));
        if (auto added = record.add(folder, name); !added)
            return tl::unexpected(added.error());
    }
    return record;
}

Result<void> ExportRecord::add(const QString &folder, const QByteArray &name)
{
    const QString path = pathOf(folder, name);
    const auto about = regularFile(path);
    if (!about)
        return {};
    Entry entry{about->st_size, modifiedAt(*about)};
    const bool isSound = name.endsWith(".wav") || name.endsWith(".tar");
    if (!isSound && entry.size <= LargestSummed) {
        auto sum = sha256Of(path);
        if (!sum)
            return tl::unexpected(sum.error());
        entry.sha256 = std::move(*sum);
    }
    insert(name, entry);
    return {};
}

Result<void> ExportRecord::write(const QString &path) const
{
    QByteArrayList names = m_entries.keys();
    std::ranges::sort(names);
    AtomicFile file(path);
    auto written = file.open().and_then([&file] {
        return file.write("Earmark wrote these files: size, time of change, SHA-256, name. The next export "
                          "here replaces them, and keeps all others and those that were changed since.\n");
    });
    for (auto name = names.cbegin(); written && name != names.cend(); ++name) {
        const Entry &entry = *m_entries.constFind(*name);
        const QByteArray sum = entry.sha256.isEmpty() ? QByteArray("-") : entry.sha256.toHex();
        written = file.write(QByteArray::number(entry.size) + ' ' + QByteArray::number(entry.modified) + ' ' +
                             sum + ' ' + escapedName(*name) + '\n');
    }
    return written.and_then([&file] { return file.commit(); });
}

bool ExportRecord::isUnchanged(const QString &folder, const QByteArray &name) const
{
    const auto entry = m_entries.constFind(name);
    const QString path = pathOf(folder, name);
    const auto about = entry == m_entries.cend() ? std::nullopt : regularFile(path);
    if (!about || about->st_size != entry->size)
        return false;
    return modifiedAt(*about) == entry->modified ||
           (entry->sha256.size() == Sha256Bytes && sha256Of(path).value_or(QByteArray()) == entry->sha256);
}

} // namespace earmark::exports
