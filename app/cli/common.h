// SPDX-License-Identifier: GPL-3.0-or-later
// What all commands share: the common options, and loading a profile with progress, Ctrl+C and messages.
#pragma once

#include "app/cli/command.h"
#include "app/loader.h"
#include "model/analysis.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sundial::cli
{

struct CommonOptions {
    LoadOptions load; ///< --format; commands may add to it.
    std::string metric;
    std::string lane = "all";
    std::string allocator = "all";
    bool hideImports = false;
    bool hideInterpreter = false;
    bool json = false;
    bool csv = false;
    bool markdown = false;
    bool quiet = false;
};

/// Which of the common options a command takes beside --format and --quiet.
struct CommonOptionSet {
    bool metric = true; ///< --metric, --lane, and what else chooses a part of the numbers.
    bool table = true;  ///< --csv and --markdown beside --json.
    bool json = true;
};
void addCommonOptions(CLI::App& app, CommonOptions& options, const CommonOptionSet& which = {});

void addFileOption(CLI::App& app, std::string& file);
void addThemeOption(CLI::App& app, std::string& theme);

/// Refuses what is no number or below `least`. CLI11's own checks name a range that ends in 309 digits.
CLI::Validator numberFrom(int least);

/// Refuses what is none of `words`, and names them.
CLI::Validator oneOf(std::vector<std::string> words);

/// -n N: how many `things` to show. 0: all; below 1: this part of them, as pstats takes fractions.
void addCountOption(CLI::App& app, double& count, const std::string& things);

void addByLineOption(CLI::App& app, CommonOptions& options);

/// A profile with the metric and the lane that the options choose.
struct Subject {
    ProfilePtr profile;
    MetricId metric{0};
    AnalysisOptions options; ///< Lane, allocator and filters.
    CallTree tree;           ///< Exact trees: as the options choose. Empty for arcs.
    double total = 0;        ///< What 100 % means: of lane and allocator, whatever the filters hide.

    const Metric& metricInfo() const { return profile->metrics[metric.value]; }
    /// Functions and edges; O(nodes), for arcs O(1).
    CallGraph graph() const;
    /// The functions alone: no edges are looked for in a tree. O(nodes).
    CallGraph rows() const;
};

/// Runs `job` with a progress line where standard error is a terminal. Ctrl+C cancels it.
void runWithProgress(bool quiet, std::string_view label, const std::function<void(Progress&)>& job);

/// The metric with this name (none: that of the chosen lane, else the first), and what the options choose beside.
/// Errors are wrong usage, as sentences that begin with `path`.
Result<Subject> chooseSubject(ProfilePtr profile, const std::string& path, const std::string& metric,
                              const CommonOptions& options);
/// The tree of an exact profile as the options choose, filters included. `map` as in filtered().
CallTree chosenTree(const Profile& profile, MetricId metric, const AnalysisOptions& options, NodeMap* map = nullptr);
/// Loads `path`, prints its warnings as notes (unless quiet) and chooses metric and lane. On failure the message has
/// been printed, `status` is set, and there is no value.
std::optional<Subject> loadSubject(const std::string& path, const CommonOptions& options, ExitStatus& status);
/// Loads all `paths`, at least one, several at a time where there are processors for it, and prints their warnings as
/// notes, or what is wrong with each bad file. False, with `status` set, unless all were read.
bool loadProfiles(std::span<const std::string> paths, const CommonOptions& options, std::vector<ProfilePtr>& profiles,
                  ExitStatus& status);
/// The same for one: for commands that show all metrics and lanes.
ProfilePtr loadProfile(const std::string& path, const CommonOptions& options, ExitStatus& status);

} // namespace sundial::cli
