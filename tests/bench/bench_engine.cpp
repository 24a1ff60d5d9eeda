// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine costs, without a window: bench_engine SECTION [ARGUMENTS…]. Run it from the release preset;
// tests/bench/compare.py does, and writes docs/PERFORMANCE.md.
#include "model/free_memory.h"
#include "tests/bench/sections.h"

#include <cstdio>
#include <cstring>

namespace
{

struct Section {
    const char* name;
    int (*run)(int argc, char** argv);
    const char* what;
};

constexpr Section kSections[] = {
    {"pstats", sundial::bench::pstats, "FILE [RUNS]: bytes to model, in turn with Python's marshal.loads"},
    {"stacks", sundial::bench::stacks, "FILE [RUNS]: bytes to model, in turn with simdjson's walk for JSON"},
    {"memray", sundial::bench::memray, "[--runs N] [FILE…]: all metrics, statistics, a range of time"},
    {"open", sundial::bench::open, "FILE [RUNS]: file to analysis, layout and picture, step by step"},
    {"many", sundial::bench::many, "FILE [COUNT]: so many profiles at once, then all of them closed"},
    {"compare", sundial::bench::compare, "BEFORE AFTER [RUNS]: two files to verdict, table and picture; other widths"},
    {"diff", sundial::bench::diff, ": two profiles to comparison, verdict and union tree"},
    {"graph", sundial::bench::graph, "FILE: prune, layout and paint of the call graph"},
    {"table", sundial::bench::table, "[ROWS]: sort, filter and group, until painted"},
    {"paint", sundial::bench::paint, "[BOXES]: frames of icicle and sunburst"},
};

} // namespace

int main(int argc, char** argv)
{
    sundial::mapLargeBlocks(); // as the program does
    for (const Section& section : kSections) {
        if (argc > 1 && std::strcmp(argv[1], section.name) == 0)
            return section.run(argc - 1, argv + 1);
    }
    std::fputs("usage: bench_engine SECTION [ARGUMENTS]\n", stderr);
    for (const Section& section : kSections)
        std::fprintf(stderr, "  %s %s\n", section.name, section.what);
    return 2;
}
