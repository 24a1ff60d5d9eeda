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

/// For each text its place in ascending order; equal texts share one. Bytes of UTF-8 sort like code points. Compares
/// eight bytes at a time and looks further only into texts that are equal so far, since paths begin alike.
std::vector<std::uint32_t> ranks(std::span<const std::string_view> texts)
{
    struct Entry {
        std::uint64_t piece;
        std::uint32_t index;
    };
    struct Run {
        std::size_t begin, end, offset;
    };
    std::vector<Entry> entries(texts.size());
    for (std::uint32_t i = 0; i < entries.size(); ++i)
        entries[i].index = i;
    std::vector<std::uint32_t> rank(texts.size());
    std::vector<Run> runs{{0, entries.size(), 0}};
    while (!runs.empty()) {
        const Run run = runs.back();
        runs.pop_back();
        for (std::size_t i = run.begin; i < run.end; ++i)
            entries[i].piece = piece(texts[entries[i].index], run.offset);
        const auto first = entries.begin() + std::ptrdiff_t(run.begin),
                   last = entries.begin() + std::ptrdiff_t(run.end);
        std::sort(first, last, [&](const Entry& a, const Entry& b) {
            // A text that ends here comes before one that goes on with zeros.
            return a.piece != b.piece ? a.piece < b.piece
                                      : std::min(texts[a.index].size(), run.offset + kPiece) <
                                            std::min(texts[b.index].size(), run.offset + kPiece);
        });
        for (auto begin = first; begin != last;) {
            const auto end = std::find_if(begin, last, [&](const Entry& e) { return e.piece != begin->piece; });
            const auto place = std::uint32_t(begin - entries.begin());
            // Ended texts stand first in a run of equal pieces; what goes on is sorted by what follows.
            const std::size_t seen = run.offset + kPiece;
            const auto open = std::find_if(begin, end, [&](const Entry& e) { return texts[e.index].size() > seen; });
            std::uint32_t shared = place;
            for (auto entry = begin; entry != open; ++entry) {
                if (entry != begin && texts[entry->index].size() != texts[(entry - 1)->index].size())
                    shared = std::uint32_t(entry - entries.begin());
                rank[entry->index] = shared;
            }
            if (open != end)
                runs.push_back({std::size_t(open - entries.begin()), std::size_t(end - entries.begin()), seen});
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

/// Radix sort from the lowest digit up: stable, linear, and one code for numbers and ranks. Digits that are the same
/// everywhere (the upper half of a rank) cost no pass.
void FunctionOrder::stableSort(std::vector<Item>& items, std::vector<Item>& scratch)
{
    constexpr unsigned kDigitBits = 11;
    constexpr std::size_t kDigits = std::size_t(1) << kDigitBits;
    scratch.resize(items.size());
    for (unsigned shift = 0; shift < 64; shift += kDigitBits) {
        const auto digit = [shift](const Item& item) { return std::size_t(item.key >> shift) & (kDigits - 1); };
        std::array<std::uint32_t, kDigits> place{};
        for (const Item& item : items)
            ++place[digit(item)];
        if (!items.empty() && place[digit(items.front())] == items.size())
            continue;
        std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
        for (const Item& item : items)
            scratch[place[digit(item)]++] = item;
        items.swap(scratch);
    }
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
            item.key = keyOf(keys[k], item.frame);
        stableSort(items, scratch);
    }
    if (reversed)
        std::reverse(items.begin(), items.end());
    std::vector<std::uint32_t> order;
    order.reserve(m_functions.size());
    for (const Item& item : items)
        order.push_back(item.frame);
    for (std::uint32_t f = 0; f < m_functions.size(); ++f) {
        if (!m_functions.listed[f])
            order.push_back(f);
    }
    return order;
}

} // namespace sundial
