#pragma once

#include "audio/pcm.h"

#include <memory>
#include <vector>

namespace earmark::playback {

/// A piece of a sound, in frames; `to` is behind its end.
struct Part
{
    qint64 from = 0;
    qint64 to = 0;

    bool operator==(const Part &) const = default;
};

/// The frames of a sound in the order in which they are played: from some place on, to the end of a part of
/// it, once or over and over; then silence. And the way back: which frame it was that was taken then.
class Source final
{
public:
    /// `sound` not null, 0 <= frame < its frames, the part not empty and within the sound. A place before the
    /// part leads into it; one behind it leads to the end of the sound, and then, looping, to the part.
    void begin(std::shared_ptr<const audio::Pcm> sound, qint64 frame, Part part, bool looping);
    /// For what has not been taken yet. When that lies behind a new part, the part's end is now.
    void change(Part part, bool looping);

    /// Samples of the sound, channels interleaved.
    void take(std::int16_t *samples, qint64 frames);
    /// The frame of the sound that came when so many had been taken since begin(); at the end, that.
    double place(double taken) const;
    /// How many had been taken when the sound ended; -1: it has not.
    qint64 endedAfter() const { return m_endedAfter; }
    const audio::Pcm &sound() const { return *m_sound; }

private:
    /// From a count of taken frames on, they run from a place to a stop, and then as the part says.
    struct Run
    {
        qint64 taken = 0;
        qint64 place = 0;
        qint64 stop = 0;
        Part part;
        bool isLooping = false;
    };
    void turn();
    void note();

    std::shared_ptr<const audio::Pcm> m_sound;
    Part m_part;
    bool m_isLooping = false;
    qint64 m_next = 0;
    qint64 m_stop = 0; ///< where it turns back or ends: the part's end, or the sound's
    qint64 m_taken = 0;
    qint64 m_endedAfter = -1;
    std::vector<Run> m_runs; ///< never empty; one for each change
};

} // namespace earmark::playback
