// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/formats.h"

#include "model/memory_guard.h"
#include "parsers/support/utf16.h"
#include "parsers/support/utf8.h"

#include <algorithm>

namespace sundial
{

#define SUNDIAL_FORMAT(id) extern const Format id##Format;
#include "formats.gen.inc"
#undef SUNDIAL_FORMAT

namespace
{

#define SUNDIAL_FORMAT(id) &id##Format,
constexpr const Format* kFormats[] = {
#include "formats.gen.inc"
};
#undef SUNDIAL_FORMAT

Result<Profile> parseAs(const Format& format, const Input& input, const ParseOptions& options, Progress& progress)
{
    if (!format.isText)
        return format.parse(input, options, progress);
    if (const std::optional<std::string> decoded = utf8FromUtf16(input.text))
        return format.parse({*decoded, input.name}, options, progress);
    return format.parse({withoutUtf8Mark(input.text), input.name, input.isMapped}, options, progress);
}

} // namespace

std::span<const Format* const> formats()
{
    return kFormats;
}

const Format* findFormat(std::string_view id)
{
    const auto found =
        std::find_if(std::begin(kFormats), std::end(kFormats), [id](const Format* f) { return f->id == id; });
    return found == std::end(kFormats) ? nullptr : *found;
}

const Format* detect(std::string_view head, std::string_view name)
{
    head = head.substr(0, kHeadBytes);
    const std::optional<std::string> decoded = utf8FromUtf16(head);
    const std::string_view text = decoded ? std::string_view(*decoded) : withoutUtf8Mark(head);
    const Format* best = nullptr;
    Match bestMatch = Match::No;
    for (const Format* format : kFormats) {
        const Match match = format->sniff(format->isText ? text : head, name);
        if (match > bestMatch) {
            bestMatch = match;
            best = format;
        }
    }
    return best;
}

Result<Profile> parseAny(const Input& input, const ParseOptions& options, Progress& progress, const Format* forced)
{
    if (input.text.empty())
        return Error{ErrorKind::NoData, "The file is empty.", Error::kNoOffset,
                     "Check that the profiler ran to its end (memray run --aggregate writes its capture only then)."};
    progress.setTotal(input.text.size());
    if (const Format* const format = forced ? forced : detect(input.text, input.name))
        return withinMemory([&] { return parseAs(*format, input, options, progress); });
    std::string tried;
    for (const Format* f : kFormats)
        tried.append(tried.empty() ? "" : ", ").append(f->title);
    return Error{ErrorKind::UnknownFormat,
                 "This is not a profile that Sundial can read; it looks like " +
                     std::string(describeContent(input.text)) + ".",
                 Error::kNoOffset, "Tried: " + tried + "; open a file of one of these."};
}

} // namespace sundial
