#include "audio/wavfile.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;

namespace earmark::audio {

namespace {

constexpr int MostChannels = 2; ///< that are kept apart

struct SndfileCloser
{
    void operator()(SNDFILE *file) const { sf_close(file); }
};
using SndfilePtr = std::unique_ptr<SNDFILE, SndfileCloser>;

/// A file in memory, as libsndfile wants to see one.
struct Memory
{
    QByteArray bytes;
    qsizetype position = 0;
};

Memory &memory(void *user)
{
    return *static_cast<Memory *>(user);
}

SF_VIRTUAL_IO memoryAccess()
{
    SF_VIRTUAL_IO access{};
    access.get_filelen = [](void *user) -> sf_count_t { return memory(user).bytes.size(); };
    access.tell = [](void *user) -> sf_count_t { return memory(user).position; };
    access.seek = [](sf_count_t offset, int whence, void *user) -> sf_count_t {
        Memory &file = memory(user);
        const qsizetype base = whence == SEEK_SET   ? 0
                               : whence == SEEK_CUR ? file.position
                                                    : file.bytes.size();
        file.position = std::max<qsizetype>(base + offset, 0);
        return file.position;
    };
    access.read = [](void *, sf_count_t, void *) -> sf_count_t { return 0; };
    access.write = [](const void *data, sf_count_t count, void *user) -> sf_count_t {
        Memory &file = memory(user);
        const qsizetype end = file.position + static_cast<qsizetype>(count);
        if (file.bytes.size() < end)
            file.bytes.resize(end);
        std::memcpy(file.bytes.data() + file.position, data, static_cast<std::size_t>(count));
        file.position = end;
        return count;
    };
    return access;
}

Result<QByteArray> encode(const QString &path, const Pcm &pcm)
{
    constexpr qsizetype Header = 44;
    const auto size = static_cast<qsizetype>(pcm.samples.size() * sizeof(std::int16_t)) + Header;
    if (size > std::numeric_limits<std::uint32_t>::max())
        return failure(ErrorCode::Unwritable, u"%1 would be longer than a WAV can be (4 GB)."_s.arg(path));
    Memory file;
    file.bytes.reserve(size);
    SF_INFO info{};
    info.samplerate = pcm.sampleRate;
    info.channels = pcm.channels;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SF_VIRTUAL_IO access = memoryAccess();
    SndfilePtr out(sf_open_virtual(&access, SFM_WRITE, &info, &file));
    const auto count = static_cast<sf_count_t>(pcm.samples.size());
    if (!out || sf_write_short(out.get(), pcm.samples.data(), count) != count) {
        return failure(ErrorCode::Internal,
                       u"%1 cannot be encoded: %2."_s.arg(path, QString::fromUtf8(sf_strerror(out.get()))));
    }
    out.reset(); // writes the lengths into the header
    return std::move(file.bytes);
}

/// libsndfile's handle on an existing file, opened for reading.
Result<SndfilePtr> openForReading(const QString &path, QFile &file, SF_INFO &info)
{
    if (auto opened = openRegularFile(file); !opened)
        return tl::unexpected(opened.error());
    if (file.size() == 0)
        return failure(ErrorCode::BadMedia, u"%1 is empty."_s.arg(path));
    SndfilePtr in(sf_open_fd(file.handle(), SFM_READ, &info, SF_FALSE));
    if (!in)
        return failure(ErrorCode::BadMedia, u"%1 is not a WAV file."_s.arg(path));
    if (info.frames <= 0 || info.channels <= 0 || info.samplerate <= 0)
        return failure(ErrorCode::BadMedia,
                       u"%1 holds no sound: it has a header and nothing else."_s.arg(path));
    return in;
}

/// A file that was cut off keeps the header that it was given when it was whole, and libsndfile overlooks
/// that.
qint64 missingBytes(QFile &file)
{
    const QByteArray head = file.seek(0) ? file.read(8) : QByteArray();
    if (head.size() < 8 || !head.startsWith("RIFF"))
        return 0;
    const auto size = qFromLittleEndian<quint32>(head.constData() + 4);
    // Written by a program that could not go back to fill it in.
    if (size == 0 || size == std::numeric_limits<quint32>::max())
        return 0;
    return std::max<qint64>(qint64{size} + 8 - file.size(), 0);
}

/// As 16 bit. libsndfile would hand over floating-point sound either as the numbers -1, 0 and 1 or scaled to
/// its own peak, so that is done here: full scale to full scale, and what is louder is clipped.
sf_count_t readFrames(SNDFILE *in, const SF_INFO &info, std::int16_t *out, sf_count_t frames)
{
    const int encoding = info.format & SF_FORMAT_SUBMASK;
    if (encoding != SF_FORMAT_FLOAT && encoding != SF_FORMAT_DOUBLE)
        return sf_readf_short(in, out, frames);
    std::vector<float> buffer(static_cast<std::size_t>(frames * info.channels));
    const sf_count_t got = sf_readf_float(in, buffer.data(), frames);
    std::transform(buffer.begin(), buffer.begin() + std::max<sf_count_t>(got, 0) * info.channels, out,
                   [](float x) {
                       // A "not a number" becomes silence.
                       return static_cast<std::int16_t>(
                           std::isnan(x) ? 0L : std::lround(std::clamp(x * 32768.0F, -32768.0F, 32767.0F)));
                   });
    return got;
}

void mix(const std::vector<std::int16_t> &samples, int channels, sf_count_t frames, std::int16_t *out)
{
    for (sf_count_t frame = 0; frame < frames; ++frame) {
        const auto first = samples.begin() + frame * channels;
        out[frame] = static_cast<std::int16_t>(std::accumulate(first, first + channels, 0) / channels);
    }
}

} // namespace

Result<QByteArray> writeWav(const QString &path, const Pcm &pcm)
{
    const auto bytes = encode(path, pcm);
    if (!bytes)
        return tl::unexpected(bytes.error());
    AtomicFile file(path);
    const auto written =
        file.open().and_then([&] { return file.write(*bytes); }).and_then([&] { return file.commit(); });
    if (!written)
        return tl::unexpected(written.error());
    return QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256);
}

