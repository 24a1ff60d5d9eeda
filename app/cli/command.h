// SPDX-License-Identifier: GPL-3.0-or-later
// The table of subcommands. Each is one file in app/cli/ and one word in app/CMakeLists.txt.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <span>

namespace sundial::cli
{

/// Exit statuses, as the manual promises them.
enum ExitStatus : int {
    kOk = 0,
    kCheckFailed = 1,
    kUsageError = 2,
    kInputError = 3,
    kOutputError = 4,
    kCancelled = 130, ///< By Ctrl+C, as shells count it.
};

struct Command {
    const char* name;
    const char* summary; ///< One line for `sundial --help`.
    /// Declares the command's options on `app` and returns what runs once they are parsed. The options live in the
    /// returned function.
    std::function<ExitStatus()> (*setUp)(CLI::App& app);
};

std::span<const Command* const> commands();

} // namespace sundial::cli
