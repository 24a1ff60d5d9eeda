// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sort_words.h"

#include <array>

namespace sundial
{

namespace
{

struct Meaning {
    std::string_view title;
    std::array<SortKey, 3> keys;
    std::size_t keyCount = 1;
};
constexpr Meaning kCalls{"call count", {SortKey::Calls}};
constexpr Meaning kPrimitiveCalls{"primitive call count", {SortKey::PrimitiveCalls}};
constexpr Meaning kSelf{"internal time", {SortKey::Self}};
constexpr Meaning kTotal{"cumulative time", {SortKey::Total}};
constexpr Meaning kFile{"file name", {SortKey::File}};
constexpr Meaning kLine{"line number", {SortKey::Line}};
constexpr Meaning kName{"function name", {SortKey::Name}};
constexpr Meaning kNameFileLine{"name/file/line", {SortKey::Name, SortKey::File, SortKey::Line}, 3};
constexpr Meaning kStandardName{"standard name", {SortKey::StandardName}};

struct Word {
    std::string_view word;
    const Meaning* meaning;
    bool isWhole = false; ///< No beginning of it counts.
};
constexpr std::array kWords{
    Word{"calls", &kCalls},           Word{"ncalls", &kCalls},
    Word{"cumtime", &kTotal},         Word{"cumulative", &kTotal},
    Word{"filename", &kFile},         Word{"line", &kLine},
    Word{"module", &kFile},           Word{"name", &kName},
    Word{"nfl", &kNameFileLine},      Word{"pcalls", &kPrimitiveCalls},
    Word{"stdname", &kStandardName},  Word{"time", &kSelf},
    Word{"tottime", &kSelf},          Word{"file", &kFile, true},
    Word{"self", &kSelf, true},       Word{"total", &kTotal, true},
    Word{"-1", &kStandardName, true}, Word{"0", &kCalls, true},
    Word{"1", &kSelf, true},          Word{"2", &kTotal, true},
};

/// What a word means, or null if it means nothing or several things.
const Meaning* meaningOf(std::string_view text)
{
    const Meaning* found = nullptr;
    for (const Word& word : kWords) {
        if (word.word == text)
            return word.meaning;
        if (text.empty() || word.isWhole || !word.word.starts_with(text))
            continue;
        if (found && found != word.meaning)
            return nullptr;
        found = word.meaning;
    }
    return found;
}

} // namespace

Result<SortOrder> parseSortOrder(std::string_view words)
{
    SortOrder order;
    for (std::size_t at = 0; at <= words.size();) {
        const std::size_t end = std::min(words.find(',', at), words.size());
        const std::string_view word = words.substr(at, end - at);
        const Meaning* const meaning = meaningOf(word);
        if (!meaning)
            return Error{ErrorKind::Malformed, "'" + std::string(word) + "' names no single sort key", Error::kNoOffset,
                         "Use calls, pcalls, time (self), cumulative (total), filename, line, name, nfl or stdname."};
        order.keys.insert(order.keys.end(), meaning->keys.begin(), meaning->keys.begin() + meaning->keyCount);
        order.title.append(order.title.empty() ? "" : ", ").append(meaning->title);
        at = end + 1;
    }
    return order;
}

} // namespace sundial
