#include "ytdlp/failurerules.h"

#include "base/enumkeywords.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array RemedyKeywords{
    EnumKeyword{Remedy::Tools, "tools"},     EnumKeyword{Remedy::Cookies, "cookies"},
    EnumKeyword{Remedy::Proxy, "proxy"},     EnumKeyword{Remedy::Folder, "folder"},
    EnumKeyword{Remedy::Network, "network"},
};

qsizetype lineAt(const QByteArray &text, qsizetype offset)
{
    return std::count(text.begin(), text.begin() + std::min(offset, text.size()), '\n') + 1;
}

/// Where the objects of a list begin: Qt's JSON does not keep that, and a rule that is wrong must be found by
/// its line.
std::vector<qsizetype> objectOffsets(const QByteArray &json)
{
    std::vector<qsizetype> offsets;
    int depth = 0;
    bool isText = false;
    for (qsizetype at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (isText) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                isText = false;
        } else if (c == '"') {
            isText = true;
        } else if (c == '{' || c == '[') {
            if (c == '{' && depth == 1)
                offsets.push_back(at);
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return offsets;
}

QString classWords()
{
    QStringList words;
    for (const FailureClass each : AllFailureClasses)
        words += keyword(each);
    return words.join(u", "_s);
}

/// Fills in the rule; what is wrong with it when it cannot.
QString readPattern(const QJsonValue &value, FailureRule &rule)
{
    const QString text = plainText(value.toString());
    if (text.isEmpty())
        return u"a pattern must be a text that is not empty"_s;
    if (text.size() <= 2 || !text.startsWith(u'/') || !text.endsWith(u'/')) {
        rule.texts += text;
        return {};
    }
    // Not the lower-case one: \S and \s are not the same.
    const QString original = value.toString();
    QRegularExpression expression(original.sliced(1, original.size() - 2),
                                  QRegularExpression::CaseInsensitiveOption);
    if (!expression.isValid())
        return u"%1 is no regular expression (%2)"_s.arg(original, expression.errorString());
    rule.expressions.push_back(std::move(expression));
    return {};
}

QString readRule(const QJsonObject &object, FailureRule &rule)
{
    const QString name = object.value("class"_L1).toString();
    const auto failure = failureClassFromKeyword(name);
    if (!failure)
        return u"there is no class “%1”, only %2"_s.arg(name, classWords());
    rule.failure = *failure;
    rule.sentence = object.value("sentence"_L1).toString().trimmed();
    if (rule.sentence.isEmpty())
        return u"it has no sentence"_s;
    rule.remedy = object.value("remedy"_L1).toString().trimmed();
    rule.follows = object.value("follows"_L1).toString();
    const QJsonValue once = object.value("once"_L1);
    if (once.toString() == "video"_L1)
        rule.holds = FailureRule::Holds::ForVideo;
    else if (once.toBool())
        rule.holds = FailureRule::Holds::ForProcess;
    else if (!once.isUndefined() && !once.isBool())
        return u"\"once\" is neither true nor \"video\""_s;
    for (const auto &kind : object.value("explains"_L1).toArray())
        rule.explains += kind.toString();
    if (const QString help = object.value("help"_L1).toString(); !help.isEmpty()) {
        const auto found = fromKeyword(RemedyKeywords, help);
        if (!found)
            return u"there is no help “%1”, only tools, cookies, proxy, folder and network"_s.arg(help);
        rule.help = *found;
    }
    const QJsonArray patterns = object.value("patterns"_L1).toArray();
    if (patterns.isEmpty())
        return u"it has no patterns"_s;
    for (const auto &pattern : patterns) {
        if (QString problem = readPattern(pattern, rule); !problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace

QLatin1StringView keyword(Remedy help)
{
    return keywordOf(RemedyKeywords, help);
}

bool FailureRule::matches(const QString &plainText) const
{
    return std::ranges::any_of(texts, [&](const QString &text) { return plainText.contains(text); }) ||
           std::ranges::any_of(
               expressions, [&](const auto &expression) { return expression.match(plainText).hasMatch(); });
}

QString plainText(const QString &text)
{
    return text.toLower().replace(QChar(0x2019), u'\'');
}

Result<std::vector<FailureRule>> parseFailureRules(const QByteArray &json, const QString &fileName)
{
    const auto wrong = [&](qsizetype offset, const QString &what) {
        return failure(ErrorCode::BadInput, u"%1, line %2: %3. Correct the file; until then Earmark goes on "
                                            "without its rules."_s.arg(QDir::toNativeSeparators(fileName))
                                                .arg(lineAt(json, offset))
                                                .arg(what));
    };
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return wrong(error.offset, u"this is no JSON (%1)"_s.arg(error.errorString()));
    if (!document.isArray())
        return wrong(0, u"a list of rules, [{…}, {…}], is expected"_s);
    const QJsonArray array = document.array();
    const std::vector<qsizetype> offsets = objectOffsets(json);
    std::vector<FailureRule> rules;
    for (const auto &value : array) {
        if (!value.isObject())
            return wrong(0, u"every rule must be an object, {…}"_s);
        FailureRule rule;
        if (const QString problem = readRule(value.toObject(), rule); !problem.isEmpty())
            return wrong(offsets[rules.size()], problem);
        rules.push_back(std::move(rule));
    }
    return rules;
}

const std::vector<FailureRule> &builtInFailureRules()
{
    static const std::vector<FailureRule> rules = [] {
        QFile file(u":/earmark/failurerules.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("Earmark was built without its failure rules.");
        auto read = parseFailureRules(file.readAll(), file.fileName());
        if (!read)
            qFatal("%s", qUtf8Printable(read.error().text));
        return std::move(*read);
    }();
    return rules;
}

QString ownFailureRulesPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + u"/failurerules.json"_s;
}

Result<std::vector<FailureRule>> readOwnFailureRules(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return std::vector<FailureRule>();
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable,
                       u"The failure rules %1 cannot be read (%2). Check the file's permissions."_s.arg(
                           QDir::toNativeSeparators(path), file.errorString()));
    return parseFailureRules(file.readAll(), path);
}

} // namespace earmark::ytdlp
