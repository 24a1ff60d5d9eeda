// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/function_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>

namespace sundial
{

namespace
{

/// An unsigned number in the order of the double; -0 and 0 are equal.
std::uint64_t ordered(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    constexpr std::uint64_t kSign = std::uint64_t(1) << 63;
    return bits & kSign ? ~bits : bits | kSign;
}

std::uint64_t descending(double value)
{
    return ~ordered(value);
}

double perCall(double value, std::int64_t calls)
{
    return calls > 0 ? value / double(calls) : -std::numeric_limits<double>::infinity();
}

constexpr std::uint32_t kUnused = UINT32_MAX;
constexpr std::size_t kPiece = sizeof(std::uint64_t);

/// Eight bytes of a text from `begin` on as a number in the order of the text; zeros where it has ended.
std::uint64_t piece(std::string_view text, std::size_t begin)
{
    std::array<unsigned char, kPiece> bytes{};
    if (begin < text.size())
        std::memcpy(bytes.data(), text.data() + begin, std::min(text.size() - begin, kPiece));
    std::uint64_t number = 0;
    for (const unsigned char byte : bytes)
        number = number << 8 | byte;
    return number;
}

/// A number to sort by, and what it belongs to.
struct Item {
    std::uint64_t key;
    std::uint32_t id;
};

/// Sorts by key. Radix sort from the lowest digit up: stable, linear, and one code for numbers and texts. Digits that
/// are the same everywhere (the upper half of a rank) cost no pass.
void stableSort(std::span<Item> items, std::vector<Item>& scratch)
{
    constexpr std::size_t kFew = 1024; // fewer are compared faster than counted
    constexpr unsigned kDigitBits = 11;
    constexpr std::size_t kDigits = std::size_t(1) << kDigitBits;
    if (items.size() < kFew) {
        std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
        return;
    }
    scratch.resize(std::max(scratch.size(), items.size()));
    std::span<Item> from = items;
    std::span<Item> to(scratch.data(), items.size());
    for (unsigned shift = 0; shift < 64; shift += kDigitBits) {
        const auto digit = [shift](const Item& item) { return std::size_t(item.key >> shift) & (kDigits - 1); };
        std::array<std::uint32_t, kDigits> place{};
        for (const Item& item : from)
            ++place[digit(item)];
        if (place[digit(from.front())] == from.size())
            continue;
        std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
        for (const Item& item : from)
            to[place[digit(item)]++] = item;
        std::swap(from, to);
    }
    if (from.data() != items.data())
        std::copy(from.begin(), from.end(), items.begin());
}

/// Texts that are equal in their first `offset` bytes: how far they all go on alike.
std::size_t commonLength(std::span<const Item> items, std::span<const std::string_view> texts, std::size_t offset)
{
    const std::string_view first = texts[items.front().id];
    std::size_t length = first.size();
    for (const Item& item : items) {
        const std::string_view text = texts[item.id];
        length = std::min(length, text.size());
        std::size_t same = offset;
        while (same < length && text[same] == first[same])
            ++same;
        length = same;
        if (length == offset)
            break;
    }
    return length;
}

/// For each text its place in ascending order; equal texts share one. Bytes of UTF-8 sort like code points. Compares
/// eight bytes at a time and looks further only into texts that are equal so far; what all of these begin with, as
/// paths do, is stepped over at once.
std::vector<std::uint32_t> ranks(std::span<const std::string_view> texts)
{
    struct Run {
        std::size_t begin, end, offset;
    };
    std::vector<Item> entries(texts.size());
    std::vector<Item> scratch;
    for (std::uint32_t i = 0; i < entries.size(); ++i)
        entries[i].id = i;
    std::vector<std::uint32_t> rank(texts.size());
    std::vector<Run> runs;
    if (!texts.empty())
        runs.push_back({0, entries.size(), 0});
    while (!runs.empty()) {
        const Run run = runs.back();
        runs.pop_back();
        const std::span<Item> items = std::span(entries).subspan(run.begin, run.end - run.begin);
        const std::size_t offset = commonLength(items, texts, run.offset);
        const std::size_t seen = offset + kPiece;
        for (Item& item : items)
            item.key = piece(texts[item.id], offset);
        stableSort(items, scratch);
        for (auto begin = items.begin(); begin != items.end();) {
            const auto end = std::find_if(begin, items.end(), [&](const Item& e) { return e.key != begin->key; });
            // A text that has ended comes before one that goes on with zeros, and what goes on is sorted by what
            // follows.
            const auto sizeOf = [&](const Item& e) { return std::min(texts[e.id].size(), seen + 1); };
            if (end - begin > 1)
                std::stable_sort(begin, end, [&](const Item& a, const Item& b) { return sizeOf(a) < sizeOf(b); });
            const auto open = std::find_if(begin, end, [&](const Item& e) { return sizeOf(e) > seen; });
            auto shared = std::uint32_t(run.begin + std::size_t(begin - items.begin()));
            for (auto entry = begin; entry != open; ++entry) {
                if (entry != begin && sizeOf(*entry) != sizeOf(*(entry - 1)))
                    shared = std::uint32_t(run.begin + std::size_t(entry - items.begin()));
                rank[entry->id] = shared;
            }
            if (open != end)
                runs.push_back({run.begin + std::size_t(open - items.begin()),
                                run.begin + std::size_t(end - items.begin()), seen});
            begin = end;
        }
    }
    return rank;
}

} // namespace

/// Ranks the texts in use as names or as files; there are far fewer files than names.
void FunctionOrder::rankTexts(std::vector<std::uint32_t>& rank, StringId FrameKey::*field) const
{
    if (!rank.empty())
        return;
    rank.assign(m_frames.strings().size(), kUnused);
    std::vector<std::uint32_t> ids;
    std::vector<std::string_view> texts;
    for (std::uint32_t f = 0; f < m_frames.size(); ++f) {
        const StringId id = m_frames.key(FrameId{f}).*field;
        if (rank[id.value] != kUnused)
            continue;
        rank[id.value] = 0;
        ids.push_back(id.value);
        texts.push_back(m_frames.strings().text(id));
    }
    const std::vector<std::uint32_t> found = ranks(texts);
    for (std::size_t i = 0; i < ids.size(); ++i)
        rank[ids[i]] = found[i];
}

void FunctionOrder::rankStandardNames()
{
    if (!m_standardNameRank.empty())
        return;
    std::vector<std::string> names(m_frames.size());
    for (std::uint32_t f = 0; f < names.size(); ++f)
        names[f] = standardName(m_frames, FrameId{f});
    m_standardNameRank = ranks(std::vector<std::string_view>(names.begin(), names.end()));
}

std::uint64_t FunctionOrder::keyOf(SortKey key, std::uint32_t f) const
{
    const FrameId frame{f};
    switch (key) {
    case SortKey::Calls:
        return descending(double(m_functions.calls[f]));
    case SortKey::PrimitiveCalls:
        return descending(double(m_functions.primitiveCalls[f]));
    case SortKey::Self:
        return descending(m_functions.self[f]);
    case SortKey::Total:
        return descending(m_functions.total[f]);
    case SortKey::SelfPerCall:
        return descending(perCall(m_functions.self[f], m_functions.calls[f]));
    case SortKey::TotalPerCall:
        return descending(perCall(m_functions.total[f], m_functions.primitiveCalls[f]));
    case SortKey::Blocks:
        return descending(m_functions.blocks[f]);
    case SortKey::Allocators:
        return m_allocators[f] != 0 ? m_allocators[f] : std::numeric_limits<std::uint64_t>::max();
    case SortKey::File:
        return m_fileRank[m_frames.key(frame).file.value];
    case SortKey::Line:
        return m_frames.line(frame);
    case SortKey::Name:
        return m_nameRank[m_frames.key(frame).name.value];
    case SortKey::StandardName:
        return m_standardNameRank[f];
    }
    return 0;
}

std::vector<std::uint32_t> FunctionOrder::sorted(std::span<const SortKey> keys, bool reversed)
{
    std::vector<Item> items, scratch;
    items.reserve(m_functions.size());
    for (std::uint32_t f = 0; f < m_functions.size(); ++f) {
        if (m_functions.listed[f])
            items.push_back({0, f});
    }
    for (std::size_t k = keys.size(); k-- > 0;) { // the last key first: the sort is stable
        if (keys[k] == SortKey::File)
            rankTexts(m_fileRank, &FrameKey::file);
        else if (keys[k] == SortKey::Name)
            rankTexts(m_nameRank, &FrameKey::name);
        else if (keys[k] == SortKey::StandardName)
            rankStandardNames();
        for (Item& item : items)
            item.key = keyOf(keys[k], item.id);
        stableSort(items, scratch);
    }
    if (reversed)
        std::reverse(items.begin(), items.end());
    std::vector<std::uint32_t> order;
    order.reserve(m_functions.size());
    for (const Item& item : items)
        order.push_back(item.id);
    for (std::uint32_t f = 0; f < m_functions.size(); ++f) {
        if (!m_functions.listed[f])
            order.push_back(f);
    }
    return order;
}

} // namespace sundial
