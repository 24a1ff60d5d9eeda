// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/source_marks.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace sundial
{

namespace
{

/// Lines of "def name" and "async def name"; 0 for a name that is defined more than once.
using Definitions = std::unordered_map<std::string_view, std::uint32_t>;

bool isNameByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The name that a line defines; empty if it defines none.
std::string_view definedName(std::string_view line)
{
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with("async "))
        line.remove_prefix(std::min(line.find_first_not_of(' ', 5), line.size()));
    if (!line.starts_with("def "))
        return {};
    line.remove_prefix(std::min(line.find_first_not_of(' ', 3), line.size()));
    return line.substr(0, std::size_t(std::find_if_not(line.begin(), line.end(), isNameByte) - line.begin()));
}

Definitions definitionsIn(std::string_view text)
{
    Definitions lines;
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (const std::string_view name = definedName(line); !name.empty()) {
            const auto [entry, isNew] = lines.try_emplace(name, number);
            if (!isNew)
                entry->second = 0;
        }
    }
    return lines;
}

} // namespace

std::vector<SourceMark> sourceMarks(const Analysis& analysis, FrameId function, std::string_view text)
{
    const FrameTable& frames = analysis.frames();
    const FunctionTable& functions = analysis.functions();
    const StringId file = frames.key(function).file;
    std::map<std::uint32_t, std::vector<FrameId>> byLine;
    std::vector<FrameId> lineless;
    for (std::uint32_t i = 0; i < functions.size(); ++i) {
        const FrameId f{i};
        if (!functions.listed[i] || !(frames.key(f).file == file))
            continue;
        if (frames.line(f) > 0)
            byLine[frames.line(f)].push_back(f);
        else
            lineless.push_back(f);
    }
    if (!lineless.empty()) {
        const Definitions definitions = definitionsIn(text);
        for (const FrameId f : lineless) {
            const std::string_view name = frames.name(f);
            const auto found = definitions.find(name.substr(name.rfind('.') + 1)); // npos + 1 is 0
            if (found != definitions.end() && found->second > 0)
                byLine[found->second].push_back(f);
        }
    }
    std::vector<SourceMark> marks;
    for (auto& [line, here] : byLine) {
        std::stable_sort(here.begin(), here.end(), [&functions](FrameId x, FrameId y) {
            return functions.total[x.value] > functions.total[y.value];
        });
        marks.push_back({line, std::move(here)});
    }
    return marks;
}

const SourceMark* markOf(const std::vector<SourceMark>& marks, FrameId function)
{
    for (const SourceMark& mark : marks) {
        if (std::find(mark.functions.begin(), mark.functions.end(), function) != mark.functions.end())
            return &mark;
    }
    return nullptr;
}

} // namespace sundial
