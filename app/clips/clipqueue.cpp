#include "clips/clipqueue.h"

#include <bit>

namespace earmark {

void ClipQueue::insert(std::uint32_t position, Index clip)
{
    if (position >= Places || (hasBit(position) && m_clips[position] != clip)) {
        m_others.emplace(position, clip);
        return;
    }
    if (position / 64 >= m_bits.size()) {
        m_bits.resize(std::max<std::size_t>(position / 64 + 1, m_bits.size() * 2));
        m_clips.resize(m_bits.size() * 64);
    }
    m_bits[position / 64] |= std::uint64_t{1} << position % 64;
    m_clips[position] = clip;
}

void ClipQueue::remove(std::uint32_t position, Index clip)
{
    if (hasBit(position) && m_clips[position] == clip)
        m_bits[position / 64] &= ~(std::uint64_t{1} << position % 64);
    else
        m_others.erase({position, clip});
}

std::optional<ClipQueue::Index> ClipQueue::first(const std::function<bool(Index)> &fits) const
{
    auto other = m_others.cbegin();
    for (std::size_t word = 0; word < m_bits.size(); ++word) {
        for (std::uint64_t bits = m_bits[word]; bits != 0; bits &= bits - 1) {
            const auto position =
                static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
            for (; other != m_others.cend() && other->first < position; ++other) {
                if (fits(other->second))
                    return other->second;
            }
            if (fits(m_clips[position]))
                return m_clips[position];
        }
    }
    for (; other != m_others.cend(); ++other) {
        if (fits(other->second))
            return other->second;
    }
    return std::nullopt;
}

} // namespace earmark
