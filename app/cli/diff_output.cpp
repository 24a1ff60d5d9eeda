// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/diff_output.h"

#include "app/cli/function_output.h"
#include "app/cli/output.h"
#include "model/frame_name.h"
#include "model/units.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace sundial::cli
{

namespace
{

/// The members name, file and line of a row, as the after side has them, else as before.
void writeFunctionOf(JsonWriter& json, const Comparison& comparison, FrameId row)
{
    const FrameMatch& match = comparison.match(row);
    if (match.after)
        writeFunction(json, *comparison.after.profile, match.after);
    else if (match.before)
        writeFunction(json, *comparison.before.profile, match.before);
    else // idle time, which neither side has a frame for
        json.member("name", comparison.frames.frames.name(row)).member("file", "").key("line").null();
}

/// The member "before" or "after" of a row; null where the function is not on that side.
void writeSide(JsonWriter& json, const char* name, const Comparison& comparison, const ComparisonSide& side,
               FrameId row, FrameId own, double spread)
{
    json.key(name);
    if (!side.graph.functions().listed[row.value]) {
        json.null();
        return;
    }
    json.beginObject(true);
    own ? writeFunction(json, *side.profile, own) : writeFunctionOf(json, comparison, row);
    writeCounts(json, side.graph, side.calls(row), side.primitiveCalls(row), side.self(row), side.totalOf(row));
    if (side.runs() > 1)
        json.member("runs", std::int64_t(side.runs())).member("spread", spread);
    json.endObject();
}

std::optional<double> ratioOf(double before, double after)
{
    return before > 0 ? std::optional(after / before) : std::nullopt;
}

void writeRow(JsonWriter& json, const ComparedSides& sides, FrameId row)
{
    const Comparison& comparison = *sides.comparison;
    const FrameMatch& match = comparison.match(row);
    json.beginObject(true).member("name", comparison.frames.frames.name(row));
    json.member("match", matchKindName(match.kind));
    writeSide(json, "before", comparison, comparison.before, row, match.before, sides.noise.spreadBefore[row.value]);
    writeSide(json, "after", comparison, comparison.after, row, match.after, sides.noise.spreadAfter[row.value]);
    json.member("significant", sides.noise.significant(row));
    json.member("q", sides.noise.basis == NoiseBasis::None ? std::nullopt : std::optional(sides.noise.q[row.value]));
    const ChangeCause cause = changeCause(comparison, row);
    json.key("cause");
    cause == ChangeCause::None ? json.null() : json.value(changeCauseText(cause));
    json.endObject();
}

/// The unit of the table's columns, in their heads.
DisplayUnit tableUnit(const Comparison& comparison, std::span<const FrameId> rows)
{
    if (comparison.isShares)
        return {"%", 0.01, 2};
    double largest = 0;
    for (const FrameId row : rows)
        largest = std::max({largest, comparison.before.self(row), comparison.after.self(row)});
    return columnUnit(largest, comparison.metric.unit);
}

std::string head(std::string_view name, const DisplayUnit& unit)
{
    return std::string(name) + (unit.symbol.empty() ? "" : " " + unit.symbol);
}

std::string signedCell(double value, const DisplayUnit& unit)
{
    const std::string magnitude = formatCell(std::abs(value), unit);
    if (magnitude == formatCell(0, unit))
        return magnitude;
    return (value > 0 ? "+" : "−") + magnitude;
}

std::string ratioText(const ComparedSides& sides, FrameId row)
{
    const Comparison& comparison = *sides.comparison;
    switch (comparison.match(row).kind) {
    case MatchKind::New:
        return "new";
    case MatchKind::Removed:
        return "gone";
    default:
        break;
    }
    const double before = comparison.before.self(row), after = comparison.after.self(row);
    if (!sides.noise.isBeyond(row))
        return "same";
    if (before <= 0)
        return "—";
    return formatCell(after / before, {{}, 1, 2}) + "×";
}

std::string callsText(const Comparison& comparison, FrameId row)
{
    const std::int64_t before = comparison.before.calls(row), after = comparison.after.calls(row);
    if (before == kCallsUnknown && after == kCallsUnknown)
        return "—";
    const auto count = [](std::int64_t calls) { return calls < 0 ? std::string("—") : formatCount(double(calls)); };
    return before == after ? count(before) : count(before) + " → " + count(after);
}

std::string_view whyText(const ComparedSides& sides, FrameId row)
{
    const ChangeCause cause = changeCause(*sides.comparison, row);
    return sides.noise.isBeyond(row) || cause == ChangeCause::InCaller ? changeCauseText(cause) : std::string_view();
}

std::string functionText(const Comparison& comparison, FrameId row)
{
    const FrameTable& frames = comparison.frames.frames;
    std::string text = frameName(frames, row);
    if (!frames.file(row).empty() && frames.kind(row) == FrameKind::Python)
        text += " (" + shortLocation(frames, row) + ")";
    const FrameMatch& match = comparison.match(row);
    if (match.kind == MatchKind::Renamed)
        text += ", before " + frameName(comparison.before.profile->frames, match.before);
    return text;
}

std::vector<TableRow> tableOf(const ComparedSides& sides, const DiffRows& rows)
{
    const Comparison& comparison = *sides.comparison;
    const DisplayUnit unit = tableUnit(comparison, rows.rows);
    std::vector<TableRow> table{
        {head("before", unit), head("after", unit), head("Δ self", unit), "ratio", "calls", "why", "function"}};
    const auto cell = [&](const ComparisonSide& side, FrameId row) {
        return side.graph.functions().listed[row.value] ? formatCell(side.self(row), unit) : std::string("—");
    };
    for (const FrameId row : rows.rows)
        table.push_back({cell(comparison.before, row), cell(comparison.after, row),
                         signedCell(comparison.deltaSelf(row), unit), ratioText(sides, row), callsText(comparison, row),
                         std::string(whyText(sides, row)), printable(functionText(comparison, row))});
    return table;
}

/// "391 matched, 84 removed, 2 new"
std::string matchCounts(const Comparison& comparison)
{
    std::size_t matched = 0, removed = 0, added = 0;
    for (const FrameId row : sortedRows(comparison, DiffSort::Delta)) {
        const MatchKind kind = comparison.match(row).kind;
        ++(kind == MatchKind::New ? added : kind == MatchKind::Removed ? removed : matched);
    }
    return formatCount(double(matched)) + " matched, " + formatCount(double(removed)) + " removed, " +
           formatCount(double(added)) + " new";
}

std::string noiseNote(const ComparedSides& sides)
{
    switch (sides.noise.basis) {
    case NoiseBasis::Runs:
        return "Changes are told from noise by " + std::to_string(sides.before.runs()) + " runs before and " +
               std::to_string(sides.after.runs()) + " after (Welch's t, false-discovery rate 5 %).";
    case NoiseBasis::Profilers:
        return "Calls traced on one side, samples on the other: differences that tracing or chance explains show as "
               "'same'.";
    case NoiseBasis::Samples:
        return "Changes are told from noise by the number of samples (binomial, false-discovery rate 5 %).";
    case NoiseBasis::None:
        break;
    }
    return "One run on each side: differences under 2 % of a function may be noise. Give more runs with --before and "
           "--after to measure it.";
}

/// Columns, in characters rather than bytes.
std::size_t displayWidth(std::string_view text)
{
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

/// Right-aligned columns, the last two left-aligned; the last one is not padded.
std::string alignedText(std::span<const TableRow> table)
{
    std::vector<std::size_t> widths(table.front().size(), 0);
    for (const TableRow& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], displayWidth(row[i]));
    }
    std::string text;
    for (const TableRow& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::size_t padding = widths[i] - displayWidth(row[i]);
            const bool isText = i + 2 >= row.size();
            text.append(isText ? 0 : padding, ' ').append(row[i]);
            if (i + 1 < row.size())
                text.append((isText ? padding : 0) + 2, ' ');
        }
        text += '\n';
    }
    return text;
}

