// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/known_stacks.h"

#include <random>

namespace sundial::collapsed
{

namespace
{

/// The halves of a product as one: every bit of both factors counts.
std::uint64_t folded(std::uint64_t x, std::uint64_t y)
{
    __extension__ using Product = unsigned __int128;
    const Product product = Product(x) * y;
    return std::uint64_t(product) ^ std::uint64_t(product >> 64);
}

} // namespace

struct StackStarts::Key {
    std::array<std::uint64_t, 8> first, second;
};

const StackStarts::Key& StackStarts::key()
{
    static const Key drawn = [] {
        std::random_device source;
        Key key;
        for (std::array<std::uint64_t, 8>* const half : {&key.first, &key.second}) {
            for (std::uint64_t& word : *half)
                word = std::uint64_t(source()) << 32 | source();
        }
        return key;
    }();
    return drawn;
}

/// Eight products, none of which waits for another.
StackStarts::State StackStarts::withBlock(State state, const char* block, const Key& key)
{
    std::array<std::uint64_t, 8> word;
    std::memcpy(word.data(), block, kBlock);
    State next = state;
    for (std::size_t i = 0; i < word.size(); i += 2) {
        next.first += folded(word[i] ^ key.first[i], word[i + 1] ^ state.first ^ key.first[i + 1]);
        next.second += folded(word[i] ^ key.second[i], word[i + 1] ^ state.second ^ key.second[i + 1]);
    }
    return next;
}

void StackStarts::set(std::string_view stack)
{
    const Key& drawn = key();
    m_text = stack;
    m_states.clear();
    State state;
    for (std::size_t at = 0; at + kBlock <= stack.size(); at += kBlock) {
        m_states.push_back(state);
        state = withBlock(state, stack.data() + at, drawn);
    }
    m_states.push_back(state);
    m_likely = {stack.size(), endBefore(stack.size())};
    for (std::size_t i = 0; i < m_likely.size(); ++i)
        m_likelyMark[i] = m_likely[i] == std::string_view::npos ? TextMark() : compute(m_likely[i]);
}

TextMark StackStarts::compute(std::size_t length) const
{
    const std::size_t rest = length % kBlock;
    std::array<char, kBlock> block{};
    if (rest > 0)
        std::memcpy(block.data(), m_text.data() + (length - rest), rest);
    const State state = withBlock(m_states[length / kBlock], block.data(), key());
    return {mixBits(state.first + length), std::uint32_t(mixBits(state.second + length))};
}

} // namespace sundial::collapsed
