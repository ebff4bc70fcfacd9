#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <optional>

namespace earmark {

/// What a value of an enum is called in files and on the command line, and a line that explains it to users.
/// The words of an enum are a std::array of these.
template <class T>
struct EnumWord
{
    T value;
    QLatin1StringView word;
    QLatin1StringView explanation;

    constexpr EnumWord(T named, const char *called, const char *meaning = "")
        : value(named)
        , word(called)
        , explanation(meaning)
    {
    }
};

/// The entry of `value`; null when `words` has none.
template <class Words, class T>
constexpr auto entryOf(const Words &words, T value) -> decltype(words.data())
{
    for (const auto &each : words) {
        if (each.value == value)
            return &each;
    }
    return nullptr;
}

/// The word for `value`; empty when `words` has none.
template <class Words, class T>
constexpr QLatin1StringView wordOf(const Words &words, T value)
{
    const auto *entry = entryOf(words, value);
    return entry ? entry->word : QLatin1StringView("");
}

/// The value called `word`; nothing when there is none.
template <class Words>
auto fromWord(const Words &words, QStringView word, Qt::CaseSensitivity sensitivity = Qt::CaseSensitive)
    -> std::optional<decltype(words[0].value)>
{
    for (const auto &each : words) {
        if (word.compare(each.word, sensitivity) == 0)
            return each.value;
    }
    return std::nullopt;
}

} // namespace earmark
