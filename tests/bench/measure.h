#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>

/// What the benchmark programs share: clocks, memory, and the one line of JSON that run.py reads for each
/// thing measured.
namespace bench {

constexpr int Repeats = 5; ///< of a quick thing, in one round of run.py; the least of them counts

/// CPU milliseconds of this process, all threads.
inline double cpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// CPU milliseconds that `work` takes, once.
template <class Work>
double timed(const Work &work)
{
    const double before = cpuMs();
    work();
    return cpuMs() - before;
}

/// The least of several runs.
template <class Work>
double leastOf(int repeats, const Work &work)
{
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < repeats; ++i)
        least = std::min(least, timed(work));
    return least;
}

/// Bytes of this process, from /proc/self/status.
struct Memory
{
    long long anonymous = 0; ///< RssAnon: what the process itself keeps, mapped files not counted
    long long resident = 0;  ///< VmRSS: all that is in memory now, mapped files and libraries counted
    long long peak = 0;      ///< VmHWM: the most that was resident, mapped files counted

    static Memory now()
    {
        Memory memory;
        std::ifstream status("/proc/self/status");
        for (std::string line; std::getline(status, line);) {
            std::istringstream words(line);
            std::string name;
            long long kib = 0;
            words >> name >> kib;
            if (name == "RssAnon:")
                memory.anonymous = kib * 1024;
            else if (name == "VmRSS:")
                memory.resident = kib * 1024;
            else if (name == "VmHWM:")
                memory.peak = kib * 1024;
        }
        return memory;
    }
};

/// An opened file: CPU, and what memory grew by since `before`.
inline void tellOpen(double cpu, const Memory &before, std::size_t rows)
{
    const Memory now = Memory::now();
    std::printf(R"({"what": "open", "cpu": %.3f, "kept": %lld, "peak": %lld, "hits": %zu})"
                "\n",
                cpu, now.anonymous - before.anonymous, now.peak - before.peak, rows);
    std::fflush(stdout);
}

/// Something that has to be done before questions can be asked.
inline void tellPrepared(std::string_view what, double cpu)
{
    std::printf(R"({"what": "prepare %.*s", "cpu": %.3f})"
                "\n",
                static_cast<int>(what.size()), what.data(), cpu);
    std::fflush(stdout);
}

/// An answer; `sum` is of all of it, so that two answers can be compared.
inline void tell(std::string_view what, double cpu, std::size_t hits, std::uint64_t sum)
{
    std::printf(R"({"what": "%.*s", "cpu": %.3f, "hits": %zu, "sum": "%llu"})"
                "\n",
                static_cast<int>(what.size()), what.data(), cpu, hits, static_cast<unsigned long long>(sum));
    std::fflush(stdout);
}

} // namespace bench
