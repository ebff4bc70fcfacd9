#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace earmark {

/// A SHA-256, or none: 32 bytes in place, so that millions can be held.
class Sha256 final
{
public:
    static constexpr qsizetype Size = 32;

    Sha256() = default;
    /// None unless there are 32 bytes.
    Sha256(QByteArrayView bytes)
    {
        if (bytes.size() == Size)
            std::ranges::copy(bytes, m_bytes.begin());
    }
    Sha256(const QByteArray &bytes)
        : Sha256(QByteArrayView(bytes))
    {
    }

    /// All zeros, which is no file's.
    bool isEmpty() const { return m_bytes == std::array<char, Size>{}; }
    /// 32 bytes, or none.
    QByteArrayView view() const { return {m_bytes.data(), isEmpty() ? 0 : Size}; }
    QByteArray toByteArray() const { return view().toByteArray(); }
    /// The first 64 bits, as good as all of it to tell contents apart; 0 when there is none.
    std::uint64_t beginning() const
    {
        std::uint64_t bits = 0;
        std::memcpy(&bits, m_bytes.data(), sizeof bits);
        return bits;
    }
    bool operator==(const Sha256 &) const = default;

private:
    std::array<char, Size> m_bytes{};
};

} // namespace earmark
