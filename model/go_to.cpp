// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/go_to.h"

#include "model/fuzzy.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>

namespace sundial
{

namespace
{

char lower(char c)
{
    return char(std::tolower(static_cast<unsigned char>(c)));
}

struct Place {
    std::string file; ///< In lower case.
    std::optional<std::uint32_t> line;
};

Place parsePlace(std::string_view text)
{
    Place place;
    if (const std::size_t colon = text.rfind(':'); colon != text.npos) {
        std::uint32_t line = 0;
        const char* const end = text.data() + text.size();
        const auto [last, error] = std::from_chars(text.data() + colon + 1, end, line);
        const bool isLine = error == std::errc() && last == end;
        if (isLine)
            place.line = line;
        if (isLine || colon + 1 == text.size()) // the line is still to be typed
            text = text.substr(0, colon);
    }
    place.file.resize(text.size());
    std::transform(text.begin(), text.end(), place.file.begin(), lower);
    return place;
}

bool containsIgnoringCase(std::string_view text, std::string_view lowerCase)
{
    return std::search(text.begin(), text.end(), lowerCase.begin(), lowerCase.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

} // namespace

std::vector<FrameId> functionsLike(const Analysis& analysis, std::string_view text, std::size_t most)
{
    struct Scored {
        int score;
        double total;
        FrameId frame;
    };
    std::vector<Scored> scored;
    const FrameTable& frames = analysis.frames();
    const FunctionTable& functions = analysis.functions();
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        if (const std::optional<int> score = fuzzyScore(text, frames.name(FrameId{f})))
            scored.push_back({*score, functions.total[f], FrameId{f}});
    }
    const auto middle = scored.begin() + std::ptrdiff_t(std::min(most, scored.size()));
    std::partial_sort(scored.begin(), middle, scored.end(), [](const Scored& a, const Scored& b) {
        if (a.score != b.score)
            return a.score > b.score;
        return a.total != b.total ? a.total > b.total : a.frame < b.frame;
    });
    std::vector<FrameId> result;
    for (auto best = scored.begin(); best != middle; ++best)
        result.push_back(best->frame);
    return result;
}

std::vector<FrameId> functionsAt(const Analysis& analysis, std::string_view text, std::size_t most)
{
    struct Candidate {
        double self = 0; ///< Of the whole file.
        FrameId frame;   ///< The best so far.
    };
    enum class Match : std::uint8_t { Unknown, No, Yes };
    const Place place = parsePlace(text);
    const FrameTable& frames = analysis.frames();
    const FunctionTable& functions = analysis.functions();
    std::vector<Match> matches(frames.strings().size(), Match::Unknown); // by the file's StringId
    std::vector<Candidate> found(frames.strings().size());
    const auto isBetter = [&](FrameId a, FrameId b) {
        if (!place.line)
            return functions.self[a.value] > functions.self[b.value];
        const std::uint32_t lineA = frames.line(a), lineB = frames.line(b);
        if ((lineA <= *place.line) != (lineB <= *place.line))
            return lineA <= *place.line;
        return lineA <= *place.line ? lineA > lineB : lineA < lineB;
    };
    std::vector<std::uint32_t> files;
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        const FrameId frame{f};
        if (frames.kind(frame) == FrameKind::Builtin || frames.file(frame).empty())
            continue;
        const std::uint32_t file = frames.key(frame).file.value;
        if (matches[file] == Match::Unknown)
            matches[file] = containsIgnoringCase(frames.file(frame), place.file) ? Match::Yes : Match::No;
        if (matches[file] == Match::No)
            continue;
        Candidate& candidate = found[file];
        if (!candidate.frame)
            files.push_back(file);
        candidate.self += functions.self[f];
        if (!candidate.frame || isBetter(frame, candidate.frame))
            candidate.frame = frame;
    }
    std::stable_sort(files.begin(), files.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return found[a].self > found[b].self; });
    files.resize(std::min(files.size(), most));
    std::vector<FrameId> result;
    for (const std::uint32_t file : files)
        result.push_back(found[file].frame);
    return result;
}

} // namespace sundial
