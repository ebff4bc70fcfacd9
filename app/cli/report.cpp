#include "cli/report.h"

#include "base/format.h"
#include "base/terminaltext.h"
#include "manifest/jsontext.h"

#include <QStringList>

#include <cstdio>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

void write(std::FILE *file, const QByteArray &line)
{
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), file);
    std::fputc('\n', file);
}

} // namespace

void printLine(const QString &text)
{
    static const bool isTerminal = ::isatty(STDOUT_FILENO) != 0;
    write(stdout, (isTerminal ? terminalText(text) : text).toUtf8());
}

void printJson(const nlohmann::ordered_json &json)
{
    write(stdout, manifest::jsonText(json));
}

QString sentence(const QString &text)
{
    return text.endsWith(u'?') ? text : text + u'.';
}

void complain(const QString &sentence)
{
    write(stderr, "earmark-cli: " + terminalText(sentence).toUtf8());
}

Exit fail(const Error &error)
{
    complain(error.text);
    return error.code == ErrorCode::Cancelled ? Interrupted : Failed;
}

nlohmann::ordered_json countsJson(const QString &workspace, const workspace::ClipCounts &counts)
{
    nlohmann::ordered_json json;
    json["workspace"] = workspace.toStdString();
    json["total"] = counts.total();
    json["ready"] = counts[ClipState::Ready];
    json["short"] = counts[ClipState::Short];
    json["missing"] = counts[ClipState::Missing];
    json["damaged"] = counts[ClipState::Damaged];
    json["queued"] = counts.unfinished();
    auto &failed = json["failed"];
    for (const FailureClass failure : AllFailureClasses)
        failed[word(failure).latin1()] = counts[failure];
    return json;
}

QString countsText(const QString &workspace, const workspace::ClipCounts &counts)
{
    QStringList parts{u"%1 ready"_s.arg(countText(counts[ClipState::Ready]))};
    for (const ClipState state : {ClipState::Short, ClipState::Missing, ClipState::Damaged}) {
        if (counts[state] > 0)
            parts.append(u"%1 %2"_s.arg(countText(counts[state]), word(state)));
    }
    if (counts.unfinished() > 0)
        parts.append(u"%1 queued"_s.arg(countText(counts.unfinished())));
    QStringList reasons;
    for (const FailureClass failure : AllFailureClasses) {
        if (counts[failure] > 0)
            reasons.append(u"%1 %2"_s.arg(countText(counts[failure]), word(failure)));
    }
    if (!reasons.isEmpty())
        parts.append(u"%1 failed (%2)"_s.arg(countText(counts[ClipState::Failed]), reasons.join(u", "_s)));
    return u"%1 clips in %2: %3"_s.arg(countText(counts.total()), workspace, parts.join(u", "_s));
}

} // namespace earmark::cli
