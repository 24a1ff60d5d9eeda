// SPDX-License-Identifier: GPL-3.0-or-later
// Stacks of a text that were read before: most of a line is the start of one of them, in files sorted or not, and what
// is known needs no cutting into frames.
#pragma once

#include "model/hash.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace sundial::collapsed
{

/// A text in 96 bits that stand for it: two of ten million texts are alike with a probability of 1e-15. What a file
/// holds cannot be made to be alike, as the key is drawn anew in every process.
struct TextMark {
    std::uint64_t hash = 0;
    std::uint32_t more = 0;
    bool operator==(const TextMark&) const = default;
};

/// A stack as text, and the marks of its starts.
class StackStarts
{
public:
    /// O(bytes). The text outlives what is done with it.
    void set(std::string_view stack);
    std::string_view text() const { return m_text; }
    /// The next shorter start that ends where a frame does, or npos.
    std::size_t endBefore(std::size_t length) const { return m_text.substr(0, length).rfind(';'); }
    /// What is mostly known: the whole, or all but the last frame (npos if there is but one).
    const std::array<std::size_t, 2>& likely() const { return m_likely; }
    /// Of the first `length` bytes.
    TextMark markOf(std::size_t length) const
    {
        return length == m_likely[0] ? m_likelyMark[0] : length == m_likely[1] ? m_likelyMark[1] : compute(length);
    }

private:
    static constexpr std::size_t kBlock = 64;

    struct State {
        std::uint64_t first = 0, second = 0;
    };
    struct Key;

    static const Key& key();
    static State withBlock(State state, const char* block, const Key& key);
    TextMark compute(std::size_t length) const;

    std::string_view m_text;
    std::vector<State> m_states; ///< Before each block.
    std::array<std::size_t, 2> m_likely{};
    std::array<TextMark, 2> m_likelyMark{};
};

/// From the start of a stack to the node of a builder's tree. Some 95 % of a file's frames stand in starts that were
/// read before: those are hashed in blocks, and a line costs about one lookup more than it has new frames. The table is
/// too large for the cache: who knows the next stacks asks for them ahead of time.
class KnownStacks
{
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    void prefetch(const StackStarts& stack) const
    {
        if (m_slots.empty())
            return;
        for (const std::size_t length : stack.likely()) {
            if (length != std::string_view::npos)
                __builtin_prefetch(&m_slots[stack.markOf(length).hash & mask()]);
        }
    }
    /// The node that was remembered for the first `length` bytes of a stack, or kNone.
    std::uint32_t find(const StackStarts& stack, std::size_t length) const
    {
        if (m_slots.empty())
            return kNone;
        const TextMark mark = stack.markOf(length);
        for (std::size_t at = mark.hash & mask();; at = (at + 1) & mask()) {
            const Slot& slot = m_slots[at];
            if (slot.node == kNone || (slot.hash == mark.hash && slot.more == mark.more))
                return slot.node;
        }
    }
    /// Remembers where they lead, unless so many are known that memory is better spent on other things. find() has not
    /// found them.
    void remember(const StackStarts& stack, std::size_t length, std::uint32_t node)
    {
        if (m_size == kMost)
            return;
        if (m_size * 8 >= m_slots.size() * 5)
            grow();
        const TextMark mark = stack.markOf(length);
        place({mark.hash, mark.more, node});
        ++m_size;
    }

private:
    static constexpr std::size_t kMost = std::size_t(5) << 18; ///< They fill a table of 32 MB.

    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t more = 0;
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

    std::vector<Slot> m_slots; ///< A power of two, at most five eighths full.
    std::size_t m_size = 0;
};

} // namespace sundial::collapsed
