#include "ytdlp/failureclassifier.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

FailureClass classOf(QStringView text)
{
    const auto found =
        std::ranges::find_if(AllFailureClasses, [text](FailureClass c) { return word(c) == text; });
    return found == AllFailureClasses.end() ? FailureClass::Unknown : *found;
}

/// The text that patterns are looked for in: lower case, and with plain apostrophes.
QString plain(const QString &text)
{
    return text.toLower().replace(QChar(0x2019), u'\'');
}

bool isWarning(const QString &line)
{
    return line.startsWith("WARNING: "_L1);
}

bool isError(const QString &line)
{
    return line.startsWith("ERROR: "_L1);
}

} // namespace

FailureClassifier::FailureClassifier()
{
    QFile file(u":/earmark/failurerules.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return; // every failure is unknown then, and says what yt-dlp said
    const QJsonArray rules = QJsonDocument::fromJson(file.readAll()).array();
    for (const auto &value : rules) {
        Rule rule{classOf(value["class"_L1].toString()), value["sentence"_L1].toString(), {}, {}};
        if (const QString remedy = value["remedy"_L1].toString(); !remedy.isEmpty())
            rule.sentence += u' ' + remedy;
        const QJsonArray patterns = value["patterns"_L1].toArray();
        for (const auto &pattern : patterns) {
            const QString text = pattern.toString();
            if (text.size() > 2 && text.startsWith(u'/') && text.endsWith(u'/'))
                rule.expressions.emplace_back(text.sliced(1, text.size() - 2));
            else
                rule.texts += text;
        }
        m_rules.push_back(std::move(rule));
    }
}

const FailureClassifier::Rule *FailureClassifier::find(const QString &text, bool rateLimits) const
{
    for (const Rule &rule : m_rules) {
        if ((rule.failure == FailureClass::RateLimit) != rateLimits)
            continue;
        if (std::ranges::any_of(rule.texts,
                                [&text](const QString &wanted) { return text.contains(wanted); }) ||
            std::ranges::any_of(rule.expressions, [&text](const QRegularExpression &wanted) {
                return wanted.match(text).hasMatch();
            }))
            return &rule;
    }
    return nullptr;
}

Diagnosis FailureClassifier::classify(const QStringList &lines) const
{
    // yt-dlp's status lines hold titles and addresses, which may say anything.
    QStringList said, causes;
    for (const QString &line : lines) {
        const bool isStatus = line.startsWith(u'[') &&
                              (line.startsWith("[download]"_L1) || line.startsWith("[info]"_L1) ||
                               line.startsWith("[MoveFiles]"_L1) || line.contains("] Extracting URL: "_L1));
        if (isStatus)
            continue;
        said += line;
        if (!isWarning(line))
            causes += line;
    }
    const QString all = plain(said.join(u'\n'));
    const Rule *rule = find(all, true);
    if (rule == nullptr)
        rule = find(plain(causes.join(u'\n')), false);
    if (rule == nullptr)
        rule = find(all, false);
    if (rule != nullptr)
        return {rule->failure, rule->sentence};

    const auto error = std::ranges::find_if(said, isError);
    if (error == said.end())
        return {FailureClass::Unknown, u"yt-dlp gave no file and no reason. Its log may say more."_s};
    return {FailureClass::Unknown, u"yt-dlp reports: %1"_s.arg(error->sliced(7).trimmed().left(300))};
}

} // namespace earmark::ytdlp
