#include "clips/clipstore.h"

#include <QLatin1StringView>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace earmark {

namespace {

constexpr ClipStore::Index Free = std::numeric_limits<ClipStore::Index>::max();
constexpr std::size_t FirstSlots = 1024;

/// Cheaper than qHash() of three values: every row of a ledger asks for it at the start.
std::size_t mixed(const SegmentKey &key)
{
    static_assert(YtId::Length == 11);
    std::uint64_t first = 0;
    std::uint32_t rest = 0;
    std::memcpy(&first, key.ytid.view().data(), sizeof first);
    std::memcpy(&rest, key.ytid.view().data() + YtId::Length - sizeof rest, sizeof rest);
    constexpr std::uint64_t Odd = 0x9E37'79B9'7F4A'7C15; // 2^64 divided by the golden ratio
    std::uint64_t hash = first * Odd;
    hash = (std::rotr(hash, 32) ^ (std::uint64_t{rest} << 32 | key.startMs)) * Odd;
    hash = (std::rotr(hash, 32) ^ key.endMs) * Odd;
    return hash >> 20;
}

} // namespace

std::size_t ClipStore::slotOf(const SegmentKey &key) const
{
    const auto mask = static_cast<std::size_t>(m_slots.size()) - 1;
    std::size_t slot = mixed(key) & mask;
    while (m_slots[static_cast<qsizetype>(slot)] != Free &&
           entry(m_slots[static_cast<qsizetype>(slot)]).key != key)
        slot = (slot + 1) & mask;
    return slot;
}

std::optional<ClipStore::Index> ClipStore::find(const SegmentKey &key) const
{
    if (m_slots.isEmpty())
        return std::nullopt;
    const Index found = m_slots[static_cast<qsizetype>(slotOf(key))];
    return found == Free ? std::nullopt : std::optional(found);
}

void ClipStore::makeSlots(std::size_t count)
{
    m_slots = QList<Index>(static_cast<qsizetype>(count), Free);
    const auto mask = count - 1;
    Index *const all = m_slots.data();
    for (Index at = 0; at < m_size; ++at) {
        std::size_t slot = mixed(entry(at).key) & mask;
        while (all[slot] != Free)
            slot = (slot + 1) & mask;
        all[slot] = at;
    }
}

void ClipStore::index()
{
    makeSlots(std::bit_ceil(std::max<std::size_t>(FirstSlots, std::size_t{m_size} * 2)));
}

ClipStore::Entry &ClipStore::own(Index at)
{
    auto &chunk = m_chunks[at / ChunkSize];
    // Held, which counts, and not only looked at: what a copy in another thread read before it let go comes
    // before what is written now.
    const auto held = chunk;
    if (held.use_count() > 2)
        chunk = std::make_shared<Chunk>(*held);
    return (*chunk)[at % ChunkSize];
}

ClipStore::Index ClipStore::add()
{
    if (m_size % ChunkSize == 0)
        m_chunks.push_back(std::make_shared<Chunk>());
    return m_size++;
}

ClipStore::Index ClipStore::findOrAdd(const SegmentKey &key)
{
    if (std::size_t{m_size} * 2 >= static_cast<std::size_t>(m_slots.size()))
        makeSlots(std::max<std::size_t>(FirstSlots, static_cast<std::size_t>(m_slots.size()) * 2));
    const auto slot = static_cast<qsizetype>(slotOf(key));
    if (m_slots.at(slot) == Free)
        m_slots[slot] = add();
    return m_slots.at(slot);
}

Clip ClipStore::record(Index at) const
{
    const auto textOf = [this](Text text) { return m_texts[static_cast<qsizetype>(text)]; };
    return {withTexts<QString>(entry(at).clip, textOf), judgement(at)};
}

ClipStore::Index ClipStore::set(const SegmentKey &key, const Clip &clip)
{
    const Index at = findOrAdd(key);
    Entry &to = own(at);
    to.key = key;
    to.clip = withTexts<Text>(clip, [this](const QString &text) { return intern(text); });
    return at;
}

std::uint64_t ClipStore::sound(Index at) const
{
    // What a file had that is missing or damaged is still known, and sounds like nothing.
    const Entry &from = entry(at);
    return isPlayable(from.clip.progress.state) ? from.clip.audio.sha256.beginning() : 0;
}

Judgement ClipStore::judgement(Index at) const
{
    const Entry &from = entry(at);
    const Remark remark = from.marks & (Doubted | Noted) ? m_remarks.value(at) : Remark();
    return {from.verdict, (from.marks & Flagged) != 0, remark.doubted, remark.note};
}

void ClipStore::setJudgement(Index at, const Judgement &judgement)
{
    Entry &to = own(at);
    to.verdict = judgement.verdict;
    to.marks = judgement.marks();
    if (to.marks & (Doubted | Noted))
        m_remarks.insert(at, {judgement.doubted, judgement.note});
    else
        m_remarks.remove(at);
}

ClipStore::Index ClipStore::append(const LedgerRow &row)
{
    const Index at = add();
    Entry &to = own(at);
    to.key = row.key;
    // Neighbours in the ledger mostly say the same, each of the three texts for itself.
    std::size_t text = 0;
    to.clip = withTexts<Text>(row, [&](std::string_view utf8) { return intern(utf8, m_last[text++]); });
    return at;
}

ClipStore::Text ClipStore::intern(const QString &text)
{
    if (text.isEmpty())
        return 0;
    const auto known = m_textNumbers.constFind(text);
    if (known != m_textNumbers.cend())
        return *known;
    const auto number = static_cast<Text>(m_texts.size());
    m_texts.append(text);
    m_textNumbers.insert(text, number);
    return number;
}

ClipStore::Text ClipStore::intern(std::string_view utf8, Said &last)
{
    if (last.utf8 != utf8)
        last = {std::string(utf8), intern(QString::fromUtf8(utf8))};
    return last.text;
}

} // namespace earmark
