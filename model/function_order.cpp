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

/// The first eight bytes of a text as a number in the order of the text.
std::uint64_t prefix(std::string_view text)
{
    std::array<unsigned char, 8> bytes{};
    std::memcpy(bytes.data(), text.data(), std::min(text.size(), bytes.size()));
    std::uint64_t number = 0;
    for (const unsigned char byte : bytes)
        number = number << 8 | byte;
    return number;
}

/// For each text its place in ascending order; equal texts share one. Bytes of UTF-8 sort like code points.
std::vector<std::uint32_t> ranks(std::span<const std::string_view> texts)
{
    struct Entry {
        std::uint64_t prefix;
        std::uint32_t index;
    };
    std::vector<Entry> entries(texts.size());
    for (std::uint32_t i = 0; i < entries.size(); ++i)
        entries[i] = {prefix(texts[i]), i};
    std::sort(entries.begin(), entries.end(), [texts](const Entry& a, const Entry& b) {
        return a.prefix != b.prefix ? a.prefix < b.prefix : texts[a.index] < texts[b.index];
    });
    std::vector<std::uint32_t> rank(texts.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool isEqual = i > 0 && texts[entries[i].index] == texts[entries[i - 1].index];
        rank[entries[i].index] = isEqual ? rank[entries[i - 1].index] : std::uint32_t(i);
    }
    return rank;
}

} // namespace

void FunctionOrder::rankTexts()
{
    if (!m_textRank.empty())
        return;
    const StringTable& strings = m_frames.strings();
    std::vector<std::string_view> texts(strings.size());
    for (std::uint32_t i = 0; i < texts.size(); ++i)
        texts[i] = strings.text(StringId{i});
    m_textRank = ranks(texts);
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
        return m_textRank[m_frames.key(frame).file.value];
    case SortKey::Line:
        return m_frames.line(frame);
    case SortKey::Name:
        return m_textRank[m_frames.key(frame).name.value];
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
        if (keys[k] == SortKey::File || keys[k] == SortKey::Name)
            rankTexts();
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
