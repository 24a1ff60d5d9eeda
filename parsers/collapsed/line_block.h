// SPDX-License-Identifier: GPL-3.0-or-later
// Some lines of collapsed stacks, taken apart as far as that needs no other line. Blocks of a large file are prepared by
// several threads, ahead of the one that adds their stacks to the tree in the order of the file.
#pragma once

#include "parsers/collapsed/dialect.h"
#include "parsers/collapsed/known_stacks.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sundial::collapsed
{

constexpr std::size_t kMostMetrics = 3;

/// Lines that were left out or changed, for one sentence.
struct LineCount {
    std::uint64_t count = 0;
    std::uint64_t firstLine = 0;
    void add(std::uint64_t line)
    {
        if (count++ == 0)
            firstLine = line;
    }
    /// Adds those of lines that follow `linesBefore` others.
    void append(const LineCount& next, std::uint64_t linesBefore)
    {
        if (count == 0)
            firstLine = linesBefore + next.firstLine;
        count += next.count;
    }
    std::string first() const { return "(first: line " + std::to_string(firstLine) + ")"; }
};

/// A line that counts.
struct StackLine {
    std::string_view lane; ///< What names its thread; empty if nothing does.
    StackStarts stack;
    std::array<double, kMostMetrics> values{};
};

class LineBlock
{
public:
    std::span<const StackLine> stacks() const { return std::span(m_stacks).first(m_stackCount); }
    StackLine& addStack()
    {
        if (m_stackCount == m_stacks.size())
            m_stacks.emplace_back();
        return m_stacks[m_stackCount++];
    }
    /// Keeps the memory.
    void clear()
    {
        m_stackCount = 0;
        lines = filledLines = 0;
        withoutCount = negative = tooLarge = {};
        header.clear();
    }

    std::uint64_t lines = 0;
    std::uint64_t filledLines = 0; ///< Of them, those that are neither blank nor comments.
    std::size_t valuesPerStack = 1;
    LineCount withoutCount, negative, tooLarge;                        ///< Lines of the block, from 1.
    std::vector<std::pair<std::string_view, std::string_view>> header; ///< Austin's "# key: value" lines.

private:
    std::vector<StackLine> m_stacks; ///< The first m_stackCount of them are those of the block.
    std::size_t m_stackCount = 0;
};

/// Takes lines apart. One of Austin's files needs one reader for all its lines: the first says how many numbers each has.
class LineReader
{
public:
    explicit LineReader(Dialect dialect);

    /// Whole lines of a text that outlives the block. O(bytes).
    void read(std::string_view text, LineBlock& block);

private:
    void readHeader(std::string_view line, LineBlock& block) const;
    std::optional<std::string_view> readCounts(std::string_view line, LineBlock& block);
    bool readAustinCounts(std::string_view word);
    std::optional<double> count(std::string_view word, LineBlock& block) const;

    const Dialect m_dialect;
    std::size_t m_valuesPerStack = 0; ///< 0: not known yet.
    std::array<double, kMostMetrics> m_values{};
};

} // namespace sundial::collapsed
