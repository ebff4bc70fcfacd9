#include "bench/measure.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QDir>

#include <chrono>
#include <cstdlib>

using namespace earmark;
using namespace earmark::workspace;

namespace {

using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point begun)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

/// CPU of all threads and wall time of `work`, in milliseconds.
template <class Work>
void measure(const char *what, const Work &work)
{
    const double cpu = bench::cpuMs();
    const auto begun = Clock::now();
    work();
    const double wall = msSince(begun);
    std::printf(R"({"what": "%s", "cpu": %.1f, "wall": %.1f})"
                "\n",
                what, bench::cpuMs() - cpu, wall);
    std::fflush(stdout);
}

[[noreturn]] void fail(const Error &error)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(error.text));
    std::exit(1);
}

std::unique_ptr<Workspace> open(const QString &folder)
{
    auto workspace = Workspace::open(folder);
    if (!workspace)
        fail(workspace.error());
    return std::move(*workspace);
}

void flush(Workspace &workspace)
{
    if (const auto flushed = workspace.flush(); !flushed)
        fail(flushed.error());
}

} // namespace

/// earmark-bench-ledger FOLDER [CLIPS]: queues so many clips (2,041,789) in an empty folder, finishes them,
/// and opens the workspace again; a line of JSON for each.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString folder = application.arguments().value(1);
    const auto count = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 2'041'789);
    if (folder.isEmpty() || QDir(folder).exists()) {
        std::fputs("usage: earmark-bench-ledger NEW_FOLDER [CLIPS]\n", stderr);
        return 2;
    }
    // In the order of the split, which is that of the ids, as AudioSet's are.
    std::vector<WantedClip> wanted;
    wanted.reserve(count);
    for (std::uint32_t number = 0; number < count; ++number) {
        char id[12];
        std::snprintf(id, sizeof id, "%011u", number * 7);
        wanted.push_back({{*YtId::parse(id), 30'000, 40'000}, number, "/m/09x0r,/m/0bt9lr"});
    }

    auto workspace = open(folder);
    const auto before = bench::Memory::now();
    measure("queue", [&] {
        workspace->enqueue(wanted);
        flush(*workspace);
    });
    workspace.reset();
    workspace = open(folder);
    measure("queue again", [&] { workspace->enqueue(wanted); });

    constexpr std::size_t AtOnce = 100'000;
    measure("finish", [&] {
        for (std::size_t from = 0; from < wanted.size(); from += AtOnce) {
            std::vector<std::pair<SegmentKey, Clip>> ready;
            for (std::size_t at = from; at < std::min(wanted.size(), from + AtOnce); ++at) {
                Clip record = workspace->record(wanted[at].key);
                record.progress.state = ClipState::Ready;
                record.audio.samples = 441'000;
                record.audio.sampleRate = 44'100;
                record.audio.sha256 = QByteArray(32, static_cast<char>(at));
                record.origin.formatId = QStringLiteral("140");
                record.origin.toolVersion = QStringLiteral("2026.08.19");
                ready.emplace_back(wanted[at].key, record);
            }
            workspace->update(ready);
            flush(*workspace);
        }
    });
    workspace.reset();
    wanted = {};
    measure("open", [&] { workspace = open(folder); });
    std::printf(R"({"what": "memory", "kept": %lld})"
                "\n",
                bench::Memory::now().anonymous - before.anonymous);
    return workspace->counts()[ClipState::Ready] == count ? 0 : 1;
}
