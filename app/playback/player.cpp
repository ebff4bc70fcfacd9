#include "playback/player.h"

#include "base/async.h"
#include "playback/engine.h"

#include <algorithm>
#include <cmath>

namespace earmark::playback {

namespace {

// Reports come every 33 ms; when they stay away for longer, the place stands still rather than be made up.
constexpr qint64 LongestGuessMs = 100;

} // namespace

Player::Player(QObject *parent)
    : QObject(parent)
    , m_engine(new Engine)
{
    m_thread.setObjectName(QStringLiteral("sound"));
    m_engine->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(m_engine, &Engine::started, this, [this](quint64 order) {
        if (order == m_order)
            setState(State::Playing);
    });
    connect(m_engine, &Engine::heard, this, [this](quint64 order, double frame) {
        if (order == m_order)
            setPosition(frame / m_sound->sampleRate);
    });
    connect(m_engine, &Engine::ended, this, [this](quint64 order) {
        if (order == m_order)
            halt(State::Stopped, 0);
    });
    connect(m_engine, &Engine::failed, this, [this](quint64 order, const QString &reason) {
        if (order != m_order)
            return;
        halt(State::Stopped, m_position);
        Q_EMIT failed(reason);
    });
    m_thread.start();
}

Player::~Player()
{
    post(m_engine, [engine = m_engine] { engine->shutDown(); });
    m_thread.wait();
}

void Player::setSound(std::shared_ptr<const audio::Pcm> sound)
{
    halt(State::Stopped, 0);
    m_sound = sound && sound->frames() > 0 && sound->sampleRate > 0 ? std::move(sound) : nullptr;
}

double Player::position() const
{
    if (m_state != State::Playing || !m_positionAge.isValid())
        return m_position;
    const double guess =
        m_position + m_speed * static_cast<double>(std::min(m_positionAge.elapsed(), LongestGuessMs)) / 1000;
    return m_looping ? std::fmod(guess, duration()) : std::min(guess, duration());
}

double Player::duration() const
{
    return m_sound ? m_sound->duration() : 0.0;
}

void Player::play()
{
    if (!m_sound || m_wantsPlaying)
        return;
    start();
}

void Player::start()
{
    m_wantsPlaying = true;
    const auto frame = static_cast<qint64>(m_position * m_sound->sampleRate);
    const Engine::Order order{++m_order, m_sound, std::clamp<qint64>(frame, 0, m_sound->frames() - 1),
                              m_speed, m_looping};
    // The place is not guessed on before the output says that it plays.
    m_positionAge.invalidate();
    post(m_engine, [engine = m_engine, order] { engine->start(order); });
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
    halt(State::Stopped, 0);
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
    m_looping = looping;
    post(m_engine, [engine = m_engine, looping] { engine->setLooping(looping); });
}

void Player::setSpeed(double speed)
{
    const double place = position();
    m_speed = std::clamp(speed, 0.25, 4.0);
    if (m_wantsPlaying) {
        m_position = place;
        start();
    }
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
