#pragma once

#include <QByteArrayView>

#include <string_view>

namespace earmark {

/// The same bytes, for as long as they last.
inline std::string_view viewOf(QByteArrayView bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

} // namespace earmark
