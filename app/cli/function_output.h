// SPDX-License-Identifier: GPL-3.0-or-later
// Functions as the commands print them, and the options by which they choose functions.
#pragma once

#include "app/cli/common.h"
#include "app/cli/json_writer.h"
#include "app/cli/stats_text.h"

#include <optional>
#include <string>
#include <vector>

namespace sundial::cli
{

/// A line as JSON and CSV have it: none where the file tells no line of the function.
std::optional<std::int64_t> knownLine(const Profile& profile, FrameId frame);
/// A count, or none where the format counts no calls.
std::optional<std::int64_t> knownCalls(const CallGraph& graph, std::int64_t calls);

/// The members name, file and line of a function, into an object that is open.
void writeFunction(JsonWriter& json, const Profile& profile, FrameId frame);
/// The members calls, primitive_calls, self and total; `counts` is an Edge or ArcCounts.
void writeCounts(JsonWriter& json, const CallGraph& graph, std::int64_t calls, std::int64_t primitiveCalls, double self,
                 double total);
/// The members metric and unit.
void writeMetric(JsonWriter& json, const Metric& metric);

/// A regular expression with the meaning it has in Python, or an error for the user.
Result<QRegularExpression> compilePattern(const std::string& pattern);

/// Frames in the order that `--sort` and `--reverse` ask for, then narrowed.
struct SelectOptions {
    std::string sort;
    bool reverse = false;
    std::vector<std::string> patterns; ///< On the standard name; a row must match all.
    double count = 0;                  ///< 0: all; below 1: this part of them.
};
Result<Selection> select(const Subject& subject, const CallGraph& graph, const SelectOptions& options);

} // namespace sundial::cli