std::string listOfFiles(std::span<const std::string> files)
{
    std::string text;
    for (const std::string& file : files)
        text += (text.empty() ? "" : ", ") + escapeMarkdown(file);
    return text;
}

} // namespace

void writeVerdict(JsonWriter& json, const ComparedSides& sides)
{
    const Verdict& verdict = sides.verdict;
    json.key("verdict").beginObject();
    json.member("kind", verdictKindName(verdict.kind)).member("text", verdict.text()).key("target");
    if (verdict.target) {
        const Comparison& comparison = *sides.comparison;
        json.beginObject(true);
        writeFunctionOf(json, comparison, verdict.target);
        json.endObject();
    } else {
        json.null();
    }
    json.endObject();
}

std::string diffJson(const ComparedSides& sides, const DiffRows& rows)
{
    const Comparison& comparison = *sides.comparison;
    const Noise& noise = sides.noise;
    const bool isNoiseKnown = noise.basis != NoiseBasis::None;
    JsonWriter json;
    json.beginObject().member("metric", comparison.metric.id).member("unit", unitName(comparison.metric.unit));
    json.member("compared", comparison.isShares ? "shares" : "values").key("total").beginObject(true);
    json.member("before", comparison.before.total).member("after", comparison.after.total);
    json.member("delta", comparison.delta()).member("ratio", ratioOf(comparison.before.total, comparison.after.total));
    json.member("significant", isNoiseKnown ? std::optional(noise.totalBeyond) : std::nullopt);
    json.member("q", isNoiseKnown ? std::optional(noise.totalP) : std::nullopt).endObject();
    writeVerdict(json, sides);
    json.key("notes").beginArray();
    for (const std::string& note : comparison.notes)
        json.value(note);
    json.endArray().key("rows").beginArray();
    for (const FrameId row : rows.rows)
        writeRow(json, sides, row);
    json.endArray().endObject();
    return std::move(json).take();
}

