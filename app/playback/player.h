#pragma once

#include "audio/pcm.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace earmark::playback {

/// Plays one sound from memory on the default output. The sink lives in a thread of its own, so that a busy window
/// makes no holes in the sound.
class Player final : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Playing, Paused };
    Q_ENUM(State)

    explicit Player(QObject *parent = nullptr);
    /// Stops the sound and lets the sound server settle (up to 300 ms) before the thread ends.
    ~Player() override;

    /// Replaces the sound; stops what plays. Null: nothing to play.
    void setSound(std::shared_ptr<const audio::Pcm> sound);
    bool hasSound() const { return m_sound != nullptr; }
    State state() const { return m_state; }
    /// What is heard now, seconds from the start of the sound.
    double position() const;

    void play();
    void pause();
    void toggle();
    void stop();
    /// Seconds from the start; clamped to the sound.
    void seek(double seconds);

Q_SIGNALS:
    void stateChanged();
    /// While playing, about 30 times a second; and after seek().
    void positionChanged(double seconds);
    /// There is no output, or it went away: a sentence for the person.
    void failed(const QString &reason);

private:
    class Engine;
    QThread m_thread;
    Engine *m_engine = nullptr; ///< lives in m_thread
    std::shared_ptr<const audio::Pcm> m_sound;
    State m_state = State::Stopped;
};

} // namespace earmark::playback
