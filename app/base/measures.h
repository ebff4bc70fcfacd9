#pragma once

#include <cstdint>
#include <limits>

namespace earmark {

/// What was measured of a WAV's sound, in whole numbers, as the ledger keeps them: 16 bytes a clip, and the
/// same again on every machine. All channels together.
struct Measures
{
    static constexpr std::int16_t Unknown = std::numeric_limits<std::int16_t>::min();
    /// What levels are at least: digital silence has none.
    static constexpr std::int16_t Silence = -120'00;
    static constexpr double Hundredths = 100;   ///< to a decibel
    static constexpr double FullShare = 65'535; ///< of `silence`
    static constexpr double FullScale = 32'768; ///< of `offset`
    static constexpr double BandwidthStep = 4;  ///< Hz

    std::int16_t peak = Unknown;     ///< hundredths of dBFS, of the loudest sample
    std::int16_t rms = Silence;      ///< hundredths of dBFS; a full-scale square wave has 0
    std::int16_t loudness = Silence; ///< integrated, hundredths of LUFS (EBU R 128); Silence below its gate
    std::int16_t offset = 0;         ///< mean of the samples (DC), of FullScale
    std::uint16_t silence = 0;       ///< share of the time that is silent, of FullShare
    std::uint16_t bandwidth = 0;     ///< highest frequency with something in it, in BandwidthSteps
    std::uint32_t clipped = 0;       ///< samples in runs at full scale

    bool areKnown() const { return peak != Unknown; }
    double peakDb() const { return peak / Hundredths; }
    double rmsDb() const { return rms / Hundredths; }
    double lufs() const { return loudness / Hundredths; }
    double dc() const { return offset / FullScale; }
    double silentShare() const { return silence / FullShare; }
    double bandwidthHz() const { return bandwidth * BandwidthStep; }
    bool operator==(const Measures &) const = default;
};
static_assert(sizeof(Measures) == 16);

} // namespace earmark
