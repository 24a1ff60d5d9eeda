// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/common.h"

#include "app/cli/output.h"
#include "model/helper_thread.h"
#include "model/lanes.h"
#include "parsers/support/processors.h"

#include <QFile>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <deque>
#include <future>
#include <optional>
#include <thread>
#include <unistd.h>

namespace sundial::cli
{

namespace
{

std::atomic<Progress*> currentJob{nullptr}; // for the signal handler, which may touch atomics only

void cancelCurrentJob(int)
{
    if (Progress* const job = currentJob.load())
        job->cancel();
    else
        std::_Exit(kCancelled);
}

/// The ids of the metrics, for messages.
std::string metricNames(const Profile& profile)
{
    std::string names;
    for (const Metric& metric : profile.metrics)
        names.append(names.empty() ? "" : ", ").append(metric.id);
    return names;
}

std::string formatNames()
{
    std::string names;
    for (const Format* format : formats())
        names.append(names.empty() ? "" : ", ").append(format->id);
    return names;
}

MetricId metricOrFirst(const Profile& profile, const std::string& id)
{
    return id.empty() ? MetricId{0} : findMetric(profile, id);
}

Result<std::uint32_t> findAllocator(const Profile& profile, const std::string& path, const std::string& name)
{
    if (!profile.memory)
        return Error{ErrorKind::NoData, path + " is no memory capture: --allocator has nothing to choose from"};
    const auto& allocators = profile.memory->statistics.allocators;
    std::string names;
    for (std::uint32_t i = 0; i < allocators.size(); ++i) {
        const std::string& known = allocators[i].name;
        const auto isSame = [](char a, char b) { return std::toupper(static_cast<unsigned char>(a)) == b; };
        if (std::equal(name.begin(), name.end(), known.begin(), known.end(), isSame))
            return i;
        names.append(names.empty() ? "" : ", ").append(known);
    }
    return Error{ErrorKind::NoData, path + " has no allocator '" + name + "': it has " + names};
}

} // namespace

void addCommonOptions(CLI::App& app, CommonOptions& options, const CommonOptionSet& which)
{
    app.add_option("--format", options.load.format,
                   "Read the file as this format instead of finding out (" + formatNames() + ")")
        ->type_name("ID");
    if (which.metric) {
        app.add_option("--metric", options.metric, "What to measure by, as 'sundial info' lists it")->type_name("ID");
        app.add_option("--temporary-threshold", options.load.parse.temporaryThreshold,
                       "memray: how many other allocations of its thread a temporary one may outlive")
            ->check(CLI::Range(0u, kMaxTemporaryThreshold).description({}))
            ->type_name("N")
            ->capture_default_str();
        app.add_option("--lane", options.lane, "One thread or process, by name or index")
            ->type_name("NAME")
            ->capture_default_str();
        app.add_option("--allocator", options.allocator, "memray: only what one allocator gave (malloc, mmap…)")
            ->type_name("NAME")
            ->capture_default_str();
        app.add_flag("--native", options.load.parse.nativeFrames,
                     "memray: native frames in the stacks, named from the binaries on this machine");
        app.add_flag("--hide-interpreter", options.hideInterpreter,
                     "With --native: without the frames of Python itself; what they hold is their callers'");
        app.add_flag("--hide-imports", options.hideImports,
                     "Without the import system and what it runs, which counts as its importers' own");
    }
    CLI::Option* const json = which.json ? app.add_flag("--json", options.json, "Print JSON") : nullptr;
    if (which.table) {
        CLI::Option* const csv = app.add_flag("--csv", options.csv, "Print comma-separated values");
        CLI::Option* const markdown = app.add_flag("--markdown", options.markdown, "Print a Markdown table");
        json->excludes(csv)->excludes(markdown);
        csv->excludes(markdown);
    }
    app.add_flag("--quiet", options.quiet, "No progress and no notes on standard error");
}

CLI::Validator numberFrom(int least)
{
    const auto check = [least](const std::string& text) {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool isNumber = error == std::errc() && end == text.data() + text.size() && number >= least;
        return isNumber ? std::string() : "'" + text + "' is not a number from " + std::to_string(least) + " on";
    };
    return CLI::Validator(check, {});
}

CLI::Validator oneOf(std::vector<std::string> words)
{
    const auto check = [words = std::move(words)](const std::string& text) {
        if (std::find(words.begin(), words.end(), text) != words.end())
            return std::string();
        std::string refusal = "'" + text + "' is none of ";
        for (std::size_t i = 0; i < words.size(); ++i)
            refusal += (i == 0 ? "" : i + 1 < words.size() ? ", " : " and ") + words[i];
        return refusal;
    };
    return CLI::Validator(check, {});
}

void addFileOption(CLI::App& app, std::string& file)
{
    app.add_option("FILE", file, "A profile, or ARCHIVE!MEMBER; - reads standard input")->type_name("")->required();
}

void addThemeOption(CLI::App& app, std::string& theme)
{
    app.add_option("--theme", theme, "Colours: light or dark")
        ->check(oneOf({"light", "dark"}))
        ->type_name("NAME")
        ->capture_default_str();
}

void addCountOption(CLI::App& app, double& count, const std::string& things)
{
    app.add_option("-n", count, "How many " + things + " to show; 0 shows all, 0.1 the first tenth")
        ->check(numberFrom(0))
        ->type_name("N")
        ->capture_default_str();
}

void addByLineOption(CLI::App& app, CommonOptions& options)
{
    app.add_flag("--by-line", options.load.parse.byLine, "Frames as the file gives them, not merged into functions");
}

CallGraph Subject::graph() const
{
    return tree.isEmpty() ? profile->arcs : callGraph(tree, metric, profile->frames.size());
}

CallGraph Subject::rows() const
{
    return tree.isEmpty() ? profile->arcs : CallGraph(functionTable(tree, metric, profile->frames.size()), {});
}

void runWithProgress(bool quiet, std::string_view label, const std::function<void(Progress&)>& job)
{
    Progress progress;
    currentJob = &progress;
    const auto previous = std::signal(SIGINT, cancelCurrentJob);
    if (quiet || !isatty(STDERR_FILENO)) {
        job(progress);
    } else {
        using namespace std::chrono_literals;
        auto done = std::async(kHelperThread, [&] { job(progress); });
        bool isShown = false;
        while (done.wait_for(isShown ? 100ms : 300ms) == std::future_status::timeout) {
            const std::uint64_t total = progress.total();
            const unsigned percent = total > 0 ? unsigned(progress.done() * 100 / total) : 0;
            std::fprintf(stderr, "\r%.*s: %u %%\x1b[K", int(label.size()), label.data(), percent);
            std::fflush(stderr);
            isShown = true;
        }
        if (isShown)
            std::fputs("\r\x1b[K", stderr);
        done.get();
    }
    std::signal(SIGINT, previous);
    currentJob = nullptr;
}

CallTree chosenTree(const Profile& profile, MetricId metric, const AnalysisOptions& options, NodeMap* map)
{
    // No step that the command line knows looks at modules.
    return filtered(weighedTree(profile, metric, options), options.filters, profile.frames, {}, map);
}

namespace
{

/// Reads the files that are left, one after the other, until there are none or one was cancelled.
void readNext(std::atomic<std::size_t>& next, std::span<const std::string> paths, const LoadOptions& options,
              std::vector<std::optional<Result<ProfilePtr>>>& loaded, Progress& progress)
{
    for (std::size_t i = next++; i < paths.size() && !progress.isCancelled(); i = next++)
        loaded[i] = loadFile(QFile::decodeName(paths[i].c_str()), options, progress);
}

/// Reads all of them, several at a time where there are processors for it. What was cancelled stays empty.
void readAll(std::span<const std::string> paths, const LoadOptions& options,
             std::vector<std::optional<Result<ProfilePtr>>>& loaded, Progress& progress)
{
    using namespace std::chrono_literals;
    std::atomic<std::size_t> next{0};
    const std::size_t workers = std::min<std::size_t>(paths.size(), allowedProcessors());
    std::deque<Progress> others(workers - 1);
    std::vector<std::future<void>> running;
    for (Progress& other : others)
        running.push_back(std::async(kHelperThread, [&] { readNext(next, paths, options, loaded, other); }));
    readNext(next, paths, options, loaded, progress);
    for (std::size_t i = 0; i < running.size(); ++i) {
        while (running[i].wait_for(20ms) == std::future_status::timeout) {
            progress.setTotal(others[i].total());
            if (!progress.advanceTo(others[i].done()))
                std::for_each(others.begin(), others.end(), [](Progress& other) { other.cancel(); });
        }
        running[i].get();
    }
}

} // namespace

bool loadProfiles(std::span<const std::string> paths, const CommonOptions& options, std::vector<ProfilePtr>& profiles,
                  ExitStatus& status)
{
    const std::string& format = options.load.format;
    if (!format.empty() && !findFormat(format)) {
        status = reportUsage("there is no format '" + format + "': choose one of " + formatNames());
        return false;
    }
    std::vector<std::optional<Result<ProfilePtr>>> loaded(paths.size());
    runWithProgress(options.quiet, paths.front(),
                    [&](Progress& progress) { readAll(paths, options.load, loaded, progress); });
    bool isComplete = true;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (!loaded[i] || (!*loaded[i] && loaded[i]->error().kind == ErrorKind::Cancelled)) {
            status = kCancelled;
            return false;
        }
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (!*loaded[i]) {
            status = reportError(paths[i], loaded[i]->error()); // name every bad file before giving up
            isComplete = false;
        }
    }
    if (!isComplete)
        return false;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        for (const std::string& warning : (**loaded[i])->warnings) {
            if (!options.quiet)
                reportNote(paths[i], warning);
        }
        profiles.push_back(std::move(**loaded[i]));
    }
    return true;
}

