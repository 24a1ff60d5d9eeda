// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/line_block.h"

#include "parsers/collapsed/stack_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sundial::collapsed
{

LineReader::LineReader(Dialect dialect) : m_dialect(dialect)
{
    if (dialect != Dialect::Austin)
        m_valuesPerStack = dialect == Dialect::Difference ? 2 : 1;
}

void LineReader::read(std::string_view text, LineBlock& block)
{
    block.clear();
    Lines lines(text);
    for (std::string_view line; lines.next(line);) {
        ++block.lines;
        if (holdsNoStack(line)) {
            if (m_dialect == Dialect::Austin && line.starts_with('#'))
                readHeader(line, block);
            continue;
        }
        ++block.filledLines;
        std::optional<std::string_view> stack = readCounts(line, block);
        if (!stack)
            continue;
        StackLine& next = block.addStack();
        next.lane = laneOf(*stack, m_dialect);
        stack->remove_prefix(std::min(stack->size(), next.lane.size() + !next.lane.empty()));
        next.stack.set(*stack);
        next.values = m_values;
    }
    block.valuesPerStack = m_valuesPerStack;
}

void LineReader::readHeader(std::string_view line, LineBlock& block) const
{
    const std::size_t colon = line.find(": ");
    if (line.starts_with("# ") && colon != line.npos)
        block.header.emplace_back(line.substr(2, colon - 2), line.substr(colon + 2));
}

/// Takes the numbers off the end of a line, into m_values; what stays is the stack. Nothing if the line has to be
/// skipped.
std::optional<std::string_view> LineReader::readCounts(std::string_view line, LineBlock& block)
{
    const LastWord last = splitLastWord(line);
    if (m_dialect == Dialect::Austin) {
        if (readAustinCounts(last.word))
            return last.before;
    } else if (m_dialect == Dialect::Difference) {
        const LastWord before = splitLastWord(last.before);
        m_values = {count(before.word, block).value_or(0), count(last.word, block).value_or(0)};
        return before.before;
    } else if (const std::optional<double> value = count(last.word, block)) {
        m_values[0] = *value;
        return last.before;
    }
    const bool isNegative = last.word.starts_with('-') && countFrom(last.word.substr(1));
    (isNegative ? block.negative : block.withoutCount).add(block.lines);
    return std::nullopt;
}

std::optional<double> LineReader::count(std::string_view word, LineBlock& block) const
{
    const std::optional<double> value = countFrom(word);
    if (!value || std::isfinite(*value))
        return value;
    block.tooLarge.add(block.lines);
    return kLargestCount;
}

/// "10149" in one unit, or "20350,1,4096" in full mode: microseconds, whether idle, bytes (negative: freed).
bool LineReader::readAustinCounts(std::string_view word)
{
    std::array<std::int64_t, kMostMetrics> numbers{};
    std::size_t values = 0;
    const char* p = word.data();
    const char* const end = word.data() + word.size();
    while (values < kMostMetrics) {
        const auto [stop, error] = std::from_chars(p, end, numbers[values]);
        if (error != std::errc())
            return false;
        ++values;
        p = stop;
        if (p == end || *p != ',')
            break;
        ++p;
    }
    if (p != end || values == 2 || (m_valuesPerStack > 0 && values != m_valuesPerStack))
        return false;
    m_valuesPerStack = values;
    const bool isIdle = numbers[1] != 0;
    m_values = {double(numbers[0]), isIdle ? 0 : double(numbers[0]), double(numbers[2])};
    return true;
}

} // namespace sundial::collapsed
