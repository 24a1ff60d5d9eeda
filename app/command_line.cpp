// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "app/cli/command.h"
#include "app/cli/common.h"
#include "app/cli/output.h"
#include "views/view_table.h"

#include <cstdio>
#include <utility>
#include <vector>

namespace sundial
{

namespace
{

constexpr const char* kAbout = "Sundial analyzes profiles of Python programs. Without a command it opens its window.";
constexpr int kSmallestSide = 320;
constexpr int kLargestSide = 16'384;

/// "1280x720" as the size of the window. False if it is none that a window can have.
bool readSize(const std::string& text, WindowOptions& window)
{
    int end = 0;
    return std::sscanf(text.c_str(), "%5dx%5d%n", &window.width, &window.height, &end) == 2 &&
           std::size_t(end) == text.size() && std::min(window.width, window.height) >= kSmallestSide &&
           std::max(window.width, window.height) <= kLargestSide;
}

} // namespace

std::string viewNames()
{
    std::string names;
    for (const ViewType* type : viewTypes())
        names.append(names.empty() ? "" : ", ").append(type->id);
    return names;
}

/// The names by what has these views: "icicle, sunburst; of one profile also source; of a comparison also before-after".
static std::string viewHelp()
{
    const auto names = [](ViewMode mode) {
        std::string text;
        for (const ViewType* type : viewTypes()) {
            if (type->mode == mode)
                text.append(text.empty() ? "" : ", ").append(type->id);
        }
        return text;
    };
    return names(ViewMode::Any) + "; of one profile also " + names(ViewMode::Single) + "; of a comparison also " +
           names(ViewMode::Comparison);
}

int runCommandLine(int argc, char** argv, const OpenWindow& openWindow)
{
    CLI::App app(kAbout, "sundial");
    app.set_version_flag("--version", "sundial " SUNDIAL_VERSION);
    app.require_subcommand(0, 1);
    WindowOptions window;
    app.add_option("FILE", window.files, "Profiles, archives or folders to open")->type_name("");
    app.add_flag("--compare", window.compare, "Open two files side by side, before and after, or two folders of runs");
    app.add_flag("--demo", window.demo, "Open the bundled before and after pair");
    app.add_option("--screenshot", window.screenshot,
                   "Paint the whole window into this PNG file and exit; needs no display")
        ->type_name("OUT");
    app.add_option("--view", window.view, "The view that shows first: " + viewHelp())->type_name("NAME");
    std::string theme;
    app.add_option("--theme", theme, "light or dark")
        ->check(cli::oneOf({"light", "dark"}))
        ->type_name("NAME");
    std::string size;
    app.add_option("--window-size", size, "Of the painted window: WIDTHxHEIGHT, 1440x900 by default")->type_name("WxH");
    app.footer(
        "sundial COMMAND --help lists the options of a command.\n"
        "Exit status: 0 fine, 1 a check failed, 2 wrong usage, 3 an input could not be read, 4 an output could not "
        "be written, 130 cancelled.");
    std::vector<std::pair<CLI::App*, std::function<cli::ExitStatus()>>> commands;
    for (const cli::Command* command : cli::commands()) {
        CLI::App* const sub = app.add_subcommand(command->name, command->summary);
        commands.emplace_back(sub, command->setUp(*sub));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help) { // --help and --version
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        return cli::reportUsage(error.what());
    }
    for (const auto& [sub, runCommand] : commands) {
        if (!sub->parsed())
            continue;
        const cli::ExitStatus status = runCommand();
        cli::showNotes();
        return status;
    }
    if (window.compare && window.files.size() != 2)
        return cli::reportUsage("--compare wants two files or folders: before, after");
    if (!theme.empty())
        window.dark = theme == "dark";
    if (!size.empty() && !readSize(size, window))
        return cli::reportUsage("--window-size wants WIDTHxHEIGHT from " + std::to_string(kSmallestSide) + " to " +
                                std::to_string(kLargestSide) + " pixels, for example 1280x720");
    return openWindow(argc, argv, window);
}

} // namespace sundial