std::string diffText(const ComparedSides& sides, const DiffRows& rows)
{
    std::string text = printable(sides.verdict.text()) + "\n";
    for (const std::string& note : sides.comparison->notes)
        text += printable(note) + '\n';
    if (!rows.rows.empty())
        text += '\n' + alignedText(tableOf(sides, rows));
    text += '\n' + matchCounts(*sides.comparison);
    if (rows.rows.size() < rows.available)
        text += "; " + formatCount(double(rows.rows.size())) + " of " + formatCount(double(rows.available)) + " shown";
    return text + ".\n" + noiseNote(sides) + '\n';
}

std::string diffCsv(const ComparedSides& sides, const DiffRows& rows)
{
    const Comparison& comparison = *sides.comparison;
    std::vector<TableRow> table{{"name", "file", "line", "match", "self_before", "self_after", "delta_self",
                                 "total_before", "total_after", "calls_before", "calls_after", "significant", "cause"}};
    const auto calls = [](std::int64_t count) { return count < 0 ? std::string() : std::to_string(count); };
    for (const FrameId row : rows.rows) {
        const FrameTable& frames = comparison.frames.frames;
        const std::optional<bool> significant = sides.noise.significant(row);
        const std::uint32_t line = frames.line(row);
        table.push_back({std::string(frames.name(row)), std::string(frames.file(row)),
                         line > 0 ? std::to_string(line) : std::string(),
                         std::string(matchKindName(comparison.match(row).kind)),
                         formatExact(comparison.before.self(row)), formatExact(comparison.after.self(row)),
                         formatExact(comparison.deltaSelf(row)), formatExact(comparison.before.totalOf(row)),
                         formatExact(comparison.after.totalOf(row)), calls(comparison.before.calls(row)),
                         calls(comparison.after.calls(row)),
                         !significant   ? ""
                         : *significant ? "true"
                                        : "false",
                         std::string(changeCauseText(changeCause(comparison, row)))});
    }
    return toCsv(table);
}

std::string diffMarkdown(const ComparedSides& sides, const DiffRows& rows, const LoadedSides& files)
{
    const Verdict& verdict = sides.verdict;
    std::string text = "**" + escapeMarkdown(verdict.title) + "**";
    if (!verdict.change.empty())
        text += " (" + escapeMarkdown(verdict.change) + ")";
    text += "\n\n" + escapeMarkdown(verdict.evidence) + "\n";
    constexpr bool kRightAligned[] = {true, true, true, true, true, false, false};
    if (!rows.rows.empty())
        text += '\n' + toMarkdown(tableOf(sides, rows), kRightAligned);
    text += "\n<details><summary>" + matchCounts(*sides.comparison) + "</summary>\n\n";
    text += "- Before: " + listOfFiles(files.beforeNames) + "\n- After: " + listOfFiles(files.afterNames) + "\n- ";
    text += "Metric: " + escapeMarkdown(sides.comparison->metric.title) + "\n";
    for (const std::string& note : sides.comparison->notes)
        text += "- " + escapeMarkdown(note) + '\n';
    return text + "- " + escapeMarkdown(noiseNote(sides)) + "\n\n</details>\n";
}

} // namespace sundial::cli
