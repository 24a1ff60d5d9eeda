// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes to read a memray capture: all metrics, statistics and memory over time. Takes files; without any, a
// synthetic capture. Prints one JSON object a file: sizes, processor and wall time (best and median of the runs),
// records a second, the tree of a range of time (all of it), peak memory of the process. Files are mapped, as the
// program maps them.
//
//   bench_engine memray [--runs N] [capture.bin …]
#include "model/memory_range.h"
#include "parsers/formats.h"
#include "tests/bench/sections.h"
#include "tests/support/synthetic_capture.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

using namespace sundial;

namespace
{

double processorSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) * 1e-6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peakMebibytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

bool measure(const std::string& name, std::string_view bytes, bool isMapped, int runs)
{
    std::vector<double> processor, wall;
    double records = 0, range = 0, peak = 0;
    for (int run = 0; run < runs; ++run) {
        Progress progress;
        const double startedCpu = processorSeconds();
        const auto started = std::chrono::steady_clock::now();
        const Result<Profile> profile = parseAny({bytes, name, isMapped}, {}, progress);
        processor.push_back(processorSeconds() - startedCpu);
        wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
        if (!profile || !profile->memory) {
            std::fprintf(stderr, "%s: %s\n", name.c_str(), profile ? "no capture" : profile.error().message.c_str());
            return false;
        }
        records = double(profile->memory->records);
        if (run == 0)
            peak = peakMebibytes();
        const double startedRange = processorSeconds();
        if (profile->memory->index)
            memoryRangeTree(*profile, {0, std::uint32_t(profile->memory->timeline.size())});
        range = processorSeconds() - startedRange;
    }
    std::sort(processor.begin(), processor.end());
    std::sort(wall.begin(), wall.end());
    std::printf(
        "{\"file\": \"%s\", \"bytes\": %zu, \"records\": %.0f, \"runs\": %d, \"cpu_s\": %.4f, \"cpu_median_s\": "
        "%.4f, \"wall_s\": %.4f, \"records_per_s\": %.0f, \"range_s\": %.4f, \"peak_mib\": %.0f}\n",
        name.c_str(), bytes.size(), records, runs, processor.front(), processor[processor.size() / 2], wall.front(),
        records / processor.front(), range, peak);
    return true;
}

} // namespace

int bench::memray(int argc, char** argv)
{
    std::vector<std::string> arguments(argv + 1, argv + argc);
    int runs = 5;
    if (arguments.size() >= 2 && arguments[0] == "--runs") {
        runs = std::max(1, std::atoi(arguments[1].c_str()));
        arguments.erase(arguments.begin(), arguments.begin() + 2);
    }
    if (arguments.empty())
        return measure("synthetic, 2M records", test::SyntheticCapture().make(2'000'000), false, runs) ? 0 : 1;
    for (const std::string& name : arguments) {
        const int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat status {
        };
        if (file < 0 || fstat(file, &status) != 0 || status.st_size == 0) {
            std::fprintf(stderr, "%s: cannot be read\n", name.c_str());
            return 1;
        }
        const auto size = std::size_t(status.st_size);
        void* const mapped = mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
        close(file);
        if (mapped == MAP_FAILED || !measure(name, {static_cast<const char*>(mapped), size}, true, runs))
            return 1;
        munmap(mapped, size);
    }
    return 0;
}
