#include "playback/audiooutputengine.h"

#include "playback/serveroutputs.h"

#include <QMediaDevices>
#include <QThread>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace earmark::playback {

namespace {

using namespace std::chrono_literals;

constexpr auto Tick = 10ms;
constexpr int TicksAReport = 3;
// What has been written cannot be taken back: a change of the loudness or of the loop is heard this much
// later. It is also how long this thread may be kept from the processor without a hole.
constexpr double BufferSeconds = 0.2;
// A process that ends within milliseconds of closing a stream is aborted in libpulse, by an answer that comes
// for a stream that is gone (Qt 6.4).
constexpr auto Settle = 300ms;
// Qt 6.4 waits for ever for a stream to an output that has gone without its having been told.
constexpr auto News = 100ms;
// Qt 6.11 says nothing of an output that has gone: its time stands still. No output takes this long to begin.
constexpr auto Standstill = 3s;
// How far the heard place may run behind the true one; the silence behind a sound is heard this long.
constexpr double TailSeconds = 0.02;

/// One that the device takes: the sound's own, if possible.
QAudioFormat formatFor(const QAudioDevice &device, Resampler::Format wanted)
{
    QAudioFormat format;
    format.setSampleFormat(QAudioFormat::Int16);
    format.setChannelCount(wanted.channels);
    format.setSampleRate(wanted.sampleRate);
    if (device.isFormatSupported(format))
        return format;
    const QAudioFormat preferred = device.preferredFormat();
    format.setSampleRate(preferred.sampleRate());
    if (!device.isFormatSupported(format))
        format.setChannelCount(preferred.channelCount());
    return format;
}

std::chrono::milliseconds left(std::chrono::milliseconds whole, const QElapsedTimer &since)
{
    return since.isValid() ? std::max(whole - std::chrono::milliseconds(since.elapsed()), 0ms) : 0ms;
}

} // namespace

QList<QAudioDevice> AudioOutputEngine::devices()
{
    QList<QAudioDevice> devices = QMediaDevices::audioOutputs();
    if (!qtOverlooksUnplugging() || devices.isEmpty())
        return devices;
    if (const auto server = askSoundServer()) {
        m_usesServer = m_usesServer || server->knowsQt;
        devices.removeIf([&](const QAudioDevice &device) {
            return m_usesServer && !(server->knowsQt && server->outputs.contains(device.id()));
        });
    }
    return devices;
}

void AudioOutputEngine::look()
{
    std::vector<Output> outputs;
    for (const QAudioDevice &device : devices())
        outputs.push_back({device.id(), device.description(), device.isDefault()});
    {
        const std::lock_guard lock(m_mutex);
        if (outputs == m_outputs)
            return;
        m_outputs = std::move(outputs);
    }
    Q_EMIT outputsChanged();
}

std::vector<Output> AudioOutputEngine::outputs() const
{
    const std::lock_guard lock(m_mutex);
    return m_outputs;
}

void AudioOutputEngine::start(const Order &order)
{
    closeSink();
    m_order = order;
    openSink();
}

QAudioDevice AudioOutputEngine::chooseDevice()
{
    const QList<QAudioDevice> there = devices();
    if (there.isEmpty())
        return {};
    const auto preferred =
        std::ranges::find_if(there, [](const QAudioDevice &device) { return device.isDefault(); });
    const QAudioDevice &usual = preferred == there.end() ? there.front() : *preferred;
    if (m_output.isEmpty())
        return usual;
    const auto chosen =
        std::ranges::find_if(there, [this](const QAudioDevice &device) { return device.id() == m_output; });
    if (chosen != there.end()) {
        m_hasFallenBack = false;
        return *chosen;
    }
    if (!std::exchange(m_hasFallenBack, true))
        Q_EMIT fellBack();
    return usual;
}

