// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/frame_name.h"

#include "model/modules.h"

namespace sundial
{

namespace
{

/// Takes `part` off the front of `text`, if it is there.
bool takePrefix(std::string_view& text, std::string_view part)
{
    if (text.substr(0, part.size()) != part)
        return false;
    text.remove_prefix(part.size());
    return true;
}

std::string_view afterLastDot(std::string_view text)
{
    return text.substr(text.rfind('.') + 1); // npos + 1 is 0
}

/// "'append' of 'list' objects" → "list.append"
std::string methodName(std::string_view text)
{
    const std::size_t nameEnd = text.find('\'', 1);
    constexpr std::string_view kOf = "' of '";
    if (text.empty() || text.front() != '\'' || nameEnd == text.npos || text.substr(nameEnd, kOf.size()) != kOf)
        return {};
    const std::string_view type = text.substr(nameEnd + kOf.size());
    return std::string(afterLastDot(type.substr(0, type.find('\'')))) + '.' + std::string(text.substr(1, nameEnd - 1));
}

/// "builtins.len" → "len", "time.sleep" stays, "__new__ of type object at 0x…" → "type.__new__"
std::string builtinName(std::string_view text)
{
    takePrefix(text, "builtins.");
    constexpr std::string_view kOf = " of ";
    const std::size_t of = text.find(kOf);
    if (of == text.npos)
        return std::string(text);
    const std::string_view type = text.substr(of + kOf.size());
    return std::string(type.substr(0, type.find(' '))) + '.' + std::string(text.substr(0, of));
}

/// "vfs_read" of "vfs_read_[k]": without perf's mark of kernel, waker, compiled or inlined code, which a frame's kind
/// tells as well.
std::string_view withoutAnnotation(std::string_view name)
{
    for (const std::string_view annotation : {"_[k]", "_[w]", "_[j]", "_[i]"}) {
        if (name.size() > annotation.size() && name.ends_with(annotation))
            return name.substr(0, name.size() - annotation.size());
    }
    return name;
}

} // namespace

std::string frameName(const FrameTable& frames, FrameId frame)
{
    const std::string_view full = frames.name(frame);
    const FrameKind kind = frames.kind(frame);
    if (kind == FrameKind::Kernel || kind == FrameKind::Native)
        return std::string(withoutAnnotation(full));
    if (full.size() < 2 || full.front() != '<' || full.back() != '>')
        return std::string(full);
    std::string_view inner = full.substr(1, full.size() - 2);
    std::string name;
    if (takePrefix(inner, "method ") || takePrefix(inner, "slot wrapper "))
        name = methodName(inner);
    else if (takePrefix(inner, "built-in method ") || takePrefix(inner, "built-in function "))
        name = builtinName(inner);
    return name.empty() ? std::string(full) : name;
}

std::string shortLocation(const FrameTable& frames, FrameId frame)
{
    const std::string_view file = frames.file(frame);
    const std::string location = frameLocation(frames, frame);
    const std::string_view shortened = shortPath(file);
    if (std::string_view(location).substr(0, file.size()) != file)
        return location; // "built-in"
    return location.substr(file.size() - shortened.size());
}

} // namespace sundial
