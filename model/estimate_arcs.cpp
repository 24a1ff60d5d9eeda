// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/estimate_arcs.h"

#include "model/hash.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <cmath>

namespace sundial::estimate
{

namespace
{

/// Times beyond this are damage; products of two must stay finite.
constexpr double kLargestTime = 1e100;
constexpr double kSmallestTime = 1e-100;

double repaired(double time)
{
    return time >= kSmallestTime ? std::min(time, kLargestTime) : 0; // also of a NaN
}

struct Calls {
    double all, primitive;
};

/// Calls that nobody counted are one; a writer that exchanged the two counts is put right.
Calls repaired(std::int64_t all, std::int64_t primitive)
{
    if (all < 0 || primitive < 0)
        return {1, 1};
    return {double(std::max(all, primitive)), double(std::min(all, primitive))};
}

void copyFunctions(const FunctionTable& table, const ArcDialect& dialect, Arcs& arcs)
{
    arcs.functions.resize(table.size());
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        Function& f = arcs.functions[i];
        const Calls calls = table.listed[i] ? repaired(table.calls[i], table.primitiveCalls[i]) : Calls{0, 0};
        f.calls = calls.all;
        f.primitiveCalls = dialect.sampled ? calls.all : calls.primitive; // its second count is of another kind
        f.self = repaired(table.self[i]);
        f.total = repaired(table.total[i]);
    }
}

void copyEdges(const CallGraph& graph, Arcs& arcs)
{
    arcs.edges.reserve(graph.edges().size());
    for (std::uint32_t i = 0; i < arcs.functions.size(); ++i) {
        Function& f = arcs.functions[i];
        f.firstEdge = std::uint32_t(arcs.edges.size());
        for (const EdgeId id : graph.callees(FrameId{i})) {
            const Edge& e = graph.edge(id);
            const Calls calls = repaired(e.calls, e.primitiveCalls);
            arcs.edges.push_back({e.caller.value, e.callee.value, calls.all, calls.primitive, repaired(e.self),
                                  repaired(e.total), kNone});
        }
        f.endEdge = std::uint32_t(arcs.edges.size());
    }
}

/// Gives edges that hold a count only their share of the callee's time. A recursive function's total is that of its
/// outermost calls, so it is shared among the edges from outside its component.
void timeCountedEdges(Arcs& arcs)
{
    const auto isInner = [&](const Arc& e) {
        return arcs.functions[e.caller].component == arcs.functions[e.callee].component;
    };
    std::vector<double> outerCalls(arcs.functions.size(), 0);
    for (const Arc& e : arcs.edges) {
        if (!isInner(e))
            outerCalls[e.callee] += e.calls;
    }
    for (Arc& e : arcs.edges) {
        const Function& f = arcs.functions[e.callee];
        const bool inner = isInner(e);
        e.self = f.self * ratio(e.calls, f.calls);
        e.total = f.total * ratio(e.calls, f.recursive && !inner ? outerCalls[e.callee] : f.calls);
        if (f.recursive)
            e.primitiveCalls = std::min(e.calls, f.primitiveCalls);
    }
}

/// A caller without calls of its own (no row, or the profiler's) was entered once, and its edges are all it did.
void completeCallers(Arcs& arcs)
{
    for (Function& f : arcs.functions) {
        if (f.calls > 0 || f.firstEdge == f.endEdge)
            continue;
        f.calls = f.primitiveCalls = 1;
        f.total = f.self;
        for (std::uint32_t e = f.firstEdge; e < f.endEdge; ++e)
            f.total += arcs.edges[e].total;
    }
}

void copyComponents(const Components& found, Arcs& arcs)
{
    arcs.components.resize(found.size.size());
    for (std::size_t c = 0; c < found.size.size(); ++c)
        arcs.components[c].functions = found.size[c];
    for (std::size_t i = 0; i < arcs.functions.size(); ++i) {
        Function& f = arcs.functions[i];
        f.component = found.of[i];
        f.recursive = found.recursive[i];
        if (f.recursive)
            f.pathKey = arcs.components[f.component].pathKeys++;
    }
    for (Arc& e : arcs.edges) {
        const std::uint32_t component = arcs.functions[e.caller].component;
        if (component == arcs.functions[e.callee].component)
            e.pathKey = arcs.components[component].pathKeys++;
    }
}

void describeFunctions(Arcs& arcs)
{
    for (Function& f : arcs.functions) {
        f.nests = f.primitiveCalls < f.calls;
        double sum = f.self;
        for (std::uint32_t e = f.firstEdge; e < f.endEdge; ++e)
            sum += arcs.edges[e].total;
        f.balanced = !f.nests && std::abs(sum - f.total) <= 1e-6 * f.total;
    }
}

/// Interns directories part by part. "<frozen …>" and the file of a built-in are no files.
class DirectoryTable
{
public:
    explicit DirectoryTable(Arcs& arcs) : m_directories(arcs.directories) { m_directories.assign(2, {}); }

