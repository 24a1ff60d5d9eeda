// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/hostile.h"

#include "model/analysis.h"
#include "model/collapsed_text.h"
#include "model/function_order.h"
#include "model/graph_prune.h"
#include "model/memory_range.h"
#include "model/speedscope_text.h"
#include "parsers/container.h"
#include "parsers/formats.h"
#include "parsers/pstats/writer.h"

#include <cstdio>
#include <cstdlib>

namespace sundial::test
{

namespace
{

constexpr std::uint64_t kMemberBytes = 16u << 20;
constexpr std::size_t kMembersOpened = 8;
constexpr std::size_t kSmall = 2'000; // nodes of a profile that is derived from in every way: fuzzing lives on speed
constexpr std::uint32_t kShownNodes = 30;

void require(bool holds, const std::string& what)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken: %s\n", what.c_str());
    std::abort();
}

void requireSentence(const Error& error, const char* what)
{
    require(!error.message.empty() && error.message.back() == '.', std::string(what) + error.message);
    require(error.message.find('\n') == std::string::npos, "a sentence with a line break");
}

DecompressLimits unpackLimits()
{
    DecompressLimits limits;
    limits.maxBytes = kMemberBytes;
    return limits;
}

void deriveAll(const AnalysisPtr& analysis, Progress& progress)
{
    const Profile& profile = *analysis->profile;
    PruneOptions budget;
    budget.maxNodes = kShownNodes;
    pruneGraph(analysis->graph, profile.frames, budget);
    const SortKey keys[] = {SortKey::Total, SortKey::StandardName};
    FunctionOrder(profile.frames, analysis->functions()).sorted(keys);
    if (analysis->metricInfo().unit == Unit::Seconds)
        writePstats(profile, analysis->graph, analysis->metricInfo());
    if (analysis->tree.isEmpty()) // no callers, or no weight to share
        return;
    const std::string collapsed = collapsedText(analysis->tree, analysis->metric, profile.frames);
    if (!collapsed.empty()) {
        const Result<Profile> again = parseAny({collapsed, "again"}, {}, progress, findFormat("collapsed"));
        require(bool(again), "what is written as collapsed stacks does not open: " +
                                 (again ? std::string() : again.error().message));
    }
    speedscopeText(profile, analysis->tree, analysis->metric, "fuzz");
    if (profile.memory && profile.memory->index && profile.memory->timeline.heap.size() > 1) {
        const auto last = std::uint32_t(profile.memory->timeline.heap.size() - 1);
        memoryRangeTree(profile, {last / 2, last});
    }
    if (!analysis->isEstimated()) {
        AnalysisOptions options;
        options.inverted = true;
        require(bool(analyse(analysis->profile, analysis->metric, options, progress)), "a tree cannot be turned over");
    }
}

void judge(Result<Profile> profile, Progress& progress)
{
    if (!profile) {
        requireSentence(profile.error(), "a file was refused without a sentence: ");
        return;
    }
    const std::string broken = validate(*profile);
    require(broken.empty(), broken);
    const auto shared = std::make_shared<const Profile>(std::move(*profile));
    const Result<AnalysisPtr> analysis = analyse(shared, MetricId{0}, progress);
    require(bool(analysis), "a profile cannot be analysed");
    if ((*analysis)->tree.size() <= kSmall)
        deriveAll(*analysis, progress);
}

void openMembers(std::string_view archive, Progress& progress)
{
    ContainerLimits limits;
    limits.unpack = unpackLimits();
    const Result<ContainerListing> listing = listArchive(archive, limits, progress);
    if (!listing) {
        requireSentence(listing.error(), "an archive was refused without a sentence: ");
        return;
    }
    std::size_t opened = 0;
    for (const ContainerMember& member : listing->members) {
        require(member.format || !member.skipped.empty(), "a member is skipped without a reason");
        if (!member.format || ++opened > kMembersOpened)
            continue;
        Result<std::string> bytes = readMember(archive, member.path, limits, progress);
        if (bytes)
            judge(parseAny({*bytes, member.path}, {}, progress, member.format), progress);
        else
            requireSentence(bytes.error(), "a member was refused without a sentence: ");
    }
}

} // namespace

void openHostile(std::string_view bytes)
{
    Progress progress;
    std::string unpacked;
    for (int depth = 0; depth < 2 && isCompressed(bytes); ++depth) {
        Result<std::string> next = decompress(bytes, unpackLimits(), progress);
        if (!next) {
            requireSentence(next.error(), "a compressed file was refused without a sentence: ");
            return;
        }
        unpacked = std::move(*next);
        bytes = unpacked;
    }
    if (isArchive(bytes))
        openMembers(bytes, progress);
    else
        judge(parseAny({bytes, "unknown"}, {}, progress), progress);
}

void openHostileAs(std::string_view formatId, std::string_view bytes)
{
    Progress progress;
    judge(parseAny({bytes, "unknown"}, {}, progress, findFormat(formatId)), progress);
}

} // namespace sundial::test
