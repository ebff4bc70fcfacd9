#include "query/idsearch.h"

namespace earmark::query {

namespace {

/// Looks for the text's first and last character in all ids at once, which is vector code, and for the
/// text in the few ids that have both at its distance.
void findInAll(std::string_view text, std::span<const YtId> ids, Block &block)
{
    static_assert(sizeof(YtId) == YtId::Length);
    if (text.empty() || text.size() > YtId::Length) {
        block.fill(0);
        return;
    }
    const char *const chars = ids.front().view().data();
    const char *const ends = chars + text.size() - 1;
    const char front = text.front();
    const char back = text.back();
    const std::size_t size = ids.size_bytes() - text.size() + 1;
    std::array<std::uint8_t, BlockSize * YtId::Length> isHere;
    for (std::size_t i = 0; i < size; ++i)
        isHere[i] = static_cast<std::uint8_t>((chars[i] == front) & (ends[i] == back));
    std::fill_n(isHere.begin() + static_cast<std::ptrdiff_t>(size), text.size() - 1, std::uint8_t{0});
    for (std::size_t i = 0; i < ids.size(); ++i) {
        std::array<std::uint64_t, 2> words; // together the 11 characters
        std::memcpy(&words[0], &isHere[i * YtId::Length], 8);
        std::memcpy(&words[1], &isHere[i * YtId::Length + 3], 8);
        block[i] &= static_cast<std::uint8_t>((words[0] | words[1]) != 0);
    }
    if (text.size() == 1)
        return;
    std::size_t count = 0;
    const auto places = placesIn(block, count);
    for (const std::uint16_t i : std::span(places).first(count))
        block[i] = ids[i].view().find(text) != std::string_view::npos;
}

} // namespace

void keepIdsHolding(std::string_view text, std::span<const YtId> ids, Block &block)
{
    std::uint16_t wanted = 0;
    for (std::size_t i = 0; i < ids.size(); ++i)
        wanted += block[i];
    // Those that are wanted are brought together when they are few.
    if (wanted > ids.size() / 2) {
        findInAll(text, ids, block);
    } else if (wanted > 0) {
        std::size_t count = 0;
        const auto places = placesIn(block, count);
        std::array<YtId, BlockSize> some;
        for (std::size_t i = 0; i < count; ++i)
            some[i] = ids[places[i]];
        Block found = withFirst(count);
        findInAll(text, std::span(some).first(count), found);
        for (std::size_t i = 0; i < count; ++i)
            block[places[i]] = found[i];
    }
}

} // namespace earmark::query