    void describe(const FrameTable& frames, FrameId frame, Function& f)
    {
        const std::string_view file = frames.file(frame);
        const StringId id = frames.key(frame).file;
        if (frames.kind(frame) != FrameKind::Python || file.empty() || file.front() == '<')
            return;
        if (const auto known = m_byFile.find(id.value); known != m_byFile.end()) {
            f.directory = known->second;
        } else {
            f.directory = intern(file);
            m_byFile.emplace(id.value, f.directory);
        }
        f.isPackage = file.ends_with("/__init__.py") || file.ends_with("\\__init__.py");
    }

private:
    std::uint32_t intern(std::string_view file)
    {
        const char separator = file.find('/') == file.npos ? '\\' : '/';
        std::uint32_t directory = 1; // no part yet; 0 is "no file"
        for (std::size_t end = file.find(separator); end != file.npos; end = file.find(separator)) {
            const StringId part = m_parts.intern(file.substr(0, end));
            const auto [entry, isNew] =
                m_children.try_emplace(packPair(directory, part.value), std::uint32_t(m_directories.size()));
            if (isNew)
                m_directories.push_back({directory, m_directories[directory].depth + 1});
            directory = entry->second;
            file.remove_prefix(end + 1);
        }
        return directory;
    }

    std::vector<Directory>& m_directories;
    StringTable m_parts;
    tsl::robin_map<std::uint64_t, std::uint32_t, PairHash> m_children;
    tsl::robin_map<std::uint32_t, std::uint32_t> m_byFile;
};

/// What came from outside, by function: calls and total less what the in-edges account for.
struct Outside {
    std::vector<double> calls, time;
};

Outside outside(const Arcs& arcs)
{
    Outside result;
    for (const Function& f : arcs.functions) {
        result.calls.push_back(f.calls);
        result.time.push_back(f.total);
    }
    for (const Arc& e : arcs.edges) {
        result.calls[e.callee] -= e.calls;
        result.time[e.callee] -= e.total;
    }
    return result;
}

void findEntries(Arcs& arcs)
{
    const Outside from = outside(arcs);
    std::vector<std::uint32_t> waysIn(arcs.components.size(),
                                      0); // into a component: functions called from outside, edges
    for (std::size_t i = 0; i < arcs.functions.size(); ++i) {
        if (from.calls[i] > 0)
            ++waysIn[arcs.functions[i].component];
    }
    for (const Arc& e : arcs.edges) {
        if (e.pathKey == kNone)
            ++waysIn[arcs.functions[e.callee].component];
    }
    double sum = 0;
    for (std::uint32_t i = 0; i < arcs.functions.size(); ++i) {
        const Function& f = arcs.functions[i];
        const double calls = from.calls[i], time = std::max(0.0, from.time[i]);
        Entry entry{i, 0, std::max(0.0, calls), 0, 0};
        if (!f.nests) {
            if (calls > 0 || time > 1e-9 * arcs.total)
                entry.time = entry.lo = entry.hi = time;
            if (calls <= 0)
                entry.calls = f.calls * ratio(time, f.total); // its edges lost calls
        } else if (calls > 0) {
            entry.time = std::max(time, f.total * std::min(1.0, ratio(calls, f.primitiveCalls)));
            entry.hi = f.total;
            entry.lo = waysIn[f.component] == 1 ? f.total : 0;
        }
        if (entry.time <= 0)
            continue;
        if (!arcs.hasBounds && entry.calls != 1) { // a single call has the function's own total
            entry.lo = 0;
            entry.hi = arcs.total;
        }
        sum += entry.time;
        arcs.entries.push_back(entry);
    }
    if (sum <= arcs.total)
        return;
    // More came in than was spent: rounding, or rows that went missing, and then nothing about them is certain.
    const bool isRounding = sum <= arcs.total * (1 + 1e-9);
    for (Entry& entry : arcs.entries) {
        entry.time *= arcs.total / sum;
        if (!isRounding)
            entry.lo = 0;
    }
}

} // namespace

std::uint32_t Arcs::commonParts(std::uint32_t a, std::uint32_t b) const
{
    while (directories[a].depth > directories[b].depth)
        a = directories[a].parent;
    while (directories[b].depth > directories[a].depth)
        b = directories[b].parent;
    for (; a != b; a = directories[a].parent)
        b = directories[b].parent;
    return directories[a].depth;
}

double quantumOf(double total)
{
    return total > 0 ? std::ldexp(1.0, std::ilogb(total) - 52) : 0;
}

Arcs prepareArcs(const Profile& profile, const Components& components)
{
    const CallGraph& graph = profile.arcs;
    const ArcDialect& dialect = graph.dialect();
    Arcs arcs;
    arcs.total = repaired(graph.functions().totalSelf);
    arcs.quantum = quantumOf(arcs.total);
    const Unit unit = profile.metrics.front().unit;
    arcs.exactWithin = isTime(unit) ? 1e-9 / secondsPer(unit) : 0;
    arcs.hasBounds = !dialect.sampled && !dialect.edgeCounts && !dialect.callsUnknown && !dialect.edgesLossy;
    copyFunctions(graph.functions(), dialect, arcs);
    copyEdges(graph, arcs);
    copyComponents(components, arcs);
    if (dialect.edgeCounts)
        timeCountedEdges(arcs);
    completeCallers(arcs);
    describeFunctions(arcs);
    solveMeanCalls(arcs);
    DirectoryTable directories(arcs);
    for (std::uint32_t i = 0; i < arcs.functions.size(); ++i)
        directories.describe(profile.frames, FrameId{i}, arcs.functions[i]);
    findEntries(arcs);
    return arcs;
}

} // namespace sundial::estimate
