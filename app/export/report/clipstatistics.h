#pragma once

#include "clips/clipstate.h"
#include "clips/duplicates.h"
#include "clips/measures.h"

#include <QtGlobal>

#include <array>
#include <vector>

namespace earmark::exports {

/// How whole numbers from -32,768 to 65,535 are spread: exactly, in the same memory however many there are.
class Spread final
{
public:
    void add(int number);
    qint64 count() const { return m_count; }
    /// The least number that so many per cent (0 to 100) of all are not above; 0: the least of all. There
    /// must be one.
    int percentile(int percent) const;

private:
    static constexpr int Least = -32'768;
    static constexpr int Most = 65'535;
    std::vector<std::uint32_t> m_counts = std::vector<std::uint32_t>(Most - Least + 1);
    qint64 m_count = 0;
};

/// What is to be summed up of an exported clip.
struct CountedClip
{
    ClipState state = ClipState::Ready;
    double seconds = 0; ///< of the WAV
    Measures measures{};
    Verdict verdict = Verdict::Undecided;
    ClipMarks marks = 0;     ///< Flagged, Doubted and Noted
    std::uint64_t sound = 0; ///< as ClipStore::sound(); 0: not known
};

/// Exported clips in sum; the order in which they are added changes nothing.
class ClipStatistics final
{
public:
    void add(const CountedClip &clip);

    qint64 clips() const { return m_clips; }
    qint64 milliseconds() const { return m_milliseconds; }
    qint64 shorter() const { return m_short; } ///< clips that the video ends in
    qint64 withVerdict(Verdict verdict) const { return m_verdicts[static_cast<std::size_t>(verdict)]; }
    qint64
    withMark(ClipMark mark) const; ///< for Duplicate: those that sound as another does, but for one of each
    qint64 clipped() const { return m_clipped; } ///< clips with samples in runs at full scale

    /// Of those that were measured, as Measures has them.
    const Spread &peak() const { return m_peak; }
    const Spread &truePeak() const { return m_truePeak; }
    const Spread &loudness() const { return m_loudness; }
    const Spread &silence() const { return m_silence; }
    const Spread &bandwidth() const { return m_bandwidth; }

private:
    qint64 m_clips = 0;
    qint64 m_milliseconds = 0;
    qint64 m_short = 0;
    qint64 m_clipped = 0;
    std::array<qint64, AllVerdicts.size()> m_verdicts{};
    std::array<qint64, AllClipMarks.size()> m_marks{};
    Spread m_peak;
    Spread m_truePeak;
    Spread m_loudness;
    Spread m_silence;
    Spread m_bandwidth;
    FirstOfEqualSounds m_sounds;
};

} // namespace earmark::exports
