// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles of arcs for tests: from text, at random, or counted from a made-up run as cProfile would count it.
#pragma once

#include "model/profile_builder.h"

#include <cmath>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sundial::test
{

inline ProfileBuilder arcBuilder(Unit unit = Unit::Seconds)
{
    return ProfileBuilder({{"time", "Time", unit, NumberKind::Exact, {}}});
}

/// From lines "name calls/primitive self total" and "caller>callee calls/primitive self total". Callees stand in the
/// order of their lines.
inline Profile fromArcs(std::string_view text, ArcDialect dialect = {}, Unit unit = Unit::Seconds)
{
    ProfileBuilder builder = arcBuilder(unit);
    builder.setArcDialect(dialect);
    while (!text.empty()) {
        const std::string line(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        char name[64];
        long long calls = 0, primitive = 0;
        double self = 0, total = 0;
        if (std::sscanf(line.c_str(), " %63s %lld/%lld %lf %lf", name, &calls, &primitive, &self, &total) != 5)
            continue;
        const std::string_view whole = name;
        const ArcCounts counts{calls, primitive, self, total};
        const auto frame = [&](std::string_view part) { return builder.internFrame(part, "test.py", 1); };
        if (const std::size_t arrow = whole.find('>'); arrow == whole.npos)
            builder.addFunction(frame(whole), counts);
        else
            builder.addEdge(frame(whole.substr(0, arrow)), frame(whole.substr(arrow + 1)), counts);
    }
    return std::move(builder).build();
}

/// A run that was recorded whole: what cProfile would write of it, and the true total of every path.
struct RecordedRun {
    Profile profile;
    std::map<std::vector<std::uint32_t>, double> pathTotal; ///< By frames, outermost first.
};

/// Counts calls as cProfile does: a function's and an edge's total grow only while no other call of it is open. Whole
/// numbers as times, so that every sum is exact.
class CallRecorder
{
public:
    explicit CallRecorder(unsigned functions) : m_functions(functions) {}

    void enter(std::uint32_t function, double self)
    {
        const std::uint32_t caller = m_stack.empty() ? UINT32_MAX : m_stack.back().function;
        m_stack.push_back({function, m_clock});
        m_path.push_back(function);
        m_clock += self;
        open(m_functions[function], self);
        if (caller != UINT32_MAX)
            open(m_edges[{caller, function}], self);
    }

    void leave()
    {
        const Frame frame = m_stack.back();
        const double elapsed = m_clock - frame.start;
        m_pathTotal[m_path] += elapsed;
        m_stack.pop_back();
        m_path.pop_back();
        close(m_functions[frame.function], elapsed);
        if (!m_stack.empty())
            close(m_edges[{m_stack.back().function, frame.function}], elapsed);
    }

    std::size_t depth() const { return m_stack.size(); }
    std::uint32_t current() const { return m_stack.back().function; }

    RecordedRun finish()
    {
        while (!m_stack.empty())
            leave();
        ProfileBuilder builder = arcBuilder(Unit::Nanoseconds);
        std::vector<FrameId> frames;
        for (std::size_t f = 0; f < m_functions.size(); ++f) {
            const std::string number = std::to_string(f);
            frames.push_back(builder.internFrame("f" + number, "/src/pkg" + std::to_string(f % 5) + "/m.py", 1));
            if (m_functions[f].counts.calls > 0)
                builder.addFunction(frames[f], m_functions[f].counts);
        }
        for (const auto& [ends, tally] : m_edges)
            builder.addEdge(frames[ends.first], frames[ends.second], tally.counts);
        return {std::move(builder).build(), std::move(m_pathTotal)};
    }

private:
    struct Tally {
        ArcCounts counts{0, 0, 0, 0};
        int open = 0;
    };
    struct Frame {
        std::uint32_t function;
        double start;
    };

    static void open(Tally& tally, double self)
    {
        ++tally.counts.calls;
        tally.counts.self += self;
        if (tally.open++ == 0)
            ++tally.counts.primitiveCalls;
    }
    static void close(Tally& tally, double elapsed)
    {
        if (--tally.open == 0)
            tally.counts.total += elapsed;
    }

    std::vector<Tally> m_functions;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Tally> m_edges;
    std::map<std::vector<std::uint32_t>, double> m_pathTotal;
    std::vector<std::uint32_t> m_path;
    std::vector<Frame> m_stack;
    double m_clock = 0;
};

/// A random run: functions call a few successors each, more or less recursively.
inline RecordedRun randomRun(unsigned seed)
{
    std::mt19937 engine(seed);
    const auto random = [&engine](unsigned below) { return unsigned(engine() % below); };
    const unsigned functions = 2 + random(20), calls = 20 + random(400), spread = 1 + random(5);
    const std::size_t deepest = 2 + random(30);
    CallRecorder recorder(functions);
    recorder.enter(0, random(3));
    for (unsigned call = 0; call < calls; ++call) {
        while (recorder.depth() > 1 && (recorder.depth() >= deepest || random(3) == 0))
            recorder.leave();
        recorder.enter((recorder.current() * 3 + random(spread)) % functions, random(4) ? random(1000) : 0);
    }
    return recorder.finish();
}

/// Arcs that no run can have written: any counts and times, with cycles, self loops, exchanged and unknown calls,
/// callers without a row.
inline Profile randomArcs(unsigned seed)
{
    std::mt19937 engine(seed);
    const auto random = [&engine](unsigned below) { return unsigned(engine() % below); };
    ProfileBuilder builder = arcBuilder(random(2) ? Unit::Seconds : Unit::Count);
    const bool countsOnly = random(5) == 0;
    const double scale = std::pow(10.0, double(random(24)) - 12);
    builder.setArcDialect(
        {.sampled = random(8) == 0, .edgeCounts = countsOnly, .callsUnknown = false, .edgesLossy = random(8) == 0});
    const unsigned functions = 1 + random(40);
    std::vector<FrameId> frames;
    for (unsigned f = 0; f < functions; ++f)
        frames.push_back(builder.internFrame("f" + std::to_string(f), "/src/pkg" + std::to_string(f % 5) + "/m.py", 1));
    const auto counts = [&](bool withTimes) {
        ArcCounts c{1 + random(2) * random(200), 1 + random(2) * random(200), 0, 0};
        if (random(20) == 0)
            c.calls = c.primitiveCalls = kCallsUnknown;
        if (withTimes && random(6) != 0) {
            c.self = random(1000) * scale;
            c.total = c.self + random(1000) * scale;
        }
        return c;
    };
    for (const FrameId frame : frames) {
        if (random(10) != 0)
            builder.addFunction(frame, counts(true));
    }
    for (unsigned caller = 0; caller < functions; ++caller) {
        for (unsigned callee = random(functions); callee < functions; callee += 1 + random(functions))
            builder.addEdge(frames[caller], frames[callee], counts(!countsOnly));
    }
    return std::move(builder).build();
}

} // namespace sundial::test
