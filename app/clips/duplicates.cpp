#include "clips/duplicates.h"

namespace earmark {

Duplicates::Duplicates(const ClipStore &clips)
    : m_sounds(clips.size())
{
    for (Index clip = 0; clip < clips.size(); ++clip) {
        m_sounds[clip] = clips.sound(clip);
        if (m_sounds[clip] == 0)
            continue;
        const auto first = m_firsts.find(m_sounds[clip]);
        if (first == m_firsts.end())
            m_firsts.insert(m_sounds[clip], clip);
        else if (clips.position(clip) < clips.position(*first))
            *first = clip;
    }
}

Duplicates::Index Duplicates::first(Index clip) const
{
    const std::uint64_t sound = clip < m_sounds.size() ? m_sounds[clip] : 0;
    return sound == 0 ? clip : m_firsts.value(sound, clip);
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
    const auto first = m_firsts.constFind(sound);
    if (first != m_firsts.cend() && clips.position(clip) < clips.position(*first))
        return false;
    m_sounds[clip] = sound;
    if (first == m_firsts.cend())
        m_firsts.insert(sound, clip);
    return true;
}

} // namespace earmark
