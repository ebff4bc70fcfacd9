#include "cli/commands.h"

#include "cli/report.h"
#include "ytdlp/explanation.h"

#include <QDir>
#include <QFile>

#include <cstdio>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

Result<QString> readLog(const QString &path)
{
    QFile file(path);
    const bool isInput = path.isEmpty() || path == u'-';
    const QString name = isInput ? u"on standard input"_s : QDir::toNativeSeparators(path);
    if (isInput && ::isatty(STDIN_FILENO) != 0)
        complain(u"Paste the log here, then press Ctrl+D."_s);
    const bool isOpen = isInput ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return failure(file.exists() || isInput ? ErrorCode::Unreadable : ErrorCode::NotFound,
                       u"The log %1 cannot be read: %2."_s.arg(name, file.errorString()));
    return ytdlp::readLog(file, name);
}

void add(nlohmann::ordered_json &json, const ytdlp::Diagnosis &diagnosis)
{
    json["class"] = keyword(diagnosis.failure).latin1();
    json["sentence"] = diagnosis.sentence.toStdString();
    json["remedy"] = diagnosis.remedy.toStdString();
    json["help"] = ytdlp::keyword(diagnosis.help).toString().toStdString();
    json["cause"] = diagnosis.cause.toStdString();
}

nlohmann::ordered_json asJson(const ytdlp::Explanation &explanation)
{
    ytdlp::Diagnosis first;
    if (!explanation.failures.empty())
        first = explanation.failures.front().diagnosis;
    else
        first = {explanation.isLog ? FailureClass::None : FailureClass::Unknown, explanation.summary()};
    nlohmann::ordered_json json;
    add(json, first);
    json["downloads"] = explanation.downloads;
    json["failed"] = explanation.failed;
    auto &failures = json["failures"] = nlohmann::ordered_json::array();
    for (const ytdlp::ExplainedFailure &each : explanation.failures) {
        add(failures.emplace_back(), each.diagnosis);
        failures.back()["count"] = each.count;
    }
    return json;
}

} // namespace

Exit explain(const ExplainOptions &options)
{
    auto rules = ytdlp::readOwnFailureRules();
    if (!rules)
        note(rules.error().text); // and without them
    const auto log = readLog(options.log);
    if (!log)
        return fail(log.error());
    const ytdlp::FailureClassifier classifier(rules ? std::move(*rules) : std::vector<ytdlp::FailureRule>());
    const ytdlp::Explanation explanation = ytdlp::explain(*log, classifier);
    if (options.json)
        printJson(asJson(explanation));
    else
        printLine(explanation.text());
    return Done;
}

} // namespace earmark::cli
