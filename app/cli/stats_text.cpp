// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stats_text.h"

#include "app/cli/output.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <tuple>

namespace sundial::cli
{

namespace
{

constexpr std::size_t kCallsWidth = 9;
constexpr std::string_view kUnknown = "–";

/// Characters, as far as columns go: code points.
std::size_t lengthOf(std::string_view text)
{
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string rightAligned(const std::string& text, std::size_t width)
{
    const std::size_t length = lengthOf(text);
    return length < width ? std::string(width - length, ' ') + text : text;
}

std::string leftAligned(const std::string& text, std::size_t width)
{
    const std::size_t length = lengthOf(text);
    return length < width ? text + std::string(width - length, ' ') : text;
}

std::string fixed(double value, int width, int decimals)
{
    std::array<char, 400> buffer;
    const int length = std::snprintf(buffer.data(), buffer.size(), "%*.*f", width, decimals, value);
    return {buffer.data(), std::size_t(length)};
}

/// How numbers of a metric stand in a column: times in seconds with three decimals, all else in whole units.
class Numbers
{
public:
    explicit Numbers(const StatsSource& source)
        : m_factor(secondsPer(source.metric.unit)), m_decimals(isTime(source.metric.unit) ? 3 : 0)
    {
        if (m_decimals > 0)
            return;
        for (const double total : source.graph.functions().total)
            m_width = std::max(m_width, int(fixed(total, 0, 0).size()));
    }
    std::string operator()(double value) const { return fixed(value * m_factor, m_width, m_decimals); }
    std::string blank() const { return std::string(std::size_t(m_width), ' '); }
    std::size_t width() const { return std::size_t(m_width); }

private:
    double m_factor;
    int m_decimals;
    int m_width = 8;
};

/// Python's repr() of a text.
std::string pythonRepr(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    const bool isDouble = utf8.contains('\'') && !utf8.contains('"');
    const char quote = isDouble ? '"' : '\'';
    std::string repr(1, quote);
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\t' || c == '\n' || c == '\r')
            repr.append(1, '\\').append(1, c == '\t' ? 't' : c == '\n' ? 'n' : 'r');
        else if (byte < 0x20 || byte == 0x7f)
            repr += "\\x" + QByteArray::number(byte, 16).rightJustified(2, '0').toStdString();
        else if (c == '\\' || c == quote)
            repr.append(1, '\\').append(1, c);
        else
            repr += c;
    }
    return repr += quote;
}

std::string describe(const Restriction& restriction)
{
    if (const auto* const count = std::get_if<std::int64_t>(&restriction))
        return std::to_string(*count);
    if (const auto* const fraction = std::get_if<double>(&restriction))
        return formatExact(*fraction);
    return pythonRepr(std::get<QRegularExpression>(restriction).pattern());
}

void apply(const FrameTable& frames, const Restriction& restriction, std::vector<FrameId>& rows)
{
    const auto keepFirst = [&rows](double count) {
        if (count >= 0 && count < double(rows.size()))
            rows.resize(std::size_t(count));
    };
    if (const auto* const count = std::get_if<std::int64_t>(&restriction)) {
        keepFirst(double(*count));
    } else if (const auto* const fraction = std::get_if<double>(&restriction)) {
        if (*fraction >= 0 && *fraction < 1)
            keepFirst(std::floor(double(rows.size()) * *fraction + 0.5));
    } else {
        const auto& pattern = std::get<QRegularExpression>(restriction);
        std::erase_if(rows, [&](FrameId frame) {
            return !pattern.match(QString::fromStdString(standardName(frames, frame))).hasMatch();
        });
    }
}

std::string callsText(std::int64_t calls, std::int64_t primitiveCalls)
{
    if (calls < 0)
        return std::string(kUnknown);
    std::string text = std::to_string(calls);
    if (calls != primitiveCalls)
        text += '/' + std::to_string(primitiveCalls);
    return text;
}

std::string summary(const StatsSource& source, const Numbers& numbers)
{
    const CallTotals totals = callTotals(source.graph);
    const ArcDialect& dialect = source.graph.dialect();
    const FunctionTable& functions = source.graph.functions();
    std::string text = "         ";
    if (dialect.sampled) {
        text += std::to_string(totals.primitiveCalls) + " samples";
    } else if (totals.calls < 0) {
        const auto listed = std::count(functions.listed.begin(), functions.listed.end(), true);
        text += std::to_string(listed) + (listed == 1 ? " function" : " functions");
    } else {
        text += std::to_string(totals.calls) + " function calls";
        if (totals.calls != totals.primitiveCalls)
            text += " (" + std::to_string(totals.primitiveCalls) + " primitive calls)";
    }
    const std::string total = numbers(functions.totalSelf);
    text += (isTime(source.metric.unit) ? " in " : ", ") + total.substr(total.find_first_not_of(' '));
    return text + ' ' + std::string(isTime(source.metric.unit) ? "seconds" : unitName(source.metric.unit)) + "\n\n";
}

std::string tableHead(const StatsSource& source, const Numbers& numbers)
{
    const bool isSeconds = isTime(source.metric.unit);
    std::string head = rightAligned(source.graph.dialect().sampled ? "samples" : "ncalls", kCallsWidth);
    for (const char* const column :
         {isSeconds ? "tottime" : "self", "percall", isSeconds ? "cumtime" : "total", "percall"})
        head += ' ' + rightAligned(column, numbers.width());
    return head + " filename:lineno(function)\n";
}

std::string tableRow(const StatsSource& source, const Numbers& numbers, FrameId frame)
{
    const FunctionTable& table = source.graph.functions();
    const std::uint32_t f = frame.value;
    const bool isSampled = source.graph.dialect().sampled;
    const std::int64_t calls = table.calls[f];
    const std::int64_t primitiveCalls = isSampled ? calls : table.primitiveCalls[f];
    const auto perCall = [&](double value, std::int64_t divisor) {
        return divisor > 0 && !isSampled ? numbers(value / double(divisor)) : numbers.blank();
    };
    return rightAligned(callsText(calls, primitiveCalls), kCallsWidth) + ' ' + numbers(table.self[f]) + ' ' +
           perCall(table.self[f], calls) + ' ' + numbers(table.total[f]) + ' ' +
           perCall(table.total[f], primitiveCalls) + ' ' + printableName(source.frames, frame) + '\n';
}

/// print_callers and print_callees differ in their words and in the end of the edge they show.
struct Direction {
    std::string_view heading;
    std::string_view arrow;
    std::span<const EdgeId> (CallGraph::*edges)(FrameId) const;
    FrameId Edge::*otherEnd;
};
constexpr Direction kCallers{"was called by...", "<-", &CallGraph::callers, &Edge::caller};
constexpr Direction kCallees{"called...", "->", &CallGraph::callees, &Edge::callee};

std::string edgeText(const StatsSource& source, const Numbers& numbers, const Edge& edge, FrameId other, bool isFirst)
{
    const std::string name = printableName(source.frames, other);
    if (source.graph.dialect().edgeCounts) {
        // Without times of its own, an edge shows its count and the other function's total, as pstats does.
        const FunctionTable& functions = source.graph.functions();
        return name + '(' + std::to_string(edge.calls) + ") " +
               (functions.listed[other.value] ? numbers(functions.total[other.value]) : numbers.blank());
    }
    return rightAligned(callsText(edge.calls, edge.primitiveCalls), isFirst ? 7 : 9) + ' ' + numbers(edge.self) + ' ' +
           numbers(edge.total) + "  " + name;
}

std::string edgesText(const StatsSource& source, const Selection& selection, const Direction& direction)
{
    if (selection.rows.empty())
        return {};
    const Numbers numbers(source);
    const bool hasCounts = source.graph.dialect().edgeCounts;
    std::size_t width = 0;
    const FunctionTable& functions = source.graph.functions();
    for (std::uint32_t f = 0; selection.isWhole && f < functions.size(); ++f)
        width = functions.listed[f] ? std::max(width, lengthOf(printableName(source.frames, FrameId{f}))) : width;
    for (const FrameId frame : selection.rows)
        width = std::max(width, lengthOf(printableName(source.frames, frame)));
    width += 2;

    std::string text = selection.message + '\n';
    text += leftAligned("Function ", width) + std::string(direction.heading) + '\n';
    if (!hasCounts && !source.graph.edges().empty())
        text += std::string(width, ' ') + "    ncalls " +
                rightAligned(isTime(source.metric.unit) ? "tottime" : "self", numbers.width()) + ' ' +
                rightAligned(isTime(source.metric.unit) ? "cumtime" : "total", numbers.width()) + '\n';
    for (const FrameId frame : selection.rows) {
        text += leftAligned(printableName(source.frames, frame), width) + std::string(direction.arrow) + ' ';
        const std::vector<EdgeId> edges =
            sortedEdges(source, (source.graph.*direction.edges)(frame), direction.otherEnd);
        bool isFirst = true;
        for (const EdgeId e : edges) {
            const Edge& edge = source.graph.edge(e);
            if (!isFirst)
                text.append(width + (hasCounts ? 3 : 1), ' ');
            text += edgeText(source, numbers, edge, edge.*direction.otherEnd, isFirst) + '\n';
            isFirst = false;
        }
        if (isFirst)
            text += '\n';
    }
    return text + "\n\n";
}

} // namespace

std::string printableName(const FrameTable& frames, FrameId frame)
{
    return printable(standardName(frames, frame));
}

CallTotals callTotals(const CallGraph& graph)
{
    const FunctionTable& functions = graph.functions();
    const auto sum = [&functions](const std::vector<std::int64_t>& column) {
        std::int64_t total = 0;
        for (std::uint32_t f = 0; f < functions.size(); ++f) {
            if (!functions.listed[f])
                continue;
            if (column[f] < 0)
                return kCallsUnknown;
            total = column[f] > std::numeric_limits<std::int64_t>::max() - total
                        ? std::numeric_limits<std::int64_t>::max()
                        : total + column[f];
        }
        return total;
    };
    return {sum(functions.calls), sum(functions.primitiveCalls)};
}

Selection selectRows(const FrameTable& frames, const FunctionTable& functions, std::span<const std::uint32_t> sorted,
                     const std::string& orderTitle, std::span<const Restriction> restrictions)
{
    Selection selection;
    for (const std::uint32_t f : sorted) {
        if (functions.listed[f])
            selection.rows.push_back(FrameId{f});
    }
    selection.message = "   Ordered by: " + orderTitle + '\n';
    for (const Restriction& restriction : restrictions) {
        const std::size_t before = selection.rows.size();
        apply(frames, restriction, selection.rows);
        if (selection.rows.size() == before)
            continue;
        selection.isWhole = false;
        selection.message += "   List reduced from " + std::to_string(before) + " to " +
                             std::to_string(selection.rows.size()) + " due to restriction <" + describe(restriction) +
                             ">\n";
    }
    return selection;
}

std::vector<EdgeId> sortedEdges(const StatsSource& source, std::span<const EdgeId> edges, FrameId Edge::*otherEnd)
{
    std::vector<EdgeId> sorted(edges.begin(), edges.end());
    const auto keyOf = [&](EdgeId e) {
        const FrameId other = source.graph.edge(e).*otherEnd;
        return std::tuple(source.frames.file(other), source.frames.line(other), source.frames.name(other));
    };
    std::stable_sort(sorted.begin(), sorted.end(), [&](EdgeId a, EdgeId b) { return keyOf(a) < keyOf(b); });
    return sorted;
}

std::string statsText(const StatsSource& source, const Selection& selection)
{
    const Numbers numbers(source);
    std::string text = summary(source, numbers);
    if (selection.rows.empty())
        return text;
    text += selection.message + '\n' + tableHead(source, numbers);
    for (const FrameId frame : selection.rows)
        text += tableRow(source, numbers, frame);
    return text + "\n\n";
}

std::string callersText(const StatsSource& source, const Selection& selection)
{
    return edgesText(source, selection, kCallers);
}

std::string calleesText(const StatsSource& source, const Selection& selection)
{
    return edgesText(source, selection, kCallees);
}

} // namespace sundial::cli
