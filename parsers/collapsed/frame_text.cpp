// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/frame_text.h"

#include "parsers/support/frame_kind.h"

#include <algorithm>
#include <charconv>

namespace sundial::collapsed
{

namespace
{

/// The number that all of `text` is, or 0.
std::uint32_t lineFrom(std::string_view text)
{
    std::uint32_t line = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), line);
    return error == std::errc() && end == text.data() + text.size() ? line : 0;
}

/// Whether brackets at the end of a frame hold a place, and not the parameters of a C++ function.
bool looksLikeFile(std::string_view text)
{
    return text.find_first_of("./\\<") != text.npos;
}

FrameText splitBrackets(std::string_view text)
{
    FrameText frame{.name = text};
    const std::size_t open = text.rfind(" (");
    if (open == text.npos || text.back() != ')' || open == 0)
        return frame;
    const std::string_view place = text.substr(open + 2, text.size() - open - 3);
    const std::size_t colon = place.rfind(':');
    const std::uint32_t line = colon == place.npos ? 0 : lineFrom(place.substr(colon + 1));
    if (line == 0 && !looksLikeFile(place))
        return frame;
    frame.name = text.substr(0, open);
    frame.file = line > 0 ? place.substr(0, colon) : place;
    frame.line = line;
    return frame;
}

} // namespace

FrameText splitFrame(std::string_view text)
{
    constexpr std::string_view kTrampoline = "py::";
    constexpr std::size_t kSuffix = 4; // "_[k]"
    if (text.starts_with(kTrampoline)) {
        const std::string_view rest = text.substr(kTrampoline.size());
        const std::size_t colon = rest.find(':');
        return {.name = rest.substr(0, colon),
                .file = colon == rest.npos ? rest.substr(rest.size()) : rest.substr(colon + 1)};
    }
    if (text.size() > kSuffix && text.back() == ']' && text.substr(text.size() - kSuffix, 2) == "_[") {
        const char annotation = text[text.size() - 2];
        if (annotation == 'k' || annotation == 'w')
            return {.name = text, .kind = FrameKind::Kernel};
        if (annotation == 'j' || annotation == 'i')
            return {.name = text, .kind = FrameKind::Native};
    }
    FrameText frame = splitBrackets(text);
    frame.kind = guessFrameKind(frame.name, frame.file);
    return frame;
}

FrameText splitFileNameLine(std::string_view text)
{
    const std::size_t second = text.rfind(':');
    const std::size_t first = second == text.npos || second == 0 ? text.npos : text.rfind(':', second - 1);
    if (text == ":INVALID:" || first == text.npos)
        return {.name = text, .kind = FrameKind::Other};
    FrameText frame{.name = text.substr(first + 1, second - first - 1),
                    .file = text.substr(0, first),
                    .line = lineFrom(text.substr(second + 1))};
    frame.kind = guessFrameKind(frame.name, frame.file);
    return frame;
}

} // namespace sundial::collapsed
