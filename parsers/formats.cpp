// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/formats.h"

#include "model/memory_guard.h"
#include "parsers/support/utf16.h"
#include "parsers/support/utf8.h"

#include <algorithm>
#include <array>

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

struct Signature {
    std::string_view bytes;
    std::string_view what;
};
using namespace std::string_view_literals;
constexpr std::array kSignatures{
    Signature{"\x89PNG"sv, "a PNG picture"},
    Signature{"%PDF"sv, "a PDF document"},
    Signature{"\x7f"
              "ELF"sv,
              "a program"},
    Signature{"GIF8"sv, "a GIF picture"},
    Signature{"\xff\xd8\xff"sv, "a JPEG picture"},
    Signature{"SQLite format 3"sv, "an SQLite database"},
    Signature{"PERFILE2"sv, "perf's binary data"},
    Signature{"<!DOCTYPE html"sv, "an HTML page"},
    Signature{"<html"sv, "an HTML page"},
    Signature{"<svg"sv, "an SVG picture"},
    Signature{"<?xml"sv, "an XML document"},
    Signature{"MOJ"sv, "Austin's binary format"},
};

bool isText(std::string_view head)
{
    return std::none_of(head.begin(), head.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b';
    });
}

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

std::string_view describeContent(std::string_view head)
{
    for (const Signature& signature : kSignatures) {
        if (head.substr(0, signature.bytes.size()) == signature.bytes)
            return signature.what;
    }
    if (head.find_first_not_of('\0') == head.npos)
        return "nothing but zero bytes";
    if (head.size() >= 2 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5)
        return "a pickle";
    if (head.size() >= 4 && head.substr(2, 2) == "\r\n" && !isText(head.substr(0, 16)))
        return "a compiled Python module";
    if (head.substr(0, 2) == "\xff\xfe"sv || head.substr(0, 2) == "\xfe\xff"sv)
        return "UTF-16 text";
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (isText(head) && first != head.npos)
        return head[first] == '{' || head[first] == '[' ? "JSON of another kind" : "text of another kind";
    return "binary data of an unknown kind";
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
                     std::string(describeContent(input.text.substr(0, kHeadBytes))) + ".",
                 Error::kNoOffset, "Tried: " + tried + "; open a file of one of these."};
}

} // namespace sundial
