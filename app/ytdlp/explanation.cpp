#include "ytdlp/explanation.h"

#include "base/format.h"

#include <QIODevice>

#include <algorithm>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LargestLog = 16'000'000; // bytes

/// The lines of a log that belong to one download.
struct Download
{
    QStringList lines;
    bool hasError = false;   ///< yt-dlp's, or the end of Python
    bool isComplete = false; ///< yt-dlp says that the file is there
};

/// What programs that keep logs, terminals and people put before or into a line.
QString bare(QString line)
{
    static const QRegularExpression colours(u"\\x1b\\[[0-9;?]*[A-Za-z]"_s);
    static const QRegularExpression quotation(u"^(> ?)+"_s);
    // "2026-11-29 19:40:11,020 - name - ERROR - ", "[19:40:11] ", "Nov 29 19:40:11 host name[12]: "
    static const QRegularExpression time(
        u"^\\s*(\\[?\\d[\\dT:.,Z+/ -]{4,}\\d?Z?\\]?[\\s|:-]*|[A-Z][a-z]{2} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d "
        u"\\S+ "
        "\\S+: )(\\S+ - )?((ERROR|WARNING|INFO|DEBUG)( - |: (?=ERROR|WARNING)))?"_s);
    static const QRegularExpression caller(u"^[^\\['\"]*?(?=(ERROR|WARNING): \\[)"_s);
    line.remove(colours).remove(quotation).remove(time).remove(caller);
    static const QRegularExpression indented(u"^\\s+(?=ERROR: |WARNING: |\\[[\\w:+.-]+\\] )"_s);
    return line.remove(indented);
}

/// "== Y-0RWZT-miFs_30_40 2026-11-29 …": what Earmark writes before the log of a download.
bool isTitle(const QString &line)
{
    return line.startsWith("== Y"_L1);
}

bool isStart(const QString &line)
{
    static const QRegularExpression start(u"^\\[[\\w:+.-]+\\] Extracting URL: "_s);
    return start.match(line).hasMatch();
}

bool isFailure(const QString &line)
{
    static const QRegularExpression end(u"^(ERROR: |Traceback \\(most recent call last\\)|\\S+: error: )"_s);
    return end.match(line).hasMatch();
}

bool isSuccess(const QString &line)
{
    return line.startsWith("[download] 100% of "_L1) || line.startsWith("[MoveFiles]"_L1) ||
           line.startsWith("@DONE "_L1) || line.contains(" has already been downloaded"_L1);
}

std::vector<Download> downloadsOf(const QString &log, bool &isLog)
{
    static const QRegularExpression ends(u"[\\r\\n]+"_s);
    static const QRegularExpression program(u"^(\\[[^\\]]+\\] |ERROR: |WARNING: |@[A-Z]|\\S+: error: )"_s);
    std::vector<Download> downloads(1);
    bool isEarmarks = false; // whose lines are indented
    for (QString line : log.split(ends, Qt::SkipEmptyParts)) {
        if (isEarmarks && line.startsWith("   "_L1))
            line.remove(0, 3);
        if (isTitle(line)) {
            isEarmarks = true;
            downloads.emplace_back();
            continue;
        }
        line = bare(line);
        // A download of Earmark's has a title; yt-dlp's own log has none.
        if (!isEarmarks && isStart(line) && !downloads.back().lines.isEmpty())
            downloads.emplace_back();
        Download &current = downloads.back();
        current.lines += line;
        current.hasError = current.hasError || isFailure(line);
        current.isComplete = current.isComplete || isSuccess(line);
        isLog = isLog || program.match(line).hasMatch();
    }
    return downloads;
}

} // namespace

Explanation explain(const QString &log, const FailureClassifier &classifier, const std::stop_token &stop)
{
    Explanation explanation;
    QStringList standing;
    const std::vector<Download> downloads = downloadsOf(log, explanation.isLog);
    for (const Download &download : downloads) {
        if (stop.stop_requested())
            break;
        Diagnosis diagnosis;
        if (download.hasError || !download.isComplete)
            diagnosis = classifier.classify(download.lines, standing);
        for (const QString &line : download.lines) {
            if (line.startsWith("WARNING: "_L1) && classifier.isStanding(line))
                standing += line;
        }
        // The head of a log, or one whose end is missing.
        const bool isOpen = !download.hasError && !download.isComplete;
        if (isOpen && (diagnosis.failure == FailureClass::Unknown || &download != &downloads.back()))
            continue;
        ++explanation.downloads;
        if (!download.hasError && download.isComplete)
            continue;
        ++explanation.failed;
        explanation.isLog = true;
        auto known = std::ranges::find_if(explanation.failures, [&](const ExplainedFailure &each) {
            return each.diagnosis.failure == diagnosis.failure && each.diagnosis.text() == diagnosis.text();
        });
        if (known == explanation.failures.end())
            known = explanation.failures.insert(known, {diagnosis, 0});
        ++known->count;
    }
    std::ranges::stable_sort(explanation.failures, std::ranges::greater(), &ExplainedFailure::count);
    return explanation;
}

QString Explanation::summary() const
{
    if (!isLog)
        return u"The text holds nothing that yt-dlp or ffmpeg prints."_s;
    if (failed == 0)
        return u"The log shows no failure."_s;
    if (failed == 1 && downloads == 1)
        return failures.front().diagnosis.sentence;
    return u"%1 of %2 downloads failed."_s.arg(countText(failed), countText(downloads));
}

QString Explanation::text() const
{
    constexpr qsizetype CauseLength = 400;
    const bool isOne = downloads <= 1;
    QStringList lines;
    if (failures.empty() || !isOne)
        lines += summary();
    for (const auto &[diagnosis, count] : failures) {
        if (!isOne)
            lines += QString();
        lines += isOne ? diagnosis.sentence : u"%1 × %2"_s.arg(countText(count), diagnosis.sentence);
        if (!diagnosis.remedy.isEmpty())
            lines += diagnosis.remedy;
        lines += u"Class: "_s + meaningOf(diagnosis.failure);
        if (!diagnosis.cause.isEmpty())
            lines += u"Cause: "_s + diagnosis.cause.left(CauseLength);
    }
    return lines.join(u'\n');
}

Result<QString> readLog(QIODevice &device, const QString &name)
{
    QByteArray log;
    while (log.size() <= LargestLog) {
        const QByteArray more = device.read(LargestLog + 1 - log.size());
        if (more.isEmpty())
            break;
        log += more;
    }
    if (log.size() > LargestLog)
        return failure(ErrorCode::BadInput, u"The log %1 is larger than %2. Give its end alone."_s.arg(
                                                name, bytesText(LargestLog)));
    return QString::fromUtf8(log);
}

QString meaningOf(FailureClass failure)
{
    switch (failure) {
    case FailureClass::None:
        return u"no failure"_s;
    case FailureClass::RateLimit:
        return u"rate limited: the site refuses for now, whatever the video"_s;
    case FailureClass::Permanent:
        return u"permanent: a retry fails as well"_s;
    case FailureClass::Conditional:
        return u"restricted: needs an account, a proxy or another network"_s;
    case FailureClass::Later:
        return u"not shown yet: works later"_s;
    case FailureClass::Transient:
        return u"temporary: a retry may work"_s;
    case FailureClass::Environment:
        return u"this computer: a tool, a setting, the disk or the network"_s;
    case FailureClass::BadMedia:
        return u"unusable sound: a retry seldom helps"_s;
    case FailureClass::Unknown:
        return u"unknown to Earmark"_s;
    }
    return {};
}

} // namespace earmark::ytdlp
