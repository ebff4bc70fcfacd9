#pragma once

#include <QtGlobal>

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#endif

namespace earmark::segments {

/// Allocates large arrays on huge pages where the system has them: the faults of 4 KiB pages cost as much as
/// parsing what fills them. Pages that are never touched cost nothing, so that reserving by an upper bound is
/// cheap.
template <class T>
struct HugePages
{
    using value_type = T;

    HugePages() = default;
    template <class Other>
    HugePages(const HugePages<Other> &)
    {
    }

    T *allocate(std::size_t count)
    {
        const std::size_t bytes = count * sizeof(T);
#ifdef Q_OS_LINUX
        if (bytes >= Large) {
            void *const memory =
                mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (memory == MAP_FAILED)
                throw std::bad_alloc();
            madvise(memory, bytes, MADV_HUGEPAGE); // where there are none, small ones do
            return static_cast<T *>(memory);
        }
#endif
        return static_cast<T *>(::operator new(bytes));
    }
    void deallocate(T *memory, std::size_t count)
    {
#ifdef Q_OS_LINUX
        if (count * sizeof(T) >= Large) {
            munmap(memory, count * sizeof(T));
            return;
        }
#endif
        ::operator delete(memory);
    }
    /// resize() writes nothing: its elements are about to be written, and many never will.
    template <class Other>
    void construct(Other *)
    {
        static_assert(std::is_trivially_copyable_v<Other>);
    }
    template <class Other, class... Arguments>
    void construct(Other *place, Arguments &&...arguments)
    {
        std::construct_at(place, std::forward<Arguments>(arguments)...);
    }
    bool operator==(const HugePages &) const = default;

private:
    static constexpr std::size_t Large = 256 * 1024;
};

/// For plain values; resize() leaves them as they are, resize(n, value) does not.
template <class T>
using Column = std::vector<T, HugePages<T>>;

} // namespace earmark::segments
