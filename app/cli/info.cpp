// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial info FILE…`: what a file is, who wrote it, what it measures.
#include "app/cli/common.h"
#include "app/cli/json_writer.h"
#include "app/cli/output.h"

#include <memory>

namespace sundial::cli
{

namespace
{

struct Options : CommonOptions {
    std::vector<std::string> files;
};

const char* treeWord(TreeOrigin origin)
{
    return origin == TreeOrigin::Exact ? "exact" : origin == TreeOrigin::Estimated ? "estimated" : "none";
}

std::int64_t functionCount(const Profile& profile)
{
    const FunctionTable table = functionTable(profile, MetricId{0});
    return std::count(table.listed.begin(), table.listed.end(), true);
}

/// −1, the mark of an unknown number, as null.
std::optional<std::int64_t> known(std::int64_t number)
{
    return number < 0 ? std::nullopt : std::optional(number);
}

void writeProfile(JsonWriter& json, const std::string& file, const Profile& profile)
{
    json.beginObject();
    json.member("file", file).member("format", profile.formatId);
    json.key("producer");
    profile.producer.empty() ? json.null() : json.value(profile.producer);
    json.member("tree", treeWord(profile.origin));
    json.key("metrics").beginArray();
    for (std::uint32_t m = 0; m < profile.metrics.size(); ++m) {
        json.beginObject(true).member("id", profile.metrics[m].id).member("unit", unitName(profile.metrics[m].unit));
        json.member("total", profile.total(MetricId{m})).endObject();
    }
    json.endArray().key("unavailable").beginArray();
    for (const UnavailableMetric& metric : profile.unavailable)
        json.beginObject(true).member("id", metric.id).member("reason", metric.reason).endObject();
    json.endArray().member("functions", functionCount(profile));
    json.key("nodes");
    profile.origin == TreeOrigin::Exact ? json.value(std::int64_t(profile.tree.size()) - 1) : json.null();
    json.key("lanes").beginArray();
    for (const Lane& lane : profile.lanes) {
        json.beginObject(true).member("name", lane.name).member("process", known(lane.process));
        json.member("thread", known(lane.thread)).member("total", lane.total).endObject();
    }
    json.endArray().key("warnings").beginArray();
    for (const std::string& warning : profile.warnings)
        json.value(warning);
    json.endArray().member("partial", profile.isPartial).key("meta").beginObject();
    bool hasPython = false;
    for (const auto& [name, value] : profile.meta) {
        json.member(name, value);
        hasPython |= name == "python";
    }
    if (!hasPython)
        json.key("python").null();
    json.endObject().endObject();
}

std::string describeProfile(const std::string& file, const Profile& profile)
{
    std::string text = file + "\n";
    std::size_t width = 11;
    for (const auto& [name, value] : profile.meta)
        width = std::max(width, name.size() + 2);
    const auto line = [&text, width](std::string_view name, const std::string& value) {
        text.append("  ").append(name).append(width - name.size(), ' ').append(printable(value)).append("\n");
    };
    const Format* const format = findFormat(profile.formatId);
    line("format", profile.formatId + (format ? " – " + std::string(format->title) : std::string()));
    line("producer", profile.producer.empty() ? "unknown" : profile.producer);
    for (const auto& [name, value] : profile.meta)
        line(name, value);
    line("tree", treeWord(profile.origin));
    for (std::uint32_t m = 0; m < profile.metrics.size(); ++m)
        line(m == 0 ? "metrics" : "",
             profile.metrics[m].id + "  " + formatValue(profile.total(MetricId{m}), profile.metrics[m].unit));
    for (const UnavailableMetric& metric : profile.unavailable)
        line("", metric.id + "  not available: " + metric.reason);
    line("functions", formatCount(double(functionCount(profile))));
    if (profile.origin == TreeOrigin::Exact)
        line("nodes", formatCount(double(profile.tree.size()) - 1));
    for (std::size_t i = 0; profile.lanes.size() > 1 && i < profile.lanes.size(); ++i)
        line(i == 0 ? "lanes" : "", std::to_string(i) + "  " + profile.lanes[i].name + "  " +
                                        formatValue(profile.lanes[i].total, profile.metrics.front().unit));
    for (const std::string& warning : profile.warnings)
        line("note", warning);
    return text;
}

ExitStatus run(const Options& options)
{
    JsonWriter json;
    std::string text;
    ExitStatus status = kOk;
    json.beginObject().key("profiles").beginArray();
    CommonOptions silent = options; // the notes are part of the answer here
    silent.quiet = true;
    for (const std::string& file : options.files) {
        const ProfilePtr profile = loadProfile(file, silent, status);
        if (!profile && status == kCancelled)
            return status;
        if (!profile)
            continue; // name every bad file before giving up
        if (options.json)
            writeProfile(json, file, *profile);
        else
            text += (text.empty() ? "" : "\n") + describeProfile(file, *profile);
    }
    if (status != kOk)
        return status;
    json.endArray().endObject();
    return writeStdout(options.json ? std::move(json).take() : text);
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<Options>();
    app.add_option("FILE", options->files, "Profiles; - reads standard input")->type_name("")->required();
    addCommonOptions(app, *options, {.metric = false, .table = false});
    return [options] { return run(*options); };
}

} // namespace

extern const Command infoCommand{"info", "What a file is, who wrote it and what it measures", setUp};

} // namespace sundial::cli
