// SPDX-License-Identifier: GPL-3.0-or-later
// What files that are no profile for Sundial look like, so that a message can name them.
#include "parsers/formats.h"

#include "parsers/collapsed/dialect.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sundial
{

namespace
{

constexpr std::size_t kLooked = std::size_t(64) << 10; // JSON may name itself late

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
    Signature{"import time:"sv, "the output of python -X importtime"},
    Signature{"# callgrind format"sv, "a callgrind profile"},
};

/// Words that other profilers' files hold near their start; all of an entry must be there.
struct Marks {
    std::string_view first, second;
    std::string_view what;
};
constexpr std::array kJsonMarks{
    Marks{"\"traceEvents\"", {}, "a Chrome trace (trace events, as viztracer writes them)"},
    Marks{"\"ph\"", "\"ts\"", "a Chrome trace (trace events, as viztracer writes them)"},
    Marks{"\"nodes\"", "\"callFrame\"", "a CPU profile of Node.js or Chrome (.cpuprofile)"},
    Marks{"\"preprocessedProfileVersion\"", {}, "a profile of the Firefox Profiler"},
    Marks{"\"geckoProfile\"", {}, "a profile of the Firefox Profiler"},
    Marks{"\"meta\"", "\"processType\"", "a profile of the Firefox Profiler"},
    Marks{"\"alloc_samples\"", {}, "a profile of scalene"},
    Marks{"\"elapsed_time_sec\"", {}, "a profile of scalene"},
    Marks{"\"root_frame\"", {}, "pyinstrument's own JSON; its renderer speedscope writes what Sundial reads"},
    Marks{"\"total_num_allocations\"", {}, "a report of memray; open the capture that it was made from"},
    Marks{"\"resourceSpans\"", {}, "OpenTelemetry data"},
};
constexpr std::array kXmlMarks{
    Marks{"<svg", "lame", "a flame graph as a picture (SVG); open the stacks that it was drawn from"},
    Marks{"<svg", {}, "an SVG picture"},
    Marks{"<html", {}, "an HTML page"},
    Marks{"<?xml", {}, "an XML document"},
};
constexpr std::array kTextMarks{
    Marks{"\nfn=", "\nevents:", "a callgrind profile"},
    Marks{"\ncreator:", "\nevents:", "a callgrind profile"},
    Marks{"\nimport time:", {}, "the output of python -X importtime"},
    Marks{"# perf version", {}, "the output of perf script; fold it with stackcollapse-perf.pl first"},
    Marks{"function calls", "tottime", "the report that pstats prints; open the file that it was made from"},
};

template <std::size_t N>
std::optional<std::string_view> findMarks(std::string_view text, const std::array<Marks, N>& table)
{
    for (const Marks& marks : table) {
        if (text.find(marks.first) != text.npos && (marks.second.empty() || text.find(marks.second) != text.npos))
            return marks.what;
    }
    return {};
}

bool isText(std::string_view head)
{
    return std::none_of(head.begin(), head.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b';
    });
}

/// "python 77 [001] 12.3: 10101010 cycles:" and its stack, a line each: "    7f3d8f24524a main (/usr/bin/app)".
bool isPerfScript(std::string_view text)
{
    std::size_t frames = 0;
    for (std::size_t at = text.find('\n'); at != text.npos && at + 1 < text.size(); at = text.find('\n', at + 1)) {
        std::size_t digits = at + 1;
        while (digits < text.size() && (text[digits] == ' ' || text[digits] == '\t'))
            ++digits;
        const std::size_t end = std::min(text.find_first_not_of("0123456789abcdef", digits), text.size());
        const std::size_t lineEnd = std::min(text.find('\n', digits), text.size());
        if (digits > at + 1 && end >= digits + 6 && end < lineEnd && text[end] == ' ' && text[lineEnd - 1] == ')')
            ++frames;
    }
    return frames >= 2 && text.find(":\n") != text.npos;
}

/// Its first field is a list of sample types, each a pair of small numbers; some writers put others before.
bool isPprof(std::string_view head)
{
    return head.size() > 6 && (head[0] == '\x0a' || head[0] == '\x5a') && head[1] == '\4' && head[2] == '\x08' &&
           head[4] == '\x10';
}

} // namespace

std::string_view describeContent(std::string_view text)
{
    const std::string_view head = text.substr(0, kLooked);
    for (const Signature& signature : kSignatures) {
        if (head.substr(0, signature.bytes.size()) == signature.bytes)
            return signature.what;
    }
    if (head.find_first_not_of('\0') == head.npos)
        return "nothing but zero bytes";
    if (head.size() >= 2 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5)
        return head.find("tracemalloc") != head.npos ? "a snapshot of tracemalloc" : "a pickle";
    if (head.size() >= 4 && head.substr(2, 2) == "\r\n" && !isText(head.substr(0, 16)))
        return "a compiled Python module";
    if (head.substr(0, 2) == "\xff\xfe"sv || head.substr(0, 2) == "\xfe\xff"sv)
        return "UTF-16 text";
    if (collapsed::isAustinBinary(head))
        return "Austin's binary format";
    if (isPprof(head))
        return "a profile of pprof";
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (!isText(head) || first == head.npos)
        return "binary data of an unknown kind";
    if (head[first] == '{' || head[first] == '[')
        return findMarks(head, kJsonMarks).value_or("JSON of another kind");
    if (head[first] == '<')
        return findMarks(head, kXmlMarks).value_or("text of another kind");
    if (isPerfScript(head))
        return "the output of perf script; fold it with stackcollapse-perf.pl first";
    return findMarks(head, kTextMarks).value_or("text of another kind");
}

} // namespace sundial