Result<Pcm> readWav(const QString &path, std::optional<int> mostSeconds)
{
    QFile file(path);
    SF_INFO info{};
    const auto in = openForReading(path, file, info);
    if (!in)
        return tl::unexpected(in.error());
    Pcm pcm;
    pcm.sampleRate = info.samplerate;
    pcm.channels = info.channels > MostChannels ? 1 : info.channels;
    sf_count_t left = info.frames;
    if (mostSeconds)
        left = std::min(left, sf_count_t{*mostSeconds} * info.samplerate);
    // The header may promise more than the file can hold; believe it a piece at a time. No
    // packing that a WAV may have takes less than an eighth of a byte for a sample.
    pcm.samples.reserve(static_cast<std::size_t>(std::min<qint64>(left * pcm.channels, file.size() * 8)));
    constexpr sf_count_t Piece = 1 << 16;
    std::vector<std::int16_t> unmixed;
    while (left > 0) {
        const sf_count_t wanted = std::min(left, Piece);
        const std::size_t before = pcm.samples.size();
        pcm.samples.resize(before + static_cast<std::size_t>(wanted * pcm.channels));
        std::int16_t *out = pcm.samples.data() + before;
        sf_count_t got = 0;
        if (info.channels == pcm.channels) {
            got = readFrames(in->get(), info, out, wanted);
        } else {
            unmixed.resize(static_cast<std::size_t>(wanted * info.channels));
            got = readFrames(in->get(), info, unmixed.data(), wanted);
            mix(unmixed, info.channels, got, out);
        }
        got = std::max<sf_count_t>(got, 0);
        pcm.samples.resize(before + static_cast<std::size_t>(got * pcm.channels));
        left = got == wanted ? left - got : 0;
    }
    if (pcm.samples.empty())
        return failure(ErrorCode::BadMedia,
                       u"%1 holds no sound: it has a header and nothing else."_s.arg(path));
    return pcm;
}

Result<WavInfo> readWavInfo(const QString &path)
{
    QFile file(path);
    SF_INFO info{};
    const auto in = openForReading(path, file, info);
    if (!in)
        return tl::unexpected(in.error());
    return WavInfo{info.frames, info.samplerate, info.channels, missingBytes(file)};
}

} // namespace earmark::audio
