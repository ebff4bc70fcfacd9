#include "cli/options.h"

#include "base/nearest.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace earmark::cli {

using namespace Qt::StringLiterals;

CLI::Option *addText(CLI::App *app, const std::string &name, QString &target, const std::string &description,
                     const std::string &value)
{
    const auto take = [app, name, &target](const std::string &text) {
        // The value was left out, and the next option taken for it.
        if (text.starts_with("--") && app->get_option_no_throw(text) != nullptr)
            throw CLI::ValidationError(name + " needs a value.");
        if (text.empty() && app->get_option(name)->get_required())
            throw CLI::ValidationError(name + " is empty. Name a file or folder.");
        target = QString::fromStdString(text);
    };
    return app->add_option_function<std::string>(name, take, description)->option_text(value);
}

CLI::Option *addTexts(CLI::App *app, const std::string &name, std::vector<QString> &target,
                      const std::string &description, const std::string &value)
{
    return app
        ->add_option_function<std::vector<std::string>>(
            name,
            [&target](const std::vector<std::string> &texts) {
                for (const std::string &text : texts)
                    target.push_back(QString::fromStdString(text));
            },
            description)
        ->option_text(value);
}

std::size_t placeOf(const std::string &option, const QString &word, const std::vector<QString> &words)
{
    if (const auto found = std::ranges::find(words, word); found != words.end())
        return static_cast<std::size_t>(found - words.begin());
    const QString guess = guessText(word, words);
    const QString end =
        guess.isEmpty() ? u". Choose one of %1."_s.arg(QStringList(words.begin(), words.end()).join(u", "_s))
                        : guess;
    throw CLI::ValidationError(
        u"%1 has no value “%2”%3"_s.arg(QString::fromStdString(option), word, end).toStdString());
}

CLI::Option *addChoice(CLI::App *app, const std::string &name, std::vector<QString> words,
                       std::function<void(std::size_t)> take, const std::string &description,
                       const std::string &value)
{
    return app
        ->add_option_function<std::string>(
            name,
            [name, words = std::move(words), take = std::move(take)](const std::string &word) {
                take(placeOf(name, QString::fromStdString(word), words));
            },
            description)
        ->option_text(value);
}

qint64 bytesFrom(const std::string &option, const std::string &text)
{
    static const QRegularExpression form(u"\\A(\\d{1,15}) ?([kMGT]?)(i?)B?\\z"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(QString::fromStdString(text));
    const qsizetype power = QStringView(u"kmgt").indexOf(match.captured(2).toLower()) + 1;
    const double unit = match.capturedLength(3) > 0 ? 1024 : 1000;
    const double bytes = match.captured(1).toDouble() *
                         (match.capturedLength(2) > 0 ? std::pow(unit, static_cast<double>(power)) : 1.0);
    constexpr double Most = 1e18;
    if (!match.hasMatch() || bytes < 1 || bytes > Most)
        throw CLI::ValidationError(option + " must be a number of bytes, for example 500MB or 1GB.");
    return static_cast<qint64>(bytes);
}

std::string rangeSentence(const std::string &name, bool isWhole, const std::string &least,
                          const std::string &most, const std::string &example)
{
    std::string text = name + " must be a " + (isWhole ? "whole number" : "number");
    text += most.empty() ? ", " + least + " or more" : " from " + least + " to " + most;
    return text + (example.empty() ? std::string() : ", for example " + example) + '.';
}

} // namespace earmark::cli
