// Any bytes as what yt-dlp and ffmpeg print: in whatever pieces they come, the lines are the same; without
// the process's mark none of them is a word of Earmark's own; the progress stays a fraction.
#include "base/linebuffer.h"
#include "require.h"
#include "ytdlp/outputparser.h"
#include "ytdlp/secrets.h"
#include "ytdlp/worker.h"

#include <cmath>
#include <vector>

using namespace earmark;
using namespace earmark::ytdlp;
using fuzz::require;
using namespace Qt::StringLiterals;

namespace {

/// Short, so that short inputs reach it; bytes.
constexpr qsizetype LongestLine = 200;

std::vector<QByteArray> linesOf(const QByteArray &output, qsizetype piece)
{
    LineBuffer buffer(LongestLine);
    std::vector<QByteArray> lines;
    for (qsizetype at = 0; at < output.size(); at += piece) {
        buffer.append(output.mid(at, piece));
        while (auto line = buffer.takeLine())
            lines.push_back(std::move(*line));
    }
    if (QByteArray rest = buffer.takeRest(); !rest.isEmpty())
        lines.push_back(std::move(rest));
    return lines;
}

bool isOwnWord(const Event &event)
{
    return std::holds_alternative<event::Started>(event) || std::holds_alternative<event::Done>(event) ||
           std::holds_alternative<event::JobEnded>(event);
}

void follow(JobProgress &progress, const Event &event)
{
    const double before = progress.fraction();
    const bool isGrown = progress.apply(event);
    const double after = progress.fraction();
    require(std::isfinite(after) && after >= 0 && after <= 1, "the progress is a fraction");
    require(after >= before && isGrown == (after > before), "the progress never goes back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    static const QByteArray mark = makeMark();
    static const Secrets secrets({.proxy = u"http://ada:s3cr3t@h:3128"_s},
                                 Source(u"http://h/{ytid}.m4a?token=t0k3n-t0k3n"_s));
    const QByteArray output(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto lines = linesOf(output, std::max<qsizetype>(output.size(), 1));
    require(lines == linesOf(output, 1 + output.size() % 7), "pieces make the same lines");

    JobProgress progress;
    for (const QByteArray &line : lines) {
        require(line.size() <= LongestLine && !line.contains('\n'), "a line is one line, and not too long");
        const Event event = parseLine(line, mark);
        require(!isOwnWord(event), "what has no mark is text");
        require(!std::holds_alternative<event::Position>(event) &&
                    !std::holds_alternative<event::Written>(event),
                "reports do not come in the output");
        follow(progress, event);
        follow(progress, parseReport(line));
        follow(progress, parseLine(markPrefix(mark) + line, mark));
        const QString shown = secrets.blotted(QString::fromUtf8(line));
        require(!shown.contains("s3cr3t"_L1) && !shown.contains("t0k3n-t0k3n"_L1), "secrets are blotted out");
    }
    return 0;
}
