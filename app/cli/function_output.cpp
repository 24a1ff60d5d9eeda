// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/function_output.h"

#include "model/sort_words.h"

#include <cmath>

namespace sundial::cli
{

std::optional<std::int64_t> knownLine(const Profile& profile, FrameId frame)
{
    const std::uint32_t line = profile.frames.line(frame);
    // pstats says line 0 of functions that have none; elsewhere, and in sampled dumps, 0 means that it was not told.
    const bool saysZero = profile.formatId == "pstats" &&
                          (!profile.arcs.dialect().sampled || profile.frames.kind(frame) != FrameKind::Python);
    return line == 0 && !saysZero ? std::nullopt : std::optional<std::int64_t>(line);
}

std::optional<std::int64_t> knownCalls(const CallGraph& graph, std::int64_t calls)
{
    return calls < 0 || graph.dialect().sampled ? std::nullopt : std::optional(calls);
}

void writeFunction(JsonWriter& json, const Profile& profile, FrameId frame)
{
    json.member("name", profile.frames.name(frame)).member("file", profile.frames.file(frame));
    json.member("line", knownLine(profile, frame));
}

void writeCounts(JsonWriter& json, const CallGraph& graph, std::int64_t calls, std::int64_t primitiveCalls, double self,
                 double total)
{
    json.member("calls", knownCalls(graph, calls)).member("primitive_calls", knownCalls(graph, primitiveCalls));
    json.member("self", self).member("total", total);
}

void writeMetric(JsonWriter& json, const Metric& metric)
{
    json.member("metric", metric.id).member("unit", unitName(metric.unit));
}

Result<QRegularExpression> compilePattern(const std::string& pattern)
{
    QRegularExpression compiled(QString::fromStdString(pattern), QRegularExpression::UseUnicodePropertiesOption);
    if (compiled.isValid())
        return compiled;
    // pstats would go on with all rows; a script is better served by an error.
    return Error{ErrorKind::Malformed, "'" + pattern + "' is no regular expression", Error::kNoOffset,
                 compiled.errorString().toStdString()};
}

Result<Selection> select(const Subject& subject, const CallGraph& graph, const SelectOptions& options)
{
    const Result<SortOrder> order = parseSortOrder(options.sort);
    if (!order)
        return order.error();
    std::vector<Restriction> restrictions;
    for (const std::string& pattern : options.patterns) {
        Result<QRegularExpression> compiled = compilePattern(pattern);
        if (!compiled)
            return compiled.error();
        restrictions.emplace_back(std::move(*compiled));
    }
    if (options.count > 0 && options.count < 1)
        restrictions.emplace_back(options.count);
    else if (options.count >= 1)
        restrictions.emplace_back(std::int64_t(std::min(options.count, 1e18)));
    const FrameTable& frames = subject.profile->frames;
    std::vector<std::uint32_t> sorted = FunctionOrder(frames, graph.functions()).sorted(order->keys, options.reverse);
    if (subject.options != AnalysisOptions()) // what is not in the chosen part has nothing to say
        std::erase_if(sorted, [&](std::uint32_t f) { return graph.functions().total[f] == 0; });
    return selectRows(frames, graph.functions(), sorted, order->title, restrictions);
}

} // namespace sundial::cli
