// SPDX-License-Identifier: GPL-3.0-or-later
// How long two profiles take to become a comparison with its verdict: arcs of 20,000 functions a side, and exact trees
// of a million samples a side. Prints one JSON object; times are milliseconds, least of three. Reading is not counted.
#include "model/diff.h"
#include "model/noise.h"
#include "model/verdict.h"
#include "tests/bench/sections.h"
#include "tests/support/generate.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

using namespace sundial;

namespace
{

constexpr int kRounds = 3;

template <class Fn> double least(Fn&& fn)
{
    double best = 1e12;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        fn();
        best =
            std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

/// `count` functions in files of 50, three callees each. The after side lies in another checkout, and a line was
/// inserted at the top of every fourth file.
Profile arcs(unsigned count, bool isAfter)
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    std::vector<FrameId> frames;
    for (unsigned i = 0; i < count; ++i) {
        const unsigned file = i / 50;
        const std::string path = (isAfter ? "/head/app/m" : "/base/app/m") + std::to_string(file) + ".py";
        const unsigned line = i % 50 * 20 + 1 + (isAfter && file % 4 == 0 ? 1 : 0);
        const std::string name = i % 10 == 0 ? "__init__" : "function_" + std::to_string(i);
        frames.push_back(builder.internFrame(name, path, line));
        builder.addFunction(frames.back(), {i % 97 + 1, i % 97 + 1, 1e-6 * (i % 31), 3e-6 * (i % 31)});
    }
    for (unsigned i = 0; i < count; ++i) {
        for (unsigned k = 1; k <= 3; ++k)
            builder.addEdge(frames[i], frames[(i * 3 + k * k) % count], {k, k, 1e-7, 2e-7});
    }
    return std::move(builder).build();
}

RunSet sideOf(Profile profile)
{
    const Run run = wholeRun(std::make_shared<const Profile>(std::move(profile)), MetricId{0});
    return makeRunSet({&run, 1});
}

} // namespace

int bench::diff(int, char**)
{
    const RunSet arcsBefore = sideOf(arcs(20'000, false)), arcsAfter = sideOf(arcs(20'000, true));
    const double arcsMs = least([&] {
        const ComparisonPtr comparison = compare(arcsBefore, arcsAfter);
        judge(*comparison, measureNoise(*comparison));
    });
    Profile before = test::randomPaths(1, 1'000'000, 5000, 12), after = test::randomPaths(2, 1'000'000, 5000, 12);
    const Run runBefore = wholeRun(std::make_shared<const Profile>(std::move(before)), MetricId{0});
    const Run runAfter = wholeRun(std::make_shared<const Profile>(std::move(after)), MetricId{0});
    RunSet pathsBefore, pathsAfter;
    const double derivedMs = least([&] {
        pathsBefore = makeRunSet({&runBefore, 1});
        pathsAfter = makeRunSet({&runAfter, 1});
    });
    ComparisonPtr paths;
    const double pathsMs = least([&] {
        paths = compare(pathsBefore, pathsAfter);
        judge(*paths, measureNoise(*paths));
    });
    std::uint32_t nodes = 0;
    const double treeMs = least([&] {
        const DiffTree both = diffTree(*paths, pathsBefore.tree, MetricId{0}, pathsAfter.tree, MetricId{0});
        nodes = both.tree.size();
    });
    std::printf("{\"arcs_20000_compare_ms\": %.1f, \"million_samples_nodes\": [%u, %u], \"union_nodes\": %u, "
                "\"functions_and_edges_ms\": %.1f, \"compare_ms\": %.1f, \"union_tree_ms\": %.1f}\n",
                arcsMs, pathsBefore.tree.size(), pathsAfter.tree.size(), nodes, derivedMs, pathsMs, treeMs);
    return 0;
}
