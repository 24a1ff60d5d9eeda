// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/dialect.h"

#include "parsers/collapsed/stack_line.h"

#include <algorithm>

namespace sundial::collapsed
{

namespace
{

constexpr std::string_view kThreadId = "tid:";

std::size_t digitsAt(std::string_view text, std::size_t at)
{
    const std::size_t start = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at - start;
}

std::size_t partEnd(std::string_view stack, std::size_t at)
{
    return std::min(stack.find(';', at), stack.size());
}

/// "P29758;T0:29758", older "P29758;T29758".
std::size_t austinLaneEnd(std::string_view stack)
{
    const std::size_t pid = stack.starts_with('P') ? digitsAt(stack, 1) : 0;
    const std::size_t thread = pid + 1;
    if (pid == 0 || stack.substr(thread, 2) != ";T")
        return 0;
    return partEnd(stack, thread + 1);
}

/// py-spy's frames: `process 12:"command line"` for each ancestor, then `thread (34): name`. A command line may hold
/// semicolons; it ends in its quote.
std::size_t pySpyLaneEnd(std::string_view stack)
{
    constexpr std::string_view kProcess = "process ";
    constexpr std::string_view kThread = "thread (";
    std::size_t end = 0;
    std::size_t at = 0;
    while (stack.substr(at, kProcess.size()) == kProcess) {
        const std::size_t number = at + kProcess.size();
        const std::size_t quote = number + digitsAt(stack, number);
        if (quote == number || stack.substr(quote, 2) != ":\"")
            break;
        const std::size_t close = stack.find("\";", quote + 2);
        end = close == stack.npos ? partEnd(stack, quote) : close + 1;
        at = end + 1;
        if (at > stack.size())
            return end;
    }
    if (stack.substr(at, kThread.size()) == kThread && digitsAt(stack, at + kThread.size()) > 0)
        end = partEnd(stack, at);
    return end;
}

} // namespace

Dialect dialectOf(std::string_view text)
{
    bool hasTwoCounts = false;
    std::string_view line;
    for (Lines lines(text); lines.next(line);) {
        if (line.starts_with("# austin:"))
            return Dialect::Austin;
        if (holdsNoStack(line))
            continue;
        if (!hasTwoCounts) { // the first stack
            if (austinLaneEnd(line) > 0)
                return Dialect::Austin;
            if (line.starts_with(kThreadId) && digitsAt(line, kThreadId.size()) > 0)
                return Dialect::ThreadId;
        }
        const LastWord second = splitLastWord(line);
        if (!countFrom(second.word) || !countFrom(splitLastWord(second.before).word))
            return Dialect::Folded;
        hasTwoCounts = true;
    }
    return hasTwoCounts ? Dialect::Difference : Dialect::Folded;
}

bool isAustinBinary(std::string_view text)
{
    return text.size() > 3 && text.starts_with("MOJ") && static_cast<unsigned char>(text[3]) < '\t';
}

std::string_view laneOf(std::string_view stack, Dialect dialect)
{
    switch (dialect) {
    case Dialect::Austin:
        return stack.substr(0, austinLaneEnd(stack));
    case Dialect::ThreadId:
        return stack.starts_with(kThreadId) ? stack.substr(0, partEnd(stack, 0)) : std::string_view();
    default:
        return stack.starts_with("process ") || stack.starts_with("thread (") ? stack.substr(0, pySpyLaneEnd(stack))
                                                                              : std::string_view();
    }
}

} // namespace sundial::collapsed
