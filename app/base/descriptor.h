#pragma once

#include <utility>

#include <unistd.h>

namespace earmark {

/// A POSIX file descriptor that closes itself; -1 when there is none.
class Descriptor final
{
public:
    explicit Descriptor(int number = -1)
        : m_number(number)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_number(other.release())
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor()
    {
        if (isOpen())
            ::close(m_number);
    }
    bool isOpen() const { return m_number >= 0; }
    int number() const { return m_number; }
    /// Hands the descriptor over to the caller, who closes it.
    int release() { return std::exchange(m_number, -1); }

private:
    int m_number;
};

} // namespace earmark
