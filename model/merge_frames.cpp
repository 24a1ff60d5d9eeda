// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/merge_frames.h"

#include "model/hash.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <limits>
#include <string>

namespace sundial
{

namespace
{

std::int64_t addCalls(std::int64_t a, std::int64_t b)
{
    if (a < 0 || b < 0)
        return kCallsUnknown;
    return a > std::numeric_limits<std::int64_t>::max() - b ? std::numeric_limits<std::int64_t>::max() : a + b;
}

FunctionTable mergeRows(const FunctionTable& rows, const std::vector<FrameId>& newId, std::uint32_t count)
{
    FunctionTable merged;
    merged.self.resize(count, 0);
    merged.total.resize(count, 0);
    merged.calls.resize(count, kCallsUnknown);
    merged.primitiveCalls.resize(count, kCallsUnknown);
    merged.listed.resize(count, false);
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        if (!rows.listed[i])
            continue;
        const std::uint32_t to = newId[i].value;
        const bool isFirst = !merged.listed[to];
        merged.listed[to] = true;
        merged.self[to] += rows.self[i];
        merged.total[to] += rows.total[i];
        merged.calls[to] = isFirst ? rows.calls[i] : addCalls(merged.calls[to], rows.calls[i]);
        merged.primitiveCalls[to] =
            isFirst ? rows.primitiveCalls[i] : addCalls(merged.primitiveCalls[to], rows.primitiveCalls[i]);
    }
    merged.totalSelf = rows.totalSelf;
    return merged;
}

std::vector<Edge> mergeEdges(const std::vector<Edge>& edges, const std::vector<FrameId>& newId)
{
    std::vector<Edge> merged;
    tsl::robin_map<std::uint64_t, std::size_t, PairHash> places;
    for (Edge edge : edges) {
        edge.caller = newId[edge.caller.value];
        edge.callee = newId[edge.callee.value];
        const auto [place, isNew] = places.try_emplace(packPair(edge.caller.value, edge.callee.value), merged.size());
        if (isNew) {
            merged.push_back(edge);
            continue;
        }
        Edge& sum = merged[place->second];
        sum.calls = addCalls(sum.calls, edge.calls);
        sum.primitiveCalls = addCalls(sum.primitiveCalls, edge.primitiveCalls);
        sum.self += edge.self;
        sum.total += edge.total;
    }
    return merged;
}

} // namespace

void mergeFrames(Profile& profile, const std::function<FrameKey(const FrameKey&, StringTable&)>& rename)
{
    FrameTable frames;
    std::vector<FrameKey> keys;
    for (std::uint32_t i = 0; i < profile.frames.size(); ++i)
        keys.push_back(rename(profile.frames.key(FrameId{i}), profile.frames.strings()));
    frames.strings() = std::move(profile.frames.strings());
    std::vector<FrameId> newId;
    for (const FrameKey& key : keys)
        newId.push_back(frames.intern(key));
    const bool isMerged = frames.size() < keys.size();
    profile.frames = std::move(frames);

    if (profile.origin == TreeOrigin::Exact) {
        TreeTopology topology = *profile.tree.topology();
        for (FrameId& frame : topology.frame) {
            if (frame)
                frame = newId[frame.value];
        }
        profile.tree = CallTree(std::make_shared<const TreeTopology>(std::move(topology)), profile.tree.columns());
        return;
    }
    ArcDialect dialect = profile.arcs.dialect();
    dialect.edgesLossy |= isMerged;
    profile.arcs = CallGraph(mergeRows(profile.arcs.functions(), newId, profile.frames.size()),
                             mergeEdges(profile.arcs.edges(), newId), dialect);
}

void stripDirectories(Profile& profile)
{
    mergeFrames(profile, [](const FrameKey& key, StringTable& strings) {
        const std::string path(strings.text(key.file)); // a copy: interning may move the table's views
        FrameKey stripped = key;
        // A path without `/` may be one of Windows.
        const std::size_t slash = path.find('/') == path.npos ? path.rfind('\\') : path.rfind('/');
        if (slash != path.npos)
            stripped.file = strings.intern(std::string_view(path).substr(slash + 1));
        return stripped;
    });
}

void mergeLines(Profile& profile)
{
    mergeFrames(profile, [](const FrameKey& key, StringTable&) {
        FrameKey merged = key;
        merged.line = 0;
        return merged;
    });
    if (profile.origin == TreeOrigin::Exact)
        return;
    // A recursive function is on a stack with several of its lines, and each counted the stack: more than all is wrong.
    FunctionTable rows = profile.arcs.functions();
    std::int64_t samples = 0;
    for (const std::int64_t own : rows.primitiveCalls)
        samples = addCalls(samples, std::max<std::int64_t>(own, 0));
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        rows.total[i] = std::min(rows.total[i], std::max(rows.totalSelf, rows.self[i]));
        rows.calls[i] = std::min(rows.calls[i], samples);
    }
    profile.arcs = CallGraph(std::move(rows), profile.arcs.edges(), profile.arcs.dialect());
}

} // namespace sundial
