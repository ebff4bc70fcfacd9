#include "export/report/clipstatistics.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace earmark::exports {

void Spread::add(int number)
{
    ++m_counts[static_cast<std::size_t>(std::clamp(number, Least, Most) - Least)];
    ++m_count;
}

int Spread::percentile(int percent) const
{
    const qint64 rank = std::max<qint64>(1, (m_count * percent + 99) / 100);
    qint64 seen = 0;
    std::size_t at = 0;
    while (at + 1 < m_counts.size() && (seen += m_counts[at]) < rank)
        ++at;
    return static_cast<int>(at) + Least;
}

void ClipStatistics::add(const CountedClip &clip)
{
    const auto number = static_cast<FirstOfEqualSounds::Index>(m_clips++);
    m_sounds.add(clip.sound, number, std::identity());
    const int duplicate = m_sounds.first(clip.sound, number) == number ? 0 : ClipMark::Duplicate;
    const int marks = (clip.marks & ~ClipMark::Duplicate) | duplicate;
    m_milliseconds += std::llround(clip.seconds * 1'000);
    m_short += clip.state == ClipState::Short ? 1 : 0;
    ++m_verdicts[static_cast<std::size_t>(clip.verdict)];
    for (std::size_t i = 0; i < AllClipMarks.size(); ++i)
        m_marks[i] += (marks & AllClipMarks[i]) != 0 ? 1 : 0;
    if (!clip.measures.areKnown())
        return;
    m_clipped += clip.measures.clipped > 0 ? 1 : 0;
    m_peak.add(clip.measures.peak);
    if (clip.measures.hasTruePeak())
        m_truePeak.add(clip.measures.truePeak);
    if (clip.measures.hasLoudness())
        m_loudness.add(clip.measures.loudness);
    m_silence.add(clip.measures.silence);
    m_bandwidth.add(clip.measures.bandwidth);
}

qint64 ClipStatistics::withMark(ClipMark mark) const
{
    return m_marks[static_cast<std::size_t>(std::ranges::find(AllClipMarks, mark) - AllClipMarks.begin())];
}

} // namespace earmark::exports
