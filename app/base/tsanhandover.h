#pragma once

#if defined(__SANITIZE_THREAD__)
#define EARMARK_TSAN
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define EARMARK_TSAN
#endif
#endif

#ifdef EARMARK_TSAN
#include <atomic>
#include <utility>
#endif

namespace earmark {

#ifdef EARMARK_TSAN

/// What one thread made and another takes over by way of Qt, which puts the two in order. The thread
/// sanitizer does not see into Qt: this says it once more, or it would report the hand-over. Races beside it
/// are still reported. Without the sanitizer it is nothing.
class TsanHandover final
{
public:
    TsanHandover() { give(); }
    /// Last of what is copied or moved together, it gives that away.
    TsanHandover(const TsanHandover &) { give(); }
    TsanHandover &operator=(const TsanHandover &) = delete;
    /// Before the members declared above it: whichever side lets go last clears away what the other used.
    ~TsanHandover() { take(); }

    void give() { m_given.store(true, std::memory_order_release); }
    /// Before anything else is touched.
    void take() const { m_given.load(std::memory_order_acquire); }

private:
    std::atomic<bool> m_given;
};

/// Work that Qt carries to another thread.
template <class Work>
auto handedOver(Work work)
{
    return [work = std::move(work), handover = TsanHandover()]() mutable {
        handover.take();
        work();
        handover.give(); // Qt may leave it to the sender to clear away
    };
}

#else

struct TsanHandover
{
    void give() {}
    void take() {}
};

template <class Work>
Work handedOver(Work work)
{
    return work;
}

#endif

} // namespace earmark
