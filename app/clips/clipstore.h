#pragma once

#include "clips/clip.h"
#include "clips/ledgerrow.h"

#include <QHash>
#include <QStringList>

#include <array>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace earmark {

/// What is known of millions of clips, in 128 bytes each: texts are held once, records are put together when
/// they are asked for. A copy costs next to nothing and is a picture of the moment, to be read in another
/// thread while the original goes on: both share what neither has changed, a thousand clips at a time.
class ClipStore final
{
public:
    using Index = std::uint32_t; ///< clips are numbered as they come; none is ever removed

    Index size() const { return m_size; }
    std::optional<Index> find(const SegmentKey &key) const;
    const SegmentKey &key(Index at) const { return entry(at).key; }
    const ClipStatus &status(Index at) const { return entry(at).clip.progress; }
    const ClipAudio &audio(Index at) const { return entry(at).clip.audio; }
    std::uint32_t position(Index at) const { return entry(at).clip.origin.position; }
    Verdict verdict(Index at) const { return entry(at).verdict; }
    ClipMarks marks(Index at) const { return entry(at).marks; } ///< but for Duplicate, which Duplicates knows
    Judgement judgement(Index at) const;
    /// The beginning of a finished clip's SHA-256; 0 for all others.
    std::uint64_t sound(Index at) const;
    Clip record(Index at) const;
    /// Puts a clip in, or another record in the place of the one it had; its judgement stays.
    Index set(const SegmentKey &key, const Clip &record);
    void setJudgement(Index at, const Judgement &judgement);
    /// Puts in a clip that is not in it. find() does not know of it before index(): looking for each of two
    /// million takes longer than reading them.
    Index append(const LedgerRow &row);
    void index();

    /// Goes through all of them, in no order that would mean anything.
    class const_iterator final
    {
    public:
        const_iterator(const ClipStore *store, Index at)
            : m_store(store)
            , m_at(at)
        {
        }
        const SegmentKey &key() const { return m_store->key(m_at); }
        Clip operator*() const { return m_store->record(m_at); }
        const ClipStatus *operator->() const { return &m_store->status(m_at); }
        const_iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        bool operator==(const const_iterator &) const = default;

    private:
        const ClipStore *m_store;
        Index m_at;
    };
    const_iterator cbegin() const { return {this, 0}; }
    const_iterator cend() const { return {this, m_size}; }
    const_iterator begin() const { return cbegin(); }
    const_iterator end() const { return cend(); }

private:
    using Text = std::uint32_t; ///< index into m_texts; 0 is the empty one
    struct Entry
    {
        SegmentKey key; ///< first, so that looking one up touches one cache line
        Verdict verdict = Verdict::Undecided;
        ClipMarks marks = 0;
        BasicClip<Text> clip;
    };
    static_assert(sizeof(Entry) == 128);
    static constexpr Index ChunkSize = 1024;
    using Chunk = std::array<Entry, ChunkSize>;

    const Entry &entry(Index at) const { return (*m_chunks[at / ChunkSize])[at % ChunkSize]; }
    /// To be written to: no longer shared with a copy.
    Entry &own(Index at);
    /// Its key is for the caller to set.
    Index add();
    Index findOrAdd(const SegmentKey &key);
    void makeSlots(std::size_t count);
    /// Where a key is, or the free slot where it would go.
    std::size_t slotOf(const SegmentKey &key) const;
    Text intern(const QString &text);
    struct Said
    {
        std::string utf8;
        Text text = 0;
    };
    Text intern(std::string_view utf8, Said &last);

    std::vector<std::shared_ptr<Chunk>> m_chunks;
    Index m_size = 0;
    QList<Index> m_slots; ///< open addressing, a power of two of them, at most half full; Free where none is
    QStringList m_texts{QString()};
    QHash<QString, Text> m_textNumbers{{QString(), 0}};
    /// What few clips have: doubted labels or a note.
    struct Remark
    {
        QByteArray doubted;
        QString note;
    };
    QHash<Index, Remark> m_remarks;
    std::array<Said, 3> m_last; ///< neighbours in the ledger mostly say the same
};

} // namespace earmark
