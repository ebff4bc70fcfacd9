#include "base/descriptor.h"
#include "bench/measure.h"
#include "export/exporter.h"
#include "readers/segmentfile.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QFile>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace earmark;

namespace {

template <class T>
T need(Result<T> result)
{
    if (result) {
        if constexpr (std::is_void_v<T>)
            return;
        else
            return std::move(*result);
    }
    std::fprintf(stderr, "%s\n", qUtf8Printable(result.error().text));
    std::exit(1);
}

/// CPU of all threads and wall time of `work`, in milliseconds.
template <class Work>
auto measure(const char *what, const Work &work)
{
    const double cpu = bench::cpuMs();
    const auto begun = std::chrono::steady_clock::now();
    auto result = work();
    const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begun;
    std::printf(R"({"what": "%s", "cpu": %.1f, "wall": %.1f})"
                "\n",
                what, bench::cpuMs() - cpu, wall.count());
    std::fflush(stdout);
    return result;
}

/// Bytes of a checksum that no other clip has.
QByteArray sumOf(segments::Row row)
{
    QByteArray sum(32, Qt::Uninitialized);
    std::uint64_t word = row + 1;
    for (char *at = sum.begin(); at != sum.end(); at += sizeof word) {
        word *= 0x9E37'79B9'7F4A'7C15; // odd: it repeats nothing
        std::memcpy(at, &word, sizeof word);
    }
    return sum;
}

/// A workspace in which every segment of the split is a finished clip; the files have their sizes and take no
/// room.
void make(const QString &split, const QString &folder)
{
    const auto segments = need(readers::readSegments(split));
    const segments::SegmentTable &table = segments.table;
    const auto workspace = need(workspace::Workspace::open(folder));
    constexpr segments::Row AtOnce = 100'000;
    for (segments::Row from = 0; from < table.size(); from += AtOnce) {
        std::vector<WantedClip> wanted;
        std::vector<std::pair<SegmentKey, Clip>> ready;
        for (segments::Row row = from; row < std::min(table.size(), from + AtOnce); ++row) {
            wanted.push_back({table.key(row), row, table.midList(row)});
            Clip record;
            record.progress.state = ClipState::Ready;
            record.origin.position = row;
            record.audio.samples = table.key(row).samples(44'100);
            record.audio.sampleRate = 44'100;
            record.origin.formatId = QStringLiteral("140");
            record.origin.toolVersion = QStringLiteral("2026.10.26");
            record.audio.sha256 = sumOf(row);
            record.audio.measures = {.peak = -312, .rms = -1'850, .loudness = -1'790, .bandwidth = 4'000};
            ready.emplace_back(table.key(row), record);
            const QByteArray name = QFile::encodeName(workspace->layout().clip(table.key(row)));
            const Descriptor file(::open(name.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
            constexpr qint64 Header = 44; // of a WAV; an export compares the size
            if (::ftruncate(file.number(), Header + 2 * record.audio.samples) != 0)
                std::exit(1);
        }
        workspace->enqueue(wanted);
        workspace->update(ready);
        need(workspace->flush());
    }
}

} // namespace

/// earmark-bench-manifest make SPLIT NEW_FOLDER: a workspace to measure with.
/// earmark-bench-manifest table SPLIT: the memory of a program that has the segment table and nothing else.
/// earmark-bench-manifest steps FOLDER OUT: exports as JSON lines; a line of JSON for each step.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const QString task = arguments.value(1);
    if (task == u"make" && arguments.size() == 4) {
        make(arguments[2], arguments[3]);
        return 0;
    }
    if (task == u"table" && arguments.size() == 3) {
        const auto segments = need(readers::readSegments(arguments[2]));
        std::printf(R"({"what": "table", "resident": %lld, "rows": %u})"
                    "\n",
                    bench::Memory::now().resident, segments.table.size());
        return 0;
    }
    if (task != u"steps" || arguments.size() != 4)
        return 2;
    exports::ExportOptions options;
    options.out = arguments[3];
    const auto clips = measure("read", [&] { return need(exports::ClipTable::read(arguments[2])); });
    const auto set = measure("choose", [&] { return need(exports::chooseClips(clips, options)); });
    measure("write", [&] { return need(exports::writeExport(clips, set, options)); });
    return 0;
}
