// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison.h"

#include "app/cli/output.h"
#include "model/glob.h"

#include <algorithm>

namespace sundial::cli
{

namespace
{

Result<RunSet> runSetOf(const std::vector<ProfilePtr>& profiles, const std::vector<std::string>& names,
                        const CommonOptions& options, const std::string& metric)
{
    std::vector<Run> runs;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        Result<Subject> subject = chooseSubject(profiles[i], names[i], metric, options);
        if (!subject)
            return subject.error();
        runs.push_back({subject->profile, subject->metric, subject->tree, subject->total});
    }
    return makeRunSet(runs);
}

/// 3: the name, 2: the place, 1: a part of it, 0: another function.
int matchQuality(const FrameTable& frames, FrameId row, std::string_view text)
{
    if (frames.name(row) == text)
        return 3;
    const std::string place = standardName(frames, row);
    if (place == text)
        return 2;
    return place.find(text) != place.npos ? 1 : 0;
}

/// The function of one side that `text` names, as matchQuality ranks; of several the one with the largest total.
FrameId functionOfSide(const RunSet& side, std::string_view text)
{
    FrameId best;
    std::pair<int, double> bestRank{0, 0};
    for (std::uint32_t i = 0; i < side.profile->frames.size(); ++i) {
        const FrameId frame{i};
        const std::pair rank{matchQuality(side.profile->frames, frame, text), side.graph.functions().total[i]};
        if (rank.first > 0 && (!best || rank > bestRank)) {
            best = frame;
            bestRank = rank;
        }
    }
    return best;
}

/// Adds the rules that `texts` spell. Errors: Malformed, if a side has no such function.
std::optional<Error> addRules(const std::vector<std::string>& texts, bool isSame, const RunSet& before,
                              const RunSet& after, std::vector<MatchRule>& rules)
{
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos)
            return Error{ErrorKind::Malformed, "'" + text + "' does not say BEFORE=AFTER"};
        const std::string names[]{text.substr(0, equals), text.substr(equals + 1)};
        const FrameId b = functionOfSide(before, names[0]), a = functionOfSide(after, names[1]);
        if (!b || !a)
            return Error{ErrorKind::Malformed,
                         b ? "no function '" + names[1] + "' after" : "no function '" + names[0] + "' before"};
        rules = withRule(std::move(rules),
                         {functionName(before.profile->frames, b), functionName(after.profile->frames, a), isSame});
    }
    return {};
}

} // namespace

std::vector<std::string> ComparisonOptions::before() const
{
    return beforeFile.empty() ? beforeSet : std::vector{beforeFile};
}

std::vector<std::string> ComparisonOptions::after() const
{
    return afterFile.empty() ? afterSet : std::vector{afterFile};
}

void addComparisonOptions(CLI::App& app, ComparisonOptions& options, const CommonOptionSet& which)
{
    app.add_option("BEFORE", options.beforeFile, "The profile before")->type_name("");
    app.add_option("AFTER", options.afterFile, "The profile after")->type_name("");
    app.add_option("--before", options.beforeSet, "Several runs before, instead of BEFORE")->type_name("FILE");
    app.add_option("--after", options.afterSet, "Several runs after, instead of AFTER")->type_name("FILE");
    app.add_option("--target", options.target, "The function that was worked on: by name or file:line(name)")
        ->type_name("FUNCTION");
    CLI::Option* const total =
        app.add_flag("--normalize", options.normalise, "Scale the numbers after to the total before");
    app.add_option("--normalize-by", options.normaliseBy, "Scale the numbers after to as many calls of this function")
        ->type_name("FUNCTION")
        ->excludes(total);
    app.add_option("--match", options.matches,
                   "Two functions that are one, by name or file:line(name) on each side (may repeat)")
        ->type_name("BEFORE=AFTER")
        ->expected(1);
    app.add_option("--no-match", options.noMatches, "Two functions that are not one (may repeat)")
        ->type_name("BEFORE=AFTER")
        ->expected(1);
    addCommonOptions(app, options, which);
}

