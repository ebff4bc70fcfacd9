#include "playback/engine.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <QThread>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace earmark::playback {

namespace {

using namespace std::chrono_literals;

constexpr auto Tick = 33ms;
// Below 80 ms Qt's PulseAudio sink, which looks after its buffer every 20 ms, leaves holes. A larger buffer
// does not start later.
constexpr double BufferSeconds = 0.2;
// A process that ends within milliseconds of closing a stream is aborted in libpulse, by an answer that comes
// for a stream that is gone (Qt 6.4).
constexpr auto Settle = 300ms;
// How far the heard place may run behind the true one; the silence behind a sound is heard this long.
constexpr double TailSeconds = 0.02;

} // namespace

void Engine::start(const Order &order)
{
    closeSink();
    m_order = order;
    openSink();
}

void Engine::openSink()
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull()) {
        fail(u"There is no sound output. Connect one, or start PulseAudio or PipeWire, and play again."_s);
        return;
    }
    QAudioFormat format;
    format.setSampleFormat(QAudioFormat::Int16);
    format.setChannelCount(m_order.sound->channels);
    format.setSampleRate(static_cast<int>(std::lround(m_order.sound->sampleRate * m_order.speed)));
    if (!m_feed)
        m_feed = new Feed(this);
    if (!m_timer) {
        m_timer = new QTimer(this);
        m_timer->setTimerType(Qt::PreciseTimer);
        m_timer->setInterval(Tick);
        connect(m_timer, &QTimer::timeout, this, &Engine::watch);
    }
    m_feed->begin(m_order.sound, m_order.frame, m_order.looping);
    m_sink = new QAudioSink(device, format, this);
    m_sink->setBufferSize(
        format.bytesForFrames(static_cast<int>(std::lround(format.sampleRate() * BufferSeconds))));
    connect(m_sink, &QAudioSink::stateChanged, this, &Engine::onSinkState);
    QAudioSink *const opened = m_sink;
    opened->start(m_feed);
    if (m_sink != opened)
        return; // failed at once, and said so
    if (opened->error() != QAudio::NoError) {
        fail(u"The sound output \"%1\" cannot be opened; check the system's sound settings."_s.arg(
            device.description()));
        return;
    }
    m_timer->start();
    Q_EMIT started(m_order.number);
}

void Engine::closeSink()
{
    if (m_timer)
        m_timer->stop();
    if (!m_sink)
        return;
    // Its destructor handles events, so orders could come in while it runs: let go of it first.
    QAudioSink *const sink = std::exchange(m_sink, nullptr);
    sink->disconnect(this);
    sink->stop();
    sink->deleteLater();
    m_stopped.start();
}

void Engine::stop()
{
    closeSink();
}

void Engine::setLooping(bool looping)
{
    m_order.looping = looping;
    if (m_feed)
        m_feed->setLooping(looping);
}

void Engine::shutDown()
{
    closeSink();
    const auto passed = std::chrono::milliseconds(m_stopped.isValid() ? m_stopped.elapsed() : Settle.count());
    QTimer::singleShot(std::max(Settle - passed, 0ms), this, [this] { thread()->quit(); });
}

double Engine::playedFrames() const
{
    return static_cast<double>(m_sink->processedUSecs()) * m_sink->format().sampleRate() / 1e6;
}

void Engine::watch()
{
    if (!m_sink)
        return;
    const double played = std::max(playedFrames(), 0.0);
    const auto total = static_cast<double>(m_order.sound->frames());
    const qint64 end = m_feed->endedAfter();
    if (end < 0) {
        Q_EMIT heard(m_order.number, std::fmod(static_cast<double>(m_order.frame) + played, total));
        return;
    }
    if (played < static_cast<double>(end) + TailSeconds * m_sink->format().sampleRate()) {
        const double ahead = std::max(static_cast<double>(end) - played, 0.0);
        Q_EMIT heard(m_order.number, std::max(total - std::fmod(ahead, total), 0.0));
        return;
    }
    closeSink();
    if (m_order.looping) { // asked for when the sound had already been handed out
        m_order.frame = 0;
        openSink();
        return;
    }
    Q_EMIT ended(m_order.number);
}

void Engine::onSinkState(QAudio::State state)
{
    if (!m_sink || state != QAudio::StoppedState)
        return;
    // Nobody here asked for it. (The sink tells its error only after its state.)
    fail(u"The sound output went away. Connect it again, and play again."_s);
}

void Engine::fail(const QString &reason)
{
    closeSink();
    Q_EMIT failed(m_order.number, reason);
}

} // namespace earmark::playback
