#include "audio/libav.h"

#include <array>
#include <mutex>

namespace earmark::audio {

QString libavText(int error)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(error, text.data(), text.size());
    return QString::fromUtf8(text.data());
}

void silenceLibav()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback([](void *, int, const char *, va_list) {}); });
}

} // namespace earmark::audio
