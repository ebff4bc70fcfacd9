#include "playback/player.h"

#include "base/async.h"
#include "playback/audiooutputengine.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace earmark::playback {

namespace {

using namespace std::chrono_literals;

// Reports come every 30 ms; when they stay away for longer, the place stands still rather than be made up.
constexpr qint64 LongestGuessMs = 100;
constexpr auto Patience = 2s;
constexpr double MostGain = 60;

} // namespace

Player::Player(QObject *parent)
    : QObject(parent)
    , m_thread(new QThread)
    , m_engine(new AudioOutputEngine)
{
    m_thread->setObjectName(u"sound"_s);
    m_engine->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(m_engine, &AudioOutputEngine::started, this, [this](quint64 order) {
        if (order != m_order)
            return;
        m_positionAge.start(); // it is heard a few milliseconds after it was written
        setState(State::Playing);
    });
    connect(m_engine, &AudioOutputEngine::heard, this, [this](quint64 order, double frame) {
        if (order == m_order)
            setPosition(frame / m_sound->sampleRate);
    });
    connect(m_engine, &AudioOutputEngine::ended, this, [this](quint64 order) {
        if (order == m_order)
            halt(State::Stopped, first());
    });
    connect(m_engine, &AudioOutputEngine::failed, this, [this](quint64 order, const QString &reason) {
        if (order != m_order)
            return;
        halt(State::Stopped, position());
        Q_EMIT failed(reason);
    });
    connect(m_engine, &AudioOutputEngine::fellBack, this, [this] {
        Q_EMIT fellBack(
            u"The sound output that was chosen is not connected; the system's default plays instead."_s);
    });
    connect(m_engine, &AudioOutputEngine::outputsChanged, this, &Player::outputsChanged);
    m_thread->start();
}

Player::~Player()
{
    post(m_engine, [engine = m_engine] { engine->shutDown(); });
    if (m_thread->wait(QDeadlineTimer(Patience)))
        delete m_thread;
    else
        m_engine->disconnect();
}

void Player::setSound(std::shared_ptr<const audio::Pcm> sound)
{
    m_region.reset();
    halt(State::Stopped, 0);
    m_sound = sound && sound->frames() > 0 && sound->sampleRate > 0 ? std::move(sound) : nullptr;
    if (m_sound) // so that the first start need not wait for the connection
        post(m_engine, [engine = m_engine] { engine->look(); });
}

double Player::position() const
{
    if (m_state != State::Playing || !m_positionAge.isValid())
        return m_position;
    const Region all{0, duration()};
    const Region region = m_region.value_or(all);
    const double stop = m_position < region.to ? region.to : all.to;
    const double age = static_cast<double>(std::min(m_positionAge.elapsed(), LongestGuessMs)) / 1000;
    const double guess = m_position + m_speed * age;
    if (guess < stop)
        return guess;
    return m_looping ? region.from + std::fmod(guess - stop, region.to - region.from) : stop;
}

double Player::duration() const
{
    return m_sound ? m_sound->duration() : 0.0;
}

void Player::play()
{
    if (!m_sound || m_wantsPlaying)
        return;
    if (m_region && (m_position < m_region->from || m_position >= m_region->to))
        m_position = m_region->from;
    start();
}

Manner Player::manner() const
{
    Part part{0, m_sound->frames()};
    if (m_region)
        part = {std::llround(m_region->from * m_sound->sampleRate),
                std::llround(m_region->to * m_sound->sampleRate)};
    return {part, m_looping, m_speed, m_pitch == Pitch::Kept, factor()};
}

void Player::start()
{
    m_wantsPlaying = true;
    const auto frame = std::llround(m_position * m_sound->sampleRate);
    const AudioOutputEngine::Order order{++m_order, m_sound,
                                         std::clamp<qint64>(frame, 0, m_sound->frames() - 1), manner()};
    // The place is not guessed on before the output says that it plays.
    m_positionAge.invalidate();
    post(m_engine, [engine = m_engine, order] { engine->start(order); });
}

void Player::goOnElsewhere(double place)
{
    m_position = place;
    start();
    Q_EMIT positionChanged(place);
}

void Player::pause()
{
    if (m_wantsPlaying)
        halt(State::Paused, position());
}

void Player::toggle()
{
    if (m_wantsPlaying)
        pause();
    else
        play();
}

void Player::stop()
{
    halt(State::Stopped, first());
}

void Player::halt(State state, double position)
{
    // Answers to older orders no longer count.
    ++m_order;
    if (m_wantsPlaying)
        post(m_engine, [engine = m_engine] { engine->stop(); });
    m_wantsPlaying = false;
    const bool moved = m_position != position;
    m_position = position;
    m_positionAge.invalidate();
    setState(state);
    if (moved)
        Q_EMIT positionChanged(position);
}

void Player::seek(double seconds)
{
    if (!m_sound || std::isnan(seconds))
        return;
    m_position = std::clamp(seconds, 0.0, duration());
    m_positionAge.invalidate();
    if (m_wantsPlaying)
        start();
    Q_EMIT positionChanged(m_position);
}

void Player::setLooping(bool looping)
{
    if (m_looping == looping)
        return;
    m_looping = looping;
    if (m_wantsPlaying)
        post(m_engine, [engine = m_engine, now = manner()] { engine->change(now.part, now.isLooping); });
}

void Player::setLoopRegion(std::optional<Region> region)
{
    if (region) {
        region->from = std::clamp(region->from, 0.0, duration());
        region->to = std::clamp(region->to, 0.0, duration());
        // Also when one of them is not a number.
        if (!m_sound || !(region->to - region->from >= 1.0 / m_sound->sampleRate))
            region.reset();
    }
    if (m_region == region)
        return;
    const double place = position();
    m_region = region;
    if (!m_wantsPlaying)
        return;
    if (region && (place < region->from || place >= region->to))
        goOnElsewhere(region->from);
    else
        post(m_engine, [engine = m_engine, now = manner()] { engine->change(now.part, now.isLooping); });
}

void Player::setSpeed(double speed, Pitch pitch)
{
    const double place = position();
    const double wanted = std::isnan(speed) ? 1 : std::clamp(speed, 0.25, 4.0);
    const bool isHeard = wanted != m_speed || (wanted != 1 && pitch != m_pitch);
    m_speed = wanted;
    m_pitch = pitch;
    if (m_wantsPlaying && isHeard)
        goOnElsewhere(place);
}

void Player::setGain(double decibels)
{
    m_gain = std::isnan(decibels) ? 0 : std::clamp(decibels, -MostGain, MostGain);
    sendFactor();
}

void Player::setVolume(double volume)
{
    m_volume = std::isnan(volume) ? 1 : std::clamp(volume, 0.0, 1.0);
    sendFactor();
}

double Player::factor() const
{
    return std::pow(10, m_gain / 20) * m_volume * m_volume * m_volume;
}

void Player::sendFactor()
{
    if (m_wantsPlaying)
        post(m_engine, [engine = m_engine, now = factor()] { engine->setFactor(now); });
}

std::vector<Output> Player::outputs() const
{
    post(m_engine, [engine = m_engine] { engine->look(); });
    return m_engine->outputs();
}

void Player::setOutput(const QByteArray &id)
{
    post(m_engine, [engine = m_engine, id] { engine->setOutput(id); });
}

void Player::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void Player::setPosition(double seconds)
{
    m_position = seconds;
    m_positionAge.start();
    Q_EMIT positionChanged(seconds);
}

} // namespace earmark::playback
