#include "demo/demoserver.h"

#include "demo/loopbackserver.h"
#include "demo/synth.h"

#include <QtEndian>

#include <httplib.h>

#include <array>
#include <cstring>

namespace earmark::demo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t HeaderSize = 44;
constexpr std::size_t SampleSize = sizeof(std::int16_t);
constexpr std::size_t FileSize = HeaderSize + std::size_t{Synth::Frames} * SampleSize;
constexpr std::size_t FramesPerPiece = 16'384;

/// A RIFF header for all of the sound: 16-bit PCM, mono.
std::array<char, HeaderSize> wavHeader()
{
    std::array<char, HeaderSize> header;
    const auto text = [&header](std::size_t at, const char *four) { std::memcpy(&header[at], four, 4); };
    const auto number = [&header](std::size_t at, auto value) { qToLittleEndian(value, &header[at]); };
    text(0, "RIFF");
    number(4, static_cast<quint32>(FileSize - 8));
    text(8, "WAVE");
    text(12, "fmt ");
    number(16, quint32{16});
    number(20, quint16{1}); // PCM
    number(22, quint16{1}); // channel
    number(24, quint32{Synth::SampleRate});
    number(28, static_cast<quint32>(Synth::SampleRate * SampleSize));
    number(32, static_cast<quint16>(SampleSize));
    number(34, quint16{8 * SampleSize});
    text(36, "data");
    number(40, static_cast<quint32>(FileSize - HeaderSize));
    return header;
}

/// Sends what lies at `offset`, at most `length` bytes of it: httplib asks again for the rest.
bool sendPiece(const Synth &synth, std::size_t offset, std::size_t length, httplib::DataSink &sink)
{
    if (offset < HeaderSize) {
        const auto header = wavHeader();
        return sink.write(&header[offset], std::min(length, HeaderSize - offset));
    }
    std::array<std::int16_t, FramesPerPiece> samples;
    const std::size_t position = offset - HeaderSize;
    const std::size_t skipped = position % SampleSize;
    const std::size_t size = std::min(length, sizeof samples - skipped);
    const std::span wanted(samples.data(), (skipped + size + SampleSize - 1) / SampleSize);
    synth.render(static_cast<qint64>(position / SampleSize), wanted);
    for (std::int16_t &sample : wanted)
        sample = qToLittleEndian(sample);
    return sink.write(reinterpret_cast<const char *>(samples.data()) + skipped, size);
}

void answer(const httplib::Request &request, httplib::Response &response)
{
    constexpr std::string_view Suffix = ".wav";
    std::string_view name = request.path;
    name.remove_prefix(std::min<std::size_t>(name.size(), 1)); // the slash
    const auto ytid =
        name.ends_with(Suffix) ? YtId::parse(name.substr(0, name.size() - Suffix.size())) : std::nullopt;
    if (!ytid) {
        response.status = 404;
        response.set_content("There is no such sound.\n", "text/plain");
        return;
    }
    response.set_header("Accept-Ranges", "bytes");
    response.set_content_provider(
        FileSize, "audio/wav",
        [synth = Synth(*ytid)](std::size_t offset, std::size_t length, httplib::DataSink &sink) {
            return sendPiece(synth, offset, length, sink);
        });
}

} // namespace

class DemoServer::Private
{
public:
    std::unique_ptr<LoopbackServer> server;
};

Result<std::unique_ptr<DemoServer>> DemoServer::start()
{
    auto server = LoopbackServer::start(answer);
    if (!server)
        return tl::unexpected(server.error());
    return std::unique_ptr<DemoServer>(
        new DemoServer(std::unique_ptr<Private>(new Private{std::move(*server)})));
}

DemoServer::DemoServer(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

DemoServer::~DemoServer() = default;

QString DemoServer::sourceTemplate() const
{
    return u"http://127.0.0.1:%1/{ytid}.wav"_s.arg(d->server->port());
}

} // namespace earmark::demo
