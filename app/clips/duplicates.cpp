#include "clips/duplicates.h"

namespace earmark {

Duplicates::Duplicates(const ClipStore &clips)
    : m_sounds(clips.size())
{
    for (Index clip = 0; clip < clips.size(); ++clip) {
        m_sounds[clip] = clips.sound(clip);
        m_firsts.add(m_sounds[clip], clip, [&clips](Index each) { return clips.position(each); });
    }
}

Duplicates::Index Duplicates::first(Index clip) const
{
    return m_firsts.first(clip < m_sounds.size() ? m_sounds[clip] : 0, clip);
}

bool Duplicates::update(const ClipStore &clips, Index clip)
{
    if (clip >= m_sounds.size())
        m_sounds.resize(clips.size());
    const std::uint64_t sound = clips.sound(clip);
    if (sound == m_sounds[clip])
        return true;
    if (m_sounds[clip] != 0)
        return false;
    const auto positionOf = [&clips](Index each) { return clips.position(each); };
    if (positionOf(clip) < positionOf(m_firsts.first(sound, clip)))
        return false;
    m_sounds[clip] = sound;
    m_firsts.add(sound, clip, positionOf);
    return true;
}

} // namespace earmark
