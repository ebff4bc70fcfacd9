#pragma once

#include <CLI/CLI.hpp>

#include <QString>

#include <charconv>
#include <functional>
#include <limits>
#include <vector>

namespace earmark::cli {

// How options of earmark-cli are declared. CLI11 hands out std::string, the program works with QString; and
// CLI11's own words about a wrong value are replaced by a sentence. A wrong value throws CLI::ValidationError
// with that sentence.

/// `name` is "LIST" or "--where"; `value` is what stands for the value in the help, "QUERY".
CLI::Option *addText(CLI::App *app, const std::string &name, QString &target, const std::string &description,
                     const std::string &value = "TEXT");
/// The same for an option that may be repeated, or have several values.
CLI::Option *addTexts(CLI::App *app, const std::string &name, std::vector<QString> &target,
                      const std::string &description, const std::string &value = "TEXT");

/// One of `words`; `take` gets its place among them. A word that is not known is an error that lists all, or
/// the nearest.
CLI::Option *addChoice(CLI::App *app, const std::string &name, std::vector<QString> words,
                       std::function<void(std::size_t)> take, const std::string &description,
                       const std::string &value);
/// The place of `word` in `words`; throws as said above.
std::size_t placeOf(const std::string &option, const QString &word, const std::vector<QString> &words);

/// Bytes from "1000000", "500MB", "1 GB", "1GiB"; powers of 1000, with "i" of 1024.
qint64 bytesFrom(const std::string &option, const std::string &text);

/// "--workers must be a whole number from 1 to 16." and the like; `most` empty: there is no limit.
std::string rangeSentence(const std::string &name, bool isWhole, const std::string &least,
                          const std::string &most, const std::string &example);

/// A number from `least` to `most`, both included. `example` is for an error: "--min-duration must be a
/// number, 0 or more, for example 10."
template <class T>
CLI::Option *addNumber(CLI::App *app, const std::string &name, T &target, T least, T most,
                       const std::string &description, const std::string &value = "N",
                       const std::string &example = {})
{
    return app
        ->add_option_function<std::string>(
            name,
            [=, &target](const std::string &typed) {
                T number{};
                const char *end = typed.data() + typed.size();
                const auto [stop, error] = std::from_chars(typed.data(), end, number);
                if (error == std::errc() && stop == end && number >= least && number <= most) {
                    target = number;
                    return;
                }
                constexpr bool isWhole = std::numeric_limits<T>::is_integer;
                const auto text = [](T limit) {
                    return std::to_string(static_cast<std::conditional_t<isWhole, T, long long>>(limit));
                };
                const bool isOpen = most == std::numeric_limits<T>::max() && std::is_signed_v<T>;
                throw CLI::ValidationError(
                    rangeSentence(name, isWhole, text(least), isOpen ? std::string() : text(most), example));
            },
            description)
        ->option_text(value);
}

} // namespace earmark::cli
