#include "export/clipsource.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "export/exporttext.h"
#include "export/parallel.h"

#include <QFile>
#include <QtEndian>

#include <array>
#include <cerrno>
#include <limits>
#include <mutex>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView Missing("missing");
constexpr QLatin1StringView Damaged("damaged");
constexpr QLatin1StringView IsLink("symbolic link");
constexpr QLatin1StringView IsNoFile("not a regular file");
constexpr QLatin1StringView Unreadable("unreadable");

/// Of a WAV as Earmark writes it: RIFF, "fmt " of 16 bytes, "data".
constexpr qint64 PlainHeader = 44;
constexpr qint64 SampleBytes = 2;

/// What a WAV's header says; all 0 when it is not one.
struct WavHeader
{
    int sampleRate = 0;
    qint64 frames = 0;
    bool isWhole = false; ///< the file has all the bytes that the header speaks of, and no more
};

/// Looks for the chunks "fmt " and "data" of a RIFF file.
WavHeader headerOf(int file, qint64 size)
{
    WavHeader header;
    std::array<char, PlainHeader> bytes{};
    constexpr qint64 RiffBytes = 12;
    constexpr qint64 ChunkBytes = 8;
    constexpr qint64 FormatBytes = 16;
    const auto read = [&](qint64 from, qint64 count) {
        return ::pread(file, bytes.data(), static_cast<std::size_t>(count), from) == count;
    };
    if (!read(0, RiffBytes) || !QByteArrayView(bytes).startsWith("RIFF") ||
        QByteArrayView(bytes).sliced(8, 4) != "WAVE")
        return {};
    // 0 and the most: of a program that could not go back to fill it in.
    const auto isOpen = [](qint64 length) {
        return length == 0 || length == std::numeric_limits<quint32>::max();
    };
    const qint64 riff = qFromLittleEndian<quint32>(bytes.data() + 4);
    const bool hasMore = !isOpen(riff) && size > riff + ChunkBytes + 1; // a last byte to make it even
    int frameBytes = 0;
    constexpr int MostChunks = 100;
    qint64 at = RiffBytes;
    for (int chunk = 0; chunk < MostChunks && read(at, ChunkBytes); ++chunk) {
        const QByteArray kind(bytes.data(), 4);
        const qint64 length = qFromLittleEndian<quint32>(bytes.data() + 4);
        at += ChunkBytes;
        if (kind == "fmt ") {
            if (length < FormatBytes || !read(at, FormatBytes))
                return {};
            header.sampleRate = static_cast<int>(qFromLittleEndian<quint32>(bytes.data() + 4));
            frameBytes = qFromLittleEndian<quint16>(bytes.data() + 12);
        } else if (kind == "data") {
            if (frameBytes == 0)
                return {};
            const qint64 sound = isOpen(length) ? size - at : length;
            header.frames = sound / frameBytes;
            header.isWhole = at + sound <= size && !hasMore;
            return header;
        }
        at += length + length % 2;
    }
    return {};
}

QLatin1StringView kindFault(const struct stat &about)
{
    return S_ISREG(about.st_mode) ? QLatin1StringView() : S_ISLNK(about.st_mode) ? IsLink : IsNoFile;
}

QLatin1StringView openFault(int reason)
{
    return reason == ENOENT ? Missing : reason == ELOOP ? IsLink : Unreadable;
}

/// Errno, 0 when all of it is copied.
int copyContent(int from, int to)
{
    constexpr std::size_t Most = 1U << 30U;
    ssize_t copied = 1;
    while (copied > 0 || (copied < 0 && errno == EINTR))
        copied = ::copy_file_range(from, nullptr, to, nullptr, Most, 0);
    if (copied == 0 || errno == ENOSPC || errno == EDQUOT)
        return copied == 0 ? 0 : errno;
    // Not between these two file systems.
    std::vector<char> piece(1 << 20);
    off_t at = ::lseek(to, 0, SEEK_CUR);
    for (ssize_t got = 1; got > 0;) {
        got = ::pread(from, piece.data(), piece.size(), at);
        for (ssize_t done = 0; done < got;) {
            const ssize_t written =
                ::pwrite(to, piece.data() + done, static_cast<std::size_t>(got - done), at + done);
            if (written <= 0)
                return written < 0 ? errno : EIO;
            done += written;
        }
        if (got < 0)
            return errno;
        at += got;
    }
    return 0;
}

} // namespace

ClipSource::ClipSource(const ClipTable &clips)
    : m_clips(clips)
    , m_folder(::open(QFile::encodeName(clips.layout().processed()).constData(),
                      O_RDONLY | O_DIRECTORY | O_CLOEXEC))
{
}

QByteArray ClipSource::nameOf(segments::Row row) const
{
    QByteArray name;
    appendStem(name, m_clips.segments().key(row), true);
    return name + ".wav";
}

