#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <optional>

namespace earmark {

/// What a value of an enum is called in files and on the command line, and a line that explains it to users.
/// The keywords of an enum are a std::array of these.
template <class T>
struct EnumKeyword
{
    T value;
    QLatin1StringView keyword;
    QLatin1StringView explanation;

    constexpr EnumKeyword(T named, const char *called, const char *meaning = "")
        : value(named)
        , keyword(called)
        , explanation(meaning)
    {
    }
};

/// The entry of `value`; null when `keywords` has none.
template <class Keywords, class T>
constexpr auto entryOf(const Keywords &keywords, T value) -> decltype(keywords.data())
{
    for (const auto &each : keywords) {
        if (each.value == value)
            return &each;
    }
    return nullptr;
}

/// The keyword for `value`; empty when `keywords` has none.
template <class Keywords, class T>
constexpr QLatin1StringView keywordOf(const Keywords &keywords, T value)
{
    const auto *entry = entryOf(keywords, value);
    return entry ? entry->keyword : QLatin1StringView("");
}

/// The value called `keyword`; nothing when there is none.
template <class Keywords>
auto fromKeyword(const Keywords &keywords, QStringView keyword,
                 Qt::CaseSensitivity sensitivity = Qt::CaseSensitive)
    -> std::optional<decltype(keywords[0].value)>
{
    for (const auto &each : keywords) {
        if (keyword.compare(each.keyword, sensitivity) == 0)
            return each.value;
    }
    return std::nullopt;
}

} // namespace earmark