void AudioOutputEngine::openSink()
{
    look();
    if (const auto wait = left(News, m_lost); wait > 0ms) {
        QTimer::singleShot(wait, this, [this, number = m_order.number] {
            if (number == m_order.number && number != 0 && !m_sink)
                openSink();
        });
        return;
    }
    const QAudioDevice device = chooseDevice();
    if (device.isNull()) {
        fail(
            u"There is no sound output. Connect one, or start PulseAudio or PipeWire, and play again. If that does not help, restart Earmark."_s);
        return;
    }
    const audio::Pcm &sound = *m_order.sound;
    const Manner &manner = m_order.manner;
    const double rate = sound.sampleRate * (manner.keepsPitch ? 1 : manner.speed);
    const QAudioFormat format = formatFor(device, {static_cast<int>(std::lround(rate)), sound.channels});
    QAudioSink *const opened = new QAudioSink(device, format, this);
    m_sink = opened;
    opened->setBufferSize(
        format.bytesForFrames(static_cast<int>(std::lround(format.sampleRate() * BufferSeconds))));
    m_pipe = opened->start();
    if (!m_pipe || opened->error() != QAudio::NoError ||
        !m_feed.begin(m_order.sound, m_order.frame, manner, {format.sampleRate(), format.channelCount()})) {
        fail(u"The sound output \"%1\" cannot be opened; check the system's sound settings."_s.arg(
            device.description()));
        return;
    }
    connect(opened, &QAudioSink::stateChanged, this, [this](QAudio::State state) {
        if (m_sink && state == QAudio::StoppedState)
            lose(); // nobody here asked for it
    });
    if (!m_timer) {
        m_timer = new QTimer(this);
        m_timer->setTimerType(Qt::PreciseTimer);
        m_timer->setInterval(Tick);
        connect(m_timer, &QTimer::timeout, this, &AudioOutputEngine::tick);
    }
    fill();
    if (m_sink != opened)
        return; // gone at once, and said so
    m_ticks = 0;
    m_played = 0;
    m_moved.start();
    m_timer->start();
    Q_EMIT started(m_order.number);
}

void AudioOutputEngine::closeSink()
{
    if (m_timer)
        m_timer->stop();
    if (!m_sink)
        return;
    // Its destructor handles events, so orders could come in while it runs: let go of it first.
    QAudioSink *const sink = std::exchange(m_sink, nullptr);
    m_pipe = nullptr;
    sink->disconnect(this);
    sink->reset(); // not stop(): since Qt 6.8 that plays the buffer out first, and aborts when the output has
                   // gone
    sink->deleteLater();
    m_stopped.start();
}

void AudioOutputEngine::stop()
{
    closeSink();
    m_order = {};
}

void AudioOutputEngine::change(Part part, bool looping)
{
    m_order.manner.part = part;
    m_order.manner.isLooping = looping;
    if (m_sink)
        m_feed.change(part, looping);
}

void AudioOutputEngine::setFactor(double factor)
{
    m_order.manner.factor = factor;
    if (m_sink)
        m_feed.setFactor(factor);
}

void AudioOutputEngine::setOutput(const QByteArray &id)
{
    if (id == m_output)
        return;
    m_output = id;
    m_hasFallenBack = false;
    if (!m_sink)
        return;
    m_order.frame =
        std::clamp(static_cast<qint64>(m_feed.place(playedFrames())), qint64(0), m_order.sound->frames() - 1);
    closeSink();
    openSink();
}

void AudioOutputEngine::shutDown()
{
    stop();
    QTimer::singleShot(left(Settle, m_stopped), this, [this] { thread()->quit(); });
}

double AudioOutputEngine::playedFrames() const
{
    const double played = static_cast<double>(m_sink->processedUSecs()) * m_sink->format().sampleRate() / 1e6;
    return std::max(played, 0.0);
}

void AudioOutputEngine::fill()
{
    // Below zero when the output has been taken away; nobody else says so. To write then would lock up Qt's
    // connection to the server.
    const qsizetype free = m_sink->bytesFree();
    if (free < 0) {
        lose();
        return;
    }
    const QAudioFormat format = m_sink->format();
    const int frames = format.framesForBytes(static_cast<qint32>(free));
    if (frames == 0)
        return;
    m_block.resize(static_cast<std::size_t>(frames) * static_cast<std::size_t>(format.channelCount()));
    m_feed.read(m_block.data(), frames);
    m_pipe->write(reinterpret_cast<const char *>(m_block.data()), format.bytesForFrames(frames));
}

void AudioOutputEngine::tick()
{
    fill();
    if (m_sink)
        tellPlace();
}

void AudioOutputEngine::tellPlace()
{
    const double played = playedFrames();
    if (played > std::exchange(m_played, played)) {
        m_moved.start();
    } else if (left(Standstill, m_moved) == 0ms) {
        lose();
        return;
    }
    const auto end = m_feed.end();
    if (end && played >= *end + TailSeconds * m_sink->format().sampleRate()) {
        closeSink();
        Q_EMIT ended(m_order.number);
    } else if (++m_ticks % TicksAReport == 0) {
        Q_EMIT heard(m_order.number, m_feed.place(played));
    }
}

void AudioOutputEngine::lose()
{
    m_lost.start();
    fail(u"The sound output went away. Connect it again, and play again."_s);
}

void AudioOutputEngine::fail(const QString &reason)
{
    closeSink();
    Q_EMIT failed(m_order.number, reason);
}

} // namespace earmark::playback
