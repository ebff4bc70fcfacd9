#pragma once

#include "audio/pcm.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThread>

#include <memory>

namespace earmark::playback {

class Engine;

/// Plays one sound from memory on the default output. The sink lives in a thread of its own, so that a busy
/// window makes no holes in the sound, and no call here waits for the sound server.
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
    /// Seconds; 0 without a sound.
    double duration() const;

    /// The state becomes Playing when the output is open, a moment later. At the sound's end it becomes
    /// Stopped again and the position 0.
    void play();
    /// Without effect when nothing plays.
    void pause();
    void toggle();
    void stop();
    /// Seconds from the start; clamped to the sound.
    void seek(double seconds);

    /// Over and over, without a gap.
    void setLooping(bool looping);
    bool isLooping() const { return m_looping; }
    /// 1 as recorded; 0.5 half as fast and an octave lower. From 0.25 to 4; goes on at the same place.
    void setSpeed(double speed);
    double speed() const { return m_speed; }

Q_SIGNALS:
    void stateChanged();
    /// While playing, about 30 times a second; and after seek() and stop().
    void positionChanged(double seconds);
    /// There is no output, or it went away: a sentence for the person. The state is Stopped.
    void failed(const QString &reason);

private:
    void start();
    void halt(State state, double position);
    void setState(State state);
    void setPosition(double seconds);

    QThread m_thread;
    Engine *m_engine = nullptr; ///< lives in m_thread, which deletes it
    std::shared_ptr<const audio::Pcm> m_sound;
    State m_state = State::Stopped;
    bool m_wantsPlaying = false; ///< ahead of the state while the output is being opened
    bool m_looping = false;
    double m_speed = 1;
    double m_position = 0;       ///< seconds, as last heard of
    QElapsedTimer m_positionAge; ///< since then
    quint64 m_order = 0;         ///< number of the newest order to the engine
};

} // namespace earmark::playback
