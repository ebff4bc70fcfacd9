#include "base/atomicfile.h"
#include "export/clipsource.h"
#include "export/documentwriter.h"
#include "export/formats/formats.h"
#include "export/formats/jsonlines.h"
#include "export/formats/writers.h"

#include <QBuffer>
#include <QFile>

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <memory>
#include <utility>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

struct Free
{
    void operator()(archive *archive) const { archive_write_free(archive); }
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};

/// One tar.
class Shard final
{
public:
    explicit Shard(QString path)
        : m_path(std::move(path))
        , m_archive(archive_write_new())
    {
    }
    Result<void> open()
    {
        archive_write_set_format_ustar(m_archive.get());
        return check(archive_write_open_filename(m_archive.get(), QFile::encodeName(m_path).constData()));
    }
    Result<void> add(const QByteArray &name, QIODevice &content)
    {
        const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), name.constData());
        archive_entry_set_size(entry.get(), content.size());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), 0, 0);
        auto written = check(archive_write_header(m_archive.get(), entry.get()));
        std::array<char, 1 << 16> buffer;
        for (qint64 got = 1; written && got > 0;) {
            got = content.read(buffer.data(), buffer.size());
            if (got > 0 &&
                archive_write_data(m_archive.get(), buffer.data(), static_cast<std::size_t>(got)) != got)
                written = check(ARCHIVE_FATAL);
        }
        if (written && content.pos() != content.size()) // cut off meanwhile
            written = check(ARCHIVE_FATAL);
        m_size += sizeOf(content.size());
        return written;
    }
    Result<void> close() { return check(archive_write_close(m_archive.get())); }
    qint64 size() const { return m_size; }

    /// What a file of this size takes in a tar.
    static qint64 sizeOf(qint64 bytes) { return 512 + (bytes + 511) / 512 * 512; }
    /// Two empty blocks at the end, and up to the next 10 KiB.
    static constexpr qint64 End = 11 * 1024;

private:
    Result<void> check(int result)
    {
        if (result >= ARCHIVE_WARN)
            return {};
        return tl::unexpected(writeError(m_path, archive_errno(m_archive.get())));
    }
    QString m_path;
    std::unique_ptr<archive, Free> m_archive;
    qint64 m_size = 0;
};

/// The shards of one part.
class Shards final
{
public:
    Shards(QString begin, qint64 most)
        : m_begin(std::move(begin))
        , m_most(most)
    {
    }
    Result<void> add(const QByteArray &key, QIODevice &sound, QIODevice &json)
    {
        const qint64 size = Shard::sizeOf(sound.size()) + Shard::sizeOf(json.size());
        Result<void> result;
        if (m_shard && m_shard->size() + size + Shard::End > m_most)
            result = close();
        if (result && !m_shard) {
            m_shard = std::make_unique<Shard>(m_begin + u"%1.tar"_s.arg(m_count++, 6, 10, QChar(u'0')));
            result = m_shard->open();
        }
        return result.and_then([&] { return m_shard->add(key + ".wav", sound); }).and_then([&] {
            return m_shard->add(key + ".json", json);
        });
    }
    Result<void> close()
    {
        const auto shard = std::exchange(m_shard, nullptr);
        return shard ? shard->close() : Result<void>();
    }

private:
    QString m_begin;
    qint64 m_most;
    int m_count = 0;
    std::unique_ptr<Shard> m_shard;
};

QByteArray keyOf(const SegmentKey &key, bool hasYPrefix)
{
    QByteArray text = hasYPrefix ? "Y" : "";
    text.append(key.ytid.view().data(), YtId::Length);
    for (const std::uint32_t moment : {key.startMs, key.endMs})
        (text += '_') += QByteArray::number(moment);
    return text;
}

} // namespace

std::unique_ptr<LineFormat> sampleLines(const ExportContext &context)
{
    return std::make_unique<JsonLines>(context, nullptr);
}

Result<void> writeShards(const FolderWriting &job)
{
    const ExportOptions &options = job.context.options;
    const ClipSource source(job.context.clips);
    std::vector<Shards> shards;
    if (job.parts.names.empty())
        shards.emplace_back(job.folder + u"/shard-"_s, options.shardBytes);
    for (const QString &part : job.parts.names)
        shards.emplace_back(job.folder + u'/' + part + u'-', options.shardBytes);
    const auto format = sampleLines(job.context);
    for (std::size_t item = 0; item < job.set.items.size(); ++item) {
        const ExportClip clip = job.writer.clip(job.set.items[item]);
        OpenedClip opened = source.open(clip.row, Compared::Bytes, job.stop);
        QFile sound;
        if (opened.fault.isEmpty() && !sound.open(opened.file.number(), QIODevice::ReadOnly))
            opened.fault = "unreadable"_L1;
        if (!opened.fault.isEmpty()) {
            job.unfit.push_back({clip.row, opened.fault});
            continue;
        }
        QBuffer json;
        format->line(json.buffer(), clip);
        json.open(QIODevice::ReadOnly);
        auto added = shards[static_cast<std::size_t>(std::max(job.writer.partOf(item), 0))]
                         .add(keyOf(clip.key, options.hasYPrefix), sound, json)
                         .and_then([&job] { return job.progress(1); });
        if (!added)
            return added;
    }
    for (Shards &each : shards) {
        if (auto closed = each.close(); !closed)
            return closed;
    }
    return {};
}

} // namespace earmark::exports