std::optional<LoadedSides> loadSides(const ComparisonOptions& options, ExitStatus& status)
{
    const bool hasFiles = !options.beforeFile.empty(),
               hasSets = !options.beforeSet.empty() || !options.afterSet.empty();
    if (hasFiles == hasSets || options.before().empty() || options.after().empty()) {
        status = reportUsage("give two files, BEFORE AFTER, or two sets, --before FILE… --after FILE…");
        return {};
    }
    LoadedSides sides;
    sides.beforeNames = options.before();
    sides.afterNames = options.after();
    std::vector<std::string> names = sides.beforeNames;
    names.insert(names.end(), sides.afterNames.begin(), sides.afterNames.end());
    std::vector<ProfilePtr> profiles;
    if (!loadProfiles(names, options, profiles, status))
        return {};
    const auto after = profiles.begin() + std::ptrdiff_t(sides.beforeNames.size());
    sides.before.assign(profiles.begin(), after);
    sides.after.assign(after, profiles.end());
    return sides;
}

Result<ComparedSides> compareSides(const LoadedSides& sides, const ComparisonOptions& options,
                                   const std::string& metric)
{
    Result<RunSet> before = runSetOf(sides.before, sides.beforeNames, options, metric);
    if (!before)
        return before.error();
    Result<RunSet> after = runSetOf(sides.after, sides.afterNames, options, metric);
    if (!after)
        return after.error();
    ComparedSides result{std::move(*before), std::move(*after), {}, {}, {}, {}, {}};
    CompareOptions& how = result.how;
    if (options.normalise)
        how.normalise = Normalise::Total;
    for (const bool isSame : {true, false}) {
        const auto& texts = isSame ? options.matches : options.noMatches;
        if (const auto error = addRules(texts, isSame, result.before, result.after, how.matches))
            return *error;
    }
    result.comparison = compare(result.before, result.after, how);
    if (!options.normaliseBy.empty()) {
        const FrameId row = findFunction(*result.comparison, options.normaliseBy);
        if (!row || !result.comparison->match(row).before)
            return Error{ErrorKind::Malformed, "no function '" + options.normaliseBy + "' before to normalise by"};
        how.normalise = Normalise::Calls;
        how.callsOf = functionName(result.before.profile->frames, result.comparison->match(row).before);
        result.comparison = compare(result.before, result.after, how);
    }
    if (!options.target.empty()) {
        result.target = findFunction(*result.comparison, options.target);
        if (!result.target)
            return Error{ErrorKind::Malformed, "no function '" + options.target + "' on either side"};
    }
    result.noise = measureNoise(*result.comparison);
    result.verdict = judge(*result.comparison, result.noise, result.target);
    return result;
}

FrameId findFunction(const Comparison& comparison, std::string_view text)
{
    FrameId best;
    std::pair<int, double> bestRank{0, 0};
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        int quality = matchQuality(comparison.frames.frames, row, text);
        // A renamed or moved function answers to its old name too.
        if (const FrameId before = comparison.match(row).before; before && comparison.match(row).after)
            quality = std::max(quality, matchQuality(comparison.before.profile->frames, before, text));
        const std::pair rank{quality, std::max(comparison.before.totalOf(row), comparison.after.totalOf(row))};
        if (quality > 0 && (!best || rank > bestRank)) {
            best = row;
            bestRank = rank;
        }
    }
    return best;
}

std::vector<FrameId> functionsLike(const Comparison& comparison, std::string_view pattern)
{
    if (pattern.find_first_of("*?[") == pattern.npos)
        return {};
    std::vector<FrameId> rows;
    bool isName = false;
    const auto look = [&](const FrameTable& frames, FrameId frame) {
        isName = isName || frames.name(frame) == pattern;
        return globMatches(pattern, frames.name(frame)) || globMatches(pattern, standardName(frames, frame));
    };
    for (std::uint32_t i = 0; i < comparison.size(); ++i) {
        const FrameId row{i};
        if (comparison.frames.frames.kind(row) == FrameKind::Idle)
            continue;
        const FrameId before = comparison.match(row).before; // of a renamed or moved function the old name fits too
        const bool fits = look(comparison.frames.frames, row);
        if (fits || (before && look(comparison.before.profile->frames, before)))
            rows.push_back(row);
    }
    return isName ? std::vector<FrameId>() : rows;
}

} // namespace sundial::cli
