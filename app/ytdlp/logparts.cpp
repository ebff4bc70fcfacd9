#include "ytdlp/logparts.h"

#include <QRegularExpression>

#include <algorithm>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ErrorMark = "ERROR: "_L1, WarningMark = "WARNING: "_L1;

/// "[youtube] …" as against ffmpeg's "[https @ 0x55d3] …" and "[in#0 @ 0x55d3] …"; and "@START …", which
/// Earmark makes yt-dlp print.
bool isStatus(const QString &line)
{
    static const QRegularExpression tag(u"^(\\[[\\w:+.-]+\\] |@[A-Z])"_s);
    return tag.match(line).hasMatch();
}

/// Status lines that are warnings in all but their form.
bool isHint(const QString &line)
{
    static const QRegularExpression hint(u"^\\[youtube\\] \\S+: This video is age-restricted"_s);
    return hint.match(line).hasMatch();
}

/// yt-dlp prints these as errors, and the job goes on. Source: calls of report_error with is_error=False, and
/// of the logger's error() while a browser's cookies are read.
bool isPassing(const QString &error)
{
    static const QRegularExpression passing(
        u"^ERROR: (\\[[\\w:+.-]+\\] \\[(jsc|pot)|\\[\\w+\\] Unexpected error: |kwallet-query |secretstorage "
        "not available|failed to read from keyring|could not find local state file|no encrypted key in Local "
        "State|invalid key$|\\S+ does not support profiles)"_s);
    return passing.match(error).hasMatch();
}

} // namespace

LogParts LogParts::of(const QStringList &lines)
{
    LogParts parts;
    QStringList *part = nullptr; // which the line before belongs to; null: to none
    bool isFrame = false;
    for (const QString &line : lines) {
        if (line.startsWith(ErrorMark)) {
            part = isPassing(line) ? &parts.warnings : &parts.errors;
        } else if (line.startsWith(WarningMark) || line.startsWith("Deprecated Feature: "_L1) ||
                   isHint(line)) {
            part = &parts.warnings;
        } else if (isStatus(line)) {
            part = nullptr;
            continue;
        } else if (line.startsWith("Traceback (most recent call last)"_L1) ||
                   line.startsWith("  File \""_L1)) {
            isFrame = true;
            continue;
        } else if (isFrame && line.startsWith(u' ')) {
            continue;
        } else if (part != &parts.errors && !(part == &parts.warnings && line.startsWith(u' '))) {
            // What follows an error belongs to it: YouTube's reasons have several lines. What follows a
            // warning does when it is indented.
            part = &parts.others;
        }
        isFrame = false;
        *part += line;
    }
    return parts;
}

QString ownWords(const QString &text)
{
    static const QRegularExpression address(u"\\b([a-z][a-z0-9+.-]*://)\\S+"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression reason(
        u"(\\bHTTP error \\d{3}|YouTube said:|extracted extension)[^\\n]*"_s,
        QRegularExpression::CaseInsensitiveOption);
    return QString(text).replace(address, u"\\1"_s).replace(reason, u"\\1"_s);
}

QString withoutParticulars(const QString &error)
{
    static const QRegularExpression report(u"[;.]? ?please report this issue on .*"_s,
                                           QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression head(u"^ERROR: *(\\[([\\w:+.-]+)\\] +)?([^\\s:]+: )?"_s);
    static const QRegularExpression particulars(u"\\b[A-Za-z][A-Za-z0-9+.-]*://[^\\s'\"<>]+" // addresses
                                                "|(?<![\\w/])~?/[^\\s'\",;:)]+"              // places
                                                "|\\bY[\\w-]{11}_[\\d.]+_[\\d.]+[\\w.]*"     // clips
                                                "|\\b0x[0-9A-Fa-f]+|\\b\\d{5,}\\b"_s);
    QString text = error.section(u'\n', 0, 0);
    text.remove(report);
    const QRegularExpressionMatch start = head.match(text);
    QString id = start.captured(3).chopped(start.captured(3).isEmpty() ? 0 : 2);
    // "[youtube] abc: …" names a video; "[Errno 13] Permission denied: …" and "Postprocessing: …" do not.
    const bool hasId = !start.captured(2).isEmpty();
    if (start.hasMatch())
        text = text.sliced(hasId ? start.capturedEnd(0) : text.indexOf(u':') + 1).trimmed();
    if (hasId && !id.isEmpty())
        text.replace(id, u"…"_s);
    text.replace(particulars, u"…"_s);
    return text.left(300).trimmed();
}

bool lacksSegments(const QStringList &log)
{
    return std::ranges::any_of(log, [](const QString &line) {
        return line.startsWith("[hls @ "_L1) && line.contains("Failed to open segment "_L1);
    });
}

} // namespace earmark::ytdlp
