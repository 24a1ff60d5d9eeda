// SPDX-License-Identifier: GPL-3.0-or-later
// Stacks of a text that were read before: most of a line is the start of one of them, in files sorted or not, and what
// is known needs no cutting into frames.
#pragma once

#include "model/hash.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace sundial::collapsed
{

/// A stack as text, and the hashes of its starts.
class StackStarts
{
public:
    /// O(bytes). The text outlives what is done with it.
    void set(std::string_view stack)
    {
        m_text = stack;
        m_blockHash.clear();
        std::uint64_t hash = 0;
        for (std::size_t at = 0; at + kBlock <= stack.size(); at += kBlock) {
            m_blockHash.push_back(hash);
            hash = withBlock(hash, stack.data() + at);
        }
        m_blockHash.push_back(hash);
        m_likely = {stack.size(), endBefore(stack.size())};
        for (std::size_t i = 0; i < m_likely.size(); ++i)
            m_likelyHash[i] = m_likely[i] == std::string_view::npos ? 0 : compute(m_likely[i]);
    }
    std::string_view text() const { return m_text; }
    /// The next shorter start that ends where a frame does, or npos.
    std::size_t endBefore(std::size_t length) const { return m_text.substr(0, length).rfind(';'); }
    /// What is mostly known: the whole, or all but the last frame (npos if there is but one).
    const std::array<std::size_t, 2>& likely() const { return m_likely; }
    /// Of the first `length` bytes.
    std::uint32_t hashOf(std::size_t length) const
    {
        return length == m_likely[0] ? m_likelyHash[0] : length == m_likely[1] ? m_likelyHash[1] : compute(length);
    }

private:
    static constexpr std::size_t kBlock = 64;

    /// The halves of a product as one: every bit of both factors counts.
    static std::uint64_t folded(std::uint64_t x, std::uint64_t y)
    {
        __extension__ using Product = unsigned __int128;
        const Product product = Product(x) * y;
        return std::uint64_t(product) ^ std::uint64_t(product >> 64);
    }
    /// Four products that do not wait for each other.
    static std::uint64_t withBlock(std::uint64_t hash, const char* block)
    {
        constexpr std::array<std::uint64_t, 4> kSalt{0x9e3779b97f4a7c15u, 0xbf58476d1ce4e5b9u, 0x94d049bb133111ebu,
                                                     0xd6e8feb86659fd93u};
        std::array<std::uint64_t, 8> word;
        std::memcpy(word.data(), block, kBlock);
        std::uint64_t sum = hash;
        for (std::size_t i = 0; i < kSalt.size(); ++i)
            sum += folded(word[2 * i] ^ kSalt[i], word[2 * i + 1] ^ hash ^ kSalt[3 - i]);
        return sum;
    }
    std::uint32_t compute(std::size_t length) const
    {
        const std::size_t rest = length % kBlock;
        std::array<char, kBlock> block{};
        if (rest > 0)
            std::memcpy(block.data(), m_text.data() + (length - rest), rest);
        return std::uint32_t(mixBits(withBlock(m_blockHash[length / kBlock], block.data()) + length));
    }

    std::string_view m_text;
    std::vector<std::uint64_t> m_blockHash; ///< Of the text up to each block.
    std::array<std::size_t, 2> m_likely{};
    std::array<std::uint32_t, 2> m_likelyHash{};
};

/// From the start of a stack, as text, to the node of a builder's tree. Some 95 % of a file's frames stand in starts
/// that were read before: those are hashed and compared in blocks, and a line costs about one lookup more than it has
/// new frames. Table and earlier texts are too large for the cache: who knows the next stacks asks for them ahead of
/// time.
class KnownStacks
{
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    /// First, a few stacks ahead.
    void prefetch(const StackStarts& stack) const
    {
        if (m_slots.empty())
            return;
        for (const std::size_t length : stack.likely()) {
            if (length != std::string_view::npos)
                __builtin_prefetch(&m_slots[stack.hashOf(length) & mask()]);
        }
    }
    /// Then, one or two stacks ahead.
    void prefetchText(const StackStarts& stack) const
    {
        constexpr std::size_t kLine = 64, kMostLines = 24;
        if (m_slots.empty())
            return;
        for (const std::size_t length : stack.likely()) {
            if (length == std::string_view::npos)
                return;
            const std::uint32_t hash = stack.hashOf(length);
            const Slot& slot = m_slots[hash & mask()];
            if (slot.hash != hash || slot.length != length)
                continue;
            for (std::size_t at = 0; at < std::min(length, kMostLines * kLine); at += kLine)
                __builtin_prefetch(m_stacks[slot.stack] + at);
            return;
        }
    }
    /// The node that was remembered for the first `length` bytes of a stack, or kNone. Compares every byte.
    std::uint32_t find(const StackStarts& stack, std::size_t length) const
    {
        if (m_slots.empty())
            return kNone;
        const std::uint32_t hash = stack.hashOf(length);
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Slot& slot = m_slots[at];
            if (slot.node == kNone || (slot.hash == hash && slot.length == length &&
                                       std::memcmp(m_stacks[slot.stack], stack.text().data(), length) == 0))
                return slot.node;
        }
    }
    /// Remembers where they lead, unless so many are known that memory is better spent on other things. find() has not
    /// found them.
    void remember(const StackStarts& stack, std::size_t length, std::uint32_t node)
    {
        if (m_size == kMost || length > UINT32_MAX)
            return;
        if (m_size * 8 >= m_slots.size() * 5)
            grow();
        if (m_stacks.empty() || m_stacks.back() != stack.text().data())
            m_stacks.push_back(stack.text().data());
        place({stack.hashOf(length), std::uint32_t(length), std::uint32_t(m_stacks.size() - 1), node});
        ++m_size;
    }

private:
    static constexpr std::size_t kMost = std::size_t(5) << 18; ///< They fill a table of 32 MB.

    struct Slot {
        std::uint32_t hash = 0, length = 0;
        std::uint32_t stack = 0; ///< In m_stacks: one that starts like this.
        std::uint32_t node = kNone;
    };

    std::size_t mask() const { return m_slots.size() - 1; }
    void place(const Slot& slot)
    {
        std::size_t at = slot.hash & mask();
        while (m_slots[at].node != kNone)
            at = (at + 1) & mask();
        m_slots[at] = slot;
    }
    void grow()
    {
        constexpr std::size_t kFirstSize = 64;
        std::vector<Slot> old(m_slots.empty() ? kFirstSize : m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.node != kNone)
                place(slot);
        }
    }

    std::vector<const char*> m_stacks; ///< Those that brought something new.
    std::vector<Slot> m_slots;         ///< A power of two, at most five eighths full.
    std::size_t m_size = 0;
};

} // namespace sundial::collapsed