QLatin1StringView ClipSource::fault(segments::Row row, Compared compared, const std::stop_token &stop,
                                    QByteArray *sha256) const
{
    if (compared == Compared::Size) {
        struct stat about = {};
        if (::fstatat(m_folder.number(), nameOf(row).constData(), &about, AT_SYMLINK_NOFOLLOW) != 0)
            return openFault(errno);
        if (const QLatin1StringView kind = kindFault(about); !kind.isEmpty())
            return kind;
        const qint64 sound = about.st_size - PlainHeader;
        const qint64 mono = m_clips.samples(row) * SampleBytes;
        if (sound == mono || sound == 2 * mono)
            return {};
    }
    return open(row, compared, stop, sha256).fault;
}

OpenedClip ClipSource::open(segments::Row row, Compared compared, const std::stop_token &stop,
                            QByteArray *sha256) const
{
    // O_NONBLOCK: a FIFO would wait for its writer. It means nothing for a regular file.
    Descriptor file(
        ::openat(m_folder.number(), nameOf(row).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen())
        return {Descriptor(), openFault(errno)};
    struct stat about = {};
    if (::fstat(file.number(), &about) != 0)
        return {Descriptor(), Unreadable};
    if (const QLatin1StringView kind = kindFault(about); !kind.isEmpty())
        return {Descriptor(), kind};
    // Channels are not asked for: the ledger has one number of them for all clips, and it may be changed
    // between two downloads. A header with another number has other frames.
    const WavHeader header = headerOf(file.number(), about.st_size);
    const bool isSame = header.isWhole && header.sampleRate == m_clips.sampleRate(row) &&
                        header.frames == m_clips.samples(row) &&
                        (compared != Compared::Bytes || hasContent(file.number(), row, stop, sha256));
    return isSame ? OpenedClip{std::move(file), {}} : OpenedClip{Descriptor(), Damaged};
}

bool ClipSource::hasContent(int file, segments::Row row, const std::stop_token &stop,
                            QByteArray *sha256) const
{
    const Sha256 &told = m_clips.sha256(row);
    if (told.isEmpty() && sha256 == nullptr)
        return true;
    QFile content;
    content.open(file, QIODevice::ReadOnly | QIODevice::Unbuffered);
    content.seek(0);
    const auto sum = sha256Of(content, stop);
    content.seek(0);
    if (stop.stop_requested())
        return true;
    const QByteArray found = sum.value_or(QByteArray());
    if (sha256 != nullptr)
        *sha256 = found;
    return sum && (told.isEmpty() || found == told);
}

Result<QLatin1StringView> ClipSource::put(segments::Row row, const QString &to, bool mayLink,
                                          const std::stop_token &stop) const
{
    const OpenedClip clip = open(row, Compared::Header);
    if (!clip.fault.isEmpty())
        return clip.fault;
    const QByteArray path = QFile::encodeName(to);
    if (mayLink && ::linkat(m_folder.number(), nameOf(row).constData(), AT_FDCWD, path.constData(), 0) == 0) {
        if (fileIdOf(clip.file.number()) == fileIdOf(to))
            return QLatin1StringView();
        // Something else got the clip's name meanwhile.
        return removeFile(to).map([] { return Damaged; });
    }
    const Descriptor copy(::open(path.constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!copy.isOpen())
        return tl::unexpected(writeError(to, errno));
    if (const int reason = copyContent(clip.file.number(), copy.number()); reason != 0)
        return tl::unexpected(writeError(to, reason));
    if (hasContent(copy.number(), row, stop, nullptr))
        return QLatin1StringView();
    return removeFile(to).map([] { return Damaged; });
}

bool isFileFault(QLatin1StringView why)
{
    return why == Missing || why == Damaged || why == IsLink || why == IsNoFile || why == Unreadable;
}

Result<void> leaveOutUnfit(const ClipTable &clips, ExportSet &set, Compared compared,
                           std::vector<QByteArray> *sums, const std::stop_token &stop)
{
    const ClipSource source(clips);
    std::mutex mutex;
    std::vector<LeftOut> unfit; // few, so that two million good ones take no room
    if (sums != nullptr)
        sums->resize(set.items.size());
    forEachOf(set.items.size(), stop, [&](std::size_t at) {
        const segments::Row row = set.items[at].row;
        const QLatin1StringView fault =
            source.fault(row, compared, stop, sums != nullptr ? &(*sums)[at] : nullptr);
        if (fault.isEmpty())
            return;
        const std::scoped_lock lock(mutex);
        unfit.push_back({row, fault});
        if (sums != nullptr)
            (*sums)[at].clear();
    });
    if (stop.stop_requested())
        return cancelled();
    if (sums != nullptr)
        std::erase_if(*sums, [](const QByteArray &sum) { return sum.isEmpty(); });
    set.leaveOut(clips, unfit);
    return {};
}

} // namespace earmark::exports
