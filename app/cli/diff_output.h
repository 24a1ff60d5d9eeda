// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as text, JSON, CSV and Markdown.
#pragma once

#include "app/cli/comparison.h"
#include "app/cli/json_writer.h"

#include <span>
#include <string>

namespace sundial::cli
{

/// Rows of the table, in order, out of `available` that would have been shown without a limit.
struct DiffRows {
    std::vector<FrameId> rows;
    std::size_t available = 0;
};

std::string diffText(const ComparedSides& sides, const DiffRows& rows);
std::string diffJson(const ComparedSides& sides, const DiffRows& rows);
std::string diffCsv(const ComparedSides& sides, const DiffRows& rows);
/// For a pull request: verdict, table, and folded what was compared with what.
std::string diffMarkdown(const ComparedSides& sides, const DiffRows& rows, const LoadedSides& files);

/// The member "verdict": kind, text and target.
void writeVerdict(JsonWriter& json, const ComparedSides& sides);

} // namespace sundial::cli
