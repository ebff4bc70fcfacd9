#pragma once

#include "audio/pcm.h"
#include "playback/output.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThread>

#include <memory>
#include <optional>
#include <vector>

namespace earmark::playback {

class AudioOutputEngine;
struct Manner;

/// Plays one sound from memory: any rate, mono or stereo. The sink lives in a thread of its own, so that a
/// busy window makes no holes in the sound, and no call here waits for the sound server. (Why there is a new
/// sink for each start: see AudioOutputEngine.)
class Player final : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Playing, Paused };
    Q_ENUM(State)

    /// A part of the sound, seconds from its start.
    struct Region
    {
        double from = 0;
        double to = 0;

        bool operator==(const Region &) const = default;
    };

    /// What becomes of the pitch when the speed is not 1.
    enum class Pitch {
        Follows, ///< half the speed is an octave lower, as with a tape
        Kept,
    };
    Q_ENUM(Pitch)

    explicit Player(QObject *parent = nullptr);
    /// Stops the sound and lets the sound server settle (up to 300 ms) before the thread ends. Should the
    /// server not answer, waits no longer than two seconds and leaves the thread to itself.
    ~Player() override;

    /// Replaces the sound; stops what plays. Null or without samples: nothing to play. The loop region is of
    /// the old sound and goes with it; all else stays as it is set.
    void setSound(std::shared_ptr<const audio::Pcm> sound);
    bool hasSound() const { return m_sound != nullptr; }
    State state() const { return m_state; }
    /// What is heard now, seconds from the start of the sound, whatever the speed.
    double position() const;
    /// Seconds; 0 without a sound.
    double duration() const;

    /// From the position on; with a loop region and a position outside it, from the region's start. The state
    /// becomes Playing when the first samples are at the output, some milliseconds later. At the end it
    /// becomes Stopped again, and the position the start of the region, or of the sound.
    void play();
    /// Without effect when nothing plays.
    void pause();
    void toggle();
    void stop();
    /// Seconds from the start; clamped to the sound. A place before the loop region plays into it, and one
    /// behind it to the end of the sound (and then, looping, on in the region).
    void seek(double seconds);

    /// Over and over, without a gap; the whole sound, or the region.
    void setLooping(bool looping);
    bool isLooping() const { return m_looping; }
    /// Looping repeats only this part, exact to the sample; without looping, what plays in it stops at its
    /// end. Clamped to the sound; one without a sample is none. What plays goes on without a hole when its
    /// place is within the region (what is already with the output, 200 ms, is still heard), and otherwise at
    /// the region's start.
    void setLoopRegion(std::optional<Region> region);
    std::optional<Region> loopRegion() const { return m_region; }
    /// 1 as recorded; from 0.25 to 4, clamped. Goes on at the same place, some milliseconds later.
    void setSpeed(double speed, Pitch pitch = Pitch::Kept);
    double speed() const { return m_speed; }
    Pitch pitch() const { return m_pitch; }

    /// Decibels, to bring sounds to a common loudness; clamped to -60 … 60. What comes out too loud is cut
    /// off at full scale. Like the volume it is heard 200 ms later while playing, and does not click.
    void setGain(double decibels);
    double gain() const { return m_gain; }
    /// 0, silent, to 1, as recorded; clamped. As the ear has it: the samples are multiplied by its third
    /// power, as PulseAudio does. The system's own volume is left alone.
    void setVolume(double volume);
    double volume() const { return m_volume; }

    /// What there is to play on, as last heard of: empty at first. Each call has it looked up anew, as does
    /// each sound that is set or played; outputsChanged() comes when it is something else by now.
    std::vector<Output> outputs() const;
    /// Plays there, also what plays now; empty: on the system's default output. When it is not there (any
    /// longer), the default is taken, fellBack() says so once, and it is taken again when it comes back.
    void setOutput(const QByteArray &id);

Q_SIGNALS:
    void stateChanged();
    /// While playing, about 30 times a second; and after seek() and stop().
    void positionChanged(double seconds);
    /// There is no output, or it went away: a sentence for the user. The state is Stopped.
    void failed(const QString &reason);
    /// The sound plays, but not on the output that was chosen: a sentence for the user.
    void fellBack(const QString &notice);
    void outputsChanged();

private:
    void start();
    void halt(State state, double position);
    void goOnElsewhere(double place);
    void setState(State state);
    void setPosition(double seconds);
    void sendFactor();
    Manner manner() const;
    double factor() const;
    double first() const { return m_region ? m_region->from : 0.0; }

    QThread *m_thread = nullptr;
    AudioOutputEngine *m_engine = nullptr; ///< lives in m_thread, which deletes it
    std::shared_ptr<const audio::Pcm> m_sound;
    State m_state = State::Stopped;
    bool m_wantsPlaying = false; ///< ahead of the state while the output is being opened
    bool m_looping = false;
    std::optional<Region> m_region;
    double m_speed = 1;
    Pitch m_pitch = Pitch::Kept;
    double m_gain = 0; ///< decibels
    double m_volume = 1;
    double m_position = 0;       ///< seconds, as last heard of
    QElapsedTimer m_positionAge; ///< since then
    quint64 m_order = 0;         ///< number of the newest order to the engine
};

} // namespace earmark::playback
