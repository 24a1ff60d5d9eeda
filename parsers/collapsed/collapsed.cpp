// SPDX-License-Identifier: GPL-3.0-or-later
// Collapsed ("folded") stacks: a line a stack, root first, "main;work;hash 42". Units: samples, or what Austin's header
// says. Errors: NoData if no line fits, Unsupported for Austin's binary format; single lines that do not fit are
// skipped and counted. Written by `py-spy record --format raw`, stackcollapse-*.pl, inferno, Austin up to 3.7 and
// Python's profiling.sampling. Described in the README of brendangregg/FlameGraph and in Austin's.
#include "model/snapshots.h"
#include "parsers/collapsed/file_reader.h"
#include "parsers/collapsed/frame_text.h"
#include "parsers/collapsed/stack_line.h"
#include "parsers/support/processors.h"
#include "parsers/support/read_pages.h"

#include <algorithm>
#include <cstring>

namespace sundial
{

namespace collapsed
{
namespace
{

constexpr std::size_t kLarge = std::size_t(4) << 20; // below it, threads are not worth their start
constexpr std::size_t kMostThreads = 3;              // to take lines apart: adding them up is the work of one

void showSoFar(const FileReader& reader, double readShare)
{
    Snapshots* const snapshots = Snapshots::current();
    if (!snapshots || !snapshots->isWanted())
        return;
    if (std::optional<Profile> profile = reader.soFar())
        snapshots->publish(std::move(*profile), readShare);
}

Result<Profile> parse(const Input& input, const ParseOptions& options, Progress& progress)
{
    if (isAustinBinary(input.text))
        return Error{ErrorKind::Unsupported, "This is Austin's binary format.", 0,
                     "Convert it with mojo2austin first."};
    const Dialect dialect = dialectOf(input.text);
    const bool isForMany = dialect != Dialect::Austin && input.text.size() >= kLarge;
    const std::size_t threads = isForMany ? std::min<std::size_t>(allowedProcessors() - 1, kMostThreads) : 0;
    FileReader reader(options, dialect);
    ReadPages pages(input.text, input.isMapped);
    const auto goesOn = [&](std::size_t offset) {
        pages.letGoBefore(offset); // but for the names of threads, nothing looks back
        showSoFar(reader, double(offset) / double(input.text.size()));
        return progress.advanceTo(offset);
    };
    if (!reader.read(input.text, goesOn, threads))
        return Error{ErrorKind::Cancelled, {}};
    return reader.finish();
}

/// What the first lines of a file are.
struct Look {
    std::size_t lines = 0;   ///< With text that is no comment.
    std::size_t counted = 0; ///< Of them, those that end in a count.
    bool hasSemicolon = false;
    std::string_view onlyStack; ///< What all of them hold before the count.
    bool hasOneStack = true;
    bool hasPySpyPlace = false; ///< "(file.py:12)" before a count.
    bool isCutInFirstLine = false;
};

Look lookAt(std::string_view head)
{
    Look look;
    if (head.size() >= kHeadBytes) {
        const std::size_t lastEnd = head.rfind('\n');
        look.isCutInFirstLine = lastEnd == head.npos;
        head = head.substr(0, lastEnd == head.npos ? head.size() : lastEnd);
    }
    std::string_view line;
    for (Lines lines(head); lines.next(line);) {
        if (holdsNoStack(line))
            continue;
        ++look.lines;
        const LastWord last = splitLastWord(line);
        const bool isCounted = countFrom(last.word).has_value();
        look.counted += isCounted;
        look.hasSemicolon = look.hasSemicolon || last.before.find(';') != last.before.npos;
        if (look.lines == 1)
            look.onlyStack = last.before;
        look.hasOneStack = look.hasOneStack && last.before == look.onlyStack;
        look.hasPySpyPlace =
            look.hasPySpyPlace || (isCounted && last.before.ends_with(')') && splitFrame(last.before).line > 0);
    }
    return look;
}

bool hasOwnEnding(std::string_view name)
{
    for (const std::string_view ending : {".folded", ".collapsed", ".collapse", ".stacks", ".austin"}) {
        if (name.ends_with(ending))
            return true;
    }
    return false;
}

Match sniff(std::string_view head, std::string_view name)
{
    if (isAustinBinary(head) || head.starts_with("# austin:"))
        return Match::Certain;
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 && !std::strchr("\t\n\r\f\v", c); };
    const std::size_t controls = std::size_t(std::count_if(head.begin(), head.end(), isControl));
    constexpr std::size_t kBytesPerStray = 50; // a name may hold an odd byte; binary data hold one in ten
    if (controls > 1 + head.size() / kBytesPerStray)
        return Match::No;
    const Look look = lookAt(head);
    if (look.isCutInFirstLine) {
        const bool isPlain = look.hasSemicolon && head.find_first_of("{=") == head.npos;
        return hasOwnEnding(name) || isPlain ? Match::Weak : Match::No;
    }
    const bool isMostlyCounted = look.counted > 0 && look.counted * 5 >= look.lines * 4;
    if (isMostlyCounted && look.hasSemicolon)
        return hasOwnEnding(name) || look.hasPySpyPlace || dialectOf(head) >= Dialect::Austin ? Match::Strong
                                                                                              : Match::Weak;
    // One stack of one frame, again and again: a word that is no number, and a count. More words are a list of any
    // kind, and one line ("total 12") is what any tool says.
    if (look.counted > 1 && look.counted == look.lines && look.hasOneStack && !countFrom(look.onlyStack) &&
        look.onlyStack.find_first_of(" \t") == look.onlyStack.npos)
        return Match::Weak;
    const bool mayBe = isMostlyCounted || look.hasSemicolon || look.lines == 0;
    return mayBe && hasOwnEnding(name) ? Match::Weak : Match::No;
}

} // namespace
} // namespace collapsed

extern const Format collapsedFormat{"collapsed", "Collapsed stacks", collapsed::sniff, collapsed::parse, true};

} // namespace sundial
