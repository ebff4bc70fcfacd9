#pragma once

#include "playback/resampler.h"
#include "playback/source.h"

#include <optional>

namespace earmark::playback {

/// How a sound is played.
struct Manner
{
    Part part;               ///< within the sound, not empty
    bool isLooping = false;  ///< over and over, instead of once
    double speed = 1;        ///< 0.25 to 4
    bool keepsPitch = false; ///< or it follows the speed
    double factor = 1;       ///< on the samples; what comes out too loud is cut off at full scale
};

/// What an output is fed with: a sound, sped up or slowed down, brought to the output's format, made louder
/// or quieter. Untouched, bit for bit, when there is nothing of this to do.
class Feed final
{
public:
    /// `sound` not null, 0 <= frame < its frames. False: the sound cannot be brought to that format.
    bool begin(std::shared_ptr<const audio::Pcm> sound, qint64 frame, const Manner &manner,
               Resampler::Format format);
    /// For what has not been read yet.
    void change(Part part, bool looping) { m_source.change(part, looping); }
    /// Within 5 ms of what is read next, so that nothing clicks.
    void setFactor(double factor);

    /// Samples in the output's format; silence behind the end.
    void read(std::int16_t *samples, qint64 frames);
    /// The frame of the sound that is heard when the output has played so many of its own since begin().
    double place(double played) const { return m_source.place(played * m_step); }
    /// The output's frame with which the sound ends; nothing while that has not been read.
    std::optional<double> end() const;

private:
    void take(std::int16_t *samples, qint64 frames);
    void amplify(std::int16_t *samples, qint64 frames);

    Source m_source;
    std::optional<Stretcher> m_stretcher;
    std::optional<Resampler> m_resampler;
    Resampler::Format m_format;
    qint64 m_read = 0;
    double m_step = 1; ///< frames of the sound for one of the output
    double m_factor = 1;
    double m_wantedFactor = 1;
    double m_climb = 0; ///< of the factor, a frame
};

} // namespace earmark::playback
