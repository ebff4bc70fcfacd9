#include "tools/selftest.h"

#include "base/format.h"
#include "demo/demoserver.h"
#include "ytdlp/worker.h"

#include <QFileInfo>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

/// The first video of all; 19 seconds.
constexpr std::string_view Video = "jNQXAC9IVRw";
constexpr std::uint32_t StartMs = 5000, EndMs = 10'000;

QString toolLine(const ytdlp::Tool &tool)
{
    return u"%1 %2 %3\n"_s.arg(tool.name, tool.version.isEmpty() ? u"?"_s : tool.version,
                               tool.path.isEmpty() ? u"(not found)"_s : tool.path);
}

} // namespace

SelfTest::SelfTest(ytdlp::Tools tools, Where where, ytdlp::FetchSettings settings, QObject *parent)
    : QObject(parent)
    , m_tools(std::move(tools))
    , m_where(where)
    , m_settings(where == Where::YouTube ? std::move(settings) : ytdlp::FetchSettings())
    , m_key{*YtId::parse(Video), StartMs, EndMs}
    , m_stage(u"starting yt-dlp"_s)
{
    m_log = u"Earmark %1\n"_s.arg(QLatin1StringView(EARMARK_VERSION)) + toolLine(m_tools.ytdlp) +
            toolLine(m_tools.ffmpeg) + toolLine(m_tools.jsRuntime);
}

SelfTest::~SelfTest() = default;

void SelfTest::start()
{
    m_clock.start();
    ytdlp::Source source;
    if (m_where == Where::Here) {
        auto server = demo::DemoServer::start();
        if (!server)
            return end(false, server.error().text);
        m_server = std::move(*server);
        source = ytdlp::Source(m_server->sourceTemplate());
    }
    m_log +=
        u"seconds %1 to %2 of %3\n"_s.arg(StartMs / 1000).arg(EndMs / 1000).arg(source.address(m_key.ytid));
    ytdlp::WorkerOptions options{m_tools, source, m_folder.filePath(u"worker"_s), m_settings};
    m_worker = std::make_unique<ytdlp::Worker>(std::move(options));
    connect(m_worker.get(), &ytdlp::Worker::progressed, this,
            [this](const SegmentKey &, double fraction) { onProgress(fraction); });
    connect(m_worker.get(), &ytdlp::Worker::finished, this, &SelfTest::conclude);
    m_worker->fetch(m_key);
    Q_EMIT progressed();
}

void SelfTest::onProgress(double fraction)
{
    // What the worker's fractions stand for: see ytdlp::JobProgress.
    m_fraction = fraction;
    m_stage = fraction < 0.25 ? u"asking the source"_s
              : fraction < 1  ? u"fetching the section"_s
                              : u"looking at what came"_s;
    Q_EMIT progressed();
}

void SelfTest::conclude(const ytdlp::FetchOutcome &outcome)
{
    if (!outcome.log.isEmpty())
        m_log += u'\n' + outcome.log + u'\n';
    if (!outcome.isOk()) {
        QString reason = outcome.reason;
        return end(false, reason.replace("Retry later."_L1, "The log says more."_L1)); // for it is not
    }
    const QString what = u"a clip of %1 (%2 with its margins)"_s.arg(
        spanText(EndMs - StartMs), bytesText(QFileInfo(outcome.file).size()));
    const QString pattern = m_where == Where::Here
                                ? u"It works: yt-dlp, Earmark's plugin and ffmpeg have fetched %1 from this "
                                  "computer in %2."_s
                                : u"It works: %1 has come from YouTube in %2."_s;
    end(true, pattern.arg(what, spanText(m_clock.elapsed())));
}

void SelfTest::end(bool isOk, const QString &sentence)
{
    m_fraction = 1;
    m_isOk = isOk;
    m_sentence = sentence;
    m_stage = isOk ? u"done"_s : u"failed"_s;
    m_log += u'\n' + sentence + u'\n';
    m_isDone = true;
    m_worker.reset(); // which may be deleted while it tells its outcome; no yt-dlp stays behind
    m_server.reset();
    Q_EMIT finished();
}

} // namespace earmark::tools
