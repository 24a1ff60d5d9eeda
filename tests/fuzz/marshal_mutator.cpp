// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/marshal_mutator.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace sundial::test
{

namespace
{

constexpr char kFlagRef = char(0x80);
constexpr std::string_view kTypes = "0NFTSilIgfyxs tuaAzZ()[<>{}:rRc";

char codeAt(std::string_view bytes, std::size_t at)
{
    return char(bytes[at] & ~kFlagRef);
}

std::uint32_t count32(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    if (at + sizeof value <= bytes.size())
        std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

std::size_t count8(std::string_view bytes, std::size_t at)
{
    return at < bytes.size() ? std::uint8_t(bytes[at]) : 0;
}

/// How an object starts: bytes before its items, and how many of these there are.
struct Head {
    static constexpr std::size_t kUntilEnd = SIZE_MAX; // dictionaries end in a '0'
    std::size_t size = 1;
    std::size_t items = 0;
};

Head headOf(std::string_view bytes, std::size_t at)
{
    switch (codeAt(bytes, at)) {
    case 'i':
    case 'r':
    case 'R':
        return {5, 0};
    case 'I':
    case 'g':
        return {9, 0};
    case 'y':
        return {17, 0};
    case 'l': {
        const auto digits = std::int32_t(count32(bytes, at + 1));
        return {5 + 2 * std::size_t(std::abs(std::int64_t(digits))), 0};
    }
    case 'f':
    case 'z':
    case 'Z':
        return {2 + count8(bytes, at + 1), 0};
    case 's':
    case 't':
    case 'u':
    case 'a':
    case 'A':
        return {5 + std::size_t(count32(bytes, at + 1)), 0};
    case ')':
        return {2, count8(bytes, at + 1)};
    case '(':
    case '[':
    case '<':
    case '>':
        return {5, count32(bytes, at + 1)};
    case '{':
    case '}':
        return {1, Head::kUntilEnd};
    case ':':
        return {1, 3};
    default:
        return {1, 0};
    }
}

std::string bytesOf(double value)
{
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

std::string edgeObject(Choice& choice)
{
    constexpr double kNumbers[] = {std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::infinity(),
                                   std::numeric_limits<double>::max(),
                                   std::numeric_limits<double>::denorm_min(),
                                   -1.0,
                                   -0.0,
                                   1e-9};
    if (choice.oneIn(2))
        return 'g' + bytesOf(kNumbers[choice.below(std::size(kNumbers))]);
    const std::uint64_t edge = choice.edge();
    std::string bytes(choice.oneIn(2) ? 4 : 8, '\0');
    std::memcpy(bytes.data(), &edge, bytes.size());
    return (bytes.size() == 4 ? (choice.oneIn(4) ? 'r' : 'i') : 'I') + bytes;
}

std::string replaced(std::string_view bytes, const MarshalSpan& span, std::string_view by)
{
    return std::string(bytes.substr(0, span.begin)).append(by).append(bytes.substr(span.end));
}

std::string_view textOf(std::string_view bytes, const MarshalSpan& span)
{
    return bytes.substr(span.begin, span.end - span.begin);
}

} // namespace

std::vector<MarshalSpan> marshalSpans(std::string_view bytes)
{
    struct Open {
        std::size_t span;
        std::size_t left;
    };
    std::vector<MarshalSpan> spans;
    std::vector<Open> open;
    std::size_t at = 0;
    while (at < bytes.size()) {
        const Head head = headOf(bytes, at);
        if (head.size > bytes.size() - at)
            break;
        const bool isEnd = codeAt(bytes, at) == '0';
        if (!isEnd)
            spans.push_back({at, at + head.size, unsigned(open.size())});
        at += head.size;
        if (head.items > 0) {
            open.push_back({spans.size() - 1, head.items});
            continue;
        }
        bool isWhole = true; // the object just read, and each around it that ends with it
        if (isEnd && !open.empty())
            open.back().left = 1;
        while (isWhole && !open.empty()) {
            Open& around = open.back();
            isWhole = around.left != Head::kUntilEnd && --around.left == 0;
            if (isWhole) {
                spans[around.span].end = at;
                open.pop_back();
            }
        }
        if (open.empty())
            break;
    }
    for (const Open& around : open)
        spans[around.span].end = at;
    return spans;
}

std::string mutateMarshal(std::string bytes, std::size_t room, Choice& choice, const MutateBytes& mutateBytes)
{
    const std::vector<MarshalSpan> spans = marshalSpans(bytes);
    if (spans.empty() || choice.oneIn(8)) {
        mutateBytes(bytes, room);
        return bytes;
    }
    const MarshalSpan& span = spans[choice.below(spans.size())];
    const MarshalSpan& other = spans[choice.below(spans.size())];
    const std::string_view text = bytes;
    std::string changed;
    switch (choice.below(7)) {
    case 0:
        changed = replaced(text, span, textOf(text, other));
        break;
    case 1:
        changed = replaced(text, span, {});
        break;
    case 2: // twice: a dictionary keeps its pairs
        changed = replaced(text, {span.end, span.end, 0}, std::string(textOf(text, span)).append(textOf(text, other)));
        break;
    case 3:
        changed = replaced(text, span, edgeObject(choice));
        break;
    case 4:
        changed = bytes;
        changed[span.begin] = char(kTypes[choice.below(kTypes.size())] | (choice.oneIn(2) ? kFlagRef : 0));
        break;
    case 5: { // what follows the type: a count, a length or a number
        changed = bytes;
        const std::uint64_t edge = choice.oneIn(2) ? choice.edge() : choice.below(8);
        const std::size_t length = std::min<std::size_t>(choice.oneIn(2) ? 1 : 4, span.end - span.begin - 1);
        std::memcpy(changed.data() + span.begin + 1, &edge, length);
        break;
    }
    default: {
        std::string inside(textOf(text, span));
        mutateBytes(inside, inside.size() + 16);
        changed = replaced(text, span, inside);
    }
    }
    if (changed.size() > room)
        changed.resize(room);
    return changed;
}

std::string crossMarshal(std::string bytes, std::string_view other, Choice& choice)
{
    const std::vector<MarshalSpan> mine = marshalSpans(bytes);
    const std::vector<MarshalSpan> theirs = marshalSpans(other);
    if (mine.empty() || theirs.empty())
        return bytes;
    return replaced(bytes, mine[choice.below(mine.size())], textOf(other, theirs[choice.below(theirs.size())]));
}

} // namespace sundial::test