ProfilePtr loadProfile(const std::string& path, const CommonOptions& options, ExitStatus& status)
{
    std::vector<ProfilePtr> profiles;
    return loadProfiles({&path, 1}, options, profiles, status) ? profiles.front() : nullptr;
}

Result<Subject> chooseSubject(ProfilePtr profile, const std::string& path, const std::string& metric,
                              const CommonOptions& options)
{
    Subject subject;
    subject.metric = metricOrFirst(*profile, metric);
    if (!subject.metric) {
        for (const UnavailableMetric& unavailable : profile->unavailable) {
            if (unavailable.id == metric)
                return Error{ErrorKind::NoData, path + " has no metric '" + metric + "': " + unavailable.reason};
        }
        return Error{ErrorKind::NoData, path + " has no metric '" + metric + "': it has " + metricNames(*profile)};
    }
    subject.tree = profile->tree;
    subject.total = profile->total(subject.metric);
    if (options.lane != "all") {
        const LaneId id = findLane(*profile, options.lane);
        if (!id)
            return Error{ErrorKind::NoData, path + " has no lane '" + options.lane + "': 'sundial info' lists them"};
        if (profile->lanes.size() > 1) {
            subject.options.lanes = {id};
            if (metric.empty())
                subject.metric = profile->lanes[id.value].metric;
        }
    }
    if (options.allocator != "all") {
        const Result<std::uint32_t> allocator = findAllocator(*profile, path, options.allocator);
        if (!allocator)
            return allocator.error();
        subject.options.allocator = *allocator;
    }
    if (options.hideImports)
        subject.options.filters.push_back({FilterKind::HideImports, {}, {}});
    if (options.hideInterpreter)
        subject.options.filters.push_back({FilterKind::HideInterpreter, {}, {}});
    if (!subject.options.filters.empty() && profile->origin != TreeOrigin::Exact)
        return Error{ErrorKind::NoData, path + " tells callers, not paths: what " +
                                            (options.hideImports ? "--hide-imports" : "--hide-interpreter") +
                                            " leaves would be a guess"};
    if (subject.options != AnalysisOptions()) {
        subject.tree = chosenTree(*profile, subject.metric, subject.options);
        subject.total = subject.tree.total(subject.metric, NodeId{0}); // no filter here takes any away
    }
    subject.profile = std::move(profile);
    return subject;
}

std::optional<Subject> loadSubject(const std::string& path, const CommonOptions& options, ExitStatus& status)
{
    ProfilePtr profile = loadProfile(path, options, status);
    if (!profile)
        return {};
    Result<Subject> subject = chooseSubject(std::move(profile), path, options.metric, options);
    if (!subject) {
        status = reportUsage(subject.error().message);
        return {};
    }
    return std::move(*subject);
}

} // namespace sundial::cli
