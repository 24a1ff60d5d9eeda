// SPDX-License-Identifier: GPL-3.0-or-later
// What `diff` and `check` share: two sides given as two files or as two sets, loaded and compared.
#pragma once

#include "app/cli/common.h"
#include "model/noise.h"
#include "model/run_set.h"
#include "model/verdict.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sundial::cli
{

struct ComparisonOptions : CommonOptions {
    std::string beforeFile, afterFile;            ///< BEFORE AFTER…
    std::vector<std::string> beforeSet, afterSet; ///< …or --before F… --after F….
    std::string target;
    bool normalise = false;
    std::string normaliseBy;
    std::vector<std::string> matches, noMatches; ///< "BEFORE=AFTER": functions by name or file:line(name).

    std::vector<std::string> before() const;
    std::vector<std::string> after() const;
};
void addComparisonOptions(CLI::App& app, ComparisonOptions& options, const CommonOptionSet& which);

/// The files of both sides, read once; metrics are compared on demand.
struct LoadedSides {
    std::vector<ProfilePtr> before, after;
    std::vector<std::string> beforeNames, afterNames;
};
/// Prints what is wrong and sets `status` if a file can't be read or the options don't fit.
std::optional<LoadedSides> loadSides(const ComparisonOptions& options, ExitStatus& status);

/// One metric compared.
struct ComparedSides {
    RunSet before, after;
    CompareOptions how;
    ComparisonPtr comparison;
    Noise noise;
    FrameId target; ///< Row that --target names, or none.
    Verdict verdict;
};
/// `metric`: an id, or empty for the first of each file. Errors are wrong usage: a metric, lane or function that a
/// side does not have.
Result<ComparedSides> compareSides(const LoadedSides& sides, const ComparisonOptions& options,
                                   const std::string& metric);

/// The row of the function that `text` names: by its name, by "file:line(name)", else by a part of that; of several
/// the one with the largest total on either side. None if there is none.
FrameId findFunction(const Comparison& comparison, std::string_view text);
/// The rows of the functions whose name or "file:line(name)" on either side fits a pattern of shells: "parse_*",
/// "*/json/*", "get_[a-z]*". Empty if `pattern` has none of *, ? and [ or is the whole name of a function.
std::vector<FrameId> functionsLike(const Comparison& comparison, std::string_view pattern);

} // namespace sundial::cli
