#pragma once

#include <cstdint>
#include <limits>

namespace earmark {

/// What was measured of a WAV's sound, in whole numbers, as the ledger keeps them: 18 bytes a clip, and the
/// same again on every machine. All channels together.
struct Measures
{
    static constexpr std::int16_t Unknown = std::numeric_limits<std::int16_t>::min();
    /// What levels are at least: digital silence has none.
    static constexpr std::int16_t Silence = -120'00;
    static constexpr double Hundredths = 100;   ///< to a decibel
    static constexpr double FullShare = 65'535; ///< of `silence`
    static constexpr int ShareSteps = 10'000;   ///< of a share as it is asked for and written
    static constexpr double FullScale = 32'768; ///< of `offset`
    static constexpr double BandwidthStep = 4;  ///< Hz

    std::int16_t peak = Unknown; ///< hundredths of dBFS, of the loudest sample
    std::int16_t rms = Silence;  ///< hundredths of dBFS; a full-scale square wave has 0
    /// Integrated, hundredths of LUFS (EBU R 128); Silence below its gate, Unknown for less than its block of
    /// 0.4 s.
    std::int16_t loudness = Silence;
    std::int16_t offset = 0;     ///< mean of the samples (DC), of FullScale
    std::uint16_t silence = 0;   ///< share of the time that is silent, of FullShare
    std::uint16_t bandwidth = 0; ///< highest frequency with something in it, in BandwidthSteps
    std::uint32_t clipped = 0;   ///< samples in runs at full scale
    /// Hundredths of dBTP (ITU-R BS.1770, annex 2): of the wave between the samples, above 0 when it would
    /// clip. Unknown in ledgers of earlier versions.
    std::int16_t truePeak = Unknown;

    bool areKnown() const { return peak != Unknown; }
    bool hasLoudness() const { return loudness != Unknown; }
    bool hasTruePeak() const { return truePeak != Unknown; }
    double peakDb() const { return peak / Hundredths; }
    double rmsDb() const { return rms / Hundredths; }
    double truePeakDb() const { return truePeak / Hundredths; } ///< when there is one
    double lufs() const { return loudness / Hundredths; }       ///< when there is one
    double dc() const { return offset / FullScale; }
    double silentShare() const { return silence / FullShare; }
    /// In ShareSteps: 0.5 and 0.75 are exact, which FullShare is no multiple of. All or nothing only when it
    /// is so.
    int silentSteps() const
    {
        const int steps = static_cast<int>(silentShare() * ShareSteps + 0.5);
        return silence == 0 || silence >= FullShare ? steps
               : steps < 1                          ? 1
               : steps < ShareSteps                 ? steps
                                                    : ShareSteps - 1;
    }
    double bandwidthHz() const { return bandwidth * BandwidthStep; }
    bool operator==(const Measures &) const = default;
};
static_assert(sizeof(Measures) == 20);

} // namespace earmark
